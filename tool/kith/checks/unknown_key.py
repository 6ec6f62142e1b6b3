"""A key that this kind of note does not have.

## Why

A mistyped key would otherwise be a fact that never counts. Keys of your own begin with `x-` and are left alone.

## Bad

    contacts/dana-lee.md
    ---
    name: Dana Lee
    organisation: Mercy Hospital
    ---

## Good

    contacts/dana-lee.md
    ---
    name: Dana Lee
    x-birthday: 4 May
    ---
"""

from kith.diagnostics import Severity

CODE = "K106"
NAME = "unknown-key"
SEVERITY: Severity = "warning"
