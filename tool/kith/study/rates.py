"""Figures about the practice: reply rates, pace, minutes, the mix of the list. Always with n.

Small numbers stay counts: a rate of fewer than five cases says "too few to tell", and every rate comes with its Wilson
interval. A meeting implies neither an ask nor an answer here (2.3, Stage): only what the log says is counted.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from math import sqrt
from statistics import median

import msgspec

from kith.model import LEVELS, SOURCES, Contact
from kith.study.timeline import History, MeetingState, Moment, Timeline

TOO_FEW = 5
MOST_WEEKS = 520  # a mistyped year is not a thousand years of empty weeks
_Z = 1.959964  # 95 %


class Rate(msgspec.Struct, frozen=True):
    """`hits` of `n`, with a 95 % Wilson interval; `days` are the days each answer took."""

    hits: int
    n: int
    days: tuple[int, ...] = ()

    @property
    def is_telling(self) -> bool:
        """Whether there are enough cases to say anything."""
        return self.n >= TOO_FEW

    @property
    def share(self) -> float | None:
        """From 0 to 1, None without cases."""
        return self.hits / self.n if self.n else None

    @property
    def interval(self) -> tuple[float, float]:
        """The bounds of the share, from 0 to 1."""
        if self.n == 0:
            return (0.0, 1.0)
        share, square = self.hits / self.n, _Z * _Z
        middle = (share + square / (2 * self.n)) / (1 + square / self.n)
        half = _Z * sqrt(share * (1 - share) / self.n + square / (4 * self.n * self.n)) / (1 + square / self.n)
        # the bound that is exact but for rounding
        low = 0.0 if self.hits == 0 else max(0.0, middle - half)
        return (low, 1.0 if self.hits == self.n else min(1.0, middle + half))

    @property
    def median_days(self) -> float | None:
        """The median of the days that answers took, None without answers."""
        return median(self.days) if self.days else None


class Request(msgspec.Struct, frozen=True):
    """An `outreach` to somebody, and the answer, if one came (an encounter is none)."""

    contact: Contact
    sent: Moment
    answer: Moment | None

    @property
    def channel(self) -> str:
        """The channel it went by, `""` where the log does not say."""
        return self.sent.entry.channel if self.sent.entry else ""


def requests(timeline: Timeline, since: date = date.min) -> tuple[Request, ...]:
    """Each outreach since a day with its answer: the next reply, a no included, before the next outreach."""
    found = []
    for history in timeline.histories.values():
        found.extend(_requests_of(history, since))
    return tuple(sorted(found, key=lambda one: (one.sent.date, one.contact.id)))


def _requests_of(history: History, since: date) -> list[Request]:
    found: list[Request] = []
    sent: Moment | None = None
    for moment in history.moments:
        if moment.kind == "outreach":
            if sent is not None:
                found.append(Request(history.contact, sent, None))
            sent = moment
        elif sent is not None and moment.kind in ("reply", "declined", "heard"):
            found.append(Request(history.contact, sent, moment))
            sent = None
    if sent is not None:
        found.append(Request(history.contact, sent, None))
    return [one for one in found if one.sent.date >= since]


def rate_of(found: Iterable[Request]) -> Rate:
    """How many requests were answered."""
    known = tuple(found)
    days = tuple((one.answer.date - one.sent.date).days for one in known if one.answer is not None)
    return Rate(len(days), len(known), days)


def rates_by(found: Iterable[Request], key: Callable[[Request], str]) -> Mapping[str, Rate]:
    """The rate of each group, the largest group first, those of which the key is not known last."""
    groups: dict[str, list[Request]] = {}
    for one in found:
        groups.setdefault(key(one), []).append(one)
    ordered = sorted(groups.items(), key=lambda group: (not group[0], -len(group[1]), group[0]))
    return {name: rate_of(members) for name, members in ordered}


class Week(msgspec.Struct, frozen=True):
    """A week from its Monday: letters you wrote, conversations held."""

    monday: date
    written: int
    held: int


def pace(timeline: Timeline, since: date = date.min) -> tuple[Week, ...]:
    """Week by week from the first entry, or `since`, to today, empty weeks included; at most ten years of them."""
    first = max(since, _monday(timeline.today) - timedelta(weeks=MOST_WEEKS - 1))
    written = [
        moment.date
        for history in timeline.histories.values()
        for moment in history.moments
        if moment.kind in _WRITTEN and moment.date >= first
    ]
    held = [state.meeting.date for state in held_since(timeline, first)]
    if not written and not held:
        return ()
    counts: dict[date, list[int]] = {}
    for which, days in enumerate((written, held)):
        for day in days:
            counts.setdefault(_monday(day), [0, 0])[which] += 1
    monday = _monday(first if since > date.min else min(counts))
    weeks = []
    while monday <= timeline.today:
        weeks.append(Week(monday, *counts.get(monday, (0, 0))))
        monday += timedelta(weeks=1)
    return tuple(weeks)


_WRITTEN = frozenset({"outreach", "nudge", "proposed", "asked", "thank-you", "update", "hello", "gave"})


def _monday(day: date) -> date:
    return day - timedelta(days=min(day.weekday(), day.toordinal() - 1))


def held_since(timeline: Timeline, since: date = date.min) -> tuple[MeetingState, ...]:
    """The conversations held since a day, oldest first; an event is none."""
    states = (
        state
        for state in timeline.meetings.values()
        if state.status == "held" and state.meeting.mode != "event" and state.meeting.date >= since
    )
    return tuple(sorted(states, key=lambda state: (state.meeting.date, state.meeting.id)))


class Minutes(msgspec.Struct, frozen=True):
    """A conversation's minutes: agreed and taken."""

    meeting: str
    agreed: int
    took: int


def minutes(timeline: Timeline, since: date = date.min) -> tuple[Minutes, ...]:
    """The conversations of which both are known, oldest first."""
    meetings = (state.meeting for state in held_since(timeline, since))
    return tuple(
        Minutes(meeting.id, meeting.minutes, meeting.took)
        for meeting in meetings
        if meeting.minutes is not None and meeting.took is not None
    )


def list_mix(histories: Iterable[History]) -> tuple[Mapping[str, int], Mapping[str, int]]:
    """How many people there are of each level and of each source; `""` where a card does not say comes last."""
    levels = dict.fromkeys((*LEVELS, ""), 0)
    sources = dict.fromkeys((*SOURCES, ""), 0)
    for history in histories:
        levels[history.contact.level] = levels.get(history.contact.level, 0) + 1
        sources[history.contact.source] = sources.get(history.contact.source, 0) + 1
    return (
        {level: count for level, count in levels.items() if count},
        {source: count for source, count in sources.items() if count},
    )
