"""A folder on disk to the files of a journal. Notes that are known by their stat are read when they are looked at."""

import hashlib
import os
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import Protocol, cast

import msgspec

from kith.diagnostics import Finding, Place
from kith.errors import JournalError
from kith.load.note import FileKind, ParsedFile, fold_id, is_leftover, kind_of
from kith.model import FOLDERS

MARKER = "journal.md"
ATTACHMENTS = "attachments"


class Finder(Protocol):
    """Who may know a note by the stat of its file, as `kith.cache` does."""

    def find(self, file: str, found: os.stat_result) -> ParsedFile | None:
        """What a file with this stat was parsed to, if it has surely not changed since."""


class Notes(Mapping[str, bytes]):
    """The bytes of the notes by path. Those that need not be read to be known are read when they are looked at."""

    def __init__(self, read: dict[str, bytes], unread: Mapping[str, tuple[str, os.stat_result]]) -> None:
        self._read = read
        self._unread = unread

    def __getitem__(self, file: str) -> bytes:
        if (data := self._read.get(file)) is not None:
            return data
        return _read_unchanged(file, *self._unread[file])

    def __iter__(self) -> Iterator[str]:
        return iter({**self._unread, **self._read})

    def __len__(self) -> int:
        return len({**self._unread, **self._read})

    def __contains__(self, file: object) -> bool:
        return file in self._read or file in self._unread

    def replaced(self, instead: Mapping[str, bytes]) -> "Notes":
        """The notes with other bytes in place of some."""
        return Notes({**self._read, **instead}, self._unread)


def _read_unchanged(file: str, path: str, known: os.stat_result) -> bytes:
    """The bytes of a note as they were when it was looked for; raises JournalError where they are gone."""
    try:
        with open(path, "rb") as opened:  # noqa: PTH123 - see find_journal
            data = opened.read()
            found = os.fstat(opened.fileno())
    except OSError:
        found = None
    if found is None or _stamp(found) != _stamp(known):
        raise JournalError(f"`{file}` was changed while kith was reading the journal", "run the command again")
    return data


def _stamp(found: os.stat_result) -> tuple[int, ...]:
    return (found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)


class Files(msgspec.Struct, frozen=True):
    """The bytes of the notes by path, the paths of the attachments, and what could not be read.

    `known` are the notes that were parsed before and whose files have surely not changed since, and those whose files
    cannot be read, which say nothing.
    """

    notes: Notes
    attachments: frozenset[str]
    findings: tuple[Finding, ...]
    known: Mapping[str, ParsedFile] = {}


class Listing(msgspec.Struct, frozen=True):
    """The files of a journal, none of which has been read.

    `notes` maps their paths from the journal to where they lie and what they are like there: None where nobody may
    know. `others` are files that are reported and not read.
    """

    notes: Mapping[str, tuple[str, os.stat_result | None]]
    others: frozenset[str]
    attachments: frozenset[str]
    findings: tuple[Finding, ...]

    @property
    def state(self) -> bytes:
        """A hash that is another one whenever any file has come, gone or changed; empty where that cannot be told."""
        stamps = [(file, found and _stamp(found)) for file, (_, found) in self.notes.items()]
        if any(stamp is None for _, stamp in stamps):
            return b""
        said = (stamps, sorted(self.others), sorted(self.attachments), self.findings)
        return hashlib.blake2b(msgspec.msgpack.encode(said), digest_size=16).digest()

    @property
    def newest(self) -> int:
        """When a note was changed last, in nanoseconds by the disk's clock."""
        return max((max(found.st_mtime_ns, found.st_ctime_ns) for _, found in self.notes.values() if found), default=0)

    def unread(self) -> Notes:
        """The notes, to be read when they are looked at."""
        unread = {file: (path, found) for file, (path, found) in self.notes.items() if found is not None}
        return Notes(dict.fromkeys(self.others, b""), unread)


def find_journal(start: Path) -> Path | None:
    """The journal that `start` lies in: the first folder upwards with `journal.md`, or `content/journal.md`."""
    for folder in (start, *start.parents):
        for candidate in (folder, folder / "content"):
            if os.path.isfile(candidate / MARKER):  # noqa: PTH113 - Path.is_file raises where a parent is closed to us
                return candidate
    return None


def list_files(root: Path) -> Listing:
    """List the files of a journal. A file or folder that cannot be looked at is a finding, never an exception."""
    folder = _Folder(root)
    notes: dict[str, tuple[str, os.stat_result | None]] = {}
    others: set[str] = set()
    attachments: set[str] = set()
    for file, entry in folder.files():
        kind = kind_of(file)
        if kind in ("stray", "conflicted"):
            others.add(file)  # it is reported, so it is listed, but nobody needs its bytes
        elif kind is None:
            attachments.add(file)
        else:
            notes[file] = entry.path, None
            with suppress(OSError):
                notes[file] = entry.path, entry.stat()
    return Listing(notes, frozenset(others), frozenset(attachments), tuple(folder.findings))


def look_again(listing: Listing, files: Iterable[str]) -> Listing | None:
    """The listing with what these of its notes are like now; None where that cannot be said of them alone."""
    notes = dict(listing.notes)
    for file in files:
        path, found = listing.notes.get(file, ("", None))
        if found is None:
            return None
        folder, name = os.path.split(path)
        try:
            with os.scandir(folder) as entries:  # as the others were looked at: some systems tell more of a single file
                entry = next((entry for entry in entries if entry.name == name), None)
            if entry is None or not entry.is_file(follow_symlinks=False):
                return None
            notes[file] = path, entry.stat()
        except OSError:
            return None
    return msgspec.structs.replace(listing, notes=notes)


def read_files(listing: Listing, finder: Finder | None = None) -> Files:
    """Read the notes of a journal. A file that cannot be read is a finding, never an exception."""
    read: dict[str, bytes] = dict.fromkeys(listing.others, b"")
    unread: dict[str, tuple[str, os.stat_result]] = {}
    known: dict[str, ParsedFile] = {}
    findings = list(listing.findings)
    for file, (path, found) in listing.notes.items():
        if found is not None and finder is not None and (parsed := finder.find(file, found)) is not None:
            unread[file], known[file] = (path, found), parsed
            continue
        try:
            read[file] = Path(path).read_bytes()
        except OSError as error:
            findings.append(_unreadable(file, error))
            # it is there, so that links to it are not dead
            known[file] = ParsedFile(file, fold_id(PurePosixPath(file).stem), cast("FileKind", kind_of(file)))
    return Files(Notes(read, unread), listing.attachments, tuple(findings), known)


def read_stamps(root: Path) -> Mapping[str, tuple[int, ...]]:
    """What tells for each file of a journal whether it has changed, without reading it."""
    folder = _Folder(root)
    stamps: dict[str, tuple[int, ...]] = {}
    for file, entry in folder.files():
        stamps[file] = ()
        with suppress(OSError):
            stamps[file] = _stamp(entry.stat())
    return {**stamps, **{finding.place.file: () for finding in folder.findings}}


def is_watched(file: str, *, is_folder: bool) -> bool:
    """Whether a change at a path from the journal may change what is read; a folder may hold what does."""
    if file in (".", MARKER, "inbox.md"):
        return True
    top, *rest = file.split("/")
    return (top in FOLDERS or top == ATTACHMENTS) and bool(rest or is_folder) and not any(map(is_leftover, rest))


class _Folder:
    """One pass over the folder of a journal."""

    def __init__(self, root: Path) -> None:
        self.root = str(root)
        self.inside = Path(os.path.realpath(root))
        self.findings: list[Finding] = []

    def files(self) -> Iterator[tuple[str, "os.DirEntry[str]"]]:
        """The files that may be the journal's, with their paths from it as text."""
        folders = []
        for entry in self.scan("", self.root):
            if entry.name in (MARKER, "inbox.md") and self.is_ours(entry, entry.name):
                yield entry.name, entry
            elif (entry.name in FOLDERS or entry.name == ATTACHMENTS) and not self.is_link(entry, entry.name):
                folders.append((entry.name, entry.path))
        while folders:
            folder, path = folders.pop()
            for entry in self.scan(folder, path):
                name = _text(entry.name)
                if is_leftover(name):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    folders.append((f"{folder}/{name}", entry.path))
                elif self.is_ours(entry, f"{folder}/{name}"):
                    yield f"{folder}/{name}", entry

    def scan(self, folder: str, path: str) -> list[os.DirEntry[str]]:
        try:
            with os.scandir(path) as entries:
                return sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            self.unreadable(folder or ".", error)
            return []

    def is_ours(self, entry: os.DirEntry[str], file: str) -> bool:
        """Whether a file is read: a file proper, or a link to one within the journal."""
        if not entry.is_symlink():
            return entry.is_file(follow_symlinks=False)
        target = Path(os.path.realpath(entry.path))
        if os.path.isfile(target) and target.is_relative_to(self.inside):  # noqa: PTH113 - see find_journal
            return True
        self.add_link(target, file)
        return False

    def is_link(self, entry: os.DirEntry[str], file: str) -> bool:
        """Whether a folder is a symbolic link, which is not followed."""
        if entry.is_symlink():
            self.add_link(Path(os.path.realpath(entry.path)), file)
        return entry.is_symlink()

    def add_link(self, target: Path, file: str) -> None:
        if not os.path.exists(target):  # noqa: PTH110 - see find_journal
            where = "leads nowhere"
        else:
            where = "leads to a folder" if target.is_relative_to(self.inside) else "leads out of the journal"
        message = f"the symbolic link {where}, so it is not read"
        hint = "put the file itself here"
        self.findings.append(Finding("K008", "symbolic-link", "warning", message, Place(file), hint))

    def unreadable(self, file: str, error: OSError) -> None:
        self.findings.append(_unreadable(file, error))


def _unreadable(file: str, error: OSError) -> Finding:
    message = f"the file cannot be read: {error.strerror or error}"
    hint = "look at its permissions"
    return Finding("K007", "unreadable-file", "error", message, Place(file), hint)


def _text(path: str) -> str:
    """A name as text that can be printed, whatever bytes it holds."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def read_attachments(root: Path, paths: frozenset[str]) -> Mapping[str, bytes]:
    """The bytes of the attachments that are there and can be read."""
    found = {}
    for file in sorted(paths, key=lambda one: unicodedata.normalize("NFC", one)):
        try:
            found[file] = (root / file).read_bytes()
        except OSError:
            continue
    return found
