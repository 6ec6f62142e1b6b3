"""A `due:` or `done:` whose date cannot be read.

## Why

A promise whose day cannot be read would come up on another day than you meant.

## Bad

    contacts/dana-lee.md
    ---
    name: Dana Lee
    added: 2026-11-20
    ---

    - [ ] promise: send the recording due:2026-11-31

## Good

    contacts/dana-lee.md
    ---
    name: Dana Lee
    added: 2026-11-20
    ---

    - [ ] promise: send the recording due:2026-11-30
"""

from kith.diagnostics import Severity

CODE = "K309"
NAME = "impossible-due"
SEVERITY: Severity = "error"
