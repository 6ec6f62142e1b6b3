"""What was parsed before, by path and content, in one SQLite file that may be deleted at any time.

An entry counts for exactly the bytes it was made of and the code that made it. Like git's index it also knows the file
by its stat, so that what has surely not changed need not be read: not where the file is so young that a later change
might look the same. A cache that cannot be read or written, or is not ours, is as good as none.
"""

import hashlib
import os
import sqlite3
import stat
import sys
import zlib
from collections.abc import Iterable, Iterator, Mapping, MutableMapping
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Generic, TypeVar

import msgspec

from kith import __version__

T = TypeVar("T")

FOLDER = ".kith"
FILE = "cache.sqlite"
_PAGES_FILE = "pages"
_APPLICATION = 0x6B697468  # `kith`, where SQLite keeps whose file it is
_SETTLED = 2_000_000_000  # nanoseconds after which a changed file has another stat everywhere: FAT counts two seconds
# what is wrong with the disk or with the moment, and not with the file
_NOT_DAMAGE = frozenset(
    {
        *(
            sqlite3.SQLITE_BUSY,
            sqlite3.SQLITE_LOCKED,
            sqlite3.SQLITE_FULL,
            sqlite3.SQLITE_READONLY,
            sqlite3.SQLITE_PERM,
        ),
        *(sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_PROTOCOL),
    }
)
# a damaged file may also make SQLite give a message that is no text
_FAILURES = (sqlite3.Error, OSError, ValueError)
_PACKAGE = Path(__file__).resolve().parent
# what decides how bytes become a parsed file: our code, the libraries, and the time zones that there are
_MAKERS = (
    *("cache.py", "conventions", "dates.py", "diagnostics/__init__.py", "frontmatter", "load", "markdown", "model.py"),
    "schema",
)
_LIBRARIES = ("frontmatter", "markdown_it", "mdit_py_plugins", "yaml")
_TIME_ZONES = "/usr/share/zoneinfo"

_SCHEMA = """
create table about (value text);
create table parsed (file text primary key, stamp text, digest blob, sum integer, value blob);
"""


@contextmanager
def remembering(root: Path, kind: type[T]) -> Iterator["Cache[T]"]:
    """What was parsed before in the journal at `root`, as values of `kind`; what is added is kept for the next time."""
    cache = Cache(root, kind)
    try:
        yield cache
    finally:
        cache.keep()


class _Entry(msgspec.Struct, Generic[T]):
    """What the bytes with a digest were parsed to, as value or still encoded, and the stamp of the file that held them.

    The stamp is empty where the file was too young to be known by it.
    """

    digest: bytes
    stamp: str
    blob: bytes = b""
    sum: int = 0
    value: T | None = None


class Cache(MutableMapping[tuple[str, bytes], T]):
    """For each path what was parsed last; `find` knows by the stat of a file that it has not changed since."""

    def __init__(self, root: Path, kind: type[T]) -> None:
        self.path = root / FOLDER / FILE
        self.decoder = msgspec.msgpack.Decoder(kind)
        self.now: int | None = None
        self.stamps: dict[str, str] = {}  # of files that are about to be read
        self.used: set[str] = set()
        self.changed: set[str] = set()
        self.is_ours = True
        self.entries: dict[str, _Entry[T]] = self.read()
        self.stored = set(self.entries)

    def find(self, file: str, found: os.stat_result) -> T | None:
        """What a file with this stat was parsed to, if it has surely not changed since.

        To be asked before the file is read: else what is set next for this path is known by this stat.
        """
        stamp = _stamp(found)
        entry = self.entries.get(file)
        if entry is not None and entry.stamp == stamp and (value := self.value(entry)) is not None:
            self.used.add(file)
            return value
        self.stamps[file] = stamp if self.is_settled(found) else ""
        return None

    def __getitem__(self, key: tuple[str, bytes]) -> T:
        file, data = key
        entry = self.entries.get(file)
        if entry is None or entry.digest != _digest(data) or (value := self.value(entry)) is None:
            raise KeyError(file)
        self.used.add(file)
        if (stamp := self.stamps.pop(file, entry.stamp)) != entry.stamp:
            entry.stamp = stamp
            self.changed.add(file)
        return value

    def __setitem__(self, key: tuple[str, bytes], value: T) -> None:
        file, data = key
        self.entries[file] = _Entry(_digest(data), self.stamps.pop(file, ""), value=value)
        self.used.add(file)
        self.changed.add(file)

    def __delitem__(self, key: tuple[str, bytes]) -> None:
        del self.entries[key[0]]

    def __iter__(self) -> Iterator[tuple[str, bytes]]:
        return iter(())  # the bytes themselves are not kept

    def __len__(self) -> int:
        return len(self.entries)

    def value(self, entry: _Entry[T]) -> T | None:
        """The value of an entry; None where it is damaged."""
        if entry.value is None:
            with suppress(msgspec.MsgspecError, TypeError):
                if zlib.crc32(entry.blob) == entry.sum:
                    entry.value = self.decoder.decode(entry.blob)
            entry.blob = b""
        return entry.value

    def is_settled(self, found: os.stat_result) -> bool:
        """Whether any later change to a file will show in its stat, by the clock of the disk that it lies on."""
        if self.now is None:
            self.now = self.touch()
        return _is_settled(max(found.st_mtime_ns, found.st_ctime_ns), self.now)

    def touch(self) -> int:
        """The time by the disk's clock; 0 where nothing can be written, so that no file is known by its stat."""
        now = _touch(self.path) if self.is_ours else 0
        self.is_ours = now != 0
        return now

    # --- the file ---

    def read(self) -> dict[str, _Entry[T]]:
        """The entries on the disk, if this very code has made them."""
        if not self.path.is_file():
            return {}
        try:
            with self.connection() as db:
                if not self.is_known(db):
                    return {}
                rows = db.execute("select file, stamp, digest, value, sum from parsed")
                return {file: _Entry(digest, stamp, blob, total) for file, stamp, digest, blob, total in rows}
        except _FAILURES as error:
            self.give_up(error)
            return {}

    def is_known(self, db: sqlite3.Connection) -> bool:
        """Whether the entries are of this very code; a file that is not ours is left alone."""
        (application,) = db.execute("pragma application_id").fetchone()
        (tables,) = db.execute("select count(*) from sqlite_master").fetchone()
        self.is_ours = application == _APPLICATION or not tables
        if not (self.is_ours and tables):
            return False
        return bool(db.execute("select value from about").fetchone() == (self.fingerprint(),))

    def keep(self) -> None:
        """Write what is new, and forget files that were not asked for."""
        gone = self.stored - self.used
        if self.is_ours and (self.changed or gone):
            try:
                with self.connection() as db:
                    self.write(db, gone)
            except _FAILURES as error:
                self.give_up(error)
        self.stored = self.used & set(self.entries)
        self.entries = {file: entry for file, entry in self.entries.items() if file in self.used}
        self.used, self.changed, self.stamps, self.now = set(), set(), {}, None

    def write(self, db: sqlite3.Connection, gone: set[str]) -> None:
        """Write what changed in one transaction."""
        known = self.is_known(db)
        if not self.is_ours:
            return
        db.execute("pragma journal_mode = wal")
        db.execute("begin immediate")
        if not known:
            self.begin(db)
        db.executemany("delete from parsed where file = ?", [(file,) for file in gone])
        db.executemany("insert or replace into parsed values (?, ?, ?, ?, ?)", self.rows())

    def begin(self, db: sqlite3.Connection) -> None:
        """Make the tables, empty, for the code that this is."""
        for name in ("about", "parsed"):
            db.execute(f"drop table if exists {name}")
        for statement in filter(str.strip, _SCHEMA.split(";")):
            db.execute(statement)
        db.execute(f"pragma application_id = {_APPLICATION}")
        db.execute("insert into about values (?)", (self.fingerprint(),))

    def rows(self) -> Iterator[tuple[str, str, bytes, int, bytes]]:
        """The rows of what changed."""
        encode = msgspec.msgpack.Encoder().encode
        for file in sorted(self.changed & set(self.entries)):
            entry = self.entries[file]
            blob = encode(entry.value)
            yield file, entry.stamp, entry.digest, zlib.crc32(blob), blob

    def give_up(self, error: Exception) -> None:
        """Do without; a damaged file is removed. One that is locked, on a full disk or closed to us stays as it is."""
        self.is_ours = False
        code = getattr(error, "sqlite_errorcode", None)  # the lower byte is the kind, the upper one the details
        if isinstance(error, OSError) or (code is not None and code & 0xFF in _NOT_DAMAGE):
            return
        for suffix in ("", "-wal", "-shm"):
            with suppress(OSError):
                self.path.with_name(f"{FILE}{suffix}").unlink()

    @contextmanager
    def connection(self) -> Iterator[sqlite3.Connection]:
        """The file, opened; what is written in the block counts together, or not at all."""
        db = sqlite3.connect(self.path, timeout=0)
        try:
            db.execute("pragma synchronous = off")  # what a power cut damages is thrown away
            db.execute("pragma secure_delete = on")  # what is forgotten is about people
            with db:
                yield db
        finally:
            db.close()

    def fingerprint(self) -> str:
        """What the entries depend on besides the bytes: code, libraries, Python, the folder: a copy counts for nothing.

        A journal that somebody sends may bring a cache along, and nobody has to believe it.
        """
        return _fingerprint(self.path.parent, _MAKERS, _LIBRARIES)


class Pages:
    """The pages of the last build: by address the version of what each shows, and size and time of its file."""

    def __init__(self, root: Path, site: Path) -> None:
        self.path = root / FOLDER / _PAGES_FILE
        self.site = site
        self.known = self.read()
        self.untouched: frozenset[str] = frozenset()

    def unchanged(self, versions: Mapping[str, str]) -> frozenset[str]:
        """The pages of these whose files are there, of this version, and touched by nobody since."""
        self.untouched = frozenset(
            address
            for address, version in versions.items()
            if (known := self.known.get(address)) and known[0] == version and known[1] == self.look(address)
        )
        return self.untouched

    def keep(self, versions: Mapping[str, str]) -> None:
        """Remember pages for the next time, where that is possible. Call it when they are written."""
        kept = {address: self.known[address] for address in versions if address in self.untouched}
        new = [address for address in versions if address not in kept]
        written = {address: (versions[address], found) for address in new if (found := self.look(address))}
        self.known = {**kept, **written}
        with suppress(OSError):
            _replace(self.path, msgspec.msgpack.encode((self.fingerprint(), self.known)))

    def look(self, address: str) -> tuple[int, int] | None:
        """The size and time of a page's file; None where it is none."""
        try:
            found = os.lstat(f"{self.site}/{address}")  # not by Path, which takes longer to join than to look
        except (OSError, ValueError):
            return None
        return (found.st_size, found.st_mtime_ns) if stat.S_ISREG(found.st_mode) else None

    def read(self) -> dict[str, tuple[str, tuple[int, int]]]:
        """What is remembered on the disk, if this very code has written it."""
        try:
            kind = tuple[str, dict[str, tuple[str, tuple[int, int]]]]
            maker, known = msgspec.msgpack.decode(self.path.read_bytes(), type=kind)
            return known if maker == self.fingerprint() else {}
        except (OSError, msgspec.MsgspecError, ValueError):
            return {}

    def fingerprint(self) -> str:
        """What a page depends on besides its version: all code of kith, and the libraries that make pages."""
        return _fingerprint(self.path.parent, _all_code(), (*_LIBRARIES, "jinja2", "markupsafe", "icalendar"))


class Kept(Generic[T]):
    """One value that was worked out of the whole journal, for as long as the journal is in the same state.

    Like a parsed file it is not kept where a file is so young that a later change might look the same.
    """

    def __init__(self, root: Path, name: str, kind: type[T]) -> None:
        self.path = root / FOLDER / name
        self.decoder = msgspec.msgpack.Decoder(tuple[str, bytes, kind])  # type: ignore[valid-type]  # at run time

    def find(self, state: bytes) -> T | None:
        """What was worked out in this state, by this very code."""
        try:
            data = self.path.read_bytes()
            if zlib.crc32(data[4:]).to_bytes(4, "big") != data[:4]:
                return None
            maker, known, value = self.decoder.decode(data[4:])
            return value if state and (maker, known) == (self.fingerprint(), state) else None
        except (OSError, msgspec.MsgspecError, ValueError):
            return None

    def may_keep(self, newest: int) -> bool:
        """Whether what is read from now on may be kept, where the newest file is of that time (nanoseconds)."""
        return _is_settled(newest, _touch(self.path))

    def keep(self, state: bytes, value: T) -> None:
        """Keep a value for the next time, where that is possible."""
        with suppress(OSError):
            data = msgspec.msgpack.encode((self.fingerprint(), state, value))
            _replace(self.path, zlib.crc32(data).to_bytes(4, "big") + data)

    def forget(self) -> None:
        """Keep nothing any more: what is about people goes with the notes that it came from."""
        with suppress(OSError):
            self.path.unlink()

    def fingerprint(self) -> str:
        """What the value depends on besides the files: all code of kith, and the libraries that read notes."""
        return _fingerprint(self.path.parent, _all_code(), _LIBRARIES)


def _touch(path: Path) -> int:
    """The time by the disk's clock, in nanoseconds; 0 where a file in the cache's folder cannot be written."""
    try:
        path.parent.mkdir(exist_ok=True)
        ignore = path.parent / ".gitignore"
        if not ignore.exists() or not ignore.stat().st_size:  # a full disk leaves it empty
            ignore.write_text("*\n", encoding="utf-8")
        path.touch()
        return path.stat().st_mtime_ns
    except OSError:
        return 0


def _is_settled(changed: int, now: int) -> bool:
    """Whether any later change to a file that changed at a time will show in its stat."""
    return changed + _SETTLED < now


def _replace(path: Path, data: bytes) -> None:
    """Write a file whole or not at all; raises OSError."""
    new = path.with_suffix(f".{os.getpid()}")
    try:
        new.write_bytes(data)
        new.replace(path)
    except OSError:
        with suppress(OSError):
            new.unlink()
        raise


def _all_code() -> tuple[str, ...]:
    return (".", *sorted(path.name for path in _PACKAGE.iterdir() if path.is_dir()))


def _fingerprint(folder: Path, makers: Iterable[str], libraries: Iterable[str]) -> str:
    """The state of the code, Python, and the folder of the cache."""
    here = folder.stat().st_ino
    return f"{__version__} {msgspec.__version__} {sys.version} {here} {_state_of_code(makers, libraries)}"


def _stamp(found: os.stat_result) -> str:
    return f"{found.st_size} {found.st_mtime_ns} {found.st_ctime_ns} {found.st_ino}"


def _digest(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=16).digest()


def _state_of_code(makers: Iterable[str], libraries: Iterable[str]) -> str:
    files = [file for name in makers for file in (_PACKAGE / name, *sorted((_PACKAGE / name).glob("*.py")))]
    files += [Path(spec.origin) for name in libraries if (spec := find_spec(name)) and spec.origin]
    stats = []
    for path in (*files, Path(_TIME_ZONES)):
        with suppress(OSError):
            found = path.stat()
            stats.append(f"{path} {found.st_size} {found.st_mtime_ns}")
    return _digest("\n".join(stats).encode("utf-8", "surrogateescape")).hex()
