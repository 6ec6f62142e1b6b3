"""A field that every note of its kind needs and this one lacks.

## Why

A person without a name cannot be addressed, and a meeting without a day cannot be put in order. The file name serves
until then.

## Bad

    contacts/dana-lee.md
    ---
    role: nurse
    ---

## Good

    contacts/dana-lee.md
    ---
    name: Dana Lee
    role: nurse
    ---
"""

from kith.diagnostics import Severity

CODE = "K107"
NAME = "missing-field"
SEVERITY: Severity = "error"
