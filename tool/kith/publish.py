"""Write a site into a folder: only what changed, and remove only what was made before.

The folder is kith's own: `.kith-site.json` lists every file in it that kith made, with a hash. New files are made on
all cores in a folder beside, so that none is held in memory. When all are there, the list is written, with the old
files and the new ones; then these take their places, and it is written again. So a build that fails or is killed at any
point leaves a folder whose files are each old or new, and which the next build knows and puts right. The list also says
whether the folder is for others' eyes, so that the pages of the whole journal never get there by mistake.
"""

import contextlib
import hashlib
import json
import os
import re
import shutil
import stat
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from functools import cached_property
from pathlib import Path

import msgspec

from kith.cores import spread
from kith.errors import JournalError
from kith.model import FOLDERS

MANIFEST = ".kith-site.json"
IGNORE = ".gitignore"
_IGNORE_TEXT = b"*\n"
_TEMPORARY = ".kith-new-"
_PUBLIC = b'"public": true'
_PENDING = ""  # the hash of a file that may or may not have been written
_HASH = re.compile(r"[0-9a-f]{64}|", re.ASCII)
_ATTACHMENTS = "attachments"
_WORTH_A_PROCESS = 100  # files: to make fewer takes no longer than to start a process

# What the manifest records: the files that kith made, by path, with their hashes.
Made = Mapping[str, str]


class Published(msgspec.Struct, frozen=True):
    """What a build did: the files written and removed, how many stayed; `kept` are stale but changed by hand."""

    written: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: int
    kept: tuple[str, ...] = ()


def check_folder(folder: Path, journal: Path, *, public: bool = False) -> None:
    """Raise JournalError where `folder` may not hold the site of `journal`; looks, and changes nothing."""
    target, source = folder.resolve(), journal.resolve()
    if target == source or target in source.parents:
        raise JournalError(f"`{folder}` holds the notes, so no site can be built into it", "choose a folder of its own")
    for name in (*FOLDERS, _ATTACHMENTS, ".git"):
        if target == source / name or source / name in target.parents:
            raise JournalError(f"`{folder}` lies among the notes in `{name}`", "choose a folder of its own")
    if not folder.exists():
        return
    if not folder.is_dir():
        raise JournalError(f"`{folder}` is a file, so no site can be built into it", "choose a folder")
    names = {entry.name for entry in _scan(folder)}
    if MANIFEST not in names and not all(name.startswith(_TEMPORARY) for name in names):
        hint = "choose a folder that does not exist yet, or empty this one yourself"
        raise JournalError(f"`{folder}` is not empty and was not made by kith, so it is left alone", hint)
    if MANIFEST in names and _is_public(folder) != public:
        held, made = ("the whole journal", "a public site") if public else ("a public site", "the whole journal")
        raise JournalError(f"`{folder}` holds {held}, so {made} does not go there", "choose another folder")


def _is_public(folder: Path) -> bool:
    """Whether the manifest says so, at its beginning: all of it is long. What is wrong with it is found later."""
    with contextlib.suppress(OSError), (folder / MANIFEST).open("rb") as file:
        return _PUBLIC in file.read(80)
    return False


def publish(
    site: Mapping[str, bytes],
    folder: Path,
    journal: Path,
    kept: Collection[str] = frozenset(),
    *,
    public: bool = False,
) -> Published:
    """Make `folder` hold `site`, addresses to bytes; raises JournalError, each file old or new, where it cannot.

    `kept` are addresses whose files are known to be as they should, and which are not looked at again. `public` says
    that the site is for others' eyes.
    """
    check_folder(folder, journal, public=public)
    for address in site:
        _check_address(address)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with _lock(folder):
            return _Publisher(site, folder, kept, public=public).run()
    except OSError as error:
        raise JournalError(f"the site cannot be written: {_describe(error)}") from error


def _describe(error: OSError) -> str:
    name = error.filename2 or error.filename
    return f"{error.strerror or error}" + (f" (`{os.fsdecode(name)}`)" if isinstance(name, str | bytes) else "")


def _check_address(address: str) -> None:
    if not {"", ".", ".."}.isdisjoint(address.split("/")) or address in (MANIFEST, IGNORE):
        raise ValueError(f"no address of a site: {address!r}")


class _Looked(msgspec.Struct, frozen=True):
    """What a file has to be: its hash, and the new file that is to take its place; empty where it is so already."""

    hash: str
    new: str = ""


class _Publisher:
    """One build into one folder that is locked and our own."""

    def __init__(self, site: Mapping[str, bytes], folder: Path, kept: Collection[str], *, public: bool) -> None:
        self.site = site
        self.folder = folder
        self.public = public
        self.made, self.since = _read_manifest(folder)
        self.addresses = sorted((IGNORE, *site))
        self.kept = {address for address in kept if self.made.get(address, _PENDING) != _PENDING}
        self.new = folder / f"{_TEMPORARY}{os.getpid()}"
        self.count = 0
        self.blocking: dict[str, str | None] = {"": None}
        self.ready: set[str] = set()

    def run(self) -> Published:
        self.remove_temporaries()
        try:
            return self.publish(self.look_at_all())
        finally:
            shutil.rmtree(self.new, ignore_errors=True)

    def publish(self, looked: Mapping[str, _Looked]) -> Published:
        """Put what is new in its place."""
        hashes = {one: looked[one].hash if one in looked else self.made[one] for one in self.addresses}
        changed = [address for address in looked if looked[address].new]
        stale = self.stale()
        self.refuse_foreign(changed)
        removed: list[str] = []
        kept: list[str] = []
        if changed or stale or self.made != hashes:
            self.write_manifest({**self.made, **dict.fromkeys(changed, _PENDING)})
            removed, kept = self.remove(stale)
            for address in changed:
                self.put(address, looked[address].new)
            self.write_manifest(hashes)
        written = tuple(address for address in changed if address != IGNORE)
        unchanged = len(self.addresses) - len({*changed, IGNORE})
        return Published(written, tuple(removed), unchanged, tuple(kept))

    # --- looking ---

    def look_at_all(self) -> dict[str, _Looked]:
        """Make what is new, on all cores; by address, in order, without what is known to be as it should.

        Pages of one folder are made alike: what the first of them loads and works out, all processes have. They are of
        the same notes too, so that a process needs less of the journal. Those at the top, which are large, come first.
        """
        addresses = [address for address in self.addresses if address not in self.kept]
        known = {address: self.look(address) for address in _first_of_folders(addresses)}
        others = sorted((address for address in addresses if address not in known), key=_folder_of)
        known.update(zip(others, spread(self.look, others, _Looked, _WORTH_A_PROCESS), strict=True))
        return {address: known[address] for address in addresses}

    def look(self, address: str) -> _Looked:
        """Make the file for an address, unless it is there already."""
        data = _IGNORE_TEXT if address == IGNORE else self.site[address]
        digest = hashlib.sha256(data).hexdigest()
        return _Looked(digest, "" if self.is_there(address, data, digest) else self.write(address, data))

    def is_there(self, address: str, data: bytes, digest: str) -> bool:
        """Whether the file at an address is what it should be.

        A file that is older than the manifest, has the right size and is listed with the right hash is not read again.
        """
        if self.blocking_parent(address) is not None:
            return False
        path = f"{self.folder}/{address}"
        try:
            found = os.lstat(path)
        except FileNotFoundError:
            return False
        if not stat.S_ISREG(found.st_mode) or found.st_size != len(data):
            return False
        if self.made.get(address) == digest and found.st_mtime_ns <= self.since:
            return True
        return Path(path).read_bytes() == data

    def blocking_parent(self, address: str) -> str | None:
        """What stands above an address and is no folder: a file, or a symbolic link, which is never followed."""
        parent = _folder_of(address)
        if parent not in self.blocking:
            above = self.blocking_parent(parent)
            if above is None and os.path.lexists(self.folder / parent):
                above = None if stat.S_ISDIR(os.lstat(self.folder / parent).st_mode) else parent
            self.blocking[parent] = above
        return self.blocking[parent]

    def stale(self) -> list[str]:
        """What was made before and is made no more; a name that differs in case alone may be the same file."""
        gone = sorted(set(self.made).difference(self.addresses))
        now = {_fold(address): address for address in self.addresses} if gone else {}
        return [
            address for address in gone if _fold(address) not in now or not self.same_file(address, now[_fold(address)])
        ]

    def same_file(self, one: str, other: str) -> bool:
        with contextlib.suppress(OSError):
            return os.path.samestat(os.lstat(self.folder / one), os.lstat(self.folder / other))
        return False

    def refuse_foreign(self, changed: list[str]) -> None:
        """Raise JournalError for anything in the way of a new file that kith did not make."""
        for address in changed:
            if (foreign := self.in_the_way(address)) is not None:
                message = f"`{self.folder / foreign}` was not made by kith and is in the way of `{address}`"
                raise JournalError(message, "move it somewhere else")

    def in_the_way(self, address: str) -> str | None:
        parent = self.blocking_parent(address)
        there = parent or address
        if not os.path.lexists(f"{self.folder}/{there}"):
            return None
        path = self.folder / there
        if path.is_symlink():
            return there if parent or there not in self.made else None
        if path.is_dir():
            inside = sorted(one.relative_to(self.folder).as_posix() for one in _walk(path))
            return next((file for file in inside if file not in self.made), None)
        known = self.folded.get(_fold(there))
        return None if there in self.made or (known and self.same_file(known, there)) else there

    @cached_property
    def folded(self) -> Mapping[str, str]:
        """What was made before, as a disk that folds case sees it."""
        return {_fold(address): address for address in self.made}

    # --- changing ---

    def write(self, address: str, data: bytes, *, durable: bool = False) -> str:
        """Write the new file for an address and return its path. All new files wait in one folder, whatever is there.

        Pages are not forced to the disk, which would take minutes: they can always be made again, and one that a power
        cut truncated has the wrong size.
        """
        self.count += 1
        new = f"{self.new}/{os.getpid()}-{self.count}"  # another process counts for itself
        with _blaming(self.folder / address):
            self.make_folder(str(self.new))
            with open(new, "xb") as file:  # noqa: PTH123 - pathlib takes longer than the disk, and pages are many
                file.write(data)
                if durable:
                    file.flush()
                    os.fsync(file.fileno())
        return new

    def put(self, address: str, new: str) -> None:
        """Put a new file in its place in one step; folders that lost their files make room."""
        path = f"{self.folder}/{address}"
        with _blaming(Path(path)):
            self.make_folder(_folder_of(path))
            if os.path.isdir(path):  # noqa: PTH112 - see write
                _remove_folders(Path(path))
            os.replace(new, path)  # noqa: PTH105 - see write

    def make_folder(self, folder: str) -> None:
        if folder not in self.ready:
            Path(folder).mkdir(parents=True, exist_ok=True)
            self.ready.add(folder)

    def remove(self, stale: list[str]) -> tuple[list[str], list[str]]:
        """Remove what is made no more, and folders that this empties.

        A file that somebody has changed since is kept, and from now on not ours.
        """
        removed, kept = [], []
        for address in stale:
            path = self.folder / address
            if self.blocking_parent(address) is not None or not os.path.lexists(path):
                continue
            if not self.is_as_made(address):
                kept.append(address)
                continue
            path.unlink()
            removed.append(address)
            self.remove_empty(path.parent)
        return removed, kept

    def is_as_made(self, address: str) -> bool:
        path = self.folder / address
        if path.is_symlink() or not path.is_file():
            return False
        return self.made[address] in (_PENDING, hashlib.sha256(path.read_bytes()).hexdigest())

    def remove_empty(self, folder: Path) -> None:
        with contextlib.suppress(OSError):
            while folder != self.folder:
                folder.rmdir()
                folder = folder.parent

    def remove_temporaries(self) -> None:
        """Remove what a killed build has left behind. Nobody else is writing: the folder is locked."""
        for entry in _scan(self.folder):
            if entry.name.startswith(_TEMPORARY):
                if entry.is_dir(follow_symlinks=False):
                    shutil.rmtree(entry.path)
                else:
                    Path(entry.path).unlink()

    def write_manifest(self, made: Made) -> None:
        known = {"version": 1, **({"public": True} if self.public else {}), "files": dict(sorted(made.items()))}
        text = json.dumps(known, ensure_ascii=False, separators=(",\n", ": "))
        self.put(MANIFEST, self.write(MANIFEST, f"{text}\n".encode(), durable=True))


def _folder_of(address: str) -> str:
    return address.rpartition("/")[0]


def _first_of_folders(addresses: list[str]) -> list[str]:
    """The first file of each folder but the top, and of each kind of file there."""
    found: dict[tuple[str, str], str] = {}
    for address in addresses:
        if folder := _folder_of(address):
            found.setdefault((folder, address.rpartition(".")[2]), address)
    return list(found.values())


@contextlib.contextmanager
def _blaming(path: Path) -> Iterator[None]:
    """Let what goes wrong name a file of the site: nobody knows the one that is to take its place."""
    try:
        yield
    except OSError as error:
        error.filename, error.filename2 = str(path), None
        raise


def _fold(address: str) -> str:
    """The address as a disk that folds case sees it."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", address).casefold())


def _read_manifest(folder: Path) -> tuple[Made, int]:
    """The files made before, and when that was written down (nanoseconds by the disk's clock); raises JournalError."""
    path = folder / MANIFEST
    try:
        value = json.loads(path.read_bytes())
        files = value["files"]
        for address, known in files.items():
            _check_listed(address, known)
        return dict(files), path.stat().st_mtime_ns
    except FileNotFoundError:
        return {}, 0
    except (ValueError, KeyError, TypeError, AttributeError):
        hint = f"remove the folder `{folder}` yourself, and build again"
        raise JournalError(f"`{path}` is damaged, so what kith made there is not known", hint) from None


def _check_listed(address: object, known: object) -> None:
    """Raise ValueError for what kith cannot have written: nothing outside the folder may ever be removed."""
    if not isinstance(address, str) or not isinstance(known, str) or not _HASH.fullmatch(known):
        raise ValueError(address)
    if address != IGNORE:
        _check_address(address)


def _remove_folders(folder: Path) -> None:
    """Remove a folder that holds nothing but folders; a link to one is no folder."""
    if not folder.is_symlink():
        for top, _, _ in os.walk(folder, topdown=False):
            Path(top).rmdir()


def _walk(folder: Path) -> Iterator[Path]:
    """Everything below a folder that is no folder; links are not followed."""
    for top, folders, names in os.walk(folder):
        yield from (Path(top, name) for name in names)
        yield from (link for name in folders if (link := Path(top, name)).is_symlink())


def _scan(folder: Path) -> list[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        return sorted(entries, key=lambda entry: entry.name)


@contextlib.contextmanager
def _lock(folder: Path) -> Iterator[None]:
    """Let one build at a time into a folder; a second one waits. The lock goes with the process that holds it."""
    try:
        import fcntl
    except ImportError:  # Windows, where a file that is being replaced is locked anyway
        yield
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        with contextlib.suppress(OSError):  # a file system without locks
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
