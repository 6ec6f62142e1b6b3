"""A link or picture in the text that leads to no note and no attachment.

## Why

The site takes along the notes and what lies in `attachments/`. A link to anything else would lead nowhere there, and
a picture would be missing.

## Bad

    contacts/dana-lee.md
    ---
    name: Dana Lee
    ---

    [Her slides](attachments/slides.pdf)

    attachments/slides.pdf

## Good

    contacts/dana-lee.md
    ---
    name: Dana Lee
    ---

    [Her slides](../attachments/slides.pdf)

    attachments/slides.pdf
"""

import posixpath
import unicodedata
from collections.abc import Iterator

import msgspec

from kith.diagnostics import Edit, Finding, Fix, Severity
from kith.model import AnyNote, Journal, Reference
from kith.study.timeline import Timeline

CODE = "K202"
NAME = "dead-file-link"
SEVERITY: Severity = "warning"


class _Files(msgspec.Struct, frozen=True):
    """The paths that a link may lead to, those of the attachments by name, and the folders above them."""

    paths: frozenset[str]
    by_name: dict[str, str]
    folders: frozenset[str]


def check(timeline: Timeline) -> Iterator[Finding]:
    """Yield a finding for each link to a file that is not there."""
    files: _Files | None = None
    for note in timeline.journal.notes():
        for link in note.body.links:
            if link.kind in ("embed", "link", "image") and link.id is None and not link.link:
                files = files or _files(timeline.journal)
                if (finding := _judge(link, note, files)) is not None:
                    yield finding


def _files(journal: Journal) -> _Files:
    notes = (note.file for note in journal.notes())
    attachments = sorted(journal.attachments)
    paths = frozenset(map(_nfc, (*notes, *journal.unreadable.values(), *attachments, "journal.md", "inbox.md")))
    by_name = {posixpath.basename(path).casefold(): path for path in map(_nfc, reversed(attachments))}
    return _Files(paths, by_name, frozenset(posixpath.dirname(path) for path in paths))


def _nfc(path: str) -> str:
    return unicodedata.normalize("NFC", path)


def _judge(link: Reference, note: AnyNote, files: _Files) -> Finding | None:
    target = _nfc(link.text.partition("#")[0])
    path = posixpath.normpath(posixpath.join(posixpath.dirname(note.file), target))
    outside = path.startswith("../")
    if not target or path in files.paths or path in files.folders:
        return None
    if link.kind == "embed" and _is_embedded(target, files):
        return None
    if (outside or target.startswith("/")) and link.kind != "link":
        return None  # K505
    what = "leads out of the journal" if outside else "leads to no note and no attachment"
    message = f"`{link.text}` {what}"
    hint, fix = "put the file in `attachments/`", None
    near = target if target in files.paths else files.by_name.get(posixpath.basename(target).casefold(), "")
    if near:
        text = near if link.kind == "embed" else "../" * note.file.count("/") + near.replace(" ", "%20")
        hint = f"write `{text}`"
        if link.kind != "embed" and link.place.end_column - link.place.column == len(link.text):
            fix = Fix(hint, (Edit(link.place, text),))
    return Finding(CODE, NAME, SEVERITY, message, link.place, hint, fix)


def _is_embedded(target: str, files: _Files) -> bool:
    """Whether `![[target]]` shows something: a path of the journal, or an attachment by its name alone."""
    by_name = files.by_name.get(target.casefold(), "")
    return target in files.paths or f"attachments/{target}" in files.paths or posixpath.basename(by_name) == target
