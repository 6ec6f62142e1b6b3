"""Cards of people for an address book: vCard 3.0, which every phone and mail program reads."""

import re

from kith.model import Contact, Journal

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")  # no card may hold them, and none of them says anything


def write_vcard(contact: Contact, journal: Journal) -> bytes:
    """The card of one person: name, organisation, role, and how to reach them. What you wrote about them stays here."""
    import vobject
    from vobject.vcard import Name

    card = vobject.vCard()
    *given, family = contact.name.split() or [contact.name]
    card.add("n").value = Name(family=_text(family), given=_text(" ".join(given)))
    card.add("fn").value = _text(contact.name)
    if contact.called:
        card.add("nickname").value = _text(contact.called)
    if contact.organization is not None:
        known = journal.organizations.get(contact.organization.id or "")
        name = known.name if known is not None else contact.organization.label or contact.organization.text
        card.add("org").value = [_text(name)]
    if contact.role:
        card.add("title").value = _text(contact.role)
    for kind, values in (("email", contact.email), ("tel", contact.phone), ("url", contact.website)):
        for value in values:
            card.add(kind).value = _text(value)
    return str(card.serialize()).encode()


def _text(value: str) -> str:
    return _CONTROL.sub(" ", value)
