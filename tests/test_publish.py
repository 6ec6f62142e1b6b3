"""Publishing: only what changed is written, only what is ours is removed, and a killed build does no harm."""

import errno
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from kith.errors import JournalError
from kith.publish import MANIFEST, Published, check_folder, publish

OLD = {"index.html": b"old", "contacts/dana-lee.html": b"dana", "attachments/card.png": b"\x89PNG"}
NEW = {"index.html": b"new and longer", "contacts/priya-shah.html": b"priya", "attachments/card.png": b"\x89PNG"}


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    """Return a folder with a journal in it."""
    folder = tmp_path / "journal"
    (folder / "contacts").mkdir(parents=True)
    (folder / "journal.md").write_text("---\ntitle: J\n---\n", encoding="utf-8")
    return folder


@pytest.fixture
def folder(journal: Path) -> Path:
    """Return where the site goes; it does not exist yet."""
    return journal / "_site"


def read(folder: Path) -> dict[str, bytes]:
    """Return the files of a site, without the two that are kith's own."""
    files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    return {name: data for name, data in files.items() if name not in (MANIFEST, ".gitignore")}


def test_first_build_writes_everything_and_says_so(folder: Path, journal: Path) -> None:
    published = publish(OLD, folder, journal)
    assert published == Published(tuple(sorted(OLD)), (), 0)
    assert read(folder) == OLD
    assert (folder / ".gitignore").read_text(encoding="utf-8") == "*\n"
    assert set(json.loads((folder / MANIFEST).read_bytes())["files"]) == {*OLD, ".gitignore"}


def test_second_build_touches_nothing_but_what_changed(folder: Path, journal: Path) -> None:
    publish(OLD, folder, journal)
    stamps = {path: path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}
    assert publish(OLD, folder, journal) == Published((), (), 3)
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()} == stamps
    assert publish({**OLD, "index.html": b"new"}, folder, journal) == Published(("index.html",), (), 2)
    card = folder / "attachments" / "card.png"
    assert card.stat().st_mtime_ns == stamps[card]


def test_stale_pages_go_and_so_do_the_folders_they_leave_empty(folder: Path, journal: Path) -> None:
    publish({**OLD, "tags/a/b.html": b"tag"}, folder, journal)
    published = publish(NEW, folder, journal)
    assert published.removed == ("contacts/dana-lee.html", "tags/a/b.html")
    assert read(folder) == NEW
    assert not (folder / "tags").exists()


def test_two_builds_give_equal_folders(journal: Path, tmp_path: Path) -> None:
    publish(OLD, tmp_path / "one", journal)
    publish(NEW, tmp_path / "one", journal)
    publish(NEW, tmp_path / "two", journal)
    assert (tmp_path / "one" / MANIFEST).read_bytes() == (tmp_path / "two" / MANIFEST).read_bytes()


def test_page_that_somebody_deleted_or_changed_is_made_again(folder: Path, journal: Path) -> None:
    publish(OLD, folder, journal)
    (folder / "index.html").unlink()
    (folder / "contacts" / "dana-lee.html").write_bytes(b"DANA")
    assert publish(OLD, folder, journal).written == ("contacts/dana-lee.html", "index.html")
    assert read(folder) == OLD


def test_file_and_folder_may_change_places(folder: Path, journal: Path) -> None:
    publish({"tags": b"a file", "x/y.html": b"y"}, folder, journal)
    publish({"tags/a.html": b"a page", "x": b"a file"}, folder, journal)
    assert read(folder) == {"tags/a.html": b"a page", "x": b"a file"}


def test_public_site_and_the_whole_journal_never_share_a_folder(folder: Path, journal: Path) -> None:
    site = {"index.html": b"figures"}
    publish(site, folder, journal, public=True)
    assert json.loads((folder / MANIFEST).read_bytes())["public"] is True
    assert publish({"index.html": b"more figures"}, folder, journal, public=True).written == ("index.html",)
    check_folder(folder, journal, public=True)
    assert refused(OLD, folder, journal) == f"`{folder}` holds a public site, so the whole journal does not go there"
    assert read(folder) == {"index.html": b"more figures"}
    own = journal / "own"
    publish(OLD, own, journal)
    with pytest.raises(JournalError, match="holds the whole journal, so a public site does not go there"):
        publish(site, own, journal, public=True)
    assert read(own) == OLD


def test_empty_folder_makes_room_for_a_file(folder: Path, journal: Path) -> None:
    publish({"a": b"1"}, folder, journal)
    (folder / "b" / "c").mkdir(parents=True)
    publish({"a": b"1", "b": b"2"}, folder, journal)
    assert read(folder) == {"a": b"1", "b": b"2"}


# --- what is not ours ------------------------------------------------------------------------------------------------


def refused(site: dict[str, bytes], folder: Path, journal: Path) -> str:
    """Return why a build is refused."""
    with pytest.raises(JournalError) as caught:
        publish(site, folder, journal)
    return str(caught.value)


def test_foreign_folder_is_left_alone(journal: Path, tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "holiday.png").write_bytes(b"sun")
    assert "was not made by kith" in refused(OLD, tmp_path / "photos", journal)
    assert read(tmp_path / "photos") == {"holiday.png": b"sun"}


@pytest.mark.parametrize("where", [".", "..", "../..", "contacts", "contacts/site", "attachments/x", ".git/x"])
def test_folder_with_notes_is_no_place_for_a_site(journal: Path, where: str) -> None:
    before = sorted(journal.rglob("*"))
    refused(OLD, journal / where, journal)
    with pytest.raises(JournalError):
        check_folder(journal / where, journal)
    assert sorted(journal.rglob("*")) == before


def test_folder_with_notes_is_known_through_a_link(journal: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(journal)
    assert "holds the notes" in refused(OLD, tmp_path / "link", journal)


def test_file_is_no_folder(journal: Path) -> None:
    assert "is a file" in refused(OLD, journal / "journal.md", journal)


def test_files_of_others_in_our_folder_stay(folder: Path, journal: Path) -> None:
    publish(OLD, folder, journal)
    (folder / "CNAME").write_bytes(b"robin.example")
    (folder / "contacts" / "mine.html").write_bytes(b"mine")
    publish({"index.html": b"only"}, folder, journal)
    assert read(folder) == {"index.html": b"only", "CNAME": b"robin.example", "contacts/mine.html": b"mine"}


@pytest.mark.parametrize(
    "mine", ["index.html", "contacts/dana-lee.html", "contacts/dana-lee.html/notes.txt", "contacts"]
)
def test_file_of_others_in_the_way_stops_the_build_before_it_begins(folder: Path, journal: Path, mine: str) -> None:
    publish({"about.html": b"about"}, folder, journal)
    (folder / mine).parent.mkdir(parents=True, exist_ok=True)
    (folder / mine).write_bytes(b"mine")
    assert f"{mine}` was not made by kith" in refused(OLD, folder, journal)
    assert read(folder) == {"about.html": b"about", mine: b"mine"}


def test_stale_page_that_somebody_changed_is_kept_and_said(folder: Path, journal: Path) -> None:
    publish(OLD, folder, journal)
    (folder / "contacts" / "dana-lee.html").write_bytes(b"my own words")
    assert publish(NEW, folder, journal).kept == ("contacts/dana-lee.html",)
    assert publish(NEW, folder, journal).kept == ()
    assert (folder / "contacts" / "dana-lee.html").read_bytes() == b"my own words"


def test_links_inside_are_not_followed(folder: Path, journal: Path, tmp_path: Path) -> None:
    publish(OLD, folder, journal)
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "dana-lee.html").write_bytes(b"dana")
    (outside / "index.html").write_bytes(b"theirs")
    (folder / "contacts" / "dana-lee.html").unlink()
    (folder / "contacts").rmdir()
    (folder / "contacts").symlink_to(outside)
    (folder / "index.html").unlink()
    (folder / "index.html").symlink_to(outside / "index.html")
    assert "contacts` was not made by kith" in refused(NEW, folder, journal)
    publish({"index.html": b"ours"}, folder, journal)
    assert read(outside) == {"dana-lee.html": b"dana", "index.html": b"theirs"}
    assert (folder / "contacts").is_symlink()
    assert not (folder / "index.html").is_symlink()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        '{"version": 1}',
        '{"files": []}',
        '{"files": {"../../x": ""}}',
        '{"files": {"/etc/x": ""}}',
        '{"files": {"x": 1}}',
        '{"files": {"x": "deadbeef"}}',
        "\xff",
    ],
)
def test_damaged_manifest_removes_nothing(folder: Path, journal: Path, text: str) -> None:
    publish(OLD, folder, journal)
    (folder / MANIFEST).write_text(text, encoding="latin-1")
    assert "is damaged" in refused(NEW, folder, journal)
    assert read(folder) == OLD


@pytest.mark.parametrize("address", ["", "/etc/x", "../x", "a/../../x", "a//b", "./a", MANIFEST, ".gitignore"])
def test_address_that_leads_elsewhere_is_a_bug(folder: Path, journal: Path, address: str) -> None:
    with pytest.raises(ValueError, match="no address"):
        publish({address: b"x"}, folder, journal)
    assert not folder.exists()


# --- what goes wrong -------------------------------------------------------------------------------------------------


def test_leftovers_of_a_killed_build_are_removed(folder: Path, journal: Path) -> None:
    folder.mkdir()
    (folder / ".kith-new-1.json").write_bytes(b"half")
    publish(OLD, folder, journal)
    (folder / ".kith-new-2").mkdir()
    (folder / ".kith-new-2" / "2-1").write_bytes(b"half")
    (folder / ".kith-new-3").symlink_to(journal)
    publish(OLD, folder, journal)
    assert read(folder) == OLD


@pytest.mark.parametrize("after", range(6))
def test_full_disk_leaves_each_file_old_or_new(
    folder: Path, journal: Path, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    publish(OLD, folder, journal)
    replace, count = os.replace, iter(range(100))

    def fail_later(path: str | Path, target: str | Path) -> None:
        if next(count) >= after:
            raise OSError(errno.ENOSPC, "No space left on device", str(path))
        replace(path, target)

    monkeypatch.setattr(os, "replace", fail_later)
    if after < 4:  # two manifests and two pages
        assert "No space left on device" in refused(NEW, folder, journal)
    else:
        publish(NEW, folder, journal)
    monkeypatch.undo()
    for name, data in read(folder).items():
        assert data in (OLD.get(name), NEW.get(name))
    publish(NEW, folder, journal)
    assert read(folder) == NEW


def test_read_only_disk_is_said_in_one_sentence(folder: Path, journal: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(OLD, folder, journal)
    real = open

    def fail(path: str, mode: str = "r", **more: Any) -> Any:  # noqa: ANN401 - as open is
        if mode == "xb":
            raise OSError(errno.EROFS, "Read-only file system", path)
        return real(path, mode, **more)

    monkeypatch.setattr("builtins.open", fail)
    page = folder / "contacts" / "priya-shah.html"
    said = f"the site cannot be written: Read-only file system (`{page}`)"
    assert refused(NEW, folder, journal) == said
    monkeypatch.undo()
    assert read(folder) == OLD


def test_folder_that_cannot_be_made_is_said_in_one_sentence(journal: Path) -> None:
    message = refused(OLD, journal / "journal.md" / "site", journal)
    assert message.startswith("the site cannot be written: Not a directory")


BUILDER = """
import sys
from pathlib import Path
from kith.publish import publish
version, folder, journal = sys.argv[1:]
site = {f"p{number % 7}/{number}.html": f"{version} {number}".encode() * 500 for number in range(300)}
site[f"only-{version}.html"] = b"x"
print("ready", flush=True)
publish(site, Path(folder), Path(journal))
"""


def test_build_that_is_killed_at_any_moment_is_put_right_by_the_next(folder: Path, journal: Path) -> None:
    def start(version: str) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-c", BUILDER, version, str(folder), str(journal)]
        return subprocess.Popen(command, stdout=subprocess.PIPE)

    moments = random.Random(20261123)  # noqa: S311 - the same moments in every run
    for number in range(12):
        version = "ab"[number % 2]
        builder = start(version)
        assert builder.stdout is not None
        builder.stdout.readline()
        time.sleep(moments.uniform(0, 0.06))
        builder.send_signal(signal.SIGKILL)
        builder.communicate()
        for name, data in read(folder).items() if folder.exists() else ():
            own = name.removesuffix(".html").partition("/")[2]
            allowed = (f"a {own}".encode() * 500, f"b {own}".encode() * 500, b"x")
            assert ".kith-new-" in name or data in allowed
    last = start("b")
    last.communicate()
    assert last.returncode == 0
    files = read(folder)
    assert len(files) == 301
    assert all(data.startswith(b"b ") for name, data in files.items() if name != "only-b.html")
    assert "only-b.html" in files


def test_two_builds_at_once_wait_for_each_other(folder: Path, journal: Path) -> None:
    command = [sys.executable, "-c", BUILDER]
    builders = [subprocess.Popen([*command, version, str(folder), str(journal)]) for version in "abab"]
    assert [builder.wait(60) for builder in builders] == [0, 0, 0, 0]
    assert len({data.split(b" ")[0] for data in read(folder).values() if data != b"x"}) == 1
    assert len(read(folder)) == 301


def test_what_is_known_to_be_there_is_not_looked_at(folder: Path, journal: Path) -> None:
    class Unread(dict[str, bytes]):
        """A site in which one page may not be looked at."""

        def __getitem__(self, address: str) -> bytes:
            assert address != "index.html"
            return super().__getitem__(address)

    publish(OLD, folder, journal)
    site = Unread(OLD | {"new.html": b"new"})
    assert publish(site, folder, journal, kept={"index.html"}) == Published(("new.html",), (), 3)
    (folder / MANIFEST).unlink()
    for path in folder.iterdir():  # nobody knows any more what was made
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    assert publish(OLD, folder, journal, kept={"index.html"}).written == tuple(sorted(OLD))


def test_a_page_that_cannot_be_made_leaves_the_site_as_it_was(folder: Path, journal: Path) -> None:
    class Mistaken(dict[str, bytes]):
        """A site in which the making of one page fails."""

        def __getitem__(self, address: str) -> bytes:
            if address == "p180.html":
                raise ZeroDivisionError
            return super().__getitem__(address)

    site = {f"p{number}.html": b"old" for number in range(300)}
    publish(site, folder, journal)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    with pytest.raises(ZeroDivisionError):
        publish(Mistaken(dict.fromkeys(site, b"new")), folder, journal)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
