"""They wrote first, and you have written nothing since.

**Due** two days after their line; it lapses when 21 days have passed. **Settled by** any line of yours, a chance
encounter, or a meeting. Whoever writes to you is waiting: answer before you ask anybody else for anything.

Source: 000 (maintain the relationship), 002 (stay in touch with those who are receptive).
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from kith.followups.world import World, quoted
from kith.model import Event, FollowUp

NAME = "answer"
WEIGHT: Final = 1
SOURCE = "000, 002"
LOG_KIND = "hello"

WITHIN = timedelta(days=2)


def followups(world: World) -> Iterator[FollowUp]:
    for history in world.active:
        if (heard := history.open_letter(world.today)) is None:
            continue
        id_ = history.contact.id
        yield FollowUp(
            rule=NAME,
            contacts=(id_,),
            due=heard.date + WITHIN,
            weight=WEIGHT,
            action=f"Answer {world.call(id_)}, who wrote to you.",
            why=f"{world.call(id_)} wrote on {world.day(heard.date)}, and you have not written since.",
            source=SOURCE,
            event=Event(heard.date, heard.place),
            settle=f"kith log {quoted(id_)} hello",
        )
