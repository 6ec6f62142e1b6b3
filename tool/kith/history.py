"""What git knows of a journal: the day on which each note was last changed, by one pass over the log.

It is kept in the folder of the cache, for the commit it was read at. Where git cannot say, a note says why: a journal
need not lie in a repository, and git need not be there.
"""

import os
import re
import subprocess
from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path

import msgspec

FOLDER = ".kith"
_FILE = "history"
_COMMIT = re.compile(r"\x01([0-9a-f]{40,64}) (\d{4}-\d{2}-\d{2})\0")
_LOG = ("log", "--format=%x01%H %as", "--name-only", "-z", "--no-renames", "--no-ext-diff", "--relative")
# a hook of git tells the commands it runs which repository it means, and it need not be the journal's
_NOT_OURS = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE")
_WAIT = 60  # seconds


class History(msgspec.Struct, frozen=True):
    """The day of the last commit that changed each file, by its path in the journal; `note` says what is unknown.

    `head` is the commit that it was read at; empty where there is none to speak of.
    """

    head: str = ""
    changed: Mapping[str, date] = {}
    note: str = ""


NOTHING = History()  # of a journal in no repository


class _Kept(msgspec.Struct, frozen=True):
    """What is kept, and in which folder: what somebody sends along with a journal counts for nothing."""

    folder: int
    history: History


def read_history(root: Path) -> History:
    """What git says of the journal at `root`, from the last time where nothing was committed since."""
    root = root.absolute()
    if not any((folder / ".git").exists() for folder in (root, *root.parents)):
        return NOTHING
    asked = _git(root, "rev-parse", "HEAD", "--is-shallow-repository", "--git-path", "shallow")
    if asked is None:
        return History(note="git is not installed")
    if asked.returncode != 0:
        return History(note=_reason(asked.stderr.decode("utf-8", "replace")))
    head, shallow, boundary = asked.stdout.decode("utf-8", "surrogateescape").splitlines()
    is_whole = shallow == "false"
    kept = _read_kept(root) if is_whole else None
    if kept is not None and kept.head == head:
        return kept
    logged = _git(root, *_LOG)
    if logged is None or logged.returncode != 0:
        return History(note="git cannot read its log")
    history = _history(head, logged.stdout, frozenset() if is_whole else _boundary(root / boundary))
    if is_whole:  # the rest may be fetched, and the newest commit stay the same
        _keep(root, history)
    return history


def _reason(complaint: str) -> str:
    if "dubious ownership" in complaint:
        return "git does not trust the owner of this folder"
    return "nothing is committed yet" if "HEAD" in complaint else "git cannot read this repository"


def _boundary(path: Path) -> frozenset[str]:
    """The commits at which a shallow clone ends: each seems to have made every file that it holds."""
    return frozenset(path.read_text(encoding="ascii").split())


def _history(head: str, log: bytes, boundary: frozenset[str]) -> History:
    changed: dict[str, date] = {}
    hidden: set[str] = set()
    pieces = _COMMIT.split(log.decode("utf-8", "surrogateescape"))
    for commit, day, files in zip(pieces[1::3], pieces[2::3], pieces[3::3], strict=True):
        for file in filter(None, files.removeprefix("\n").split("\0")):
            if file in changed or file in hidden:
                continue
            if commit in boundary:
                hidden.add(file)
            else:
                changed[file] = date.fromisoformat(day)
    return History(head, changed, "git was given only the newest commits" if hidden else "")


def _git(root: Path, *arguments: str) -> "subprocess.CompletedProcess[bytes] | None":
    """A finished git command in a folder; None where there is no git."""
    environment = {name: value for name, value in os.environ.items() if name not in _NOT_OURS} | {"LC_ALL": "C"}
    command = ["git", "-C", str(root), "-c", "log.showSignature=false", *arguments]
    try:
        return subprocess.run(
            command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, timeout=_WAIT, check=False
        )
    except subprocess.TimeoutExpired:
        return subprocess.CompletedProcess(command, 1, b"", b"")
    except OSError:
        return None


# --- from one time to the next -----------------------------------------------------------------------------------


def _read_kept(root: Path) -> History | None:
    try:
        kept = msgspec.msgpack.decode((root / FOLDER / _FILE).read_bytes(), type=_Kept)
        return kept.history if kept.folder == (root / FOLDER).stat().st_ino else None
    except (OSError, msgspec.MsgspecError, ValueError):
        return None


def _keep(root: Path, history: History) -> None:
    """Keep what was read, where the cache has its folder."""
    new = root / FOLDER / f"{_FILE}.{os.getpid()}"
    try:
        new.write_bytes(msgspec.msgpack.encode(_Kept((root / FOLDER).stat().st_ino, history)))
        new.replace(new.with_suffix(""))
    except (OSError, ValueError):
        with suppress(OSError):
            new.unlink()
