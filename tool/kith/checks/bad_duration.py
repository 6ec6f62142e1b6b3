"""A length of time that cannot be read.

## Why

`3m` could be minutes or months, so it is asked for in full: `7d`, `2w`, `3mo`, `1y`.

## Bad

    contacts/dana-lee.md
    ---
    name: Dana Lee
    cadence: 3m
    ---

## Good

    contacts/dana-lee.md
    ---
    name: Dana Lee
    cadence: 3mo
    ---
"""

from kith.diagnostics import Severity

CODE = "K306"
NAME = "bad-duration"
SEVERITY: Severity = "error"
