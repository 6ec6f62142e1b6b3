"""A plain to-do of your own with a day.

A task without a label, `- [ ] send the form due:2026-11-20`. **Due** on its `due:` day, and without one never.
**Settled by** its box.

Source: 003 (a list of next steps comes out of every conversation).
"""

from collections.abc import Iterator
from typing import Final

from kith.followups.world import World, done_command, sentence
from kith.model import TASK, FollowUp

NAME = "task"
WEIGHT: Final = 2
SOURCE = "003"
LOG_KIND = ""


def followups(world: World) -> Iterator[FollowUp]:
    for item in world.open_items:
        if item.label != TASK or item.due is None:
            continue
        note = item.place.file
        text = world.text(item) or f"do what line {item.place.line} of `{note}` says"
        yield FollowUp(
            rule=NAME,
            contacts=item.contacts,
            due=item.due,
            weight=WEIGHT,
            action=sentence(f"{text[:1].upper()}{text[1:]}"),
            why=f"You set {world.day(item.due)} for it, in `{note}`.",
            source=SOURCE,
            event=world.item_event(item),
            settle=done_command(world, item),
        )
