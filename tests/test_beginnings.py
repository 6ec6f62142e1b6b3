"""`init`, `new` and `log` at a real terminal and with real programs: what they ask, the editor, and git."""

import shutil
import stat
import subprocess
from pathlib import Path

import pytest

from tests.run import ROOT

pytest.importorskip("pty")
from tests.terminal import CTRL_C, Terminal  # needs a pty

TODAY = "2026-11-23"
NO_EDITOR = {"VISUAL": "", "EDITOR": "", "KITH_TODAY": TODAY}


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    """Return a copy of the demo journal."""
    folder = tmp_path / "journal"
    shutil.copytree(ROOT / "content", folder, ignore=shutil.ignore_patterns("_site", ".kith"))
    return folder


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a home folder in which git knows nobody."""
    folder = tmp_path / "home"
    folder.mkdir()
    for name, value in {"HOME": folder, "GIT_CONFIG_GLOBAL": folder / ".gitconfig", "GIT_CONFIG_NOSYSTEM": "1"}.items():
        monkeypatch.setenv(name, str(value))
    for name in ("GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL", "EMAIL"):
        monkeypatch.delenv(name, raising=False)
    return folder


def program(folder: Path, script: str) -> Path:
    path = folder / "my editor"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True, encoding="utf-8")
    return done.stdout


# --- init ------------------------------------------------------------------------------------------------------------


def test_init_asks_four_things_and_commits(home: Path, tmp_path: Path) -> None:
    git(home, "config", "--global", "user.name", "Robin")
    git(home, "config", "--global", "user.email", "robin@alder.example")
    with Terminal(["init", "mine"], tmp_path, NO_EDITOR) as terminal:
        terminal.answer("Your name:", "Robin Vale")
        terminal.answer("Your school", "Alder: College")
        terminal.answer("field of study", "")
        terminal.answer("Why are you talking to people?", "finding out which work suits me")
        terminal.expect("private repository")
        terminal.expect("one commit")
        assert terminal.end() == 0
    text = (tmp_path / "mine/journal.md").read_text()
    assert 'school: "Alder: College"\n' in text
    assert git(tmp_path / "mine", "status", "--short") == ""
    assert git(tmp_path / "mine", "log", "--format=%s") == "Begin the journal\n"
    (tmp_path / "mine/contacts/.kith-x.tmp").write_bytes(b"")
    assert git(tmp_path / "mine", "status", "--short") == ""
    assert git(tmp_path / "mine", "check-attr", "merge", "contacts/a.md", "contacts/x/b.md", "meetings/a.md").split()[
        2::3
    ] == [
        "union",
        "union",
        "unspecified",
    ]


def test_init_says_what_git_cannot_do(home: Path, tmp_path: Path) -> None:
    with Terminal(
        ["init", "mine", "--name", "R", "--school", "A", "--field", "B", "--status", "C"], tmp_path, NO_EDITOR
    ) as terminal:
        terminal.expect("git does not know yet who you are")
        terminal.expect("git config --global user.email")
        terminal.expect("cd mine && git add . && git commit")
        assert terminal.end() == 0
    assert (tmp_path / "mine/journal.md").is_file()
    git(home, "config", "--global", "user.name", "Robin")
    git(home, "config", "--global", "user.email", "robin@alder.example")
    git(home, "config", "--global", "core.hooksPath", str(tmp_path))
    program(tmp_path, "echo 'not today' >&2; exit 1").rename(tmp_path / "pre-commit")
    with Terminal(["init", "other", "--name", "R", "--field", "B", "--status", "C"], tmp_path, NO_EDITOR) as terminal:
        terminal.answer("Your school", "")
        terminal.expect("git commit failed: not today; when it can:")
        assert terminal.end() == 0
    git(home, "init", "--quiet", str(tmp_path / "outer"))
    with Terminal(["init", "--demo"], tmp_path / "outer", NO_EDITOR) as terminal:
        terminal.expect("lies in a git repository")
        assert terminal.end() == 0


def test_init_interrupted_makes_nothing(tmp_path: Path) -> None:
    with Terminal(["init", "mine"], tmp_path, NO_EDITOR) as terminal:
        terminal.answer("Your name:", "Robin")
        terminal.expect("Your school")
        terminal.hit(CTRL_C)
        assert terminal.end() == 130
        assert terminal.shown.endswith("\n")
    assert not (tmp_path / "mine").exists()


# --- new -------------------------------------------------------------------------------------------------------------


def test_the_editor_opens_the_note_itself(journal: Path, tmp_path: Path) -> None:
    script = 'sleep 1.1; printf "\n## Notes\n\n- prmise: $1\n" >> "$2"; sed -i "s/^role:/rolle: x/" "$2"'
    editor = program(tmp_path, script)
    variables = {**NO_EDITOR, "VISUAL": f"'{editor}' --wait", "EDITOR": "false"}
    with Terminal(["new", "contact", "Nell Stone", "--via", "priya"], journal, variables) as terminal:
        terminal.expect("contacts/nell-stone.md\n")
        terminal.expect("contacts/nell-stone.md:4:1: warning K106")
        terminal.expect("warning K403: `prmise:` is no label")
        assert terminal.end() == 0
    assert (journal / "contacts/nell-stone.md").read_text().endswith("- prmise: --wait\n")


@pytest.mark.parametrize(
    "editor,said",
    [
        ("true", "returned at once"),
        ("false", "exit code 1"),
        ("no-such-editor", "did not start"),
        ("'", "did not start"),
    ],
)
def test_an_editor_that_does_not_wait_is_noticed(journal: Path, editor: str, said: str) -> None:
    with Terminal(["new", "path", "Law"], journal, {**NO_EDITOR, "EDITOR": editor}) as terminal:
        terminal.expect("paths/law.md\n")
        terminal.expect(said)
        assert terminal.end() == 0


def test_no_editor_and_no_wish_for_one(journal: Path) -> None:
    for arguments, variables in (
        (["new", "path", "Law"], {}),
        (["new", "path", "Art", "--no-edit"], {"EDITOR": "false"}),
    ):
        with Terminal(arguments, journal, {**NO_EDITOR, **variables}) as terminal:
            assert terminal.end() == 0
            assert "false" not in terminal.shown


def test_a_second_person_of_a_name_is_asked_about(journal: Path) -> None:
    arguments = ["new", "contact", "--organization", "County EMS"]
    for answer, code in (("n", 2), ("y", 0)):
        with Terminal(arguments, journal, NO_EDITOR) as terminal:
            terminal.answer("Name:", "dana lee")
            terminal.expect("dana-lee  Dana Lee, Mercy Hospital (same name)")
            terminal.answer("Is this another person?", answer)
            assert terminal.end() == code
        assert (journal / "contacts/dana-lee-county.md").exists() == (answer == "y")


@pytest.mark.parametrize("answer,code", [("n", 2), ("", 2), ("y", 0)])
def test_a_person_of_a_like_name_is_asked_about(journal: Path, answer: str, code: int) -> None:
    with Terminal(["new", "contact", "Dana"], journal, NO_EDITOR) as terminal:
        terminal.expect("somebody of a like name is there already:\n  dana-lee  Dana Lee, Mercy Hospital\n")
        terminal.answer("Is this another person?", answer)
        assert terminal.end() == code
    assert (journal / "contacts/dana.md").exists() == (answer == "y")


def test_whom_one_meets_is_asked_for(journal: Path) -> None:
    with Terminal(["new", "meeting"], journal, NO_EDITOR) as terminal:
        terminal.answer("Whom do you meet:", "tomas")
        terminal.answer("Day:", "+4d")
        terminal.expect("meetings/2026-11-27-tomas-weil.md")
        assert terminal.end() == 0


def test_the_day_of_a_meeting_is_asked_for(journal: Path) -> None:
    with Terminal(["new", "meeting", "tomas"], journal, NO_EDITOR) as terminal:
        terminal.answer("Day:", "friday")
        terminal.expect("Friday 27 November 2026")
        terminal.expect("meetings/2026-11-27-tomas-weil.md")
        assert terminal.end() == 0


# --- log -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("answer,code", [("n", 2), ("", 2), ("y", 0)])
def test_a_nudge_too_many_is_asked_about(journal: Path, answer: str, code: int) -> None:
    before = (journal / "contacts/arjun-mehta.md").read_bytes()
    with Terminal(["log", "arjun", "nudge"], journal, NO_EDITOR) as terminal:
        terminal.expect("Arjun has not answered, and the settings allow one nudge.")
        terminal.answer("Go on all the same? [y/N]:", answer)
        assert terminal.end() == code
    after = before + (b"- 2026-11-23 nudge\n" if code == 0 else b"")
    assert (journal / "contacts/arjun-mehta.md").read_bytes() == after
