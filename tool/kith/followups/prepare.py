"""A meeting ahead that lacks goals, research, or questions in order of priority.

**Due** `prepare-before` ahead of the meeting, no earlier than the day after the last `reply` or `proposed`, no later
than its day. Goals may stand in the meeting or on a card; research in the meeting, on a card or with the
organisation; an empty heading is lacking. By email three to five questions are enough; an event wants goals and three
questions. **Settled by** the note.

Source: 000 (8 to 10 ranked questions, research, an introduction), 002 (ask nothing a search would answer), 004.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from kith.dates import shift
from kith.followups.world import World, meeting_day, quoted
from kith.model import Event, FollowUp, Meeting
from kith.study.preparation import lacking

NAME = "prepare"
WEIGHT: Final = 1
SOURCE = "000, 002, 004"
LOG_KIND = ""


def followups(world: World) -> Iterator[FollowUp]:
    for state in world.timeline.meetings.values():
        meeting = state.meeting
        if not state.ahead or not (lacks := lacking(world.journal, meeting)):
            continue
        yield FollowUp(
            rule=NAME,
            contacts=world.people(meeting),
            due=_due(world, meeting),
            weight=WEIGHT,
            action=_action(world, meeting, lacks),
            why=_why(world, meeting),
            source=SOURCE,
            event=Event(meeting.date, meeting.place_of("date")),
            settle=f"kith prep {quoted(meeting.id)} --write",
            subject=(meeting.id,),
            details=lacks,
        )


def _due(world: World, meeting: Meeting) -> date:
    due = shift(meeting.date, world.settings.prepare_before, -1)
    for id_ in world.people(meeting):
        if (last := world.history(id_).newest({"reply", "proposed"})) is not None:
            due = max(due, last.date + timedelta(days=1))
    return min(due, meeting.date)


def _action(world: World, meeting: Meeting, lacks: tuple[str, ...]) -> str:
    party = world.party(meeting)
    what = f"to meet {party}" if party and meeting.mode != "event" else f"for {meeting.where or 'the event'}"
    if meeting.mode == "email":
        what = f"your questions for {party}" if party else "your questions"
    return f"Prepare {what}: {'; '.join(lacks)}."


def _why(world: World, meeting: Meeting) -> str:
    verb = {"email": "The questions go out", "event": "It takes place"}.get(meeting.mode, "You meet")
    return f"{verb} {meeting_day(world, meeting)}."
