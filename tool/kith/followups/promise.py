"""Something you promised and have not done.

**Due** on its `due:` day, else seven days after its note's day. **Settled by** its box.

Source: 000 (ask whether there is anything you can do for them), 003 (do what you said).
"""

from collections.abc import Iterator
from typing import Final

from kith.dates import Duration
from kith.followups.world import World, done_command, with_text
from kith.model import FollowUp
from kith.study.items import counts_from

NAME = "promise"
WEIGHT: Final = 1
SOURCE = "000, 003"
LOG_KIND = ""

WITHIN = Duration(7, "d")


def followups(world: World) -> Iterator[FollowUp]:
    for item in world.open_items:
        if item.label != NAME:
            continue
        event = world.item_event(item)
        people = world.names(item.contacts)
        beginning = f"Keep your promise to {people}" if people else "Keep your promise"
        since = counts_from(item, world.journal)
        yield FollowUp(
            rule=NAME,
            contacts=item.contacts,
            due=world.item_due(item, WITHIN),
            weight=WEIGHT,
            action=with_text(beginning, world.text(item)),
            why=f"You promised it on {world.day(since)}." if since else f"It is written down in `{item.place.file}`.",
            source=SOURCE,
            event=event,
            settle=done_command(world, item),
        )
