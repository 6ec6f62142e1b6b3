"""An organisation that is named but has no file.

## Why

A file gathers your research, the people you know there and what they said about it. Until there is one, the name is
only text. One finding stands for everybody who works there.

## Bad

    contacts/dana-lee.md
    ---
    name: Dana Lee
    organization: Mercy Hospital
    ---

## Good

    contacts/dana-lee.md
    ---
    name: Dana Lee
    organization: mercy-hospital
    ---

    organizations/mercy-hospital.md
    ---
    name: Mercy Hospital
    ---

## Source

000: research the organisation before you meet.
"""

from collections.abc import Iterator

from kith.diagnostics import Finding, Severity
from kith.load import fold_name
from kith.model import Reference
from kith.study.timeline import Timeline

CODE = "K211"
NAME = "organization-without-file"
SEVERITY: Severity = "info"


def check(timeline: Timeline) -> Iterator[Finding]:
    """Yield a finding for each organisation in plain text, where it is named first."""
    journal = timeline.journal
    named: dict[str, list[Reference]] = {}
    for contact in journal.contacts.values():
        ref = contact.organization
        if ref is not None and ref.id is None and not ref.link and fold_name(ref.text) not in journal.names:
            named.setdefault(fold_name(ref.text), []).append(ref)
    for first, *others in named.values():
        also = f" ({len(others) + 1} people work there)" if others else ""
        hint = f'write one: `kith new organization "{first.text}"`'
        yield Finding(CODE, NAME, SEVERITY, f"`{first.text}` has no file{also}", first.place, hint)
