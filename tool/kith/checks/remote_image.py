"""A picture that lies on somebody else's server.

## Why

Loading it would tell that server when you read the note, and it may be gone tomorrow. It is shown as a link instead.

## Bad

    contacts/dana-lee.md
    ---
    name: Dana Lee
    ---

    ![Dana at the panel](https://pictures.example/dana.jpg)

## Good

    contacts/dana-lee.md
    ---
    name: Dana Lee
    ---

    ![Dana at the panel](../attachments/dana.jpg)

    attachments/dana.jpg
"""

from kith.diagnostics import Severity

CODE = "K502"
NAME = "remote-image"
SEVERITY: Severity = "info"
