"""A key that is given twice.

## Why

Most programs let the last one win and lose the other silently. Here the first one counts, and nothing is lost without
being named.

## Bad

    contacts/dana-lee.md
    ---
    name: Dana Lee
    email: dana@mercy.example
    email: dlee@home.example
    ---

## Good

    contacts/dana-lee.md
    ---
    name: Dana Lee
    email: [dana@mercy.example, dlee@home.example]
    ---
"""

from kith.diagnostics import Severity

CODE = "K105"
NAME = "duplicate-key"
SEVERITY: Severity = "error"
