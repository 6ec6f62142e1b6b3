"""Plans to disk: every file of a plan is written, or none.

A file that changed since it was read is not touched. New bytes are written beside the old ones and forced to the disk
before the first file is replaced; if a replacement fails half way, those already made are put back.
"""

import os
import stat
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from kith.edit.plan import Change, Plan
from kith.errors import JournalError
from kith.model import FOLDERS

if sys.platform != "win32":
    import fcntl

CACHE = ".kith"
WAIT = 10.0  # seconds that one command waits for another

_PREFIX = ".kith-"  # of what is written beside a note; dot files are no notes, and git is told to ignore these
_LEFTOVER = ".tmp"


@contextmanager
def locked(root: Path, wait: float = WAIT) -> Iterator[None]:
    """Hold the journal's lock, so that of two commands at once the second reads what the first has written."""
    folder = root / CACHE
    try:
        folder.mkdir(exist_ok=True)
        ignore = folder / ".gitignore"
        if not ignore.exists():
            ignore.write_text("*\n", encoding="utf-8")
        release = _lock(folder / "lock", wait)
    except TimeoutError:
        raise JournalError("another kith command is writing to this journal", "try again when it has ended") from None
    except OSError as error:
        raise JournalError(f"{folder} cannot be written: {error.strerror or error}", _advice(error)) from None
    try:
        _sweep(root)
        yield
    finally:
        release()


def _lock(path: Path, wait: float) -> Callable[[], None]:
    """Lock a file; returns what unlocks it, as the end of the process does. Raises TimeoutError."""
    if sys.platform == "win32":
        from filelock import FileLock  # elsewhere importing it would take longer than writing a note

        lock = FileLock(path, timeout=wait)
        lock.acquire()
        return lock.release
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    limit = time.monotonic() + wait
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() < limit:
                time.sleep(0.02)
                continue
            os.close(descriptor)
            raise TimeoutError from None
        except BaseException:
            os.close(descriptor)
            raise
        return partial(os.close, descriptor)


def _sweep(root: Path) -> None:
    """Remove what a command that was killed has left behind; while the lock is held nobody else is writing."""
    below = (found for top in FOLDERS for found in os.walk(root / top))
    for folder, _, names in (next(os.walk(root)), *below):
        for name in names:
            if name.startswith(_PREFIX) and name.endswith(_LEFTOVER):
                with suppress(OSError):
                    Path(folder, name).unlink()


@dataclass
class _Step:
    """A change on its way to the disk: its files, and what stands beside them meanwhile."""

    change: Change
    path: Path
    target: Path
    new: Path | None = None
    old: Path | None = None

    @property
    def is_case_only(self) -> bool:
        """Whether both names are one file here, because case does not count."""
        same_letters = self.path.name.casefold() == self.target.name.casefold()
        return same_letters and self.path != self.target and _is_same_file(self.path, self.target)


def apply(root: Path, plan: Plan) -> None:
    """Make the changes of a plan; raises JournalError with everything as it was."""
    changes = [one for one in plan.changes if one.before != one.after or one.moved_to]
    steps = [_Step(one, _followed(root / one.path), _followed(root / one.target)) for one in changes]
    for step in steps:
        _check(step)
    try:
        for step in steps:
            _write_beside(step, keep=len(steps) > 1 or bool(step.change.moved_to))
        for step in steps:  # again, because forcing bytes to a disk takes time
            _check(step)
        _replace_all(steps)
        _force_folders(steps)
    except OSError as error:
        raise JournalError(f"nothing was changed: {_reason(error)}", _advice(error)) from None
    finally:
        for beside in [one for step in steps for one in (step.new, step.old) if one is not None]:
            with suppress(OSError):
                beside.unlink()


def _followed(path: Path) -> Path:
    """The file itself where a path is a link to it: replacing the link would part the two."""
    return Path(os.path.realpath(path)) if path.is_symlink() and path.exists() else path


def _reason(error: OSError) -> str:
    where = f" ({error.filename})" if error.filename else ""
    return f"{error.strerror or error}{where}"


def _advice(error: OSError) -> str:
    import errno

    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return "make room on the disk, then run the command again"
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return "look at the permissions of the folder"
    return "run the command again"


# --- before ----------------------------------------------------------------------------------------------------------


def _check(step: _Step) -> None:
    """Refuse a file that is not what it was when the change was planned."""
    change = step.change
    try:
        there = os.path.lexists(step.path)
        now = step.path.read_bytes() if there and change.before is not None else None
    except OSError as error:
        raise JournalError(f"nothing was changed: {_reason(error)}") from None
    if change.before is None and there:
        raise JournalError(f"nothing was changed: {change.path} exists already", "choose another name")
    if now != change.before:
        raise JournalError(f"nothing was changed: {change.path} changed while the command ran", "run the command again")
    if there and not os.access(step.path, os.W_OK):
        raise JournalError(f"nothing was changed: {change.path} may only be read", "look at its permissions")
    if change.moved_to and os.path.lexists(step.target) and not step.is_case_only:
        raise JournalError(f"nothing was changed: {change.moved_to} exists already", "choose another name")


def _is_same_file(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False


def _write_beside(step: _Step, *, keep: bool) -> None:
    """Put the new bytes beside the target, with the mode of the old file; `keep`: and the old ones too."""
    change = step.change
    old = step.path.stat() if change.before is not None else None
    if change.after is not None:
        step.target.parent.mkdir(parents=True, exist_ok=True)
        step.new = _write_new(step.target.parent, change.after)
        step.new.chmod(stat.S_IMODE(old.st_mode) if old is not None else 0o666 & ~_umask())
        if old is not None and old.st_uid != step.new.stat().st_uid:
            with suppress(OSError):
                os.chown(step.new, old.st_uid, old.st_gid)
    if keep and change.before is not None:
        step.old = _write_new(step.path.parent, change.before)
        step.old.chmod(stat.S_IMODE(step.path.stat().st_mode))


def _write_new(folder: Path, data: bytes) -> Path:
    """A new file of ours in a folder, its bytes forced to the disk; nothing stays where that fails."""
    path = folder / f"{_PREFIX}{os.urandom(8).hex()}{_LEFTOVER}"
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        with suppress(OSError):
            path.unlink()
        raise
    return path


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


# --- the replacement -------------------------------------------------------------------------------------------------


def _replace_all(steps: Sequence[_Step]) -> None:
    """Replace file after file; when one fails, or the command is interrupted, put back those before it."""
    begun: list[_Step] = []
    try:
        for step in steps:
            begun.append(step)
            _replace(step)
    except BaseException as error:
        if len(steps) == 1 and not isinstance(error, OSError):
            raise  # interrupted: one replacement is made, or it is not
        stuck = [step for step in reversed(begun) if not _put_back(step)]
        if stuck:
            raise JournalError(_describe_stuck(stuck, error), "git diff") from error
        raise


def _replace(step: _Step) -> None:
    new, path, target = step.new, step.path, step.target
    if new is None:
        path.unlink()
    elif step.change.before is None:
        _link_new(new, target)
    elif not step.change.moved_to:
        new.replace(path)
    elif step.is_case_only:
        path.rename(target)
        new.replace(target)
    else:
        _link_new(new, target)
        path.unlink()


def _link_new(new: Path, target: Path) -> None:
    """Give a file its name, unless something has taken it meanwhile."""
    try:
        os.link(new, target)
    except FileExistsError:
        raise
    except OSError:  # some file systems have no links
        if os.path.lexists(target):
            raise FileExistsError(17, "the file exists already", str(target)) from None
        new.replace(target)


def _put_back(step: _Step) -> bool:
    """Restore one file as it was before the plan; says whether it is."""
    change, path, target = step.change, step.path, step.target
    try:
        if change.before is None or (change.moved_to and not step.is_case_only):
            if _holds(target, change.after):
                target.unlink()
        elif change.moved_to and path not in path.parent.iterdir():
            target.rename(path)
        if change.before is not None and not _holds(path, change.before) and step.old is not None:
            step.old.replace(path)
    except OSError:
        pass
    return _holds(path, change.before) if change.before is not None else not os.path.lexists(path)


def _holds(path: Path, data: bytes | None) -> bool:
    try:
        return path.read_bytes() == data
    except OSError:
        return False


def _describe_stuck(stuck: Sequence[_Step], error: BaseException) -> str:
    """The sentence for files that are not as they were; what they held is kept beside them."""
    places = []
    for step in stuck:
        kept = ""
        if step.old is not None:
            with suppress(OSError):
                kept_as = step.old.replace(step.old.with_suffix(".kept"))
                kept = f" (what it held: {kept_as})"
        places.append(f"{step.change.path}{kept}")
    why = _reason(error) if isinstance(error, OSError) else type(error).__name__
    return f"{', '.join(places)} changed, and could not be put back: {why}"


def _force_folders(steps: Sequence[_Step]) -> None:
    """Force the new names to the disk, where the system can."""
    for folder in {parent for step in steps for parent in (step.path.parent, step.target.parent)}:
        with suppress(OSError):
            descriptor = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
