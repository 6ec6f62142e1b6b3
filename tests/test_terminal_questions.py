"""What `merge` and `forget` ask on a terminal, in a real one."""

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

CARDS = {
    "journal.md": "---\ntitle: J\nname: R\n---\n",
    "contacts/a-lee.md": "---\nname: Ann Lee\nrole: nurse\n---\n",
    "contacts/b-lee.md": "---\nname: Annie Lee\nrole: doctor\n---\n",
}


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    """Return a journal with two cards of one person."""
    for file, text in CARDS.items():
        (tmp_path / file).parent.mkdir(exist_ok=True)
        (tmp_path / file).write_text(text, encoding="utf-8")
    return tmp_path


def answer(journal: Path, answers: str, *arguments: str) -> tuple[int, str]:
    """Run a command on a terminal, type answers, and return its exit code and all that it shows."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "kith", "-C", str(journal), "--today", "2026-11-23", *arguments]
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, close_fds=True) as process:
        os.close(theirs)
        os.write(ours, answers.encode())
        shown = b""
        while True:
            try:
                data = os.read(ours, 4096)
            except OSError:  # the terminal is closed on the other side
                break
            if not data:
                break
            shown += data
    os.close(ours)
    return process.returncode, shown.decode()


def test_merge_asks_which_of_two_values_counts(journal: Path) -> None:
    code, shown = answer(journal, "c\nb\n", "merge", "a-lee", "b-lee")
    assert code == 0
    assert "doctor" in shown
    text = (journal / "contacts" / "a-lee.md").read_text(encoding="utf-8")
    assert "\nrole: doctor\n" in text
    assert "\nx-role: nurse\n" in text


def test_forget_asks_first(journal: Path) -> None:
    code, shown = answer(journal, "n\n", "forget", "a-lee")
    assert code == 130
    assert "Go on?" in shown
    assert (journal / "contacts" / "a-lee.md").exists()
    code, _ = answer(journal, "y\n", "forget", "a-lee")
    assert code == 0
    assert not (journal / "contacts" / "a-lee.md").exists()
    assert not list((journal / ".kith").glob("cache*"))
