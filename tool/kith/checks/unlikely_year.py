"""A date before 1990, or of a year more than ten ahead.

## Why

It is a slip of the keys, `2062` for `2026`, and would put a promise off by a generation.

## Bad

    contacts/dana-lee.md
    ---
    name: Dana Lee
    snooze: 2062-11-03
    ---

## Good

    contacts/dana-lee.md
    ---
    name: Dana Lee
    snooze: 2026-11-03
    ---
"""

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial

from kith.dates import likely_years
from kith.diagnostics import Finding, Place, Severity, span
from kith.model import AnyNote, CareerPath, Contact, Meeting, Owner
from kith.study.timeline import Timeline

CODE = "K305"
NAME = "unlikely-year"
SEVERITY: Severity = "warning"


def check(timeline: Timeline) -> Iterator[Finding]:
    """Yield a finding for each date of a year that nobody means."""
    first, last = likely_years(timeline.today)
    hint = f"years run from {first} to {last} here"
    for note in timeline.journal.notes():
        for day, place in _dates(note):
            if first <= day.year <= last:
                continue
            message = f"`{day}` is in the year {day.year:04}"
            yield Finding(CODE, NAME, SEVERITY, message, place(), hint)


def _dates(note: AnyNote) -> Iterator[tuple[date, Callable[[], Place]]]:
    """The dates of a note, each with what finds its place, for the few that are out of range."""
    for key, day in _fields(note):
        if day is not None:
            yield day, partial(note.place_of, key)
    for item in note.items:
        for word, day in (("due", item.due), ("done", item.done)):
            if day is not None:
                yield day, partial(note.place_within, item.place, f"{word}:{day}")
    if isinstance(note, Contact):
        for entry in note.log:
            place = entry.place
            yield entry.date, partial(span, place.file, place.line, place.column, len("2026-11-03"))


def _fields(note: AnyNote) -> tuple[tuple[str, date | None], ...]:
    if isinstance(note, Contact):
        return (("added", note.added), ("snooze", note.snooze), ("closed", note.closed))
    if isinstance(note, Meeting):
        return (("date", note.date),)
    if isinstance(note, CareerPath):
        return (("decided", note.decided),)
    return (("pause", note.pause),) if isinstance(note, Owner) else ()
