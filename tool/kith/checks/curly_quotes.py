"""A value in curly quotation marks, as word processors and phones make them of straight ones.

## Why

YAML knows straight quotes only, so the marks become part of the value: a link leads nowhere, a name has signs that
nobody looks for. Where the value is no free text, kith reads it without them.

## Bad

    contacts/dana-lee.md
    ---
    name: “Dana Lee”
    ---

## Good

    contacts/dana-lee.md
    ---
    name: Dana Lee
    ---
"""

from kith.diagnostics import Severity

CODE = "K119"
NAME = "curly-quotes"
SEVERITY: Severity = "warning"
