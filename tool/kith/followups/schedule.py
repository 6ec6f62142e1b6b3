"""They said yes, and there is no date yet; or the meeting was cancelled or missed.

**Due** `schedule-within` after the newest of these: a reply that answers an ask for a conversation, a meeting cancelled
(one cancelled ahead counts from its day), a meeting that did not happen. **Settled by** `proposed` or another ask for a
conversation (then it is their turn), a meeting note, or `declined`.

Source: 002 (meet, best in person; a call is better than nothing).
"""

from collections.abc import Iterator
from typing import Final

from kith.dates import shift
from kith.followups.world import World, quoted
from kith.model import Event, FollowUp
from kith.study.timeline import ASK_KINDS, MEETING, QUESTIONS_SENT, History, Moment

NAME = "schedule"
WEIGHT: Final = 1
SOURCE = "002"
LOG_KIND = "proposed"

_CONVERSATION = frozenset({"outreach", "nudge", "proposed"})
_SETTLES = frozenset({"proposed", "declined", "outreach", "nudge", QUESTIONS_SENT, MEETING})


def followups(world: World) -> Iterator[FollowUp]:
    for history in world.active:
        # a meeting comes after its day's log lines, so of two on one day it is the newer
        events = [found for found in (_missed(history, world), _reply(history, world)) if found is not None]
        if not events:
            continue
        event, why = max(events, key=lambda found: found[0].date)
        id_ = history.contact.id
        yield FollowUp(
            rule=NAME,
            contacts=(id_,),
            due=shift(event.date, world.settings.schedule_within),
            weight=WEIGHT,
            action=f"Agree on a day with {world.call(id_)}.",
            why=why,
            source=SOURCE,
            event=event,
            settle=f"kith new meeting {quoted(id_)}",
        )


def _reply(history: History, world: World) -> tuple[Event, str] | None:
    """The newest reply that calls for a date."""
    reply = _newest_answer(history)
    if reply is None or history.any_after(reply, _SETTLES) or history.arranged_since(reply.date):
        return None
    why = f"{world.call(history.contact.id)} replied on {world.day(reply.date)}, and no day is agreed."
    return Event(reply.date, reply.place), why


def _newest_answer(history: History) -> Moment | None:
    """The newest reply that answers an ask for a conversation, the last ask before it with no meeting between."""
    found, asked = None, ""
    for moment in history.moments:
        if moment.kind == MEETING:
            asked = ""
        elif moment.kind in ASK_KINDS:
            # what a nudge reminds of decides; one that reminds of nothing we know of asks for a conversation
            asked = moment.kind if moment.kind != "nudge" or not asked else asked
        elif moment.kind == "reply" and asked in _CONVERSATION:
            found = moment
    return found


def _missed(history: History, world: World) -> tuple[Event, str] | None:
    """The newest meeting that was cancelled or missed, where nothing has been arranged since."""
    if not history.missed or history.meetings_ahead:
        return None
    state = history.missed[-1]
    meeting = state.meeting
    # whoever does not come is written to on the same day
    if history.arranged_since(meeting.date) or history.any_on_or_after(meeting.date, _SETTLES):
        return None
    what = "was cancelled" if state.status == "cancelled" else "did not happen"
    why = f"The meeting of {world.day(meeting.date)} {what}, and no other day is agreed."
    return Event(meeting.date, meeting.place_of("date")), why
