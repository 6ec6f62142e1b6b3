"""Meetings and follow-ups as an iCalendar file (RFC 5545).

The same notes on the same day give the same bytes: identifiers come from what an entry is about, stamps from the day it
counts from. A meeting stands in its own time zone, else the journal's, else in none, as the clock on the wall says.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from kith.model import FollowUp, Journal, Meeting
from kith.schema import is_timezone
from kith.study.timeline import MeetingState, Timeline

if TYPE_CHECKING:  # 70 ms, so it is imported where a calendar is made
    from icalendar import Calendar, Event, Todo, vCategory, vDDDTypes

_PRODUCT = "-//kith//kith//EN"
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_PRIORITIES: Mapping[int, int] = {1: 1, 2: 5, 3: 9}
_FIRST_YEAR, _LAST_YEAR = 1970, 2100  # a mistyped year must not make a description of thousands of years
# Due from day to day until it is done, so the day it counts from is not what tells one from the next.
_ONE_AT_A_TIME = frozenset({"find-people", "reach-out"})


def write_calendar(timeline: Timeline, items: Iterable[FollowUp]) -> bytes:
    """The meetings of the journal and what is to be done, as one file."""
    calendar = _new_calendar()
    _add_zones(calendar, timeline)
    for state in timeline.meetings.values():
        calendar.add_component(_event(state, timeline.journal))
    _add_todos(calendar, items)
    return bytes(calendar.to_ical())


def write_todos(items: Iterable[FollowUp]) -> bytes:
    """What is to be done, as a file of tasks."""
    calendar = _new_calendar()
    _add_todos(calendar, items)
    return bytes(calendar.to_ical())


def _new_calendar() -> "Calendar":
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    return calendar


# --- follow-ups ----------------------------------------------------------------------------------------------------


def _add_todos(calendar: "Calendar", items: Iterable[FollowUp]) -> None:
    seen: dict[tuple[str, ...], int] = {}
    for item in items:
        about = _identity(item)
        seen[about] = seen.get(about, 0) + 1
        # two promises of one note differ in nothing but their order
        calendar.add_component(_todo(item, (*about, str(seen[about]))))


def _identity(item: FollowUp) -> tuple[str, ...]:
    """What makes a follow-up this one: not its line or its wording, which change while it stays the same."""
    day = "" if item.rule in _ONE_AT_A_TIME else item.event.date.isoformat()
    return (item.rule, ",".join(item.contacts), ",".join(item.subject), day, item.event.place.file)


# Entries are filled by assignment: `add` would look up a type for every value, and make one more of it.


def _todo(item: FollowUp, about: tuple[str, ...]) -> "Todo":
    from icalendar import Todo, vDDDTypes

    todo = Todo()
    todo["uid"] = _uid(*about)
    todo["dtstamp"] = _stamp(item.event.date)
    todo["due"] = vDDDTypes(item.due)
    todo["summary"] = _clean(item.action)
    todo["description"] = _clean("\n".join([item.why, *item.details, item.settle]))
    todo["categories"] = _categories(item.rule)
    todo["priority"] = str(_PRIORITIES[item.weight])
    todo["status"] = "NEEDS-ACTION"
    return todo


# --- meetings ------------------------------------------------------------------------------------------------------


def _event(state: MeetingState, journal: Journal) -> "Event":
    from icalendar import Event, vDDDTypes, vDuration

    meeting = state.meeting
    event = Event()
    event["uid"] = _uid("meeting", meeting.id)
    event["dtstamp"] = _stamp(meeting.date)
    event["summary"] = _clean(_title(meeting, journal))
    if meeting.time is None:
        event["dtstart"] = vDDDTypes(meeting.date)
    else:
        event["dtstart"] = vDDDTypes(datetime.combine(meeting.date, meeting.time, _zone(meeting, journal)))
        event["duration"] = vDuration(timedelta(minutes=meeting.took or meeting.minutes or journal.settings.minutes))
    if meeting.where:
        event["location"] = _clean(meeting.where)
    event["categories"] = _categories("meeting")
    event["status"] = "CANCELLED" if state.status in ("cancelled", "no-show") else "CONFIRMED"
    return event


def _title(meeting: Meeting, journal: Journal) -> str:
    """`Conversation with Dana Lee and Sam Ortiz`."""
    known = [(journal.contacts.get(ref.id or ""), ref) for ref in meeting.contacts]
    names = [contact.name if contact is not None else ref.text for contact, ref in known]
    if meeting.mode == "event" or not names:
        return meeting.where or meeting.id
    return f"Conversation with {' and '.join([', '.join(names[:-1]), names[-1]] if names[1:] else names)}"


def _zone(meeting: Meeting, journal: Journal) -> ZoneInfo | None:
    zone = meeting.timezone or journal.owner.timezone
    return ZoneInfo(zone) if zone and is_timezone(zone) else None


def _add_zones(calendar: "Calendar", timeline: Timeline) -> None:
    """Describe each time zone that meetings name, for their years alone and in the order of names.

    The library's own `add_missing_timezones` takes them from a set, in an order that varies from run to run.
    """
    from icalendar import Timezone

    years: dict[str, list[int]] = {}
    for state in timeline.meetings.values():
        zone = _zone(state.meeting, timeline.journal)
        if state.meeting.time is not None and zone is not None and zone.key != "UTC":
            years.setdefault(zone.key, []).append(min(max(state.meeting.date.year, _FIRST_YEAR), _LAST_YEAR))
    for key, seen in sorted(years.items()):
        first, last = date(min(seen), 1, 1), date(max(seen) + 1, 1, 1)
        calendar.add_component(Timezone.from_tzinfo(ZoneInfo(key), key, first, last))


# --- both ----------------------------------------------------------------------------------------------------------


def _uid(*parts: str) -> str:
    return f"{hashlib.sha256(chr(0).join(parts).encode()).hexdigest()[:32]}@kith"


@cache
def _stamp(day: date) -> "vDDDTypes":
    from icalendar import vDDDTypes

    return vDDDTypes(datetime.combine(day, time(), UTC))


@cache
def _categories(kind: str) -> "vCategory":
    from icalendar import vCategory

    return vCategory(["kith", kind])


def _clean(text: str) -> str:
    """The text without control characters but the newline; the library escapes and folds."""
    return _CONTROL.sub("", text.replace("\r\n", "\n"))
