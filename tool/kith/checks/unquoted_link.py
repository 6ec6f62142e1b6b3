"""A wikilink without quotes in front matter.

## Why

To YAML, two brackets are a list in a list. It is understood here, but editors that show properties may show or save
something else.

## Bad

    contacts/dana-lee.md
    ---
    name: Dana Lee
    via: [[sam-ortiz]]
    ---

    contacts/sam-ortiz.md
    ---
    name: Sam Ortiz
    ---

## Good

    contacts/dana-lee.md
    ---
    name: Dana Lee
    via: "[[sam-ortiz]]"
    ---

    contacts/sam-ortiz.md
    ---
    name: Sam Ortiz
    ---
"""

from kith.diagnostics import Severity

CODE = "K116"
NAME = "unquoted-link"
SEVERITY: Severity = "warning"
