"""A line of a log without a date or a kind that can be read.

## Why

The log says what is due next, so a line that is not understood counts for nothing. It is kept and shown as it stands.

## Bad

    contacts/dana-lee.md
    ---
    name: Dana Lee
    ---

    ## Log

    - last Tuesday, wrote to her

## Good

    contacts/dana-lee.md
    ---
    name: Dana Lee
    ---

    ## Log

    - 2026-11-17 outreach by email: asked for twenty minutes

## Source

000: poor records are an obstacle of their own.
"""

from kith.diagnostics import Severity

CODE = "K401"
NAME = "log-line-not-understood"
SEVERITY: Severity = "warning"
