"""Files to a journal.

`parse_note` reads one file by itself, so its result can be remembered by path and content; `link` joins them.
`read_journal` does both for a mapping of files: it is pure and total. `load_journal` reads the files from a folder.
"""

from collections.abc import Callable, Mapping, MutableMapping
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import cast

import msgspec

from kith.cores import spread
from kith.diagnostics import Finding, Place, sort_key
from kith.load.disk import (
    Finder,
    Listing,
    find_journal,
    is_watched,
    list_files,
    look_again,
    read_attachments,
    read_files,
    read_stamps,
)
from kith.load.linking import Linked, link
from kith.load.note import ParsedFile, fold_id, fold_name, kind_of
from kith.load.text import decode, normalize_newlines
from kith.model import Journal

__all__ = [
    "Linked",
    "Listing",
    "Loaded",
    "ParsedFile",
    "Unread",
    "decode",
    "find_journal",
    "fold_id",
    "fold_name",
    "is_watched",
    "kind_of",
    "link",
    "list_files",
    "load_journal",
    "look_again",
    "normalize_newlines",
    "parse_note",
    "read_attachments",
    "read_journal",
    "read_stamps",
]

# a note by its text, but not by its name
_NEARLY_MD = frozenset({"", ".md", ".markdown", ".mdown", ".mkd", ".txt"})
WORTH_A_PROCESS = 150  # notes: to parse fewer takes no longer than to start a process

Remembered = MutableMapping[tuple[str, bytes], ParsedFile]


class Loaded(msgspec.Struct, frozen=True):
    """A journal, what is wrong with its files and links, and the bytes of its notes by path.

    `linked` is what is known of its links for the next time.
    """

    journal: Journal
    findings: tuple[Finding, ...]
    files: Mapping[str, bytes]
    linked: Linked | None = None


def read_journal(
    files: Mapping[str, bytes],
    attachments: frozenset[str] = frozenset(),
    remembered: Remembered | None = None,
    known: Mapping[str, ParsedFile] = {},
) -> tuple[Journal, tuple[Finding, ...]]:
    """The journal that files make up, and the findings, sorted. Any bytes in any file give a journal.

    `files` maps paths from the journal, with `/`, to bytes; `attachments` are paths whose bytes nobody needs.
    `remembered` maps a path and its content to what was parsed before, and is added to; the bytes of notes in `known`
    are not looked at, and may be out of reach.
    """
    linked, findings = _read(files, attachments, {} if remembered is None else remembered, known, None)
    return linked.journal, findings


def _read(
    files: Mapping[str, bytes],
    attachments: frozenset[str],
    remembered: Remembered,
    known: Mapping[str, ParsedFile],
    before: Linked | None,
) -> tuple[Linked, tuple[Finding, ...]]:
    """As `read_journal`; what was linked `before` need not be linked again."""
    findings: list[Finding] = []
    notes: list[str] = []
    for file in dict.fromkeys((*files, *known)):
        kind = kind_of(file)
        if kind == "stray":
            message = "a file in this folder that is no `.md` note is not read"
            name = PurePosixPath(file)
            other = name.suffix.lower() in _NEARLY_MD
            hint = f"rename it to `{name.stem}.md`" if other else "put files that are no notes in `attachments/`"
            findings.append(Finding("K010", "stray-file", "info", message, Place(file), hint))
        elif kind == "conflicted":
            message = "this looks like the copy that a sync tool made of a note, so it is not read"
            hint = "compare it with the note, keep what is right, and delete it"
            findings.append(Finding("K011", "conflicted-copy", "warning", message, Place(file), hint))
        elif kind is not None:
            notes.append(file)
    new = {file: files[file] for file in notes if file not in known}
    parsed = {**known, **_parse(new, remembered)}
    for file in notes:
        findings.extend(parsed[file].findings)
    linked = link([parsed[file] for file in notes], attachments, before)
    return linked, tuple(sorted({*findings, *linked.findings}, key=sort_key))


def _parse(files: Mapping[str, bytes], remembered: Remembered) -> dict[str, ParsedFile]:
    """The parsed files by path; those that nobody remembers are parsed on all cores, and remembered."""
    parsed = {file: known for file, data in files.items() if (known := remembered.get((file, data))) is not None}
    new = [(file, data) for file, data in files.items() if file not in parsed]
    for (file, data), one in zip(new, spread(_parse_one, new, ParsedFile, WORTH_A_PROCESS), strict=True):
        remembered[file, data] = parsed[file] = one
    return parsed


def parse_note(file: str, data: bytes) -> ParsedFile:
    """The note that `data`, the bytes of `file`, hold. Any bytes give a ParsedFile; `file` has to be a note's path."""
    from kith.load.parsing import parse

    return parse(file, data)


def _parse_one(note: tuple[str, bytes]) -> ParsedFile:
    return parse_note(*note)


def _is_note(file: str) -> bool:
    return kind_of(file) not in (None, "stray", "conflicted")


def load_journal(
    root: Path,
    remembered: Remembered | None = None,
    instead: Mapping[str, bytes] | None = None,
    listing: Listing | None = None,
    before: Loaded | None = None,
) -> Loaded:
    """Read the journal in the folder `root`; `instead` holds what counts in place of files, as an editor has it.

    Where `remembered` can `find` notes by the stat of their files (see `Finder`), those are not read again. `listing`
    are the files, where somebody has listed them just now. `before` is the journal as it was loaded last: its notes
    need not be linked again.
    """
    finder = cast("Finder", remembered) if hasattr(remembered, "find") else None
    files = read_files(listing or list_files(root), finder)
    instead = instead or {}
    notes = files.notes.replaced(instead)
    # what an editor holds is not what the file holds, so nobody is told to remember it
    edited = {file: parse_note(file, data) for file, data in instead.items() if _is_note(file)}
    known = {**files.known, **edited}
    last = None if before is None else before.linked
    linked, findings = _read(notes, files.attachments, {} if remembered is None else remembered, known, last)
    return Loaded(linked.journal, tuple(sorted((*findings, *files.findings), key=sort_key)), notes, linked)


class Unread:
    """The same as a `Loaded`, by a `load` that is called when somebody asks for more than the files."""

    def __init__(self, listing: Listing, load: Callable[[], Loaded]) -> None:
        self._files = listing.unread()
        self._load = load

    @property
    def files(self) -> Mapping[str, bytes]:
        """The bytes of the notes by path, to be read when they are looked at, or as they were read."""
        return self.loaded.files if "loaded" in vars(self) else self._files

    @cached_property
    def loaded(self) -> Loaded:
        """The journal, read now."""
        return self._load()

    @property
    def journal(self) -> Journal:
        """The notes."""
        return self.loaded.journal

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is wrong with the files and links."""
        return self.loaded.findings
