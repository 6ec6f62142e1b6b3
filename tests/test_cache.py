"""What is remembered between runs changes how long a command takes, and nothing else."""

import os
import random
import shutil
import sqlite3
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from kith import cache
from kith.cache import FILE, FOLDER, Cache, Kept, Pages, remembering
from kith.cli import main
from kith.errors import JournalError
from kith.load import Loaded, ParsedFile, load_journal

TODAY = date(2026, 11, 22)
DANA = "contacts/dana-lee.md"

Load = Callable[[], Loaded]


@pytest.fixture
def root(tmp_path: Path, demo: Path) -> Path:
    """Return a copy of the demo journal."""
    return shutil.copytree(demo, tmp_path / "journal", ignore=shutil.ignore_patterns("_site", FOLDER))


@pytest.fixture
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a file that was just written be known by its stat, as if some seconds had passed."""
    monkeypatch.setattr(cache, "_SETTLED", -(10**12))


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the names of the notes that are read, as they are."""
    names: list[str] = []
    read = Path.read_bytes

    def spy(path: Path) -> bytes:
        names.append(path.name)
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", spy)
    return names


def load(root: Path) -> Loaded:
    """Load a journal with what was parsed before."""
    with remembering(root, ParsedFile) as remembered:
        return load_journal(root, remembered)


def same(one: Loaded, other: Loaded) -> bool:
    """Whether two loads came to the same in everything."""
    return (one.journal, one.findings, dict(one.files)) == (other.journal, other.findings, dict(other.files))


# --- what is known -------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("settled")
def test_unchanged_notes_are_not_even_read(root: Path, reads: list[str]) -> None:
    first = load(root)
    assert "dana-lee.md" in reads
    reads.clear()
    again = load(root)
    assert reads == []
    assert same(first, again)


@pytest.mark.usefixtures("settled")
def test_only_what_changed_is_read_and_what_is_gone_is_forgotten(root: Path, reads: list[str]) -> None:
    load(root)
    reads.clear()
    with (root / DANA).open("a", encoding="utf-8") as note:
        note.write("\nOne more thing.\n")
    (root / "contacts" / "sam-ortiz.md").unlink()
    now = load(root)
    assert reads == ["dana-lee.md"]
    assert same(now, load_journal(root))
    assert not Cache(root, ParsedFile).find("contacts/sam-ortiz.md", (root / DANA).stat())


def test_a_change_in_the_same_moment_with_the_same_size_is_seen(root: Path) -> None:
    path = root / DANA
    for name in ("Aaaa", "Bbbb", "Cccc"):
        path.write_text(f"---\nname: {name}\n---\n", encoding="utf-8")
        assert load(root).journal.contacts["dana-lee"].name == name


@pytest.mark.usefixtures("settled")
def test_a_change_that_hides_behind_the_old_time_is_seen(root: Path) -> None:
    path = root / DANA
    path.write_text("---\nname: Aaaa\n---\n", encoding="utf-8")
    load(root)
    before = path.stat()
    path.write_text("---\nname: Bbbb\n---\n", encoding="utf-8")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert load(root).journal.contacts["dana-lee"].name == "Bbbb"


@pytest.mark.usefixtures("settled")
def test_a_note_that_changes_before_its_bytes_are_looked_at_ends_the_command(root: Path) -> None:
    load(root)
    known = load(root)
    with (root / DANA).open("a", encoding="utf-8") as note:
        note.write("more\n")
    with pytest.raises(JournalError, match="was changed while"):
        known.files[DANA]
    (root / "journal.md").unlink()
    with pytest.raises(JournalError, match="was changed while"):
        known.files["journal.md"]


@pytest.mark.usefixtures("settled")
def test_text_in_place_of_a_file_is_not_remembered(root: Path) -> None:
    with remembering(root, ParsedFile) as remembered:
        instead = {DANA: b"---\nname: Not Saved\n---\n"}
        assert load_journal(root, remembered, instead).journal.contacts["dana-lee"].name == "Not Saved"
    assert load(root).journal.contacts["dana-lee"].name == "Dana Lee"
    with remembering(root, ParsedFile) as remembered:
        loaded = load_journal(root, remembered, instead)
        assert loaded.files[DANA] == instead[DANA]
    assert load(root).journal.contacts["dana-lee"].name == "Dana Lee"


def test_other_code_begins_anew(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    load(root)
    assert len(Cache(root, ParsedFile)) > 1
    monkeypatch.setattr(cache, "__version__", "0")
    assert len(Cache(root, ParsedFile)) == 0
    load(root)
    assert len(Cache(root, ParsedFile)) > 1


def test_a_copied_journal_does_not_bring_its_cache_along(root: Path, tmp_path: Path) -> None:
    load(root)
    shutil.copytree(root, tmp_path / "copy")
    assert len(Cache(tmp_path / "copy", ParsedFile)) == 0


def test_what_is_erased_is_not_kept(root: Path) -> None:
    (root / DANA).write_text("---\nname: Zebulon Quastenflosser\n---\n", encoding="utf-8")
    load(root)
    assert any(b"Quastenflosser" in path.read_bytes() for path in (root / FOLDER).iterdir())
    (root / DANA).unlink()
    load(root)
    assert not any(b"Quastenflosser" in path.read_bytes() for path in (root / FOLDER).iterdir())


# --- a cache that is none ------------------------------------------------------------------------------------------


def test_any_damage_is_silently_done_without(root: Path) -> None:
    expected = load(root)
    path = root / FOLDER / FILE
    whole = path.read_bytes()
    rng = random.Random(7)  # noqa: S311 - a seeded test
    for _ in range(60):
        damaged = bytearray(whole)
        for _ in range(rng.choice([1, 20, 2000])):
            damaged[rng.randrange(len(damaged))] ^= 1 << rng.randrange(8)
        path.write_bytes(damaged[: rng.choice([len(damaged), rng.randrange(len(damaged))])])
        assert same(load(root), expected)
    load(root)
    assert len(Cache(root, ParsedFile)) > 1


@pytest.mark.parametrize("junk", [b"", b"SQLite format 3\0", b"no database at all" * 100])
def test_what_is_no_database_is_replaced(root: Path, junk: bytes) -> None:
    (root / FOLDER).mkdir()
    (root / FOLDER / FILE).write_bytes(junk)
    for _ in range(2):
        assert same(load(root), load_journal(root))
    assert len(Cache(root, ParsedFile)) > 1


def test_another_programs_database_is_left_alone(root: Path) -> None:
    (root / FOLDER).mkdir()
    db = sqlite3.connect(root / FOLDER / FILE)
    db.execute("create table parsed (mine text)")
    db.commit()
    db.close()
    before = (root / FOLDER / FILE).read_bytes()
    assert same(load(root), load_journal(root))
    assert (root / FOLDER / FILE).read_bytes() == before


def test_a_locked_cache_is_done_without(root: Path) -> None:
    expected = load(root)
    db = sqlite3.connect(root / FOLDER / FILE, isolation_level=None)
    db.execute("pragma locking_mode = exclusive")
    db.execute("begin exclusive")
    with (root / DANA).open("a", encoding="utf-8") as note:
        note.write("\nmore\n")
    assert same(load(root), load_journal(root))
    db.rollback()
    db.close()
    assert load(root).journal != expected.journal


@pytest.mark.parametrize("occupied", [FOLDER, f"{FOLDER}/{FILE}"])
def test_a_cache_that_cannot_be_written_is_done_without(root: Path, occupied: str) -> None:
    (root / occupied).parent.mkdir(exist_ok=True)
    if occupied == FOLDER:
        (root / occupied).write_bytes(b"")
    else:
        (root / occupied).mkdir()
    for _ in range(2):
        assert same(load(root), load_journal(root))


def test_a_full_disk_is_done_without(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    connect = sqlite3.connect

    def small(*args: object, **more: object) -> sqlite3.Connection:
        db = connect(*args, **more)  # type: ignore[call-overload]  # as it was called
        db.execute("pragma max_page_count = 5")
        assert isinstance(db, sqlite3.Connection)
        return db

    monkeypatch.setattr("kith.cache.sqlite3.connect", small)
    assert same(load(root), load_journal(root))
    monkeypatch.undo()
    assert same(load(root), load_journal(root))
    assert len(Cache(root, ParsedFile)) > 1


def test_what_a_full_disk_left_empty_is_filled(root: Path) -> None:
    (root / FOLDER).mkdir()
    ignore = root / FOLDER / ".gitignore"
    ignore.write_bytes(b"")
    load(root)
    assert ignore.read_bytes() == b"*\n"


def test_two_at_once_do_not_disturb_each_other(root: Path) -> None:
    with remembering(root, ParsedFile) as one, remembering(root, ParsedFile) as other:
        assert same(load_journal(root, one), load_journal(root, other))
    assert same(load(root), load_journal(root))


# --- nothing depends on it -----------------------------------------------------------------------------------------

COMMANDS = (
    ("check", "--format", "json"),
    ("check", "--format", "text"),
    ("due",),
    ("due", "--format", "json", "--all"),
    ("list", "contacts", "--format", "json"),
    ("show", "dana"),
    ("search", "night"),
    ("check", "--fix", "--diff"),
    ("log", "dana", "hello", "--dry-run"),
)


@pytest.fixture
def run(root: Path, capfd: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Return a function that runs a command on the journal and returns its exit code and what it printed."""
    (root / "contacts" / "broken.md").write_bytes(b"---\nname: [\n---\n")
    (root / "meetings" / "odd.md").write_bytes(b"\xff\xfe")
    (root / DANA).write_bytes((root / DANA).read_bytes() + b"\n- [ ] promis: [[nobody]]\n")

    def execute(*words: str) -> tuple[int, str, str]:
        code = main(["-C", str(root), "--today", TODAY.isoformat(), "--color", "never", *words])
        return code, *capfd.readouterr()

    return execute


@pytest.mark.usefixtures("settled")
@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_commands_say_the_same_with_and_without(
    root: Path, run: Callable[..., tuple[int, str, str]], words: tuple[str, ...]
) -> None:
    cold = run(*words)
    warm = run(*words)
    shutil.rmtree(root / FOLDER, ignore_errors=True)  # `search` reads the notes as they are and has none
    (root / FOLDER).write_bytes(b"")
    if "--fix" in words:  # the folder of the lock cannot be made either
        assert warm == cold
        return
    assert warm == cold == run(*words)


@pytest.mark.usefixtures("settled")
def test_a_site_is_the_same_with_and_without(root: Path, run: Callable[..., tuple[int, str, str]]) -> None:
    sites = []
    for _ in range(2):
        run("build", "--keep-going")
        sites.append({path.name: path.read_bytes() for path in (root / "_site").rglob("*") if path.is_file()})
        shutil.rmtree(root / "_site")
    shutil.rmtree(root / FOLDER)
    (root / FOLDER).write_bytes(b"")
    run("build", "--keep-going")
    sites.append({path.name: path.read_bytes() for path in (root / "_site").rglob("*") if path.is_file()})
    assert sites[0] == sites[1] == sites[2]


# --- what was concluded ----------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("settled")
def test_what_was_concluded_holds_while_no_file_changes(
    root: Path, run: Callable[..., tuple[int, str, str]], reads: list[str]
) -> None:
    first = run("due")
    (root / FOLDER / FILE).unlink()
    reads.clear()
    assert run("due") == first
    assert [name for name in reads if name.endswith(".md")] == []
    assert not (root / FOLDER / FILE).exists()


def swap(one: Path, other: Path) -> None:
    """Let two files have each other's content."""
    between = one.with_name("between")
    one.rename(between)
    other.rename(one)
    between.rename(other)


CHANGES: dict[str, Callable[[Path], object]] = {
    "a line more": lambda root: (root / DANA).write_bytes((root / DANA).read_bytes() + b"\n- [ ] promise: write\n"),
    "a note more": lambda root: (root / "contacts" / "new.md").write_bytes(b"---\nname: New\nemial: x\n---\n"),
    "a note less": lambda root: (root / "contacts" / "sam-ortiz.md").unlink(),
    "another name": lambda root: (root / "contacts" / "sam-ortiz.md").rename(root / "contacts" / "samuel.md"),
    "each other's words": lambda root: swap(root / DANA, root / "contacts" / "sam-ortiz.md"),
    "an attachment less": lambda root: next((root / "attachments").iterdir()).unlink(),
    "a stray file more": lambda root: (root / "contacts" / "notes.txt").write_bytes(b""),
    "a link out of the journal": lambda root: (root / "contacts" / "out.md").symlink_to("/"),
    "other settings": lambda root: (root / "journal.md").write_bytes(
        (root / "journal.md").read_bytes().replace(b"---\n", b"---\nhorizon: 1d\n", 1)
    ),
}


@pytest.mark.usefixtures("settled")
@pytest.mark.parametrize("name", CHANGES)
def test_any_change_is_seen_by_the_next_command(
    root: Path, run: Callable[..., tuple[int, str, str]], name: str
) -> None:
    commands = (("check",), ("due",))
    before = [run(*words) for words in commands]
    CHANGES[name](root)
    after = [run(*words) for words in commands]
    shutil.rmtree(root / FOLDER)
    assert after == [run(*words) for words in commands]
    assert after != before


@pytest.mark.usefixtures("settled")
def test_another_day_is_concluded_anew(run: Callable[..., tuple[int, str, str]]) -> None:
    before = run("due")
    assert run("--today", "2026-12-24", "due") != before
    assert run("due") == before


def test_what_was_concluded_of_a_file_just_written_is_not_kept(
    root: Path, run: Callable[..., tuple[int, str, str]]
) -> None:
    run("due")
    assert not (root / FOLDER / "conclusions").read_bytes()


@pytest.mark.usefixtures("settled")
def test_a_file_that_could_not_be_read_is_tried_again(
    run: Callable[..., tuple[int, str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    read = Path.read_bytes

    def closed(path: Path) -> bytes:
        if path.name == "sam-ortiz.md":
            raise OSError(5, "Input/output error")
        return read(path)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_bytes", closed)
        assert "K007" in run("check")[1]
    assert "K007" not in run("check")[1]


@pytest.mark.usefixtures("settled")
def test_who_was_forgotten_is_in_no_conclusion(root: Path, run: Callable[..., tuple[int, str, str]]) -> None:
    kept = root / FOLDER / "conclusions"
    run("due", "--all")
    assert b"dana-lee" in kept.read_bytes()
    run("forget", "dana-lee", "--yes")
    assert not kept.exists()


def test_a_value_is_kept_for_one_state(root: Path) -> None:
    kept = Kept(root, "value", list[int])
    assert kept.find(b"one") is None
    assert kept.may_keep(0)
    kept.keep(b"one", [1, 2])
    assert Kept(root, "value", list[int]).find(b"one") == [1, 2]
    assert kept.find(b"two") is None
    assert kept.find(b"") is None
    kept.forget()
    kept.forget()
    assert kept.find(b"one") is None


def test_a_damaged_or_foreign_value_is_none(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = Kept(root, "value", list[int])
    assert kept.may_keep(0)
    kept.keep(b"one", [7])
    good = kept.path.read_bytes()
    for index in range(len(good)):
        kept.path.write_bytes(good[:index] + bytes([good[index] ^ 1]) + good[index + 1 :])
        assert kept.find(b"one") is None
    kept.path.write_bytes(good)
    assert kept.find(b"one") == [7]
    assert Kept(root, "value", list[str]).find(b"one") is None
    monkeypatch.setattr(cache, "__version__", "0")
    assert kept.find(b"one") is None


def test_where_nothing_can_be_kept_nothing_is(root: Path) -> None:
    (root / FOLDER).write_bytes(b"")
    kept = Kept(root, "value", list[int])
    assert not kept.may_keep(0)
    kept.keep(b"one", [1])
    assert kept.find(b"one") is None


# --- pages -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def pages(root: Path) -> Callable[[], Pages]:
    """Return a function that opens what is remembered of a site with one page, which was built once."""
    site = root / "_site"
    site.mkdir()
    (root / FOLDER).mkdir(exist_ok=True)
    (site / "a.html").write_bytes(b"page")
    Pages(root, site).keep({"a.html": "k"})
    return lambda: Pages(root, site)


def test_a_page_is_known_by_its_version_and_file(pages: Callable[[], Pages]) -> None:
    known = pages()
    assert known.unchanged({"a.html": "k", "b.html": "k"}) == {"a.html"}
    known.keep({"a.html": "k", "b.html": "k"})  # the second was not written
    assert pages().unchanged({"a.html": "k", "b.html": "k"}) == {"a.html"}
    assert pages().unchanged({"a.html": "other"}) == set()
    known.keep({})
    assert pages().unchanged({"a.html": "k"}) == set()


@pytest.mark.parametrize("touch", [lambda file: file.write_bytes(b"PAGE"), Path.unlink, os.utime])
def test_a_page_that_somebody_touched_is_unknown(
    root: Path, pages: Callable[[], Pages], touch: Callable[[Path], object]
) -> None:
    touch(root / "_site" / "a.html")
    assert pages().unchanged({"a.html": "k"}) == set()


def test_where_what_is_known_of_pages_is_damaged_nothing_is(root: Path, pages: Callable[[], Pages]) -> None:
    (root / FOLDER / "pages").write_bytes(b"damaged")
    assert pages().unchanged({"a.html": "k"}) == set()


def test_a_build_after_one_edit_writes_one_page_and_puts_right_what_was_touched(
    root: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    def build() -> str:
        main(["-C", str(root), "--today", TODAY.isoformat(), "build"])
        return capfd.readouterr().out

    build()
    site = root / "_site"
    before = {path: path.read_bytes() for path in site.rglob("*") if path.is_file()}
    assert "0 written, 0 removed" in build()
    (site / "index.html").write_bytes(b"scribbled over")
    (site / "tags.html").unlink()
    assert "2 written, 0 removed" in build()
    assert {path: path.read_bytes() for path in site.rglob("*") if path.is_file()} == before
    shutil.rmtree(site)
    assert "0 unchanged" in build()
    assert {path: path.read_bytes() for path in site.rglob("*") if path.is_file()} == before
