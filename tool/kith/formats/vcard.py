"""Cards of people for an address book: vCard 3.0, which every phone and mail program reads."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kith.model import Contact, Journal

if TYPE_CHECKING:  # 70 ms, so it is imported where a card is made
    from icalendar import vN, vOrg

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")  # no card may hold them, and none of them says anything


def write_vcard(contact: Contact, journal: Journal) -> bytes:
    """The card of one person: name, organisation, role, and how to reach them. What you wrote about them stays here."""
    from icalendar import Parameters
    from icalendar.parser import Contentline, Contentlines

    lines = [("BEGIN", "VCARD"), ("VERSION", "3.0"), *_properties(contact, journal), ("END", "VCARD")]
    none = Parameters()
    content = Contentlines(Contentline.from_parts(name, none, value) for name, value in lines)
    return bytes(content.to_ical())  # type: ignore[no-untyped-call]


def _properties(contact: Contact, journal: Journal) -> "Iterator[tuple[str, str | vN | vOrg]]":
    """What is known, by the names of vCard and in their order; the library escapes texts and folds lines."""
    from icalendar import vN, vOrg

    yield from (("EMAIL", _text(value)) for value in contact.email)
    yield "FN", _text(contact.name)
    *given, family = contact.name.split() or [contact.name]
    yield "N", vN((_text(family), _text(" ".join(given)), "", "", ""))
    if contact.called:
        yield "NICKNAME", _text(contact.called)
    if contact.organization is not None:
        known = journal.organizations.get(contact.organization.id or "")
        name = known.name if known is not None else contact.organization.label or contact.organization.text
        yield "ORG", vOrg((_text(name),))
    yield from (("TEL", _text(value)) for value in contact.phone)
    if contact.role:
        yield "TITLE", _text(contact.role)
    yield from (("URL", _text(value)) for value in contact.website)


def _text(value: str) -> str:
    return _CONTROL.sub(" ", value)
