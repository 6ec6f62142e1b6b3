"""A time of day that cannot be read.

## Why

The calendar needs hours and minutes, by the clock of twenty-four hours, to put the meeting where it belongs.

## Bad

    meetings/2026-11-24-dana-lee.md
    ---
    time: 2 pm
    ---

    contacts/dana-lee.md
    ---
    name: Dana Lee
    ---

## Good

    meetings/2026-11-24-dana-lee.md
    ---
    time: 14:00
    ---

    contacts/dana-lee.md
    ---
    name: Dana Lee
    ---
"""

from kith.diagnostics import Severity

CODE = "K307"
NAME = "bad-time"
SEVERITY: Severity = "error"
