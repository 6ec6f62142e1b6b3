"""A note whose bytes are not UTF-8.

## Why

Other encodings give every accent and dash another meaning, and nothing in the file says which one it is. Guessing
would change names silently, so the note is left alone until it is saved as UTF-8. The other notes are read as usual.

## Bad

    a note saved as Windows-1252 or UTF-16, as old editors and spreadsheets do

## Good

    contacts/zoe-klein.md
    ---
    name: Zoë Klein
    ---
"""

from kith.diagnostics import Severity

CODE = "K001"
NAME = "not-utf8"
SEVERITY: Severity = "error"
