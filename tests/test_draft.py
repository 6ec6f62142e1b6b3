"""Drafts at a terminal, and opened in a mail program."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.terminal import Terminal

JOURNAL = {
    "journal.md": "---\ntitle: A\nname: Robin Vale\n---\n",
    "contacts/ann.md": "---\nname: Ann\nemail: ann@example.org\n---\n\n## Log\n\n"
    "- 2026-11-01 outreach\n- 2026-11-08 nudge\n",
    "letters/nudge.md": "---\nfor: nudge\nsubject: Once more\n---\n\nDear {{ person.called }},\n",
}
TODAY = {"KITH_TODAY": "2026-11-22"}


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    """Return a journal with somebody who has not answered the one nudge."""
    for name, text in JOURNAL.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_a_terminal_asks_before_one_nudge_too_many(journal: Path) -> None:
    with Terminal(["draft", "ann", "nudge"], journal, TODAY) as terminal:
        terminal.answer("Go on all the same?", "n")
        assert terminal.end() == 2
        assert "Dear Ann" not in terminal.shown
    with Terminal(["draft", "ann", "nudge"], journal, TODAY) as terminal:
        terminal.answer("Go on all the same?", "y")
        assert terminal.end() == 0
        assert "Dear Ann," in terminal.shown


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere other programs open a file")
@pytest.mark.parametrize(
    "how,opened", [([], "mailto:ann@example.org?subject=Once%20more&body=Dear%20Ann%2C"), (["--eml", "a.eml"], "a.eml")]
)
def test_it_opens_in_the_mail_program(journal: Path, how: list[str], opened: str) -> None:
    program = journal / "bin" / "xdg-open"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nprintf %s "$1" > "{journal}/opened"\n', encoding="utf-8")
    program.chmod(0o755)
    command = [sys.executable, "-m", "kith", "draft", "ann", "nudge", "--force", "--open", *how]
    path = f"{program.parent}{os.pathsep}{os.environ['PATH']}"
    subprocess.run(command, cwd=journal, env={**os.environ, **TODAY, "PATH": path}, check=True, capture_output=True)
    for _ in range(100):  # it is not waited for
        if (journal / "opened").is_file() and (journal / "opened").read_text(encoding="utf-8"):
            break
        subprocess.run(["sleep", "0.1"], check=True)
    assert (journal / "opened").read_text(encoding="utf-8") == opened


def test_a_message_has_to_be_text(journal: Path) -> None:
    (journal / "message.txt").write_bytes(b"\xff\xfe")
    command = [sys.executable, "-m", "kith", "draft", "--check", "message.txt"]
    done = subprocess.run(command, cwd=journal, env={**os.environ, **TODAY}, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (2, b"kith: the message is not UTF-8\n")
