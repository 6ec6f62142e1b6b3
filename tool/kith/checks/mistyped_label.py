"""A list item whose label is nearly one that counts.

## Why

`promise:` puts a line among your promises and `promises:` does not. One letter too many would lose the line where it
matters.

## Bad

    contacts/dana-lee.md
    ---
    name: Dana Lee
    ---

    - [x] promisse: send the recording

## Good

    contacts/dana-lee.md
    ---
    name: Dana Lee
    ---

    - [x] promise: send the recording
"""

from kith.diagnostics import Severity

CODE = "K403"
NAME = "mistyped-label"
SEVERITY: Severity = "warning"
