"""A meeting that took longer than was agreed.

## Why

The time that somebody gives is a promise of yours. Going over it happens, and sometimes at their wish; a word about it
fits into the thank-you.

## Bad

    meetings/2026-11-20-dana-lee.md
    ---
    minutes: 20
    took: 45
    ---

    - referral: Priya Shah, hospice nurse

    contacts/dana-lee.md
    ---
    name: Dana Lee
    ---

## Good

    meetings/2026-11-20-dana-lee.md
    ---
    minutes: 20
    took: 20
    ---

    - referral: Priya Shah, hospice nurse

    contacts/dana-lee.md
    ---
    name: Dana Lee
    ---

## Source

000: keep to the time that was agreed.
"""

from collections.abc import Iterator

from kith.diagnostics import Finding, Severity
from kith.study.timeline import Timeline

CODE = "K406"
NAME = "over-time"
SEVERITY: Severity = "info"


def check(timeline: Timeline) -> Iterator[Finding]:
    """Yield a finding for each conversation held that ran over."""
    for state in timeline.meetings.values():
        agreed, took = state.meeting.minutes, state.meeting.took
        if state.status != "held" or state.meeting.mode in ("email", "event") or agreed is None or took is None:
            continue
        if took > agreed:
            message = f"it took `{took}` minutes, and {agreed} were agreed"
            hint = "thank them for the time they added"
            yield Finding(CODE, NAME, SEVERITY, message, state.meeting.place_of("took"), hint)
