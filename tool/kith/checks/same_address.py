"""An address or a number that stands on two cards.

## Why

Two cards with one address are mostly one person written down twice, and each of them would be written to. The number
of a desk that colleagues of one organisation share is fine.

## Bad

    contacts/dana-lee.md
    ---
    name: Dana Lee
    email: dana@mercy.example
    ---

    contacts/d-lee.md
    ---
    name: D. Lee
    email: Dana@Mercy.example
    ---

## Good

    contacts/dana-lee.md
    ---
    name: Dana Lee
    aliases: D. Lee
    email: dana@mercy.example
    ---
"""

from collections.abc import Iterator

from kith.diagnostics import Finding, Severity
from kith.load import fold_name
from kith.model import Contact
from kith.study.timeline import Timeline

CODE = "K218"
NAME = "same-address"
SEVERITY: Severity = "warning"

_SHORTEST = 6  # digits: fewer are an extension, which many people share


def check(timeline: Timeline) -> Iterator[Finding]:
    """Yield a finding for each address of a card that an earlier card has."""
    owners: dict[tuple[str, str], Contact] = {}
    for contact in timeline.journal.contacts.values():
        for key, index, written, folded in _addresses(contact):
            first = owners.setdefault((key, folded), contact)
            if first is contact or (key == "phone" and _are_colleagues(first, contact)):
                continue
            message = f"`{written}` stands in `{first.file}` too"
            hint = f"if they are one person: `kith merge {first.id} {contact.id}`"
            yield Finding(CODE, NAME, SEVERITY, message, contact.place_of(key, index), hint)


def _addresses(contact: Contact) -> Iterator[tuple[str, int, str, str]]:
    """The key, the index, and the text of each address, as written and as compared."""
    for index, email in enumerate(contact.email):
        yield "email", index, email, email.casefold()
    for index, phone in enumerate(contact.phone):
        digits = "".join(filter(str.isdigit, phone))
        if len(digits) >= _SHORTEST:
            yield "phone", index, phone, digits


def _are_colleagues(one: Contact, other: Contact) -> bool:
    """Whether two people of different names work at one place."""
    here, there = one.organization, other.organization
    if here is None or there is None or fold_name(one.name) == fold_name(other.name):
        return False
    return (here.id or fold_name(here.text)) == (there.id or fold_name(there.text))
