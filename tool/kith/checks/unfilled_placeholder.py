"""A placeholder of a template that was never filled in.

## Why

An editor's template should have put a value there. YAML reads two braces as keys of their own, so the value is not
even text. In a letter a placeholder is meant, and only wants the quotes.

## Bad

    contacts/dana-lee.md
    ---
    name: {{name}}
    ---

## Good

    contacts/dana-lee.md
    ---
    name: Dana Lee
    ---
"""

from kith.diagnostics import Severity

CODE = "K112"
NAME = "unfilled-placeholder"
SEVERITY: Severity = "error"
