"""An email address that does not look like one.

## Why

A letter to it would come back. The value is kept as it stands, because only you know what it should be.

## Bad

    contacts/dana-lee.md
    ---
    name: Dana Lee
    email: dana at mercy
    ---

## Good

    contacts/dana-lee.md
    ---
    name: Dana Lee
    email: dana@mercy.example
    ---
"""

from kith.diagnostics import Severity

CODE = "K117"
NAME = "bad-address"
SEVERITY: Severity = "warning"
