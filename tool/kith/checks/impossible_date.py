"""A day that no calendar has.

## Why

Everything that is due counts from a day, and there is no way to count from 31 November.

## Bad

    contacts/dana-lee.md
    ---
    name: Dana Lee
    added: 2026-11-31
    ---

## Good

    contacts/dana-lee.md
    ---
    name: Dana Lee
    added: 2026-11-30
    ---
"""

from kith.diagnostics import Severity

CODE = "K301"
NAME = "impossible-date"
SEVERITY: Severity = "error"
