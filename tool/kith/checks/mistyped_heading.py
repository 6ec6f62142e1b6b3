"""A heading that is nearly one that counts, with a list below it that therefore counts for nothing.

## Why

The log of a person stands under `Log`, the questions of a meeting under `Questions`, what to do before it under
`Before`. Under `Logs` nothing is read, and whoever answered looks like somebody who was never asked.

## Bad

    contacts/dana-lee.md
    ---
    name: Dana Lee
    ---

    ## Logs

    - 2026-10-09 reply by email: yes, Tuesdays are best

## Good

    contacts/dana-lee.md
    ---
    name: Dana Lee
    ---

    ## Log

    - 2026-10-09 reply by email: yes, Tuesdays are best
"""

from collections.abc import Iterator

from kith.conventions import fold
from kith.diagnostics import Edit, Finding, Fix, Severity, span
from kith.model import Contact
from kith.study.timeline import Timeline

CODE = "K412"
NAME = "mistyped-heading"
SEVERITY: Severity = "warning"

_LOG = {"logs": "Log", "logg": "Log", "log book": "Log", "logbook": "Log", "the log": "Log"}
_QUESTIONS = {
    "question": "Questions",
    "quesions": "Questions",
    "qestions": "Questions",
    "my questions": "Questions",
}


def check(timeline: Timeline) -> Iterator[Finding]:
    """Yield a finding for each heading of a person or meeting that is nearly one that counts, and has a list."""
    for note in (*timeline.journal.contacts.values(), *timeline.journal.meetings.values()):
        nearly = _LOG if isinstance(note, Contact) else _QUESTIONS
        for heading in note.body.headings:
            meant = nearly.get(fold(heading.title))
            if meant is None or not _has_list(note.body.part_of(heading)):
                continue
            place = span(note.file, heading.place.line, heading.place.column, len(heading.title))
            fix = Fix(f"write `{meant}`", (Edit(place, meant),))
            message = f"the list under `{heading.title}` is not read; it would be under `{meant}`"
            yield Finding(CODE, NAME, SEVERITY, message, place, f"write `## {meant}`", fix)


def _has_list(text: str) -> bool:
    return any(row.lstrip()[:2] in ("- ", "* ", "+ ") for row in text.split("\n"))
