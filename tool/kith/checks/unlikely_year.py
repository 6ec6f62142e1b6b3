"""A date before 1990 or after 2100.

## Why

It is a slip of the keys, `2206` for `2026`, and would put a promise off by a generation.

## Bad

    contacts/dana-lee.md
    ---
    name: Dana Lee
    added: 2206-11-03
    ---

## Good

    contacts/dana-lee.md
    ---
    name: Dana Lee
    added: 2026-11-03
    ---
"""

from collections.abc import Iterator
from datetime import date

from kith.diagnostics import Finding, Place, Severity, span
from kith.model import AnyNote, CareerPath, Contact, Meeting, Owner
from kith.study.timeline import Timeline

CODE = "K305"
NAME = "unlikely-year"
SEVERITY: Severity = "warning"

FIRST, LAST = date(1990, 1, 1), date(2100, 12, 31)


def check(timeline: Timeline) -> Iterator[Finding]:
    """Yield a finding for each date of a year that nobody means."""
    for note in timeline.journal.notes():
        for day, place in _unlikely(note):
            message = f"`{day}` is in the year {day.year:04}"
            hint = f"years run from {FIRST.year} to {LAST.year} here"
            yield Finding(CODE, NAME, SEVERITY, message, place, hint)


def _unlikely(note: AnyNote) -> Iterator[tuple[date, Place]]:
    """The dates of a note that are out of range, each with its place."""
    for key, day in _fields(note):
        if day is not None and not FIRST <= day <= LAST:
            yield day, note.place_of(key)
    for item in note.items:
        for word, day in (("due", item.due), ("done", item.done)):
            if day is not None and not FIRST <= day <= LAST:
                yield day, note.place_within(item.place, f"{word}:{day}")
    if isinstance(note, Contact):
        for entry in note.log:
            if not FIRST <= entry.date <= LAST:
                yield entry.date, span(entry.place.file, entry.place.line, entry.place.column, len("2026-11-03"))


def _fields(note: AnyNote) -> tuple[tuple[str, date | None], ...]:
    if isinstance(note, Contact):
        return (("added", note.added), ("snooze", note.snooze), ("closed", note.closed))
    if isinstance(note, Meeting):
        return (("date", note.date),)
    if isinstance(note, CareerPath):
        return (("decided", note.decided),)
    return (("pause", note.pause),) if isinstance(note, Owner) else ()
