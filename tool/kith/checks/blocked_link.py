"""A link to an address that a note may not lead to.

## Why

`javascript:` and its like run programs, `file:` leads into the computer, and an address that begins with `/` leads out
of the journal. Such a link is shown as text.

## Bad

    contacts/dana-lee.md
    ---
    name: Dana Lee
    ---

    [Her slides](file:///home/robin/slides.pdf)

## Good

    contacts/dana-lee.md
    ---
    name: Dana Lee
    ---

    [Her slides](../attachments/slides.pdf)

    attachments/slides.pdf
"""

from kith.diagnostics import Severity

CODE = "K503"
NAME = "blocked-link"
SEVERITY: Severity = "warning"
