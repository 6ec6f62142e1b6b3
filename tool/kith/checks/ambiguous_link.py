"""A link that may lead to two notes.

## Why

Two people of one name are two people. Guessing would credit one of them with what the other said; the id of a note is
always unique.

## Bad

    meetings/2026-11-24-talk.md
    ---
    contacts: Dana Lee
    ---

    contacts/dana-lee.md
    ---
    name: Dana Lee
    role: nurse
    ---

    contacts/dana-lee-2.md
    ---
    name: Dana Lee
    role: pharmacist
    ---

## Good

    meetings/2026-11-24-talk.md
    ---
    contacts: dana-lee
    ---

    contacts/dana-lee.md
    ---
    name: Dana Lee
    role: nurse
    ---

    contacts/dana-lee-2.md
    ---
    name: Dana Lee
    role: pharmacist
    ---
"""

from kith.diagnostics import Severity

CODE = "K204"
NAME = "ambiguous-link"
SEVERITY: Severity = "error"
