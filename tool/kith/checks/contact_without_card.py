"""A name among the people of a meeting who has no card.

## Why

Thanks, promises and the next letter belong to a person, and only a card can hold them. Until there is one the name
counts as somebody to write down.

## Bad

    meetings/2026-11-24-priya-shah.md
    ---
    contacts: Priya Shah
    ---

## Good

    meetings/2026-11-24-priya-shah.md
    ---
    contacts: Priya Shah
    ---

    contacts/priya-shah.md
    ---
    name: Priya Shah
    ---

## Source

000: keep a record of everybody you speak to.
"""

from collections.abc import Iterator

from kith.diagnostics import Finding, Severity
from kith.load import fold_name
from kith.study.timeline import Timeline

CODE = "K205"
NAME = "contact-without-card"
SEVERITY: Severity = "warning"


def check(timeline: Timeline) -> Iterator[Finding]:
    """Yield a finding for each name in `contacts` that no card has."""
    journal = timeline.journal
    people = {*journal.contacts, *(id_ for id_, file in journal.unreadable.items() if file.startswith("contacts/"))}
    for meeting in journal.meetings.values():
        for ref in meeting.contacts:
            if ref.id is None and not ref.link and people.isdisjoint(journal.names.get(fold_name(ref.text), ())):
                message = f"`{ref.text}` has no card"
                hint = f'write one: `kith new contact "{ref.text}"`'
                if other := journal.names.get(fold_name(ref.text)):
                    message = f"`{ref.text}` has no card: the note `{other[0]}` that is called so is no person"
                    hint = "write the name of the person you met"
                yield Finding(CODE, NAME, SEVERITY, message, ref.place, hint)
