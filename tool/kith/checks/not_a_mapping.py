"""Front matter that is not a list of keys and values.

## Why

Often this is a note that begins with a dividing line, and what follows it is your text. It is kept, but it cannot be
read as front matter.

## Bad

    contacts/dana-lee.md
    ---
    Dana Lee, whom I met at the open day
    ---

## Good

    contacts/dana-lee.md
    ---
    name: Dana Lee
    ---

    I met her at the open day.
"""

from kith.diagnostics import Severity

CODE = "K104"
NAME = "not-a-mapping"
SEVERITY: Severity = "error"
