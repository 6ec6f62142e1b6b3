"""A note of more than a mebibyte.

## Why

That is some five hundred pages: a picture or an export that was pasted into a note, not a note. Reading it would slow
everything else down.

## Bad

    a note with a whole mailbox pasted into it

## Good

    the export as a file in `attachments/`, and a link to it in the note
"""

from kith.diagnostics import Severity

CODE = "K006"
NAME = "note-too-large"
SEVERITY: Severity = "error"
