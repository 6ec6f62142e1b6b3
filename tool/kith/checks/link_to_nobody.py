"""A referral that links to somebody who has no card.

## Why

The name is a lead, and comes up to be written down. The link begins to work as soon as the card is there.

## Bad

    contacts/sam-ortiz.md
    ---
    name: Sam Ortiz
    ---

    - referral: [[dana-lee]], physician assistant

## Good

    contacts/sam-ortiz.md
    ---
    name: Sam Ortiz
    ---

    - referral: [[dana-lee]], physician assistant

    contacts/dana-lee.md
    ---
    name: Dana Lee
    via: sam-ortiz
    ---

## Source

000: ask whom else to talk to, and follow it up.
"""

from collections.abc import Iterator

from kith.diagnostics import Finding, Severity
from kith.study.referrals import named_people
from kith.study.timeline import Timeline

CODE = "K219"
NAME = "link-to-nobody"
SEVERITY: Severity = "info"


def check(timeline: Timeline) -> Iterator[Finding]:
    """Yield a finding for each referral in force whose link leads to nobody."""
    for named in named_people(timeline.journal):
        if named.linked and named.id is None and named.item.state == "open":
            link = named.item.links[0]
            hint = f'write a card: `kith new contact "{named.name}"`'
            message = f"`{link.text}` has no card yet"
            yield Finding(CODE, NAME, SEVERITY, message, link.place, hint)
