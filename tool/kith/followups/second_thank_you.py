"""A month after a conversation: tell them what you did with it.

**Due** `second-thank-you-after` after the newest held meeting, and no sooner than half that interval after the first
thank-you; it lapses three intervals after the meeting. One for each person. It lists the advice of theirs that you have
followed since; while there is none it proposes one thing to do. Where no thank-you was sent by then, it is that too.
**Settled by** an `update`, or by a second `thank-you`, at least half the interval after the meeting. `receptive: no`
silences it.

Source: 003 (a second, longer note about a month later).
"""

from collections.abc import Iterator
from datetime import date
from typing import Final

from kith.followups.world import World, pronouns, quoted, with_text
from kith.model import ADVICE_LABELS, Event, FollowUp, Item
from kith.study.items import is_open
from kith.study.thanks import Second
from kith.study.timeline import History
from kith.study.words import number_word

NAME = "second-thank-you"
WEIGHT: Final = 2
SOURCE = "003"
LOG_KIND = "update"


def followups(world: World) -> Iterator[FollowUp]:
    for history in world.active:
        second = world.seconds[history.contact.id]
        if second is None or second.settled or world.today > second.lapses:
            continue
        done, still_open = _advice(world, history, second.meeting.date)
        details = done or still_open[:1]
        id_ = history.contact.id
        yield FollowUp(
            rule=NAME,
            contacts=(id_,),
            due=second.due,
            weight=WEIGHT,
            action=_action(world, history, second),
            why=_why(world, second, done, still_open, pronouns(history.contact)[0]),
            source=SOURCE,
            event=Event(second.meeting.date, second.meeting.place),
            settle=f"kith log {quoted(id_)} update",
            details=tuple(f"{item.label}: {world.text(item)}" for item in details),
        )


def _advice(world: World, history: History, since: date) -> tuple[list[Item], list[Item]]:
    """The advice of this person that was followed since the meeting, and what is still open."""
    advice = [item for item in world.items_of.get(history.contact.id, ()) if item.label in ADVICE_LABELS]
    still_open = [item for item in advice if is_open(item, world.today)]
    followed = [item for item in advice if item.state == "done" and not is_open(item, world.today)]
    return [item for item in followed if item.done is None or item.done >= since], still_open


def _action(world: World, history: History, second: Second) -> str:
    who, their = world.call(history.contact.id), pronouns(history.contact)[2]
    if not second.thanked and world.today >= second.due:
        return f"Thank {who}, late, and say what came of {their} advice."
    return f"Write {who} a second thank-you: what came of {their} advice."


def _why(world: World, second: Second, done: list[Item], still_open: list[Item], they: str) -> str:
    since = f"You talked on {world.day(second.meeting.date)}"
    if done:
        return f"{since}. You have done {_share(len(done), len(done) + len(still_open))} {they} suggested."
    if still_open:
        first = with_text("this one first", world.text(still_open[0]))
        return f"{since}. Nothing {they} suggested is done yet; {first}"
    return f"{since}; say what it changed."


def _share(done: int, total: int) -> str:
    if total == 1:
        return "the one thing"
    if done == total:
        return "both things" if total == 2 else f"all {number_word(total)} things"
    return f"{number_word(done)} of {number_word(total)} things"
