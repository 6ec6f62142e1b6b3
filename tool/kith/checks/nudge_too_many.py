"""A nudge beyond the number that the settings allow.

## Why

One reminder is kind, because letters get lost. The next one is pressure, and a person who does not answer has answered.
An answer, or a new ask, begins the count anew.

## Bad

    contacts/dana-lee.md
    ---
    name: Dana Lee
    ---

    ## Log

    - 2026-10-01 outreach by email: asked for twenty minutes
    - 2026-10-08 nudge by email
    - 2026-10-15 nudge by email

## Good

    contacts/dana-lee.md
    ---
    name: Dana Lee
    ---

    ## Log

    - 2026-10-01 outreach by email: asked for twenty minutes
    - 2026-10-08 nudge by email

## Source

002: do not stalk anybody for a conversation.
"""

from collections.abc import Iterator

from kith.diagnostics import Finding, Severity
from kith.study.timeline import ANSWER_KINDS, ASK_KINDS, Timeline

CODE = "K405"
NAME = "nudge-too-many"
SEVERITY: Severity = "info"


def check(timeline: Timeline) -> Iterator[Finding]:
    """Yield a finding for each nudge past the last one allowed."""
    allowed = timeline.journal.settings.nudges
    for history in timeline.histories.values():
        sent = 0
        for moment in history.moments:
            if moment.kind == "nudge":
                sent += 1
                if sent > allowed:
                    message = f"this `nudge` is number {sent}, and the settings allow {allowed}"
                    hint = f"let it rest: `kith close {history.contact.id} no-reply`"
                    yield Finding(CODE, NAME, SEVERITY, message, moment.place, hint)
            elif moment.kind in ASK_KINDS | ANSWER_KINDS:
                sent = 0
