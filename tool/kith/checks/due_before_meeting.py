"""A promise or task that was due before the day it was made.

## Why

It would be late from the beginning. Mostly the month or the year is a slip.

## Bad

    contacts/dana-lee.md
    ---
    name: Dana Lee
    ---

    ## Log

    - 2026-11-03 met: at the open day
      - [ ] promise: send the recording due:2026-10-10

## Good

    contacts/dana-lee.md
    ---
    name: Dana Lee
    ---

    ## Log

    - 2026-11-03 met: at the open day
      - [ ] promise: send the recording due:2026-11-10
"""

from collections.abc import Iterator

from kith.diagnostics import Finding, Severity
from kith.model import Meeting
from kith.study.timeline import Timeline

CODE = "K311"
NAME = "due-before-meeting"
SEVERITY: Severity = "warning"


def check(timeline: Timeline) -> Iterator[Finding]:
    """Yield a finding for each item whose `due:` is earlier than its meeting or log line."""
    for note in timeline.journal.notes():
        for item in note.items:
            if item.due is not None and item.day is not None and item.due < item.day:
                what = "meeting" if isinstance(note, Meeting) else "log line"
                message = f"`due:{item.due}` is before the {what}, which is of {item.day}"
                place = note.place_within(item.place, f"due:{item.due}")
                yield Finding(CODE, NAME, SEVERITY, message, place, "mend the date, or leave it out")
