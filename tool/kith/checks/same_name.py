"""Two people of one name whom nothing tells apart.

## Why

In a list they look like one person, and a link by the name fits both. An organisation or a role beside the name is
enough; if they are one person, their cards can be joined.

## Bad

    contacts/dana-lee.md
    ---
    name: Dana Lee
    ---

    contacts/dana-lee-2.md
    ---
    name: Dana Lee
    ---

## Good

    contacts/dana-lee.md
    ---
    name: Dana Lee
    role: physician assistant
    ---

    contacts/dana-lee-2.md
    ---
    name: Dana Lee
    role: pharmacist
    ---
"""

from collections.abc import Iterator

from kith.diagnostics import Finding, Severity
from kith.load import fold_name
from kith.model import Contact
from kith.study.timeline import Timeline

CODE = "K213"
NAME = "same-name"
SEVERITY: Severity = "info"


def check(timeline: Timeline) -> Iterator[Finding]:
    """Yield a finding for each person after the first of one name, organisation and role."""
    seen: dict[tuple[str, str, str], Contact] = {}
    for contact in timeline.journal.contacts.values():
        ref = contact.organization
        where = "" if ref is None else ref.id or fold_name(ref.text)
        first = seen.setdefault((fold_name(contact.name), where, fold_name(contact.role)), contact)
        if first is not contact and "name" in contact.places:
            message = f"`{contact.name}` is also the name in `{first.file}`, and nothing tells the two apart"
            hint = f"give them a role or an organisation; if they are one: `kith merge {first.id} {contact.id}`"
            yield Finding(CODE, NAME, SEVERITY, message, contact.place_of("name"), hint)
