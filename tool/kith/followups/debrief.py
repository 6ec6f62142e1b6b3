"""A planned meeting whose day has passed: what became of it?

**Due** the day after. **Settled by** a status, or by what was written down: the minutes it took, a question asked, an
answer. Memory fades overnight, and everything else counts from what is written here. An interview by email has none.

Source: 000 (poor record-keeping).
"""

from collections.abc import Iterator
from datetime import time, timedelta
from typing import Final

from kith.followups.world import World, quoted
from kith.model import Event, FollowUp, Meeting

NAME = "debrief"
WEIGHT: Final = 1
SOURCE = "000"
LOG_KIND = ""


def followups(world: World) -> Iterator[FollowUp]:
    asked: set[str] = set()  # the people whose oldest meeting without a word is done
    for meeting in _unwritten(world):
        place = meeting.place_of("date")
        people = world.people(meeting)
        first = next((id_ for id_ in world.present(people) if id_ not in asked), None)
        asked.update(people)
        party = world.party(meeting)
        what = f"your meeting with {party}" if party and meeting.mode != "event" else meeting.where or "the event"
        yield FollowUp(
            rule=NAME,
            contacts=people,
            due=meeting.date + timedelta(days=1),
            weight=WEIGHT,
            action=f"Write up what became of {what}.",
            why=f"It was planned for {world.day(meeting.date)}, and nothing says whether it took place.",
            source=SOURCE,
            event=Event(meeting.date, place),
            settle=f"kith debrief {quoted(first)}" if first else f"edit {place.file}:{place.line}",
            subject=(meeting.id,),
        )


def _unwritten(world: World) -> list[Meeting]:
    """The meetings that nobody has written up, the oldest first: that is the one `kith debrief WHO` asks for."""
    found = [
        state.meeting
        for state in world.timeline.meetings.values()
        if state.status == "planned" and not state.ahead and state.meeting.mode != "email"
    ]
    return sorted(found, key=lambda meeting: (meeting.date, meeting.time or time.min, meeting.id))
