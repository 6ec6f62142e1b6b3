"""Somebody who led you to a person but has no card.

## Why

They should hear what came of it, and only somebody with a card comes up for that. One finding stands for everybody
whom they led you to.

## Bad

    contacts/dana-lee.md
    ---
    name: Dana Lee
    via: Sam Ortiz
    ---

## Good

    contacts/dana-lee.md
    ---
    name: Dana Lee
    via: sam-ortiz
    ---

    contacts/sam-ortiz.md
    ---
    name: Sam Ortiz
    ---

## Source

000: let the person who named somebody know that you met.
"""

from collections.abc import Iterator

from kith.diagnostics import Finding, Severity
from kith.load import fold_name
from kith.model import Reference
from kith.study.timeline import Timeline

CODE = "K212"
NAME = "referrer-without-file"
SEVERITY: Severity = "info"


def check(timeline: Timeline) -> Iterator[Finding]:
    """Yield a finding for each referrer in plain text, where they are named first."""
    journal = timeline.journal
    named: dict[str, list[Reference]] = {}
    for contact in journal.contacts.values():
        ref = contact.via
        if ref is not None and ref.id is None and not ref.link and fold_name(ref.text) not in journal.names:
            named.setdefault(fold_name(ref.text), []).append(ref)
    for first, *others in named.values():
        also = f" (and led you to {len(others) + 1} people)" if others else ""
        hint = f'write one: `kith new contact "{first.text}"`'
        yield Finding(CODE, NAME, SEVERITY, f"`{first.text}` has no card{also}", first.place, hint)
