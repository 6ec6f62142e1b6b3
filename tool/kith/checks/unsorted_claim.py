"""A `pro` or `con` of which nobody knows for which path it speaks.

## Why

Evidence counts for the paths of its note, or else for the one path of the people in it. With none or several to choose
from it waits under "Unsorted".

## Bad

    meetings/2026-11-24-dana-lee.md
    - con: every third weekend on call

    contacts/dana-lee.md
    ---
    name: Dana Lee
    ---

## Good

    meetings/2026-11-24-dana-lee.md
    ---
    paths: physician-assistant
    ---

    - con: every third weekend on call

    contacts/dana-lee.md
    ---
    name: Dana Lee
    ---

    paths/physician-assistant.md
    ---
    title: Physician assistant
    ---
"""

from collections.abc import Iterator

from kith.diagnostics import Finding, Severity
from kith.model import EVIDENCE_LABELS, AnyNote, Contact, Item, Journal, Meeting
from kith.study.evidence import paths_of
from kith.study.timeline import Timeline

CODE = "K414"
NAME = "unsorted-claim"
SEVERITY: Severity = "info"


def check(timeline: Timeline) -> Iterator[Finding]:
    """Yield a finding for each claim without a path."""
    journal = timeline.journal
    for note in journal.notes():
        for item in note.items:
            if (
                item.label in EVIDENCE_LABELS
                and not paths_of(item, note, journal)
                and not _is_excused(item, note, journal)
            ):
                message = f"this `{item.label}` speaks for no path yet"
                hint = "name the path in the line, `[[…]]`, or in `paths:`"
                yield Finding(CODE, NAME, SEVERITY, message, item.place, hint)


def _is_excused(item: Item, note: AnyNote, journal: Journal) -> bool:
    """Whether a path is named that cannot be read or does not exist: that is said where it is named."""
    named = isinstance(note, Contact | Meeting) and bool(note.paths)
    return named or any(link.id in journal.unreadable for link in item.links)
