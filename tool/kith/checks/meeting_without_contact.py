"""A conversation that does not say with whom it was.

## Why

It counts for nobody: no thank-you comes up, and whoever it was with looks as if you had never met. `contacts` says
whom, or the end of the file's name where that is somebody's id. An event may do without.

## Bad

    contacts/dana-lee.md
    ---
    name: Dana Lee
    ---

    meetings/2026-11-03-dan-lee.md
    ---
    status: planned
    ---

## Good

    contacts/dana-lee.md
    ---
    name: Dana Lee
    ---

    meetings/2026-11-03-dana-lee.md
    ---
    status: planned
    ---
"""

from kith.diagnostics import Severity

CODE = "K210"
NAME = "meeting-without-contact"
SEVERITY: Severity = "warning"
