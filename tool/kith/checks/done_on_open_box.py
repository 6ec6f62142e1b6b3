"""A line that says when it was done, while its box is open.

## Why

Only the box settles a line, so this one stays due although it seems to be done.

## Bad

    contacts/dana-lee.md
    ---
    name: Dana Lee
    ---

    - [ ] promise: send the recording done:2026-11-10

## Good

    contacts/dana-lee.md
    ---
    name: Dana Lee
    ---

    - [x] promise: send the recording done:2026-11-10
"""

from kith.diagnostics import Severity

CODE = "K310"
NAME = "done-on-open-box"
SEVERITY: Severity = "warning"
