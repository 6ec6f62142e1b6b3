"""Promises, advice and other labelled items, as of a day."""

from collections.abc import Iterator
from datetime import date

from kith.model import AnyNote, Contact, Item, Journal


def all_items(journal: Journal) -> Iterator[Item]:
    """The items of all notes, note by note."""
    for note in journal.notes():
        yield from note.items


def items_on(journal: Journal, today: date) -> Iterator[Item]:
    """The items of all notes as they stand on a day: what is nested below a log line dated later is not there yet."""
    return (item for _, item in noted_items(journal, today))


def noted_items(journal: Journal, today: date | None = None) -> Iterator[tuple[AnyNote, Item]]:
    """The items of all notes, as they stand on a day if one is given, each with its note."""
    for note in journal.notes():
        logged = today is not None and isinstance(
            note, Contact
        )  # a meeting's note is read as it stands, even one ahead
        for item in note.items:
            if not (logged and item.day is not None and today is not None and item.day > today):
                yield note, item


def is_open(item: Item, today: date) -> bool:
    """Whether an item is still to be done: a `done:` later than today has not happened yet."""
    return item.state == "open" or (item.done is not None and item.done > today)


def counts_from(item: Item, journal: Journal) -> date | None:
    """The day an item counts from: its log line's or meeting's, else the day its contact was added; None without."""
    if item.day is not None:
        return item.day
    contact = journal.contacts.get(item.note)
    return contact.added if contact is not None else None
