"""Labelled items as a page shows them: with their box, their words, who it was, and when."""

import datetime as dt
import re
from collections.abc import Collection, Iterable

from kith.dates import count_days
from kith.model import Item
from kith.pages.parts import Check
from kith.pages.view import View
from kith.pages.words import LABEL_WORDS, due_on
from kith.study.items import counts_from, is_open

_STOP = re.compile(r"\.$")


def check_of(item: Item, view: View, *, who: bool = False) -> Check:
    """An item; `who` says whose it is."""
    world = view.world
    open_ = is_open(item, world.today)
    due = due_on(item.due, world.today, 1) if open_ and item.due else None
    topic = f" ({item.topic})" if item.topic else ""
    return Check(
        state="open" if open_ else item.state,
        label="" if item.label == "task" else f"{LABEL_WORDS.get(item.label, item.label)}{topic}",
        say=view.line(_STOP.sub("", item.text), world.notes[item.note]),
        who=view.links(item.contacts) if who else (),
        when="" if due else _when(item, view, open_=open_),
        due=due,
    )


def _when(item: Item, view: View, *, open_: bool) -> str:
    """`done 16 Nov`, `not for me`, `open for 19 days`."""
    world = view.world
    if not open_:
        return "not for me" if item.state == "dropped" else f"done {world.short(item.done)}" if item.done else "done"
    since = counts_from(item, world.journal)
    return f"open for {count_days((world.today - since).days)}" if since and since < world.today else ""


def items_labelled(items: Iterable[Item], labels: Collection[str]) -> tuple[Item, ...]:
    """The items of some labels, by the day they count from."""
    return tuple(sorted((item for item in items if item.label in labels), key=lambda one: one.day or dt.date.min))
