"""A value that is nested deeper than any field.

## Why

Fields are flat, so that every editor's property view can show them and a difference between two versions can be read.

## Bad

    contacts/dana-lee.md
    ---
    name: Dana Lee
    tags: [[[[[night]]]]]
    ---

## Good

    contacts/dana-lee.md
    ---
    name: Dana Lee
    tags: [night, emergency]
    ---
"""

from kith.diagnostics import Severity

CODE = "K111"
NAME = "too-deep"
SEVERITY: Severity = "error"
