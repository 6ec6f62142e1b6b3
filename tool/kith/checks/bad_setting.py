"""A setting whose value cannot be read.

## Why

The default is used instead, which may not be what you meant.

## Bad

    journal.md
    ---
    title: A journal
    name: Robin Vale
    nudge-after: a week
    ---

## Good

    journal.md
    ---
    title: A journal
    name: Robin Vale
    nudge-after: 1w
    ---
"""

from kith.diagnostics import Severity

CODE = "K901"
NAME = "bad-setting"
SEVERITY: Severity = "error"
