"""An alias that is the name or the id of another note.

## Why

A link by that text leads to the note whose name it is, never to the one whose alias it is. So the alias does not do
what it is there for.

## Bad

    contacts/daniela-lee.md
    ---
    name: Daniela Lee
    aliases: Dana Lee
    ---

    contacts/dana-lee.md
    ---
    name: Dana Lee
    ---

## Good

    contacts/daniela-lee.md
    ---
    name: Daniela Lee
    aliases: Dani
    ---

    contacts/dana-lee.md
    ---
    name: Dana Lee
    ---
"""

from collections.abc import Iterator

from kith.diagnostics import Finding, Severity
from kith.load import fold_name
from kith.model import CareerPath, Contact, Organization
from kith.study.timeline import Timeline

CODE = "K207"
NAME = "alias-is-a-name"
SEVERITY: Severity = "warning"

_Named = Contact | Organization | CareerPath


def check(timeline: Timeline) -> Iterator[Finding]:
    """Yield a finding for each alias that leads to another note by name."""
    journal = timeline.journal
    named: tuple[_Named, ...] = (*journal.contacts.values(), *journal.organizations.values(), *journal.paths.values())
    if not any(note.aliases for note in named):
        return
    owners: dict[str, str] = {}
    for note in named:
        owners.setdefault(_folded_name(note), note.id)
    for section in journal.questions.values():
        owners.setdefault(fold_name(section.title), section.id)
    files = {note.id: note.file for note in journal.notes()}
    for note in named:
        for index, alias in enumerate(note.aliases):
            folded = fold_name(alias)
            other = folded if folded in files else owners.get(folded, note.id)
            # an alias that repeats the note's own name does no harm: then two notes share a name
            if other != note.id and folded != _folded_name(note):
                message = f"`{alias}` is what `{files[other]}` is called, so links by it lead there"
                hint = "choose another alias, or leave it out"
                yield Finding(CODE, NAME, SEVERITY, message, note.place_of("aliases", index), hint)


def _folded_name(note: _Named) -> str:
    return fold_name(note.title if isinstance(note, CareerPath) else note.name)
