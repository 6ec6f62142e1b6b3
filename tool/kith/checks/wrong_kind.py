"""A value of another kind than its field takes.

## Why

A number is counted with and a list is gone through; what cannot be read as what it should be counts for nothing.

## Bad

    meetings/2026-11-20-dana-lee.md
    ---
    contacts: dana-lee
    minutes: half an hour
    ---

    contacts/dana-lee.md
    ---
    name: Dana Lee
    ---

## Good

    meetings/2026-11-24-dana-lee.md
    ---
    contacts: dana-lee
    minutes: 30
    ---

    contacts/dana-lee.md
    ---
    name: Dana Lee
    ---
"""

from kith.diagnostics import Severity

CODE = "K108"
NAME = "wrong-kind"
SEVERITY: Severity = "error"
