"""A value outside the list of those that its field may have.

## Why

Tables, letters and rules go by these words, so a new one would be in none of them. The finding lists them all.

## Bad

    contacts/dana-lee.md
    ---
    name: Dana Lee
    level: boss
    ---

## Good

    contacts/dana-lee.md
    ---
    name: Dana Lee
    level: peer
    ---
"""

from kith.diagnostics import Severity

CODE = "K109"
NAME = "bad-choice"
SEVERITY: Severity = "error"
