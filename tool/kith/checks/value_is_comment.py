"""A value that YAML takes for a comment.

## Why

What follows a `#` behind a space is a comment, so the field is empty although something stands there.

## Bad

    contacts/dana-lee.md
    ---
    name: Dana Lee
    tags: #night
    ---

## Good

    contacts/dana-lee.md
    ---
    name: Dana Lee
    tags: night
    ---
"""

from kith.diagnostics import Severity

CODE = "K114"
NAME = "value-is-comment"
SEVERITY: Severity = "warning"
