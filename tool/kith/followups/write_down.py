"""Somebody was named, and has no card yet.

A `referral` item whose person has no file, or a name in `contacts` without one. **Due** two days after the first
meeting that named them (outside a meeting: after its log line, else after the card was added, else today). It
concerns those who named the person. **Settled by** a card, or by the item's box.

Source: 000 (ask for others to speak with), 003 (you will have an idea whom to contact next).
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

import msgspec

from kith.diagnostics import Place
from kith.followups.world import World, quoted
from kith.load import fold_name
from kith.model import Event, FollowUp, Item
from kith.study.items import counts_from, is_open
from kith.study.words import join_words

NAME = "write-down"
WEIGHT: Final = 2
SOURCE = "000, 003"
LOG_KIND = ""

WITHIN = timedelta(days=2)


class _Naming(msgspec.Struct, frozen=True):
    name: str
    target: str
    day: date | None
    place: Place
    by: tuple[str, ...]
    says: str
    meeting: str
    is_item: bool


def followups(world: World) -> Iterator[FollowUp]:
    namings: dict[str, list[_Naming]] = {}
    for naming in (*_from_items(world), *_from_meetings(world)):
        namings.setdefault(fold_name(naming.target), []).append(naming)
    for found in namings.values():
        yield _followup(world, sorted(found, key=lambda one: (one.day or world.today, one.place)))


def _from_items(world: World) -> Iterator[_Naming]:
    for named in world.named:
        item = named.item
        if named.id is None and is_open(item, world.today):
            day = counts_from(item, world.journal)
            meeting = item.note if item.note in world.journal.meetings else ""
            says = _says(world, item, named.name)
            yield _Naming(named.name, named.target, day, item.place, item.contacts, says, meeting, is_item=True)


def _says(world: World, item: Item, name: str) -> str:
    """What the item says of the person behind the name."""
    says = world.text(item).partition(name)[2].strip(" ,;:(—–-")
    return says if "(" in says else says.rstrip(")")  # the bracket was opened behind the name


def _from_meetings(world: World) -> Iterator[_Naming]:
    for meeting in world.journal.meetings.values():
        for ref in meeting.contacts:
            if ref.id is None and not world.journal.names.get(fold_name(ref.text)):
                yield _Naming(
                    ref.label or ref.text, ref.text, meeting.date, ref.place, (), "", meeting.id, is_item=False
                )


def _followup(world: World, namings: list[_Naming]) -> FollowUp:
    first = namings[0]
    # a name is written large, if not always by everybody
    name = next((naming for naming in namings if not naming.name.islower()), first)
    by = tuple(dict.fromkeys(id_ for naming in namings for id_ in naming.by))
    via = f" --via {quoted(by[0])}" if by else ""
    whom = f", whom {join_words([world.call(id_) for id_ in by])} named" if by else ""
    return FollowUp(
        rule=NAME,
        contacts=by,
        due=first.day + WITHIN if first.day else world.today,
        weight=WEIGHT,
        action=f"Write down {name.name}{whom}.",
        why=_why(world, first),
        source=SOURCE,
        event=Event(first.day or world.today, first.place),
        settle=f"kith new contact {quoted(name.target)}{via}",
        subject=(name.name, first.meeting),
    )


def _why(world: World, first: _Naming) -> str:
    if first.day is None:
        why = "No card has this name"
    elif first.day > world.today or not first.is_item:
        why = f"The meeting of {world.day(first.day)} names them, and no card does"
    else:
        why = f"Named on {world.day(first.day)}"
    return f"{why}: “{first.says}”." if first.says else f"{why}."
