"""HTML in a note.

## Why

Notes are shown without running anything that stands in them, so HTML appears as the text it is. Markdown can do what
most of it is used for.

## Bad

    contacts/dana-lee.md
    ---
    name: Dana Lee
    ---

    She is <b>very</b> kind.

## Good

    contacts/dana-lee.md
    ---
    name: Dana Lee
    ---

    She is **very** kind.
"""

from kith.diagnostics import Severity

CODE = "K501"
NAME = "raw-html"
SEVERITY: Severity = "info"
