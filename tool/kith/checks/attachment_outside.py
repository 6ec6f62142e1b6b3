"""A file of the journal that is named by a path out of it.

## Why

A journal is complete in its folder. A picture, a card or a resume elsewhere on the computer would be missing
everywhere else, and nothing of the rest of the computer may reach a page.

## Bad

    contacts/dana-lee.md
    ---
    name: Dana Lee
    card: ../pictures/dana-lee.png
    ---

## Good

    contacts/dana-lee.md
    ---
    name: Dana Lee
    card: dana-lee.png
    ---

    attachments/dana-lee.png
"""

import posixpath
import re
from collections.abc import Iterator

from kith.diagnostics import Finding, Place, Severity
from kith.model import AnyNote, Contact, Meeting, Owner
from kith.study.timeline import Timeline

CODE = "K505"
NAME = "attachment-outside"
SEVERITY: Severity = "error"

_ABSOLUTE = re.compile(r"[/\\~]|[a-z]:[/\\]|file:", re.IGNORECASE)


def check(timeline: Timeline) -> Iterator[Finding]:
    """Yield a finding for each picture, card or resume outside the journal."""
    for note in timeline.journal.notes():
        for path, folder, place in _files(note):
            if _ABSOLUTE.match(path) or posixpath.normpath(posixpath.join(folder, path)).startswith("../"):
                message = f"`{path}` lies outside the journal"
                name = path.replace("\\", "/").rpartition("/")[2]
                hint = f"put the file in `attachments/` and write `{name}`"
                yield Finding(CODE, NAME, SEVERITY, message, place, hint)


def _files(note: AnyNote) -> Iterator[tuple[str, str, Place]]:
    """The paths of the files that a note shows, each with the folder it counts from."""
    if isinstance(note, Contact) and note.card:
        yield note.card, "", note.place_of("card")
    if isinstance(note, Owner | Meeting) and note.resume:
        yield note.resume, "", note.place_of("resume")
    for link in note.body.links:
        if link.kind in ("embed", "image"):
            yield link.text, posixpath.dirname(note.file), link.place
