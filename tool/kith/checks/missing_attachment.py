"""A card or a resume that names a file which is not there.

## Why

The picture of the business card or the version of your resume would be missing on the day you need it. Both lie in
`attachments/`.

## Bad

    contacts/dana-lee.md
    ---
    name: Dana Lee
    card: dana-lee.png
    ---

## Good

    contacts/dana-lee.md
    ---
    name: Dana Lee
    card: dana-lee.png
    ---

    attachments/dana-lee.png

## Source

004: keep the business card; have your resume looked at.
"""

import posixpath
import re
import unicodedata
from collections.abc import Iterator

from kith.diagnostics import Finding, Place, Severity
from kith.model import Journal, Meeting, Owner
from kith.study.timeline import Timeline

CODE = "K209"
NAME = "missing-attachment"
SEVERITY: Severity = "warning"


_OUTSIDE = re.compile(r"[/\\~]|\.\./|[a-z]:[/\\]|file:", re.IGNORECASE)


def check(timeline: Timeline) -> Iterator[Finding]:
    """Yield a finding for each named file that `attachments/` does not hold."""
    journal = timeline.journal
    there = {unicodedata.normalize("NFC", path) for path in journal.attachments}
    folded = {path.casefold(): path for path in sorted(there, reverse=True)}
    for value, place in _named_files(journal):
        wanted = posixpath.normpath(unicodedata.normalize("NFC", value))
        if _OUTSIDE.match(wanted) or not there.isdisjoint((wanted, f"attachments/{wanted}")):
            continue  # K505, or all is well
        if "://" in value:
            wanted = posixpath.basename(wanted)
        near = folded.get(wanted.casefold()) or folded.get(f"attachments/{wanted}".casefold())
        hint = f"write `{near}`" if near else f"put it at `attachments/{wanted.removeprefix('attachments/')}`"
        yield Finding(CODE, NAME, SEVERITY, f"there is no file `{value}` in `attachments/`", place, hint)


def _named_files(journal: Journal) -> Iterator[tuple[str, Place]]:
    for contact in journal.contacts.values():
        if contact.card:
            yield contact.card, contact.place_of("card")
    notes: tuple[Owner | Meeting, ...] = (journal.owner, *journal.meetings.values())
    for note in notes:
        if note.resume:
            yield note.resume, note.place_of("resume")
