"""A line of a log that is understood but not in its usual form.

## Why

It counts. Written the usual way it is easier to search, and leaves no doubt to other programs.

## Bad

    contacts/dana-lee.md
    ---
    name: Dana Lee
    ---

    ## Log

    - 2026-11-17 outreach by email: asked for twenty minutes
    - 2026-11-19: replied email: gladly

## Good

    contacts/dana-lee.md
    ---
    name: Dana Lee
    ---

    ## Log

    - 2026-11-17 outreach by email: asked for twenty minutes
    - 2026-11-19 reply by email: gladly
"""

from kith.diagnostics import Severity

CODE = "K402"
NAME = "unusual-log-form"
SEVERITY: Severity = "info"
