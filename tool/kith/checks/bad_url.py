"""An address that is not that of a page.

## Why

Pages link to it. Only addresses of the web, of mail and of phones are followed, and an address holds no space.

## Bad

    contacts/dana-lee.md
    ---
    name: Dana Lee
    website: javascript:alert(1)
    ---

## Good

    contacts/dana-lee.md
    ---
    name: Dana Lee
    website: https://mercy.example/staff/lee
    ---
"""

from kith.diagnostics import Severity

CODE = "K118"
NAME = "bad-url"
SEVERITY: Severity = "error"
