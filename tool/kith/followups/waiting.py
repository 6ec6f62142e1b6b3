"""Something they promised you, and it has not come.

**Due** on its `due:` day, else fourteen days after its note's day. **Settled by** its box, or, for promised
introductions, by the lines `introduced` with the same links, whoever made them.

Source: 003 (they have the chance to send you more contacts).
"""

from collections.abc import Iterator
from typing import Final

from kith.followups.world import WAITING_WITHIN, World, done_command, with_text
from kith.model import FollowUp
from kith.study.items import counts_from

NAME = "waiting"
WEIGHT: Final = 2
SOURCE = "003"
LOG_KIND = ""


def followups(world: World) -> Iterator[FollowUp]:
    for item in world.open_items:
        if item.label != NAME or world.is_kept(item):
            continue
        who = world.names(item.contacts)
        since = counts_from(item, world.journal)
        yield FollowUp(
            rule=NAME,
            contacts=item.contacts,
            due=world.item_due(item, WAITING_WITHIN),
            weight=WEIGHT,
            action=with_text(f"Remind {who}, kindly" if who else "Ask after this", world.text(item)),
            why=f"Agreed on {world.day(since)}, and it has not come." if since else "It has not come.",
            source=SOURCE,
            event=world.item_event(item),
            settle=done_command(world, item),
        )
