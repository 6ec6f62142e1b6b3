"""Plans on a real disk, with real faults: killed, full, read-only, changed meanwhile, two at once."""

import random
import resource
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kith.edit.apply import apply, locked
from kith.edit.plan import Change, Plan
from kith.errors import JournalError

FILES = [f"contacts/{name}.md" for name in ("dana-lee", "sam-ortiz", "priya-shah")]
OLD, NEW = b"old\n" * 400, b"new\n" * 500


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a folder with three files that hold OLD."""
    return fill(tmp_path)


def fill(folder: Path) -> Path:
    (folder / "contacts").mkdir(exist_ok=True)
    for file in FILES:
        (folder / file).write_bytes(OLD)
    return folder


def plan(*files: str, before: bytes | None = OLD, after: bytes | None = NEW, moved_to: str = "") -> Plan:
    return Plan(tuple(Change(file, before, after, moved_to) for file in files))


def contents(root: Path) -> list[bytes]:
    return [(root / file).read_bytes() for file in FILES]


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def kith(root: Path, *arguments: str) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "kith", "-C", str(root), "--today", "2026-11-23", *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


# --- what is written -------------------------------------------------------------------------------------------------


def test_a_plan_is_carried_out_and_leaves_nothing_behind(root: Path) -> None:
    moved = Change(FILES[1], OLD, NEW, "contacts/samuel.md")
    fresh = Change("meetings/2026/2026-11-03-dana-lee.md", None, NEW)
    apply(root, Plan((Change(FILES[0], OLD, NEW), moved, fresh, Change(FILES[2], OLD, None))))
    assert names(root / "contacts") == ["dana-lee.md", "samuel.md"]
    assert (
        (root / FILES[0]).read_bytes() == (root / moved.target).read_bytes() == (root / fresh.path).read_bytes() == NEW
    )


def test_modes_links_and_owners_stay(root: Path) -> None:
    (root / FILES[0]).chmod(0o640)
    (root / "contacts/linked.md").symlink_to("sam-ortiz.md")
    apply(root, plan(FILES[0], "contacts/linked.md"))
    assert stat.S_IMODE((root / FILES[0]).stat().st_mode) == 0o640
    assert (root / "contacts/linked.md").is_symlink()
    assert (root / FILES[1]).read_bytes() == NEW


def test_a_new_file_has_the_mode_of_a_new_file(root: Path) -> None:
    apply(root, plan("contacts/new.md", before=None))
    (root / "contacts/plain.md").write_bytes(b"")
    assert (root / "contacts/new.md").stat().st_mode == (root / "contacts/plain.md").stat().st_mode


def test_what_stays_the_same_is_not_written(root: Path) -> None:
    before = (root / FILES[0]).stat()
    apply(root, plan(FILES[0], after=OLD))
    assert (root / FILES[0]).stat() == before


@pytest.mark.parametrize("name", ["Dana-Lee.md", "DANA-LEE.md"])
def test_a_name_may_change_in_case_alone(root: Path, name: str) -> None:
    apply(root, plan(FILES[0], after=OLD, moved_to=f"contacts/{name}"))
    assert names(root / "contacts") == sorted([name, "priya-shah.md", "sam-ortiz.md"])


def test_many_long_names_that_begin_alike_do_not_meet(root: Path) -> None:
    files = [f"contacts/{'名' * 60}-{number}.md" for number in range(3)]
    apply(root, plan(*files, before=None))
    assert all((root / file).read_bytes() == NEW for file in files)


# --- what is refused -------------------------------------------------------------------------------------------------


def refuse(root: Path, what: Plan, said: str) -> None:
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    with pytest.raises(JournalError, match=said) as caught:
        apply(root, what)
    assert str(caught.value).startswith("nothing was changed")
    assert caught.value.hint
    assert {path: path.read_bytes() for path in root.rglob("*") if path.is_file()} == before


def test_a_file_that_changed_since_it_was_read_is_not_touched(root: Path) -> None:
    (root / FILES[1]).write_bytes(b"mine\n")
    refuse(root, plan(*FILES), "sam-ortiz.md changed while the command ran")


def test_a_file_that_is_gone_is_not_made_again(root: Path) -> None:
    (root / FILES[1]).unlink()
    refuse(root, plan(*FILES), "sam-ortiz.md changed")


@pytest.mark.parametrize("thing", ["file", "folder", "link"])
def test_nothing_is_overwritten(root: Path, thing: str) -> None:
    there = root / "contacts/new.md"
    if thing == "file":
        there.write_bytes(b"x")
    elif thing == "folder":
        there.mkdir()
    else:
        there.symlink_to("nowhere")
    refuse(root, plan(FILES[0], "contacts/new.md", before=None), "exists already")
    refuse(root, plan(FILES[0], moved_to="contacts/new.md"), "exists already")


def test_a_failure_half_way_is_put_back(root: Path) -> None:
    (root / "meetings").write_bytes(b"a file where a folder should be")
    refuse(root, Plan((*plan(*FILES).changes, Change("meetings/a.md", None, NEW))), "meetings")
    folder = root / "contacts/sam-ortiz.md"  # a step that fails in the second half: a file that becomes a folder
    steps = (*plan(*FILES[:1]).changes, Change(FILES[2], OLD, None), Change(FILES[1], OLD, NEW, "contacts/x/y.md"))
    (root / "contacts/x").write_bytes(b"")
    refuse(root, Plan(steps), "x")
    assert folder.read_bytes() == OLD


# --- the disk --------------------------------------------------------------------------------------------------------


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path | None]:
    """Yield a disk of a few kilobytes, None where none can be mounted."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=128k", "tmpfs", str(folder)]
    mounted = subprocess.run(mount, capture_output=True, check=False).returncode == 0
    yield folder if mounted else None
    if mounted:
        subprocess.run(["umount", str(folder)], check=False)


def test_a_full_disk_leaves_the_originals(small_disk: Path | None, tmp_path: Path) -> None:
    if small_disk is None:
        limited_files(fill(tmp_path))
        return
    root = fill(small_disk)
    filler = root / "filler"
    subprocess.run(["dd", "if=/dev/zero", f"of={filler}", "bs=1k"], capture_output=True, check=False)
    refuse(root, plan(*FILES), "No space left on device")
    filler.unlink()
    apply(root, plan(*FILES))
    assert contents(root) == [NEW] * 3


def limited_files(root: Path) -> None:
    """Try the same where no disk can be mounted: no file may grow beyond a few bytes."""
    old = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, old[1]))
    try:
        with pytest.raises(JournalError, match="nothing was changed"):
            apply(root, plan(*FILES))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, old)
        signal.signal(signal.SIGXFSZ, handler)
    assert contents(root) == [OLD] * 3
    assert names(root / "contacts") == sorted(Path(file).name for file in FILES)


def test_no_file_may_grow(root: Path) -> None:
    limited_files(root)


def test_a_folder_that_may_only_be_read_stays(small_disk: Path | None, root: Path) -> None:
    if small_disk is None:  # pragma: no cover - not root
        (root / "contacts").chmod(0o555)
        refuse(root, plan(*FILES), "Permission denied")
        (root / "contacts").chmod(0o755)
        (root / FILES[0]).chmod(0o444)
        refuse(root, plan(*FILES), "may only be read")
        return
    fill(small_disk)
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    refuse(small_disk, plan(FILES[0]), "Read-only file system|may only be read")
    with pytest.raises(JournalError, match="Read-only"), locked(small_disk):
        pass


# --- at once ---------------------------------------------------------------------------------------------------------


def test_the_lock_waits_and_then_gives_up(tmp_path: Path) -> None:
    script = "import sys, time; from pathlib import Path; from kith.edit.apply import locked\n"
    script += "with locked(Path(sys.argv[1])): print('held', flush=True); time.sleep(60)"
    holder = subprocess.Popen([sys.executable, "-c", script, str(tmp_path)], stdout=subprocess.PIPE)
    assert holder.stdout is not None
    holder.stdout.readline()
    try:
        with pytest.raises(JournalError, match="another kith command"), locked(tmp_path, wait=0.1):
            pass
    finally:
        holder.kill()
        holder.communicate()
    with locked(tmp_path, wait=0.1):  # the lock of a killed process is nobody's
        assert (tmp_path / ".kith/.gitignore").read_text() == "*\n"


def test_of_two_logs_at_once_both_lines_survive(demo: Path, tmp_path: Path) -> None:
    root = tmp_path / "journal"
    shutil.copytree(demo, root, ignore=shutil.ignore_patterns("_site", ".kith"))
    running = [kith(root, "log", "dana-lee", "hello", f"number {number}") for number in range(4)]
    for process in running:
        assert process.communicate()[1] == b""
        assert process.returncode == 0
    text = (root / FILES[0]).read_text()
    assert sorted(line for line in text.splitlines() if "number" in line) == [
        f"- 2026-11-23 hello: number {number}" for number in range(4)
    ]


def test_what_a_killed_command_left_goes_with_the_next(root: Path) -> None:
    (root / "contacts/.kith-x.tmp").write_bytes(b"half")
    (root / ".kith-y.tmp").write_bytes(b"half")
    with locked(root):
        pass
    assert not list(root.rglob(".kith-*"))


KILLED = """
import sys
from pathlib import Path
from kith.edit.apply import apply
from kith.edit.plan import Change, Plan
root, files = Path(sys.argv[1]), sys.argv[2:]
texts = [b"old\\n" * 400, b"new\\n" * 500]
print("ready", flush=True)
while True:
    apply(root, Plan(tuple(Change(file, texts[0], texts[1]) for file in files)))
    texts.reverse()
"""


def test_killed_at_any_moment_every_file_is_whole(root: Path) -> None:
    chance = random.Random(3)  # noqa: S311 - when to kill
    for _ in range(25):
        fill(root)
        process = subprocess.Popen([sys.executable, "-c", KILLED, str(root), *FILES], stdout=subprocess.PIPE)
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(chance.random() * 0.05)
        process.kill()
        process.communicate()
        assert set(contents(root)) <= {OLD, NEW}
        left = [name for name in names(root / "contacts") if not name.endswith(".md")]
        assert all(name.startswith(".kith-") for name in left)
        with locked(root):
            assert names(root / "contacts") == sorted(Path(file).name for file in FILES)


def test_killed_while_logging_the_note_is_the_old_or_the_new_one(demo: Path, tmp_path: Path) -> None:
    root = tmp_path / "journal"
    shutil.copytree(demo, root, ignore=shutil.ignore_patterns("_site", ".kith"))
    chance = random.Random(7)  # noqa: S311 - when to kill
    for number in range(10):
        before = (root / FILES[0]).read_bytes()
        process = kith(root, "log", "dana-lee", "hello", f"try {number}")
        time.sleep(0.1 + chance.random() * 0.5)
        process.kill()
        process.communicate()
        assert (root / FILES[0]).read_bytes() in (before, before + f"- 2026-11-23 hello: try {number}\n".encode())
    process = kith(root, "check")
    process.communicate()
    assert process.returncode == 0
