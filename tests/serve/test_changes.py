"""Every way in which files change is noticed, and is one rebuild."""

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from kith.serve import watching
from kith.serve.watching import Burst, Events, Polling, file_system_of, watch
from tests.run import ROOT
from tests.serve.running import Running

NOTE = "contacts/dana-lee.md"
WORDS = "\nShe keeps bees.\n"


# --- how editors save ----------------------------------------------------------------------------------------------


def in_place(path: Path, text: str) -> None:
    """Save as VS Code and nano do."""
    path.write_text(text, encoding="utf-8")


def vim(path: Path, text: str) -> None:
    """Save as vim does: a probe, the old file aside, a new one, and the old one away."""
    probe = path.with_name("4913")
    probe.write_bytes(b"")
    probe.unlink()
    swap = path.with_name(f".{path.name}.swp")
    swap.write_bytes(b"b0VIM")
    backup = path.with_name(f"{path.name}~")
    path.rename(backup)
    path.write_text(text, encoding="utf-8")
    path.chmod(0o644)
    backup.unlink()
    swap.unlink()


def emacs(path: Path, text: str) -> None:
    """Save as emacs does: a dangling link as a lock, the old file aside for good, a new one."""
    lock = path.with_name(f".#{path.name}")
    lock.symlink_to("somebody@somewhere.example.4711:1")
    path.with_name(f"#{path.name}#").write_text(text, encoding="utf-8")
    path.rename(path.with_name(f"{path.name}~"))
    path.write_text(text, encoding="utf-8")
    path.with_name(f"#{path.name}#").unlink()
    lock.unlink()


def jetbrains(path: Path, text: str) -> None:
    """Save as the editors of JetBrains do: a new file, the old one aside, the new one in its place."""
    new, old = path.with_name(f"{path.name}___jb_tmp___"), path.with_name(f"{path.name}___jb_old___")
    new.write_text(text, encoding="utf-8")
    path.rename(old)
    new.rename(path)
    old.unlink()


def atomically(path: Path, text: str) -> None:
    """Save as kith itself and many others do."""
    new = path.with_name(f".{path.name}.tmp")
    with new.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)


def from_elsewhere(path: Path, text: str) -> None:
    """Replace by a file from another folder, as a sync tool does."""
    new = path.parent.parent / "incoming.part"
    new.write_text(text, encoding="utf-8")
    new.replace(path)


@pytest.mark.parametrize("save", [in_place, vim, emacs, jetbrains, atomically, from_elsewhere])
def test_each_way_to_save_is_one_rebuild(anyhow: Running, save: Callable[[Path, str], None]) -> None:
    path = anyhow.root / NOTE
    save(path, path.read_text(encoding="utf-8") + WORDS)
    assert anyhow.settle(lambda: b"keeps bees" in anyhow.site["contacts/dana-lee.html"])
    assert anyhow.builds == 2
    assert anyhow.site == anyhow.from_nothing()


def test_reading_is_no_change(anyhow: Running) -> None:
    for path in sorted(anyhow.root.rglob("*.md")):
        path.read_bytes()
    anyhow.settle(lambda: True)
    assert anyhow.builds == 1


@pytest.mark.parametrize("name", ["_site/index.html", ".git/index", ".kith/x", "contacts/.dana.md.swp", "notes.txt"])
def test_what_is_not_read_wakes_nobody(anyhow: Running, name: str) -> None:
    path = anyhow.root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    for _ in range(3):
        path.write_bytes(os.urandom(10))
    anyhow.settle(lambda: True)
    assert anyhow.builds == 1


# --- many files, folders, permissions ------------------------------------------------------------------------------


def test_a_checkout_of_five_hundred_notes_is_one_rebuild(anyhow: Running) -> None:
    def git(*words: str) -> None:
        who = ("-c", "user.name=t", "-c", "user.email=t@mail.example")
        own = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
        subprocess.run(["git", "-C", str(anyhow.root), *who, *words], check=True, capture_output=True, env=own)

    git("init", "--quiet")
    git("add", ".")
    git("commit", "--quiet", "-m", "few")
    git("branch", "few")
    for number in range(500):
        text = f"---\nname: Person {number}\n---\n"
        (anyhow.root / "contacts" / f"person-{number}.md").write_text(text, encoding="utf-8")
    git("add", ".")
    git("commit", "--quiet", "-m", "many")
    assert anyhow.settle(lambda: "contacts/person-499.html" in anyhow.site, 60)
    for branch, there in (("few", False), ("-", True)):
        before = anyhow.builds
        git("checkout", "--quiet", branch)
        assert anyhow.settle(lambda: ("contacts/person-499.html" in anyhow.site) is there, 60)  # noqa: B023 - at once
        assert anyhow.builds == before + 1
    assert anyhow.site == anyhow.from_nothing()


def test_folders_come_go_and_change_their_names(anyhow: Running) -> None:
    folder = anyhow.root / "contacts"
    shutil.move(folder, anyhow.root / "elsewhere")
    assert anyhow.settle(lambda: "contacts/dana-lee.html" not in anyhow.site)
    shutil.move(anyhow.root / "elsewhere", folder)
    assert anyhow.settle(lambda: "contacts/dana-lee.html" in anyhow.site)
    (folder / "old").mkdir()
    (folder / "dana-lee.md").rename(folder / "old" / "dana-lee.md")
    (folder / "old").rename(folder / "older")
    assert anyhow.settle(lambda: True)
    shutil.rmtree(folder)
    assert anyhow.settle(lambda: not any(name.startswith("contacts/") for name in anyhow.site))
    folder.mkdir()
    (folder / "new.md").write_text("---\nname: New Person\n---\n", encoding="utf-8")
    assert anyhow.settle(lambda: "contacts/new.html" in anyhow.site)
    (folder / "new.md").write_text("---\nname: Newer Person\n---\n", encoding="utf-8")
    assert anyhow.settle(lambda: b"Newer Person" in anyhow.site["contacts/new.html"])
    assert anyhow.site == anyhow.from_nothing()


def test_the_last_site_stays_while_the_journal_is_away(anyhow: Running) -> None:
    away = anyhow.root.with_name("away")
    anyhow.root.rename(away)
    assert anyhow.settle(lambda: bool(anyhow.preview.stage.shown.troubles))
    assert "the folder of the journal is gone" in anyhow.preview.stage.shown.troubles[0].message
    assert b"Dana" in anyhow.site["contacts/dana-lee.html"]
    away.rename(anyhow.root)
    assert anyhow.settle(lambda: not anyhow.preview.stage.shown.troubles)
    path = anyhow.root / NOTE
    path.write_text(path.read_text(encoding="utf-8") + WORDS, encoding="utf-8")
    assert anyhow.settle(lambda: b"keeps bees" in anyhow.site["contacts/dana-lee.html"])
    assert anyhow.site == anyhow.from_nothing()


def test_a_disk_that_is_full_is_no_reason_to_stop(running: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    connect = sqlite3.connect

    def small(*args: object, **more: object) -> sqlite3.Connection:
        db = connect(*args, **more)  # type: ignore[call-overload]  # as it was called
        db.execute("pragma max_page_count = 2")
        assert isinstance(db, sqlite3.Connection)
        return db

    shutil.rmtree(running.root / ".kith")
    monkeypatch.setattr("kith.cache.sqlite3.connect", small)
    path = running.root / NOTE
    for sentence in (b"She keeps bees.", b"And hens."):
        path.write_bytes(path.read_bytes() + b"\n" + sentence + b"\n")
        assert running.settle(lambda: sentence in running.site["contacts/dana-lee.html"])  # noqa: B023 - at once
    assert not running.preview.builder.cache.is_ours
    assert running.said == []


def test_a_picture_that_changes_is_shown(anyhow: Running) -> None:
    (anyhow.root / "attachments").mkdir(exist_ok=True)
    path = anyhow.root / "attachments" / "map.png"
    for data in (b"\x89PNG one", b"\x89PNG two"):
        path.write_bytes(data)
        assert anyhow.settle(lambda: anyhow.site.get("attachments/map.png") == data)  # noqa: B023 - at once
    path.unlink()
    assert anyhow.settle(lambda: "attachments/map.png" not in anyhow.site)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody who may not read a file")
def test_a_note_that_may_not_be_read_is_a_finding_and_comes_back(demo: Path, request: pytest.FixtureRequest) -> None:
    # pytest closes its own temporary folder to others again and again
    outside = tempfile.TemporaryDirectory()
    request.addfinalizer(outside.cleanup)
    Path(outside.name).chmod(0o755)
    root = shutil.copytree(demo, Path(outside.name, "journal"), ignore=shutil.ignore_patterns("_site", ".kith"))
    script = f"""
import os, sys, time
from pathlib import Path
sys.path.insert(0, {str(ROOT)!r})
from tests.serve.running import Running
Running(Path({str(root)!r})).close()  # imports what nobody else may read
os.setgid(65534)
os.setuid(65534)
running = Running(Path({str(root)!r}))
note = Path({str(root)!r}) / "contacts/dana-lee.md"
note.chmod(0)
assert running.settle(lambda: any("cannot be read" in one.message for one in running.preview.stage.shown.troubles))
note.chmod(0o644)
assert running.settle(lambda: not running.preview.stage.shown.troubles)
folder = note.parent
folder.chmod(0)
assert running.settle(lambda: "contacts/dana-lee.html" not in running.site)
folder.chmod(0o755)
note.write_bytes(note.read_bytes() + b"more")
assert running.settle(lambda: "contacts/dana-lee.html" in running.site)
running.close()
"""
    for path in (root, *root.rglob("*")):
        os.chown(path, 65534, 65534)
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr


def test_a_change_of_which_no_event_told_is_found_after_the_next(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = Burst.report

    def forget_some(burst: Burst, file: str, *, is_whole: bool) -> None:
        if file != NOTE:
            report(burst, file, is_whole=is_whole)

    monkeypatch.setattr(Burst, "report", forget_some)
    path = running.root / NOTE
    path.write_text(path.read_text(encoding="utf-8") + WORDS, encoding="utf-8")
    assert running.settle(lambda: running.builds == 1)
    other = running.root / "journal.md"
    other.write_text(other.read_text(encoding="utf-8") + WORDS, encoding="utf-8")
    assert running.settle(lambda: b"keeps bees" in running.site["contacts/dana-lee.html"])
    assert running.builds == 3
    assert running.site == running.from_nothing()


def test_the_next_day_is_another_build(running: Running) -> None:
    running.day += timedelta(days=1)
    assert running.settle(lambda: running.builds == 2)
    assert running.site == running.from_nothing()


# --- what is watched, and how --------------------------------------------------------------------------------------

MOUNTS = """\
overlay / overlay rw 0 0
C:\\134 /mnt/c 9p rw 0 0
server:/home /home/me/my\\040notes nfs4 rw 0 0
tmpfs /home/me/my tmpfs rw 0 0
"""


@pytest.mark.parametrize(
    "folder,kind",
    [("/home/me", "overlay"), ("/mnt/c/notes", "9p"), ("/home/me/my notes/x", "nfs4"), ("/mnt/cc", "overlay")],
)
def test_the_file_system_is_that_of_the_nearest_mount(folder: str, kind: str) -> None:
    assert file_system_of(Path(folder), MOUNTS) == kind


@pytest.mark.parametrize("kind", ["nfs", "nfs4", "cifs", "9p", "fuse.sshfs", "drvfs", "vboxsf"])
def test_where_nobody_tells_of_changes_they_are_looked_for(
    root: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "_read_mounts", lambda: f"x / {kind} rw 0 0\n")
    said: list[str] = []
    watcher = watch(root, Burst(), None, said.append)
    watcher.close()
    assert isinstance(watcher, Polling)
    assert kind in said[0]


@pytest.mark.parametrize("code,limit", [(28, "max_user_watches"), (24, "max_user_instances")])
def test_exhausted_watches_are_said_and_done_without(
    root: Path, code: int, limit: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(Events, "listen_to", refuse)
    said: list[str] = []
    watcher = watch(root, Burst(), None, said.append)
    watcher.close()
    assert isinstance(watcher, Polling)
    assert limit in said[0]


def test_a_watch_that_breaks_is_replaced(running: Running) -> None:
    watcher = running.preview.watcher
    assert isinstance(watcher, Events)
    watcher.observer.stop()
    path = running.root / NOTE
    assert running.settle(lambda: isinstance(running.preview.watcher, Polling))
    path.write_text(path.read_text(encoding="utf-8") + WORDS, encoding="utf-8")
    assert running.settle(lambda: b"keeps bees" in running.site["contacts/dana-lee.html"])
    assert any("stopped telling" in line for line in running.said)


@pytest.mark.parametrize(
    "reports,quiet",
    [([True], "AT_ONCE"), ([False, True, None], "AT_ONCE"), ([True, False, None], "QUIET"), ([None], "AT_ONCE")],
)
def test_permissions_that_are_set_say_nothing_of_the_text(reports: list[bool | None], quiet: str) -> None:
    burst = Burst()
    for is_whole in reports:
        burst.report(NOTE, is_whole=is_whole)
    assert burst.quiet() == getattr(watching, quiet)
