"""A meeting that is said to be held but lies ahead.

## Why

Until its day comes it counts as planned: no thanks are due for it. Either the date or the status is a slip.

## Bad

    meetings/2026-11-24-dana-lee.md
    ---
    status: held
    ---

    contacts/dana-lee.md
    ---
    name: Dana Lee
    ---

## Good

    meetings/2026-11-24-dana-lee.md
    ---
    status: planned
    ---

    contacts/dana-lee.md
    ---
    name: Dana Lee
    ---
"""

from collections.abc import Iterator

from kith.diagnostics import Finding, Severity
from kith.study.timeline import Timeline

CODE = "K304"
NAME = "held-ahead"
SEVERITY: Severity = "warning"


def check(timeline: Timeline) -> Iterator[Finding]:
    """Yield a finding for each meeting of a later day that is `held`."""
    for state in timeline.meetings.values():
        meeting = state.meeting
        if state.ahead and meeting.status == "held" and meeting.date > timeline.today:
            message = f"the meeting is said to be `held`, but its day, {meeting.date}, has not come"
            hint = "write `status: planned`, or mend the date"
            yield Finding(CODE, NAME, SEVERITY, message, meeting.place_of("status"), hint)
