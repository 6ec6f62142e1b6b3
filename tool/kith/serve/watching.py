"""Changes of files to one signal each: what matters is told apart, and a burst of changes is one.

No event says reliably what happened: editors save in five ways. So an event only means that something did, and the
journal is read again once the files have been quiet for a moment.
"""

import os
import re
import stat
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal, Protocol

from kith.load import is_watched, read_stamps
from kith.model import FOLDERS

QUIET = 0.12  # seconds without a change after which a burst is over
AT_ONCE = 0.015  # the same where the last thing seen is a file that was saved whole
LONGEST = 1.0  # seconds after which a burst that does not end is looked at all the same
TICK = 2.0  # seconds between looks at what no event tells: the day, and whether the watch still stands
POLL = 0.5  # seconds between looks where there are no events
FEW = 3  # files that somebody saves by hand at a time
_FOLDERS = (*FOLDERS, "attachments")
# file systems that tell nobody here of what is changed elsewhere: networks, and what a virtual machine shares
_SILENT = re.compile(
    r"nfs\d?|cifs|smb\w*|9p|fuse\b.*|vboxsf|drvfs|prl_fs|virtiofs|afs|ncpfs|ceph|glusterfs|lustre|sshfs"
)


State = Literal["same", "moved", "broken"]


class Watcher(Protocol):
    """Reports changes to a `Burst` until it is closed."""

    name: str

    def check(self) -> State:
        """Look after the watch itself: `moved` where it stands elsewhere now, `broken` where it cannot be kept up."""

    def close(self) -> None:
        """End it."""


class Burst:
    """Changes that belong together."""

    def __init__(self) -> None:
        self.happened = threading.Condition()
        self.touched: set[str] = set()
        self.unfinished: set[str] = set()
        self.count = 0

    def report(self, file: str, *, is_whole: bool | None) -> None:
        """Note a change; `is_whole` where the file was closed after writing, or moved to its place; None: as before."""
        with self.happened:
            self.touched.add(file)
            if is_whole is not None:
                (self.unfinished.discard if is_whole else self.unfinished.add)(file)
            self.count += 1
            self.happened.notify_all()

    def wait(self, seconds: float) -> frozenset[str]:
        """Wait for a change and for the end of the burst it begins; the files, none where nothing happens."""
        with self.happened:
            if not self.happened.wait_for(lambda: self.count, seconds):
                return frozenset()
            ending = time.monotonic() + LONGEST
            seen = 0
            while self.count != seen and (left := ending - time.monotonic()) > 0:
                seen = self.count
                self.happened.wait_for(lambda: self.count != seen, min(self.quiet(), left))  # noqa: B023 - awaited here
            touched = frozenset(self.touched)
            self.touched, self.unfinished, self.count = set(), set(), 0
            return touched

    def quiet(self) -> float:
        """For how long nothing may happen until the burst is over."""
        return AT_ONCE if len(self.touched) <= FEW and not self.unfinished else QUIET


def watch(root: Path, burst: Burst, poll: float | None, say: Callable[[str], None]) -> Watcher:
    """Watch a journal: by events where these can be relied on, else by looking every `poll` seconds."""
    if poll is not None:
        return Polling(root, burst, poll)
    kind = file_system_of(root, _read_mounts())
    if _SILENT.fullmatch(kind):
        say(f"the file system `{kind}` does not tell of every change, so kith looks every {POLL:g} s")
        return Polling(root, burst, POLL)
    try:
        return Events(root, burst)
    except OSError as error:
        say(f"the system does not tell of changes ({_reason(error)}), so kith looks every {POLL:g} s")
        return Polling(root, burst, POLL)


def _reason(error: OSError) -> str:
    """Why there are no events; on Linux their number is limited for all programs of a person together."""
    limits = {28: "fs.inotify.max_user_watches", 24: "fs.inotify.max_user_instances"}
    reason = error.strerror or str(error)
    return f"{reason}; see {limits[error.errno]}" if error.errno in limits else reason


def _read_mounts() -> str:
    try:
        return Path("/proc/mounts").read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return ""


def file_system_of(root: Path, mounts: str) -> str:
    """The kind of file system that a folder lies on, by the text of /proc/mounts; empty where that is not known."""
    found, length = "", -1
    folder = os.path.realpath(root)
    for line in mounts.splitlines():
        _, point, kind, *_ = [*line.split(" "), "", "", ""]
        where = re.sub(r"\\([0-7]{3})", lambda match: chr(int(match[1], 8)), point)  # a space is written `\040`
        inside = folder == where or folder.startswith(where.rstrip("/") + "/")
        if inside and len(where) >= length:
            found, length = kind, len(where)
    return found


# --- looking -------------------------------------------------------------------------------------------------------


class Polling:
    """Looks at the stat of every file from time to time, and less often where that takes long."""

    def __init__(self, root: Path, burst: Burst, interval: float) -> None:
        self.name = f"by looking every {interval:g} s"
        self.root = root
        self.burst = burst
        self.interval = interval
        self.stamps = read_stamps(root)
        self.over = threading.Event()
        self.thread = threading.Thread(target=self.run, name="kith-polling", daemon=True)
        self.thread.start()

    def run(self) -> None:
        """Look until it is over."""
        pause = self.interval
        while not self.over.wait(pause):
            begin = time.monotonic()
            before, self.stamps = self.stamps, read_stamps(self.root)
            pause = max(self.interval, 10 * (time.monotonic() - begin))
            if self.stamps != before:
                self.await_quiet()
                for file in sorted({file for file, _ in self.stamps.items() ^ before.items()}):
                    self.burst.report(file, is_whole=True)

    def await_quiet(self) -> None:
        """Look until nothing changes between two looks, or for so long that it is no burst."""
        ending = time.monotonic() + LONGEST
        before = None
        while self.stamps != before and time.monotonic() < ending and not self.over.wait(QUIET):
            before, self.stamps = self.stamps, read_stamps(self.root)

    def check(self) -> State:
        """Whether it still looks."""
        return "same" if self.thread.is_alive() else "broken"

    def close(self) -> None:
        """End it."""
        self.over.set()
        self.thread.join(1.0)


# --- events --------------------------------------------------------------------------------------------------------


class Events:
    """Listens to the system: to the journal's own folder, and to each folder of notes with all below it.

    Nothing else in the journal is listened to, so that neither git nor our own output wakes anybody. Opening and
    reading files are events too, and are left out: else reading a change would be one.
    """

    name = "by events"

    def __init__(self, root: Path, burst: Burst) -> None:
        from watchdog.observers import Observer

        self.root = Path(os.path.realpath(root))
        self.burst = burst
        self.watches: dict[str, tuple[int, Any]] = {}
        self.observer = Observer()
        self.observer.daemon = True
        self.observer.start()
        try:
            self.follow_folders()
        except OSError:
            self.close()
            raise

    def check(self) -> State:
        """Listen to folders that have come, and no longer to those that have gone."""
        try:
            moved = self.follow_folders()
        except OSError:
            return "broken"
        if not self.observer.is_alive() or not all(emitter.is_alive() for emitter in self.observer.emitters):
            return "broken"
        return "moved" if moved else "same"

    def follow_folders(self) -> bool:
        """Listen to the folders that are there now, and say whether these are others; raises OSError."""
        moved = False
        for name in ("", *_FOLDERS):
            inode = _inode_of(self.root / name)
            known, watch = self.watches.pop(name, (0, None))
            if inode == known:
                if inode:
                    self.watches[name] = (inode, watch)
                continue
            moved = True
            if watch is not None:
                self.observer.unschedule(watch)
            if inode:
                self.watches[name] = (inode, self.listen_to(name))
        return moved

    def listen_to(self, name: str) -> object:
        """Begin to listen to one folder."""
        from watchdog import events

        kinds: list[type[events.FileSystemEvent]] = [
            *(events.FileCreatedEvent, events.FileModifiedEvent, events.FileMovedEvent, events.FileDeletedEvent),
            *(events.FileClosedEvent, events.FileAttribEvent, events.DirAttribEvent),
            *(events.DirCreatedEvent, events.DirMovedEvent, events.DirDeletedEvent),
        ]
        listener = _listener(self.hear)
        return self.observer.schedule(listener, str(self.root / name), recursive=bool(name), event_filter=kinds)

    def hear(self, kind: str, path: str, *, is_folder: bool, is_whole: bool) -> None:
        """Report an event, if it is about a file that the journal reads or a folder that may hold some."""
        file = os.path.relpath(path, self.root).replace(os.sep, "/")
        if is_watched(file, is_folder=is_folder):
            # vim sets the permissions of a file when it has been written: that says nothing of the text
            self.burst.report(file, is_whole=None if kind == "attrib" else is_whole)

    def close(self) -> None:
        """End it; a thread that does not want to end is left to the process."""
        self.observer.stop()
        if self.observer.is_alive():
            self.observer.join(1.0)


def _listener(hear: Callable[..., None]) -> Any:  # noqa: ANN401 - watchdog is imported as late as it is
    from watchdog.events import FileSystemEvent, FileSystemEventHandler

    class Listener(FileSystemEventHandler):
        """Hands on where something happened; of a move, both ends."""

        def on_any_event(self, event: FileSystemEvent) -> None:
            moved = event.event_type == "moved"
            whole = event.event_type == "closed"
            hear(event.event_type, os.fsdecode(event.src_path), is_folder=event.is_directory, is_whole=whole)
            if moved:
                hear("moved", os.fsdecode(event.dest_path), is_folder=event.is_directory, is_whole=True)

    return Listener()


def _inode_of(folder: Path) -> int:
    """The number that tells a folder from another of its name; 0 where there is none. A link is no folder."""
    try:
        found = os.lstat(folder)
    except OSError:
        return 0
    return found.st_ino or 1 if stat.S_ISDIR(found.st_mode) else 0
