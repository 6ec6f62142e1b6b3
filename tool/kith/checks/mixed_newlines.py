"""A note whose lines end in more than one way.

## Why

Lines that end differently look alike, but they make every comparison of two versions noisy. The note is read as if
all of them ended alike.

## Bad

    a note of which some lines end in CRLF and others in LF, after an edit on another machine

## Good

    a note all of whose lines end in LF, or all in CRLF
"""

from kith.diagnostics import Severity

CODE = "K003"
NAME = "mixed-newlines"
SEVERITY: Severity = "info"
