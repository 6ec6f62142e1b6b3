"""Asks and gives: what passed between you and a person, both ways."""

from collections.abc import Iterable, Mapping
from datetime import date

import msgspec

from kith.model import ADVICE_LABELS, ASKS, Item
from kith.study.items import is_open, items_on
from kith.study.timeline import MEETING, Timeline

# what a person gives by it: their time, an answer to a favour, a name, a piece of advice
_GIVEN_KINDS = frozenset({MEETING, "got", "introduced"})
_GIVEN_LABELS = frozenset({*ADVICE_LABELS, "referral"})


class Exchange(msgspec.Struct, frozen=True):
    """How often you asked, how much they gave, how much you gave; and what you could still give them."""

    asked: int = 0
    they_gave: int = 0
    you_gave: int = 0
    offers: tuple[Item, ...] = ()


def read_exchanges(timeline: Timeline) -> Mapping[str, Exchange]:
    """The exchange with each person, by id. A promise kept is something given."""
    items: dict[str, list[Item]] = {id_: [] for id_ in timeline.histories}
    for item in items_on(timeline.journal, timeline.today):
        for id_ in item.contacts:
            if id_ in items:
                items[id_].append(item)
    return {
        id_: Exchange(
            asked=sum(moment.kind in ASKS for moment in history.moments),
            they_gave=sum(moment.kind in _GIVEN_KINDS for moment in history.moments)
            + sum(item.label in _GIVEN_LABELS for item in items[id_]),
            you_gave=sum(moment.kind == "gave" for moment in history.moments)
            + sum(_is_kept(item, timeline.today) for item in items[id_]),
            offers=tuple(
                item for item in items[id_] if item.label in ("offer", "promise") and is_open(item, timeline.today)
            ),
        )
        for id_, history in timeline.histories.items()
    }


def _is_kept(item: Item, today: date) -> bool:
    return item.label == "promise" and item.state == "done" and not is_open(item, today)


def add_exchanges(exchanges: Iterable[Exchange]) -> Exchange:
    """Several exchanges as one, as those with the people of an organisation."""
    found = tuple(exchanges)
    return Exchange(
        sum(one.asked for one in found),
        sum(one.they_gave for one in found),
        sum(one.you_gave for one in found),
        tuple(dict.fromkeys(item for one in found for item in one.offers)),
    )
