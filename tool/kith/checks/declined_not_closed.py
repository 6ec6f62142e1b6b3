"""Somebody who said no and whose matter is still open.

## Why

Closed, they rest and come up no more. If they write again one day, that opens the matter by itself.

## Bad

    contacts/dana-lee.md
    ---
    name: Dana Lee
    ---

    ## Log

    - 2026-11-01 outreach by email: asked for twenty minutes
    - 2026-11-05 declined by email: no time this year

## Good

    contacts/dana-lee.md
    ---
    name: Dana Lee
    closed: 2026-11-05
    closed-because: declined
    ---

    ## Log

    - 2026-11-01 outreach by email: asked for twenty minutes
    - 2026-11-05 declined by email: no time this year

## Source

002: when somebody seems to be ending contact, turn elsewhere.
"""

from collections.abc import Iterator

from kith.diagnostics import Finding, Severity
from kith.study.timeline import ANSWER_KINDS, Timeline

CODE = "K410"
NAME = "declined-not-closed"
SEVERITY: Severity = "info"


def check(timeline: Timeline) -> Iterator[Finding]:
    """Yield a finding for each person whose newest answer is a no that nothing followed."""
    for id_, history in timeline.histories.items():
        newest = history.newest(ANSWER_KINDS)
        if newest is None or newest.kind != "declined" or not history.active or history.meetings_ahead:
            continue
        contact = history.contact
        closed_later = "closed" in contact.places if contact.closed is None else contact.closed >= newest.date
        if not closed_later:
            message = f"`{contact.name}` said no on {newest.date}, and the matter is open"
            hint = f"let it rest: `kith close {id_} declined`"
            yield Finding(CODE, NAME, SEVERITY, message, newest.place, hint)
