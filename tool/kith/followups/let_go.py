"""The last nudge is unanswered too: a silence that long is an answer.

**Due** twice `nudge-after` after the last ask, once no nudge is left to send, or when a nudge is more than 28 days
late (it replaces that nudge). Never for a favour (`asked`): there the nudge just lapses. **Settled by** closing the
matter, or by any answer. It is shown without reproach and never as late.

Source: 002 (do not stalk; turn your attention elsewhere).
"""

from collections.abc import Iterator
from typing import Final

from kith.dates import shift
from kith.followups.world import NUDGE_TOO_LATE, World, quoted
from kith.model import Event, FollowUp
from kith.study.timeline import Ask, is_passed_over
from kith.study.words import number_word

NAME = "let-go"
WEIGHT: Final = 3
SOURCE = "002"
LOG_KIND = ""


def followups(world: World) -> Iterator[FollowUp]:
    settings = world.settings
    for history in world.active:
        ask = history.open_ask
        if ask is None or ask.base.kind == "asked" or is_passed_over(world.journal, history.contact):
            continue
        if ask.nudges < settings.nudges and world.today <= world.nudge_due(history, ask) + NUDGE_TOO_LATE:
            continue
        id_ = history.contact.id
        who = world.call(id_)
        done = "Nudged" if ask.newest.kind == "nudge" else "Asked"
        yield FollowUp(
            rule=NAME,
            contacts=(id_,),
            due=shift(ask.newest.date, settings.nudge_after, 2),
            weight=WEIGHT,
            action=f"Let {who} go: {_silence(ask)} gone unanswered.",
            why=f"{done} on {world.day(ask.newest.date)}; a silence this long is an answer.",
            source=SOURCE,
            event=Event(ask.newest.date, ask.newest.place),
            settle=f"kith close {quoted(id_)} no-reply",
        )


def _silence(ask: Ask) -> str:
    """What was sent in vain."""
    if ask.base.kind == "nudge":
        return "your nudge has" if ask.nudges == 1 else f"{number_word(ask.nudges)} nudges have"
    if ask.nudges == 0:
        return "your message has"
    return f"a message and {'a nudge' if ask.nudges == 1 else f'{number_word(ask.nudges)} nudges'} have"
