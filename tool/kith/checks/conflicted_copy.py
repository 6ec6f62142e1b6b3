"""The copy that a sync tool made of a note.

## Why

Sync tools keep both versions when two machines change one file. Read as notes they would be two people; so the copy is
left out, and what was written only there is missing until you carry it over.

## Bad

    contacts/dana-lee (conflicted copy 2026-11-03).md
    ---
    name: Dana Lee
    ---

## Good

    contacts/dana-lee.md
    ---
    name: Dana Lee
    ---
"""

from kith.diagnostics import Severity

CODE = "K011"
NAME = "conflicted-copy"
SEVERITY: Severity = "warning"
