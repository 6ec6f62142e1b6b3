"""A file that the computer does not let us read.

## Why

A note that is skipped silently looks like a note that was never written, so it is named. The others are read as
usual.

## Bad

    a note that belongs to another account, or on a drive that is gone

## Good

    a note that you may read: `chmod u+r contacts/dana-lee.md`
"""

from kith.diagnostics import Severity

CODE = "K007"
NAME = "unreadable-file"
SEVERITY: Severity = "error"
