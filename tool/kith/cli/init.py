"""`kith init`: a new journal."""

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import click

from kith import assets
from kith.cli.options import Command, given
from kith.cli.terminal import say, write
from kith.cli.writing import DRY_RUN, can_ask
from kith.edit.apply import apply
from kith.edit.create import new_note
from kith.edit.plan import Change, Plan, show_diff
from kith.errors import JournalError
from kith.followups.world import quoted
from kith.load import find_journal
from kith.model import FOLDERS

_IGNORED = """\
# what kith makes, and what it leaves behind when it is killed
_site/
_public/
.kith/
.kith-*

# editors and systems
*~
.*.sw?
.DS_Store
Thumbs.db
"""
_ATTRIBUTES = """\
# two people, or two devices, may log at once: both lines stay
contacts/**/*.md merge=union
"""
# a comment, so that nobody is introduced by it
_INTRODUCTION = """\
<!-- Who you are and what you want to find out, in three sentences: this is how you introduce yourself. -->
"""
_PRIVATE = (
    "This journal will hold other people's names, addresses and words. Keep it in a private repository,\n"
    "and tell nobody what was said in confidence."
)
_QUESTIONS = {
    "name": "Your name",
    "school": "Your school (or nothing)",
    "field_of_study": "Your field of study (or nothing)",
    "status": "Why are you talking to people? I am … (or nothing)",
}
_GIT_WAIT = 60.0  # seconds


@click.command("init", cls=Command)
@click.argument("folder", metavar="[DIR]", default="", type=click.Path(file_okay=False))
@click.option("--demo", is_flag=True, help="The journal of Robin Vale, who does not exist, to look around in.")
@click.option("--name", default="", help="Your name.")
@click.option("--school", default="", help="Where you study or studied.")
@click.option("--field-of-study", "--field", "field_of_study", default="", help="What you study.")
@click.option("--status", default="", help="Why you are talking to people: `finding out which work suits me`.")
@click.option("--no-git", is_flag=True, help="Make no git repository.")
@DRY_RUN
def command(*, folder: str, demo: bool, no_git: bool, dry_run: bool, **answers: str) -> None:
    """Make a journal in DIR, else here: journal.md, a bank of questions, letters, and a folder for each kind of note.

    What is there already is left alone. The journal is a git repository of its own, unless it lies in one.
    """
    root = Path(folder or given("directory") or ".")
    _refuse_journal(root)
    files = dict(assets.demo_files()) if demo else _files(_ask(answers, folder))
    files |= {".gitignore": _IGNORED.encode(), ".gitattributes": _ATTRIBUTES.encode()}
    there = sorted(file for file in files if os.path.lexists(root / file))
    changes = [Change(file, None, data) for file, data in sorted(files.items()) if file not in there]
    if dry_run:
        write(show_diff(Plan(tuple(changes))))
        return
    root.mkdir(parents=True, exist_ok=True)
    for name in (*FOLDERS, "attachments"):
        (root / name).mkdir(exist_ok=True)
    apply(root, Plan(tuple(changes)))
    for file in there:
        say(f"left as it was: {root / file}")
    write(f"Made a journal in {root.resolve()}.\n\n{_PRIVATE}\n\n")
    if not no_git:
        _begin_history(root, [change.path for change in changes])
    into = "" if root.resolve() == Path.cwd().resolve() else f"cd {quoted(str(root))}\n"
    write(f"{into}{'kith due' if demo else _NEXT}\n")


_NEXT = 'kith new contact "Somebody you know" --source friend'


def _refuse_journal(root: Path) -> None:
    """Refuse a folder that is a journal, or lies in one; raises JournalError."""
    if os.path.lexists(root / "journal.md"):
        raise JournalError(f"`{root}` is a journal already", f"kith -C {quoted(str(root))} check")
    if root.exists() and not root.is_dir():
        raise JournalError(f"`{root}` is a file", "name a folder")
    above = find_journal(root.resolve())
    if above is not None:
        raise JournalError(f"`{root}` lies in the journal `{above}`", "choose a folder elsewhere")


def _ask(answers: Mapping[str, str], folder: str) -> dict[str, str]:
    """What was given as options; on a terminal the rest is asked for."""
    said = {key: answers[key].strip() for key in _QUESTIONS}
    if can_ask():
        for key, question in _QUESTIONS.items():
            if not said[key]:
                said[key] = click.prompt(question, default=None if key == "name" else "", show_default=False, err=True)
    if not said["name"].strip():
        where = f"{quoted(folder)} " if folder else ""
        raise JournalError("your name is missing", f'kith init {where}--name "Robin Vale"')
    return said


def _files(said: Mapping[str, str]) -> dict[str, bytes]:
    """The first files of a journal; the bank of questions and the letters are those of the demo journal."""
    values = {key.replace("_", "-"): value for key, value in said.items()}
    values["title"] = f"{' '.join(said['name'].split())}'s journal"
    files = {"journal.md": new_note("journal", "journal.md", values, body=_INTRODUCTION)}
    demo = assets.demo_files()
    return files | {file: data for file, data in demo.items() if file.startswith(("questions/", "letters/"))}


# --- git -------------------------------------------------------------------------------------------------------------


def _begin_history(root: Path, files: list[str]) -> None:
    """Make a repository and its first commit, where git is there and the folder lies in none; say what was not done."""
    git = shutil.which("git")
    if git is None:
        say("git is not installed, so nothing keeps the journal's history: https://git-scm.com")
        return
    if _git(git, root, "rev-parse", "--is-inside-work-tree").returncode == 0:
        say("the folder lies in a git repository, so the first commit is yours; is that repository private?")
        return
    for arguments in (
        ("init", "--quiet"),
        ("add", "--", *files),
        ("commit", "--quiet", "--no-gpg-sign", "--message", "Begin the journal"),
    ):
        done = _git(git, root, *arguments)
        if done.returncode != 0:
            said = (done.stderr or done.stdout).strip().splitlines()
            _say_what_failed(git, root, arguments[0], said[-1] if said else f"exit code {done.returncode}")
            return
    write("It is a git repository with one commit.\n\n")


def _say_what_failed(git: str, root: Path, command: str, why: str) -> None:
    """Say what is left to do by hand: on a new machine, to tell git who makes its commits."""
    if command == "commit" and _git(git, root, "var", "GIT_COMMITTER_IDENT").returncode != 0:
        say("git does not know yet who you are, so the first commit is yours to make:")
        say('  git config --global user.name "YOUR NAME"')
        say('  git config --global user.email "YOU@YOUR.ADDRESS"')
    else:
        say(f"git {command} failed: {why}; when it can:")
    say(f"  cd {quoted(str(root))} && git add . && git commit -m 'Begin the journal'\n")


def _git(git: str, root: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    environment = {**os.environ, "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"):
        environment.pop(name, None)
    try:
        return subprocess.run(
            [git, *arguments],
            cwd=root,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=_GIT_WAIT,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return subprocess.CompletedProcess([git], 1, "", str(error))
