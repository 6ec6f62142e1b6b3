"""A link in the text that leads to no note.

## Why

A link joins what one note says with what another knows. One that leads nowhere is a slip of the keys, or somebody who
has no card yet.

## Bad

    contacts/sam-ortiz.md
    ---
    name: Sam Ortiz
    ---

    Works with [[dana-le]].

    contacts/dana-lee.md
    ---
    name: Dana Lee
    ---

## Good

    contacts/sam-ortiz.md
    ---
    name: Sam Ortiz
    ---

    Works with [[dana-lee]].

    contacts/dana-lee.md
    ---
    name: Dana Lee
    ---
"""

from kith.diagnostics import Severity

CODE = "K201"
NAME = "dead-link"
SEVERITY: Severity = "warning"
