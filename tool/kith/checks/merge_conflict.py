"""A merge conflict that is not resolved.

## Why

Two versions of a line stand in the note, and only you know which of them is true. Until then the note is not read,
because half of it would be counted twice.

## Bad

    contacts/dana-lee.md
    ---
    name: Dana Lee
    <<<<<<< HEAD
    role: nurse
    =======
    role: physician assistant
    >>>>>>> phone
    ---

## Good

    contacts/dana-lee.md
    ---
    name: Dana Lee
    role: physician assistant
    ---
"""

from kith.diagnostics import Severity

CODE = "K005"
NAME = "merge-conflict"
SEVERITY: Severity = "error"
