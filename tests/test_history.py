"""What git knows of a journal, and what is said where it knows nothing."""

import os
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest

from kith.history import FOLDER, History, read_history

FIRST, SECOND = date(2026, 10, 1), date(2026, 11, 3)


def git(root: Path, *arguments: str, day: date = FIRST) -> None:
    """Run git as Robin on a day."""
    names = {f"GIT_{who}_{what}" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    environment = {
        **os.environ,
        **dict.fromkeys(names, "robin@vale.example"),
        "GIT_AUTHOR_DATE": f"{day}T23:30:00-0800",
    }
    subprocess.run(["git", "-C", str(root), *arguments], env=environment, check=True, capture_output=True)


def commit(root: Path, day: date) -> None:
    """Commit everything on a day."""
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", "x", day=day)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Return a repository with a journal in a folder of it, changed on two days."""
    root = tmp_path / "repository"
    journal = root / "notes" / "journal"
    (journal / "contacts").mkdir(parents=True)
    (journal / FOLDER).mkdir()
    (journal / FOLDER / ".gitignore").write_text("*\n", encoding="utf-8")
    git(tmp_path, "init", "--quiet", str(root))
    for file in ("journal.md", "contacts/dana.md", "contacts/ü b\x01.md", "../beside.md"):
        (journal / file).write_text("a\n", encoding="utf-8")
    commit(root, FIRST)
    for file in ("contacts/dana.md", "contacts/new.md"):
        (journal / file).write_text("b\n", encoding="utf-8")
    commit(root, SECOND)
    return root


def test_the_last_commit_that_changed_a_note_counts(repository: Path) -> None:
    journal = repository / "notes" / "journal"
    (journal / "contacts" / "kim.md").write_text("not committed\n", encoding="utf-8")
    history = read_history(journal)
    assert history.changed == {
        "journal.md": FIRST,
        "contacts/dana.md": SECOND,
        "contacts/new.md": SECOND,
        "contacts/ü b\x01.md": FIRST,
    }
    assert history.note == ""


def test_the_log_is_read_once_for_each_commit(repository: Path) -> None:
    journal = repository / "notes" / "journal"
    first = read_history(journal)
    packs = repository / ".git" / "objects"
    packs.rename(packs.with_name("elsewhere"))
    packs.mkdir()
    assert read_history(journal) == first
    packs.rmdir()
    packs.with_name("elsewhere").rename(packs)
    (journal / "journal.md").write_text("c\n", encoding="utf-8")
    commit(repository, date(2026, 11, 20))
    assert read_history(journal).changed["journal.md"] == date(2026, 11, 20)


def test_what_was_kept_elsewhere_or_is_damaged_counts_for_nothing(repository: Path) -> None:
    journal = repository / "notes" / "journal"
    expected = read_history(journal)
    kept = journal / FOLDER / "history"
    kept.write_bytes(kept.read_bytes()[:-3])
    assert read_history(journal) == expected
    copy = repository.with_name("copy")
    shutil.copytree(repository, copy)
    (copy / ".git" / "HEAD").write_text("ref: refs/heads/none\n", encoding="utf-8")
    assert read_history(copy / "notes" / "journal") == History(note="nothing is committed yet")


def test_a_journal_without_a_cache_gets_none(repository: Path) -> None:
    journal = repository / "notes" / "journal"
    shutil.rmtree(journal / FOLDER)
    assert read_history(journal).changed
    assert not (journal / FOLDER).exists()


def test_a_journal_in_no_repository_has_no_history(tmp_path: Path) -> None:
    assert read_history(tmp_path) == History()


def test_a_shallow_clone_does_not_know_older_changes(repository: Path, tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "--quiet", "--depth", "1", repository.as_uri(), str(clone))
    journal = clone / "notes" / "journal"
    assert read_history(journal).changed == {}
    (journal / "journal.md").write_text("c\n", encoding="utf-8")
    commit(clone, SECOND)
    history = read_history(journal)
    assert (history.changed, history.note) == ({"journal.md": SECOND}, "git was given only the newest commits")
    git(clone, "fetch", "--quiet", "--unshallow")
    assert read_history(journal).changed["contacts/ü b\x01.md"] == FIRST


def test_a_folder_that_git_does_not_trust(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    assert read_history(repository) == History(note="git does not trust the owner of this folder")


def test_git_is_not_installed(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(repository))
    assert read_history(repository) == History(note="git is not installed")


def test_a_damaged_repository(repository: Path) -> None:
    shutil.rmtree(repository / ".git" / "objects")
    (repository / ".git" / "objects").mkdir()
    assert read_history(repository) == History(note="git cannot read its log")
    shutil.rmtree(repository / ".git" / "refs")
    assert read_history(repository) == History(note="git cannot read this repository")


def test_the_repository_of_a_hook_is_not_the_journals(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_DIR", str(repository / "nowhere"))
    assert read_history(repository).changed
