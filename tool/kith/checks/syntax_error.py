"""Front matter that is not valid YAML.

## Why

A colon in a title, a handle with `@` or a tab is enough for YAML to refuse the whole block. Nothing of the note is
counted then, so the finding gives the corrected line wherever one correction is enough.

## Bad

    contacts/dana-lee.md
    ---
    name: Dana Lee
    role: nurse: nights
    ---

## Good

    contacts/dana-lee.md
    ---
    name: Dana Lee
    role: "nurse: nights"
    ---
"""

from kith.diagnostics import Severity

CODE = "K101"
NAME = "syntax-error"
SEVERITY: Severity = "error"
