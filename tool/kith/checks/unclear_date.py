"""A date that can be read in two ways, or in none.

## Why

`3/11/2026` is in March for some and in November for others. The form with the year first means one day to everybody,
and sorts by itself.

## Bad

    contacts/dana-lee.md
    ---
    name: Dana Lee
    added: 3/11/2026
    ---

## Good

    contacts/dana-lee.md
    ---
    name: Dana Lee
    added: 2026-11-03
    ---
"""

from kith.diagnostics import Severity

CODE = "K302"
NAME = "unclear-date"
SEVERITY: Severity = "error"
