"""A list of people to ask that holds managers alone, before the first three conversations.

## Why

Early on, those who do the work you have in mind can tell most about it, and find the time more easily. Managers are
better asked when you know what to ask them.

## Bad

    contacts/dana-lee.md
    ---
    name: Dana Lee
    level: manager
    ---

## Good

    contacts/dana-lee.md
    ---
    name: Dana Lee
    level: manager
    ---

    contacts/sam-ortiz.md
    ---
    name: Sam Ortiz
    level: peer
    ---

## Source

004: people in the position you want are the best to begin with.
"""

from collections.abc import Iterator

from kith.diagnostics import Finding, Severity
from kith.study.timeline import Timeline, is_lead

CODE = "K409"
NAME = "only-managers"
SEVERITY: Severity = "info"

ENOUGH = 3  # conversations after which you know what to ask a manager


def check(timeline: Timeline) -> Iterator[Finding]:
    """Yield one finding, at the first lead, if all leads are managers."""
    leads = [one.contact for one in timeline.histories.values() if one.active and is_lead(one)]
    held = sum(state.status == "held" and state.meeting.mode != "event" for state in timeline.meetings.values())
    if leads and held < ENOUGH and all(contact.level in ("manager", "executive") for contact in leads):
        first = leads[0]
        message = f"everybody still to ask is a manager, beginning with `{first.name}`"
        hint = "write down people who do the work itself: `kith new contact`"
        yield Finding(CODE, NAME, SEVERITY, message, first.place_of("level"), hint)
