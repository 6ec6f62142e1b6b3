"""A meeting whose file name has another date than the note.

## Why

The date in the note counts. The file's name is what you see in a list of files, and it sends you to the wrong day.

## Bad

    meetings/2026-11-30-dana-lee.md
    ---
    date: 2026-11-24
    ---

    contacts/dana-lee.md
    ---
    name: Dana Lee
    ---

## Good

    meetings/2026-11-24-dana-lee.md
    ---
    date: 2026-11-24
    ---

    contacts/dana-lee.md
    ---
    name: Dana Lee
    ---
"""

import re
from collections.abc import Iterator

from kith.diagnostics import Finding, Severity
from kith.study.timeline import Timeline

CODE = "K303"
NAME = "file-name-date"
SEVERITY: Severity = "warning"

_DATED = re.compile(r"(\d{4}-\d{2}-\d{2})(?:-|\.md$)", re.ASCII)


def check(timeline: Timeline) -> Iterator[Finding]:
    """Yield a finding for each meeting whose file is named for another day."""
    for meeting in timeline.journal.meetings.values():
        match = _DATED.match(meeting.file.rpartition("/")[2])
        if match is not None and match[1] != meeting.date.isoformat() and "date" in meeting.places:
            message = f"`{meeting.date}` is the day of the note, but its file is named for `{match[1]}`"
            renamed = meeting.id.replace(match[1], meeting.date.isoformat(), 1)
            hint = f"rename the file: `kith mv {meeting.id} {renamed}`"
            yield Finding(CODE, NAME, SEVERITY, message, meeting.place_of("date"), hint)
