"""Front matter without its closing line.

## Why

Without the second `---` there is no telling where the keys end and your text begins, and neither may be lost.

## Bad

    contacts/dana-lee.md
    ---
    name: Dana Lee

    We met at the open day.

## Good

    contacts/dana-lee.md
    ---
    name: Dana Lee
    ---

    We met at the open day.
"""

from kith.diagnostics import Severity

CODE = "K102"
NAME = "unclosed-front-matter"
SEVERITY: Severity = "error"
