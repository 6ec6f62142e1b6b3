"""Thanks given and owed."""

from datetime import date

import msgspec

from kith.dates import Duration, half, shift
from kith.study.timeline import MEETING, History, Moment


class Second(msgspec.Struct, frozen=True):
    """The second thank-you that a meeting calls for: its day, and whether a first one was sent."""

    meeting: Moment
    due: date
    thanked: bool
    settled: bool
    lapses: date


def read_second(history: History, interval: Duration) -> Second | None:
    """The second thank-you for the newest held meeting; None for those never met or not receptive."""
    meeting = history.newest({MEETING})
    if meeting is None or history.contact.receptive is False:
        return None
    due, middle = shift(meeting.date, interval), half(meeting.date, interval)
    first, settled = None, False
    for moment in history.moments:
        if moment.date < meeting.date:
            continue
        if moment.kind == "update" and moment.date >= middle:
            settled = True
        elif moment.kind == "thank-you":
            # the first thank-you serves as both where it came only when the second was due
            settled = settled or (moment.date >= middle and (first is not None or moment.date >= due))
            first = first or moment.date
    if first is not None:
        due = max(due, half(first, interval))
    return Second(meeting, due, first is not None, settled, shift(meeting.date, interval, 3))
