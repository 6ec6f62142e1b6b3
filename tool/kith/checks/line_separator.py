"""An invisible line separator in front matter.

## Why

Three characters that come along with copied text (U+0085, U+2028, U+2029) end a line for YAML and for nobody else. They
are read as a space here; other programs would see a broken note.

## Bad

    a role copied from a web page, with U+2028 between its words

## Good

    contacts/dana-lee.md
    ---
    name: Dana Lee
    role: charge nurse
    ---
"""

from kith.diagnostics import Severity

CODE = "K115"
NAME = "line-separator"
SEVERITY: Severity = "warning"
