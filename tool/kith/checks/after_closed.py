"""An ask or a planned meeting after the matter was closed.

## Why

Closing means letting them be. What was sent is sent and may be written down; the finding is there so that it does not
happen again. An answer of theirs between the two opens the matter anew, and then all is well.

## Bad

    contacts/dana-lee.md
    ---
    name: Dana Lee
    closed: 2026-11-01
    closed-because: no-reply
    ---

    ## Log

    - 2026-10-01 outreach by email: asked for twenty minutes
    - 2026-11-10 outreach by phone: tried once more

## Good

    contacts/dana-lee.md
    ---
    name: Dana Lee
    closed: 2026-11-01
    closed-because: no-reply
    ---

    ## Log

    - 2026-10-01 outreach by email: asked for twenty minutes
    - 2026-11-08 heard by email: had been ill, is glad to talk
    - 2026-11-10 proposed by email: Tuesday or Thursday

## Source

002: when somebody seems to be ending contact, turn elsewhere.
"""

from collections.abc import Iterator
from datetime import date

from kith.diagnostics import Finding, Place, Severity
from kith.study.timeline import ANSWER_KINDS, ASK_KINDS, History, Timeline

CODE = "K404"
NAME = "after-closed"
SEVERITY: Severity = "warning"

HINT = "if they wrote in between, write that down as `reply` or `heard`; else let it rest"


def check(timeline: Timeline) -> Iterator[Finding]:
    """Yield a finding for each ask and each planned meeting between the closing and the next answer."""
    for history in timeline.histories.values():
        closed = history.contact.closed
        if closed is None or closed > timeline.today:
            continue
        for what, place in _asks_after(history, closed):
            message = f"{what} comes after the matter was closed on {closed}"
            yield Finding(CODE, NAME, SEVERITY, message, place, HINT)


def _asks_after(history: History, closed: date) -> Iterator[tuple[str, Place]]:
    """What was asked after `closed` with no answer between, and where it stands."""
    later = [moment for moment in history.moments if moment.date > closed]
    answers = [moment for moment in later if moment.kind in ANSWER_KINDS - {"declined"}]
    for moment in later:
        if moment in answers:
            break
        if moment.kind in ASK_KINDS:
            what = "an interview by email" if moment.meeting is not None else f"`{moment.kind}`"
            yield f"{what} on {moment.date}", moment.place
    for state in history.planned:
        meeting = state.meeting
        asked_already = meeting.mode == "email" and not state.ahead
        if meeting.date > closed and not asked_already and not any(one.date <= meeting.date for one in answers):
            places = (ref.place for ref in meeting.contacts if ref.id == history.contact.id)
            yield f"the meeting planned for {meeting.date}", next(places, meeting.place_of("contacts"))
