"""The advice ledger: what people told you to do, and what became of it."""

from datetime import date

import msgspec

from kith.model import ADVICE_LABELS, Item, Journal
from kith.study.items import counts_from, is_open, items_on


class Advice(msgspec.Struct, frozen=True):
    """A piece of advice: who gave it (ids of people whose card can be read), when, and whether it was followed.

    `state` is `open`, `done` or `not for me`; `done` is the day it was followed, where the note says.
    """

    item: Item
    givers: tuple[str, ...]
    given: date | None
    state: str
    done: date | None = None


def advice_ledger(journal: Journal, today: date) -> tuple[Advice, ...]:
    """All advice, oldest first; advice without a day comes first of all."""
    found = [_read(item, journal, today) for item in items_on(journal, today) if item.label in ADVICE_LABELS]
    return tuple(sorted(found, key=lambda advice: (advice.given or date.min, advice.item.place)))


def _read(item: Item, journal: Journal, today: date) -> Advice:
    state = "open" if is_open(item, today) else {"done": "done", "dropped": "not for me"}[item.state]
    done = item.done if state == "done" else None
    givers = tuple(id_ for id_ in item.contacts if id_ in journal.contacts)
    return Advice(item, givers, counts_from(item, journal), state, done)


def advice_by_giver(ledger: tuple[Advice, ...]) -> dict[str, tuple[Advice, ...]]:
    """The ledger by the id of who gave the advice, `""` for nobody; advice of a group stands with each of them."""
    found: dict[str, list[Advice]] = {}
    for advice in ledger:
        for giver in advice.givers or ("",):
            found.setdefault(giver, []).append(advice)
    return {giver: tuple(given) for giver, given in sorted(found.items())}
