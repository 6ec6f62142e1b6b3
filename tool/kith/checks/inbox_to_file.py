"""A line of the inbox that waits to be filed.

## Why

A line that begins with a date, a person and a kind counts at once. Everything else is kept, and counts for nothing
until it stands in a note.

## Bad

    inbox.md
    - the panel recording is online now

## Good

    inbox.md
    - 2026-11-20 dana-lee update by email: the panel recording is online

    contacts/dana-lee.md
    ---
    name: Dana Lee
    ---
"""

import re
from collections.abc import Iterator

from kith.diagnostics import Finding, Severity
from kith.study.timeline import Timeline

CODE = "K413"
NAME = "inbox-to-file"
SEVERITY: Severity = "info"

SHOWN = 40  # characters of the line that stand in the message

_DATED = re.compile(r"\d{4}-\d{2}-\d{2}\s")


def check(timeline: Timeline) -> Iterator[Finding]:
    """Yield a finding for each jotted line that is nobody's log line."""
    for line in timeline.journal.inbox:
        hint = "file it: `kith inbox`"
        if _DATED.match(line.text):
            hint += "; to count at once it reads `DATE WHO KIND by CHANNEL: text`"
        beginning = line.text if len(line.text) <= SHOWN else f"{line.text[:SHOWN].rstrip()}…"
        yield Finding(CODE, NAME, SEVERITY, f"`{beginning}` waits to be filed", line.place, hint)
