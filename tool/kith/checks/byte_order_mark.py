"""A note that begins with a byte order mark.

## Why

The mark is invisible, and kith accepts and keeps it. Other programs may not find the front matter behind it, and show
it as text.

## Bad

    a note saved as "UTF-8 with BOM"

## Good

    a note saved as "UTF-8"
"""

from kith.diagnostics import Severity

CODE = "K002"
NAME = "byte-order-mark"
SEVERITY: Severity = "info"
