"""Who named whom, and who led to whom."""

import re
from collections.abc import Iterator, Mapping
from datetime import date

import msgspec

from kith.diagnostics import Place
from kith.load import fold_name
from kith.markdown import plain
from kith.model import Item, Journal, Reference
from kith.study.items import all_items, items_on
from kith.study.timeline import MEETING, History, Moment, Timeline

_NAME_END = re.compile(r"[,;:(—]|\s[-–]\s")


class Named(msgspec.Struct, frozen=True):
    """A person named by a `referral` item: the id where they have a file, and whom the item concerns (the namers).

    `target` is what a new card has to be called for the item to lead to it: the target of a link, else the name.
    """

    name: str
    item: Item
    id: str | None
    linked: bool
    target: str


class Introduction(msgspec.Struct, frozen=True):
    """A log line by which `by` connected you with somebody."""

    by: str
    date: date
    place: Place


def name_in(item: Item) -> str:
    """The name that a `referral` item begins with: up to a comma, semicolon, colon, bracket or dash."""
    if (link := _link_in_name(item)) is not None:
        return link.label or link.text
    return " ".join(plain(_NAME_END.split(item.text, maxsplit=1)[0]).split())


def _link_in_name(item: Item) -> Reference | None:
    """The link that a `referral` item names its person by; one behind the name (`colleague of [[x]]`) is another's."""
    if item.links and (item.text.startswith("[[") or "[[" in _NAME_END.split(item.text, maxsplit=1)[0]):
        return item.links[0]
    return None


def named_people(journal: Journal, today: date | None = None) -> Iterator[Named]:
    """The people that `referral` items name, item by item, on a day if one is given.

    An item whose link or name leads to a note of another kind names nobody.
    """
    people = {*journal.contacts, *(id_ for id_, file in journal.unreadable.items() if file.startswith("contacts/"))}
    for item in all_items(journal) if today is None else items_on(journal, today):
        if item.label != "referral":
            continue
        name, link = name_in(item), _link_in_name(item)
        ids = (link.id,) if link is not None and link.id is not None else journal.names.get(fold_name(name), ())
        found = next((id_ for id_ in ids if id_ in people), None)
        if name and (found is not None or not ids):
            yield Named(name, item, found, link is not None, link.text if link is not None else name)


def introductions(timeline: Timeline) -> Mapping[str, tuple[Introduction, ...]]:
    """For each person, the log lines by which somebody connected you with them, oldest first."""
    found: dict[str, list[Introduction]] = {}
    for id_, history in timeline.histories.items():
        for moment in history.moments:
            if moment.kind == "introduced" and moment.entry is not None:
                for link in moment.entry.links:
                    if link.id is not None and link.id in timeline.histories and link.id != id_:
                        found.setdefault(link.id, []).append(Introduction(id_, moment.date, moment.place))
    return {id_: tuple(sorted(lines, key=lambda one: (one.date, one.by))) for id_, lines in found.items()}


def first_meeting(history: History) -> Moment | None:
    """The first conversation with a person."""
    return next((moment for moment in history.moments if moment.kind == MEETING), None)


def referrers(timeline: Timeline) -> Mapping[str, str]:
    """Who led to whom: `via`, else the first introduction, if you had not met by then."""
    found = {}
    for id_, lines in introductions(timeline).items():
        met = first_meeting(timeline.histories[id_])
        if met is None or lines[0].date <= met.date:
            found[id_] = lines[0].by
    for id_, contact in timeline.journal.contacts.items():
        via = contact.via
        if via is not None:
            found.pop(id_, None)
            if via.id is not None and via.id in timeline.histories and via.id != id_:
                found[id_] = via.id
    return found
