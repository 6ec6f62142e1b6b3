"""Somebody gave you their time, or something you asked for, and has not been thanked.

**Due** `thank-you-within` after a held meeting, an event where you met, `got` or `introduced`: one for each event and
person, with no thank-you on or after it. From the day the person's second thank-you is due, the thanks for meetings
pass into that one; thanks for what they gave never pass. **Settled by** `thank-you`.

Source: 000 (a note after every interaction), 003 (quickly), 004 (as soon as possible).
"""

from collections.abc import Iterator
from typing import Final

from kith.dates import shift
from kith.followups.world import World, quoted
from kith.model import Event, FollowUp
from kith.study.timeline import MEETING, History, Moment

NAME = "thank-you"
WEIGHT: Final = 1
SOURCE = "000, 003, 004"
LOG_KIND = "thank-you"


def followups(world: World) -> Iterator[FollowUp]:
    for history in world.active:
        for moment in _unthanked(history, world):
            id_ = history.contact.id
            yield FollowUp(
                rule=NAME,
                contacts=(id_,),
                due=shift(moment.date, world.settings.thank_you_within),
                weight=WEIGHT,
                action=f"Thank {world.call(id_)} for {_what(moment)}.",
                why=f"No thank-you since {world.day(moment.date)}.",
                source=SOURCE,
                event=Event(moment.date, moment.place),
                settle=f"kith log {quoted(id_)} thank-you",
            )


def _unthanked(history: History, world: World) -> Iterator[Moment]:
    thanks = history.newest({"thank-you"})
    second = world.seconds[history.contact.id]
    passed = second is not None and world.today >= second.due
    for moment in history.moments:
        at_event = moment.kind == "met" and moment.meeting is not None
        owes = moment.kind in ("got", "introduced") or at_event or (moment.kind == MEETING and not passed)
        if owes and (thanks is None or thanks.date < moment.date):
            yield moment


def _what(moment: Moment) -> str:
    if moment.kind == "got":
        return "what you were given"
    if moment.kind == "introduced":
        return "the introduction"
    if moment.kind != MEETING:
        return "talking to you at the event"
    by_email = moment.meeting is not None and moment.meeting.mode == "email"
    return "the answers" if by_email else "the conversation"
