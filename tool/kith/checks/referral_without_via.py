"""Somebody named in a referral whose card does not say who led you to them.

## Why

With `via` on the card you are reminded to tell the person who named them, and letters can mention the name. An
`introduced` line in that person's log serves as well.

## Bad

    contacts/sam-ortiz.md
    ---
    name: Sam Ortiz
    ---

    - [x] referral: Dana Lee, physician assistant

    contacts/dana-lee.md
    ---
    name: Dana Lee
    ---

## Good

    contacts/sam-ortiz.md
    ---
    name: Sam Ortiz
    ---

    - [x] referral: Dana Lee, physician assistant

    contacts/dana-lee.md
    ---
    name: Dana Lee
    via: sam-ortiz
    ---

## Source

000: when you reach somebody who was named to you, tell the one who named them.
"""

from collections.abc import Iterator
from datetime import date

from kith.diagnostics import Edit, Finding, Fix, Place, Severity
from kith.model import Contact
from kith.study.items import counts_from
from kith.study.referrals import Named, introductions, named_people
from kith.study.timeline import History, Timeline

CODE = "K217"
NAME = "referral-without-via"
SEVERITY: Severity = "info"

_BEFORE_VIA = ("source", "level", "role", "organization", "name")


def check(timeline: Timeline) -> Iterator[Finding]:
    """Yield one finding for each person without `via`, at the first referral that names them."""
    journal = timeline.journal
    introduced = introductions(timeline)
    named: dict[str, list[tuple[date, Named]]] = {}
    for one in named_people(journal):
        contact = None if one.id is None else journal.contacts.get(one.id)
        if contact is None or contact.via is not None or "via" in contact.places or contact.id in introduced:
            continue
        day = counts_from(one.item, journal) or date.min
        others = one.item.contacts and contact.id not in one.item.contacts
        if others and one.item.state != "dropped" and not _was_known(timeline.histories[contact.id], day):
            named.setdefault(contact.id, []).append((day, one))
    for id_, found in named.items():
        yield _finding(journal.contacts[id_], min(found, key=lambda one: (one[0], one[1].item.place))[1])


def _was_known(history: History, day: date) -> bool:
    """Whether something had happened with the person before they were named: then nobody led you to them."""
    return bool(history.moments) and history.moments[0].date < day


def _finding(contact: Contact, named: Named) -> Finding:
    namers = named.item.contacts
    message = f"`{named.name}` was named to you, but the card `{contact.file}` does not say by whom"
    if len(namers) > 1:
        hint = "write " + " or ".join(f"`via: {namer}`" for namer in namers)
        return Finding(CODE, NAME, SEVERITY, message, named.item.place, hint)
    hint = f"write `via: {namers[0]}` in `{contact.file}`"
    fix = Fix(hint, (Edit(place, f"via: {namers[0]}\n"),)) if (place := _line_for_via(contact)) is not None else None
    return Finding(CODE, NAME, SEVERITY, message, named.item.place, hint, fix)


def _line_for_via(contact: Contact) -> Place | None:
    """The beginning of the line below the key that `via` goes best with."""
    above = next((contact.places[key] for key in _BEFORE_VIA if key in contact.places), None)
    if above is None:
        return None
    line = above.end_line if above.end_column == 1 else above.end_line + 1  # a block scalar ends on the line below it
    return Place(contact.file, line, 1, line, 1)
