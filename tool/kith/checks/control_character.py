"""A control character in a note.

## Why

Nobody types one; it comes from a broken copy or a crash. It is invisible, and calendars and address books refuse a
file that holds it, so it is shown as a replacement sign and never passed on.

## Bad

    a null byte or an escape character between two words

## Good

    contacts/dana-lee.md
    ---
    name: Dana Lee
    ---
"""

from kith.diagnostics import Severity

CODE = "K004"
NAME = "control-character"
SEVERITY: Severity = "warning"
