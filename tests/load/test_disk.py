"""A folder to the files of a journal: what is read, what is left alone, and what is only found."""

import os
from pathlib import Path

import msgspec
import pytest

from kith.load import find_journal, load_journal, read_attachments
from kith.load.disk import is_watched, list_files, look_again, read_files


def write(root: Path, *files: str, text: str = "x") -> None:
    """Write files of one text below a folder."""
    for file in files:
        path = root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def found(root: Path) -> list[str]:
    """Return the findings of reading a folder."""
    return [
        f"{finding.code} {finding.severity} {finding.place.file} {finding.message}"
        for finding in read_files(list_files(root)).findings
    ]


# --- finding the journal ---------------------------------------------------------------------------------------------


def test_the_journal_is_found_upwards(tmp_path: Path) -> None:
    write(tmp_path, "a/journal.md", "a/contacts/b/dana.md", "c/content/journal.md", "c/src/x.py", "d/e/x")
    assert find_journal(tmp_path / "a") == tmp_path / "a"
    assert find_journal(tmp_path / "a/contacts/b") == tmp_path / "a"
    assert find_journal(tmp_path / "c") == tmp_path / "c/content"
    assert find_journal(tmp_path / "c/src") == tmp_path / "c/content"
    assert find_journal(tmp_path / "c/content") == tmp_path / "c/content"
    assert find_journal(tmp_path / "d/e") is None


def test_the_nearest_journal_is_found_and_a_folder_is_none(tmp_path: Path) -> None:
    write(tmp_path, "journal.md", "content/journal.md", "inner/journal.md", "other/journal.md/x")
    assert find_journal(tmp_path) == tmp_path
    assert find_journal(tmp_path / "content") == tmp_path / "content"
    assert find_journal(tmp_path / "inner") == tmp_path / "inner"
    assert find_journal(tmp_path / "other") == tmp_path


# --- what is read ----------------------------------------------------------------------------------------------------


def test_notes_and_attachments_are_read_and_all_else_is_left_alone(tmp_path: Path) -> None:
    notes = ["journal.md", "inbox.md", "contacts/dana.md", "contacts/b/_c/sam.md", "meetings/a.md", "letters/a b.md"]
    left = ["README.md", "templates/contact.md", "_site/contacts/x.md", "_public/x.md", ".kith/x.md", "src/x/y.md"]
    leftovers = [
        "contacts/.#dana.md",
        "contacts/dana.md~",
        "contacts/4913",
        "contacts/#dana.md#",
        "contacts/.dana.md.swp",
    ]
    leftovers += ["contacts/.git/x.md", "paths/.obsidian/x.md", "attachments/.DS_Store", "attachments/card.png~"]
    write(tmp_path, *notes, *left, *leftovers, "attachments/2026/card.png", "attachments/resume.pdf")
    files = read_files(list_files(tmp_path))
    assert sorted(files.notes) == sorted(notes)
    assert files.notes["contacts/b/_c/sam.md"] == b"x"
    assert files.attachments == {"attachments/2026/card.png", "attachments/resume.pdf"}
    assert files.findings == ()


def test_strays_and_conflicted_copies_are_listed_without_their_bytes(tmp_path: Path) -> None:
    write(tmp_path, "journal.md", text="---\ntitle: T\nname: N\n---\n")
    write(tmp_path, "contacts/scan.pdf", "contacts/dana (conflicted copy).md", "paths/a.sync-conflict-1.md")
    loaded = load_journal(tmp_path)
    assert [(finding.code, finding.severity, finding.place.file) for finding in loaded.findings] == [
        ("K011", "warning", "contacts/dana (conflicted copy).md"),
        ("K010", "info", "contacts/scan.pdf"),
        ("K011", "warning", "paths/a.sync-conflict-1.md"),
    ]
    assert loaded.files["contacts/scan.pdf"] == b""
    assert (list(loaded.journal.contacts), list(loaded.journal.paths)) == ([], [])


@pytest.mark.skipif(os.name == "nt", reason="Windows has no names of bytes")
def test_names_that_are_not_utf8_can_be_read_and_printed(tmp_path: Path) -> None:
    write(tmp_path, "contacts/a.md")
    Path(os.fsdecode(os.fsencode(tmp_path / "contacts") + b"/caf\xe9.md")).write_text("y", encoding="utf-8")
    Path(os.fsdecode(os.fsencode(tmp_path / "contacts") + b"/\xff")).mkdir()
    Path(os.fsdecode(os.fsencode(tmp_path / "contacts") + b"/\xff/b.md")).write_text("z", encoding="utf-8")
    files = read_files(list_files(tmp_path))
    assert dict(files.notes) == {"contacts/a.md": b"x", "contacts/caf\\xe9.md": b"y", "contacts/\\xff/b.md": b"z"}
    assert sorted(load_journal(tmp_path).journal.contacts) == ["a", "b", "caf\\xe9"]


# --- what cannot be read ---------------------------------------------------------------------------------------------


def test_files_and_folders_that_are_closed_to_us_are_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The system says no to what is asked here, because it says yes to root whatever the permissions are."""
    write(tmp_path, "journal.md", "contacts/a.md", "contacts/b.md", "paths/c.md")
    read_bytes, scandir = Path.read_bytes, os.scandir

    def closed_file(path: Path) -> bytes:
        if path.name == "a.md":
            raise PermissionError(13, "Permission denied", str(path))
        return read_bytes(path)

    def closed_folder(path: str) -> object:
        if path.endswith("paths"):
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(Path, "read_bytes", closed_file)
    monkeypatch.setattr(os, "scandir", closed_folder)
    assert list(read_files(list_files(tmp_path)).notes) == ["journal.md", "contacts/b.md"]
    assert sorted(found(tmp_path)) == [
        "K007 error contacts/a.md the file cannot be read: Permission denied",
        "K007 error paths the file cannot be read: Permission denied",
    ]


def test_what_vanishes_or_is_no_folder_is_found(tmp_path: Path) -> None:
    write(tmp_path, "journal.md", "contacts")
    assert found(tmp_path) == ["K007 error contacts the file cannot be read: Not a directory"]
    assert found(tmp_path / "nowhere") == ["K007 error . the file cannot be read: No such file or directory"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pipes in folders")
def test_pipes_and_the_like_are_no_files(tmp_path: Path) -> None:
    write(tmp_path, "contacts/a.md")
    os.mkfifo(tmp_path / "contacts/pipe.md")
    os.mkfifo(tmp_path / "journal.md")
    assert list(read_files(list_files(tmp_path)).notes) == ["contacts/a.md"]
    assert found(tmp_path) == []


@pytest.mark.parametrize("change", ["contacts/a.md", "contacts/b.md", "contacts/x.txt", "attachments/card.png"])
def test_a_change_is_another_state(tmp_path: Path, change: str) -> None:
    write(tmp_path, "journal.md", "contacts/a.md")
    before = list_files(tmp_path)
    assert list_files(tmp_path).state == before.state
    write(tmp_path, change)
    (tmp_path / change).write_bytes(b"longer than before")
    assert list_files(tmp_path).state != before.state
    assert list_files(tmp_path).newest >= before.newest > 0


def test_a_file_that_cannot_be_looked_at_leaves_the_state_unknown(tmp_path: Path) -> None:
    write(tmp_path, "journal.md")
    listing = list_files(tmp_path)
    unseen = msgspec.structs.replace(listing, notes={**listing.notes, "contacts/a.md": ("nowhere", None)})
    assert unseen.state == b""
    assert unseen.newest == listing.newest
    assert list(unseen.unread()) == ["journal.md"]


def test_only_some_files_are_looked_at_again(tmp_path: Path) -> None:
    write(tmp_path, "journal.md", "contacts/a.md", "contacts/b.md")
    before = list_files(tmp_path)
    for name in ("a", "b"):
        (tmp_path / f"contacts/{name}.md").write_bytes(b"longer than before")
    again = look_again(before, ["contacts/a.md"])
    assert again is not None
    whole = list_files(tmp_path)
    assert again.state not in (before.state, whole.state)
    both = look_again(again, ["contacts/b.md"])
    assert both is not None
    assert both.state == whole.state


@pytest.mark.parametrize("touched", ["contacts/new.md", "contacts/gone.md", "contacts/link.md", "contacts", "x/y.md"])
def test_where_files_come_and_go_all_are_looked_at(tmp_path: Path, touched: str) -> None:
    write(tmp_path, "journal.md", "contacts/a.md", "contacts/gone.md", "contacts/link.md", "x/y.md")
    listing = list_files(tmp_path)
    (tmp_path / "contacts/gone.md").unlink()
    (tmp_path / "contacts/link.md").unlink()
    (tmp_path / "contacts/link.md").symlink_to("a.md")
    write(tmp_path, "contacts/new.md")
    assert look_again(listing, ["contacts/a.md", touched]) is None
    (tmp_path / "contacts").rename(tmp_path / "elsewhere")
    assert look_again(listing, ["contacts/a.md"]) is None


# --- symbolic links --------------------------------------------------------------------------------------------------


def test_links_to_files_within_the_journal_are_read(tmp_path: Path) -> None:
    write(tmp_path, "journal/journal.md", "journal/contacts/dana.md", "journal/attachments/card.png")
    root = tmp_path / "journal"
    (root / "inbox.md").symlink_to(root / "contacts/dana.md")
    (root / "contacts/sam.md").symlink_to("dana.md")
    (root / "attachments/copy.png").symlink_to("card.png")
    (tmp_path / "alias").symlink_to(root)
    for folder in (root, tmp_path / "alias"):
        files = read_files(list_files(folder))
        assert sorted(files.notes) == ["contacts/dana.md", "contacts/sam.md", "inbox.md", "journal.md"]
        assert files.attachments == {"attachments/card.png", "attachments/copy.png"}
        assert files.findings == ()


def test_links_that_lead_out_or_nowhere_or_to_folders_are_found_and_not_read(tmp_path: Path) -> None:
    write(
        tmp_path,
        "out.md",
        "out/x.md",
        "journal-private/x.md",
        "journal/contacts/b/dana.md",
        "journal/attachments/c.png",
    )
    root = tmp_path / "journal"
    (root / "journal.md").symlink_to(tmp_path / "out.md")
    (root / "contacts/a.md").symlink_to(tmp_path / "out.md")
    (root / "contacts/c.md").symlink_to("missing.md")
    (root / "contacts/d.md").symlink_to("d.md")
    (root / "contacts/e").symlink_to("b")
    (root / "contacts/f").symlink_to("..")
    (root / "contacts/g.md").symlink_to(tmp_path / "journal-private/x.md")
    (root / "contacts/.h.md").symlink_to("missing.md")
    (root / "contacts/i").symlink_to(tmp_path / "out")
    (root / "attachments/z.png").symlink_to(tmp_path / "out.md")
    (root / "paths").symlink_to(tmp_path / "out")
    (root / "letters").symlink_to("contacts")
    (root / "questions").symlink_to("questions")
    assert sorted(read_files(list_files(root)).notes) == ["contacts/b/dana.md"]
    assert read_files(list_files(root)).attachments == {"attachments/c.png"}
    assert sorted(found(root)) == [
        f"K008 warning {file} the symbolic link {where}, so it is not read"
        for file, where in [
            ("attachments/z.png", "leads out of the journal"),
            ("contacts/a.md", "leads out of the journal"),
            ("contacts/c.md", "leads nowhere"),
            ("contacts/d.md", "leads nowhere"),
            ("contacts/e", "leads to a folder"),
            ("contacts/f", "leads to a folder"),
            ("contacts/g.md", "leads out of the journal"),
            ("contacts/i", "leads out of the journal"),
            ("journal.md", "leads out of the journal"),
            ("letters", "leads to a folder"),
            ("paths", "leads out of the journal"),
            ("questions", "leads nowhere"),
        ]
    ]


# --- attachments -----------------------------------------------------------------------------------------------------


def test_attachments_are_read_where_they_are(tmp_path: Path) -> None:
    write(tmp_path, "attachments/a.png", "attachments/b/c.pdf")
    (tmp_path / "attachments/folder").mkdir()
    names = frozenset({"attachments/a.png", "attachments/b/c.pdf", "attachments/gone.png", "attachments/folder"})
    assert read_attachments(tmp_path, names) == {"attachments/a.png": b"x", "attachments/b/c.pdf": b"x"}


def test_the_journal_itself_is_watched_and_what_it_does_not_read_is_not() -> None:
    assert is_watched(".", is_folder=True)
    assert is_watched("contacts/dana-lee.md", is_folder=False)
    assert not is_watched("_site/index.html", is_folder=False)
