"""An anchor, an alias or a tag of YAML.

## Why

`&`, `*` and `!` before a value have a meaning in YAML that a note does not need and that can make a small file
unreadably large. Mostly they are meant as plain text, and then quotes are all it takes.

## Bad

    contacts/dana-lee.md
    ---
    name: Dana Lee
    role: !urgent nurse
    ---

## Good

    contacts/dana-lee.md
    ---
    name: Dana Lee
    role: "!urgent nurse"
    ---
"""

from kith.diagnostics import Severity

CODE = "K110"
NAME = "anchor-or-tag"
SEVERITY: Severity = "error"
