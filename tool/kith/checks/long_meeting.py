"""A meeting for which more minutes were agreed than the settings allow.

## Why

Twenty minutes are easily given by a busy person; an hour is a favour. If they offered more, all is well; `minutes-max`
is yours to change.

## Bad

    meetings/2026-11-24-dana-lee.md
    ---
    minutes: 60
    ---

    contacts/dana-lee.md
    ---
    name: Dana Lee
    ---

## Good

    meetings/2026-11-24-dana-lee.md
    ---
    minutes: 20
    ---

    contacts/dana-lee.md
    ---
    name: Dana Lee
    ---

## Source

000: fifteen to thirty minutes; 003: about twenty.
"""

from collections.abc import Iterator

from kith.diagnostics import Finding, Severity
from kith.study.timeline import Timeline

CODE = "K407"
NAME = "long-meeting"
SEVERITY: Severity = "info"


def check(timeline: Timeline) -> Iterator[Finding]:
    """Yield a finding for each conversation that was arranged for long."""
    most = timeline.journal.settings.minutes_max
    for state in timeline.meetings.values():
        meeting = state.meeting
        if meeting.minutes is None or meeting.mode in ("email", "event") or state.status in ("cancelled", "no-show"):
            continue
        if meeting.minutes > most:
            message = f"`{meeting.minutes}` minutes are more than the {most} of `minutes-max`"
            hint = "ask for less, or set `minutes-max` in `journal.md`"
            yield Finding(CODE, NAME, SEVERITY, message, meeting.place_of("minutes"), hint)
