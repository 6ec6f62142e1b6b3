"""A file in a folder of notes that is no note.

## Why

The folder says what a note is, and only files that end in `.md` are notes. What else lies there is neither read nor
shown, which may not be what you expect.

## Bad

    contacts/dana-lee.txt

## Good

    attachments/dana-lee.txt
"""

from kith.diagnostics import Severity

CODE = "K010"
NAME = "stray-file"
SEVERITY: Severity = "info"
