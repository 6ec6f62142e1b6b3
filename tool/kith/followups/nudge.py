"""An ask without an answer, and you may still ask once more.

**Due** `nudge-after` after the last ask (`outreach`, `nudge`, `proposed`, `asked`, or questions sent by email), while
fewer than `nudges` nudges were sent since the last ask that is not one. More than 28 days late it gives way to
`let-go`; where a favour was asked it just lapses. **Settled by** `nudge` or any answer. Not everybody answers, and one
friendly reminder is not stalking.

Source: 000 (not everyone will respond), 002 (do not stalk).
"""

from collections.abc import Iterator
from typing import Final

from kith.followups.world import NUDGE_TOO_LATE, World, quoted
from kith.model import Event, FollowUp
from kith.study.timeline import QUESTIONS_SENT, Ask, is_passed_over
from kith.study.words import number_word

NAME = "nudge"
WEIGHT: Final = 2
SOURCE = "000, 002"
LOG_KIND = "nudge"


def followups(world: World) -> Iterator[FollowUp]:
    for history in world.active:
        ask = history.open_ask
        if ask is None or ask.nudges >= world.settings.nudges or is_passed_over(world.journal, history.contact):
            continue
        due = world.nudge_due(history, ask)
        if world.today > due + NUDGE_TOO_LATE:
            continue
        id_ = history.contact.id
        channel = ask.newest.entry.channel if ask.newest.entry else "email"
        by = f" --by {channel}" if channel else ""
        yield FollowUp(
            rule=NAME,
            contacts=(id_,),
            due=due,
            weight=WEIGHT,
            action=f"Ask {world.call(id_)} once more, briefly.",
            why=_why(world, ask),
            source=SOURCE,
            event=Event(ask.newest.date, ask.newest.place),
            settle=f"kith log {quoted(id_)} nudge{by}",
        )


def _why(world: World, ask: Ask) -> str:
    day = world.day(ask.newest.date)
    what = {"nudge": "nudge", "proposed": "proposal", "asked": "request", QUESTIONS_SENT: "questions"}
    left = world.settings.nudges - ask.nudges
    after = "One nudge, then let go." if left == 1 else f"At most {number_word(left)} nudges, then let go."
    verb = "have" if ask.newest.kind == QUESTIONS_SENT else "has"
    return f"Your {what.get(ask.newest.kind, 'message')} of {day} {verb} had no answer. {after}"
