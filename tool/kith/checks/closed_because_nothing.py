"""A reason for closing without the day of closing.

## Why

Only `closed` with its day closes a matter. The reason alone leaves everything due as before.

## Bad

    contacts/dana-lee.md
    ---
    name: Dana Lee
    closed-because: moved-on
    ---

## Good

    contacts/dana-lee.md
    ---
    name: Dana Lee
    closed: 2026-11-05
    closed-because: moved-on
    ---
"""

from collections.abc import Iterator

from kith.diagnostics import Finding, Severity
from kith.study.timeline import Timeline

CODE = "K411"
NAME = "closed-because-nothing"
SEVERITY: Severity = "info"


def check(timeline: Timeline) -> Iterator[Finding]:
    """Yield a finding for each `closed-because` that stands alone."""
    for contact in timeline.journal.contacts.values():
        if contact.closed_because and "closed" not in contact.places:
            message = f"`{contact.closed_because}` says why the matter is closed, but nothing says that it is"
            hint = f"add `closed: {timeline.today}` or the day it was"
            yield Finding(CODE, NAME, SEVERITY, message, contact.place_of("closed-because"), hint)
