"""`kith forget`: erase a person from the journal."""

import sys
from pathlib import Path

import click

from kith.cli.choosing import choose_contact, complete_contact
from kith.cli.options import Command
from kith.cli.terminal import is_terminal, say, write
from kith.cli.writing import DRY_RUN, beside, carry_out, say_new_findings, writing
from kith.edit.apply import CACHE
from kith.edit.forget import MARK, Forgotten, card_of, plan_forget
from kith.edit.git import count_commits
from kith.errors import JournalError
from kith.load import read_attachments
from kith.pipeline import review


@click.command("forget", cls=Command)
@click.argument("who", shell_complete=complete_contact)
@click.option("--yes", is_flag=True, help="Do not ask.")
@DRY_RUN
def command(who: str, *, yes: bool, dry_run: bool) -> None:
    """Erase a person: the card goes, and their name, id, addresses and numbers are blotted out everywhere else.

    It is said which files changed, and what the history of the repository still holds.
    """
    with writing(dry_run=dry_run) as (root, reviewed):
        journal = reviewed.journal
        contact = choose_contact(journal, who)
        cards = read_attachments(root, card_of(journal, contact))
        forgotten = plan_forget(journal, reviewed.files, contact, cards, beside(reviewed))
        if not (yes or dry_run):
            _ask(contact.name, contact.id, forgotten)
        carry_out(root, forgotten.changes, dry_run=dry_run)
        if not dry_run:
            _tell(root, forgotten)
            say_new_findings(reviewed, review(root, reviewed.today, reviewed.remembered))
    if not dry_run:
        # what SQLite deletes may stay in its file for long
        for path in (root / CACHE).glob("cache.sqlite*"):
            path.unlink(missing_ok=True)


def _ask(name: str, id_: str, forgotten: Forgotten) -> None:
    gone = sum(change.after is None for change in forgotten.changes)
    blotted = len(forgotten.changes) - gone
    said = f"{_count(gone)} would be deleted and {name} blotted out in {_count(blotted)}"
    if not (is_terminal() and sys.stdin.isatty()):
        raise JournalError(said, f"kith forget {id_} --yes (or --dry-run to see it)")
    click.confirm(f"{said}. Go on?", abort=True, err=True)


def _tell(root: Path, forgotten: Forgotten) -> None:
    for change in forgotten.changes:
        what = "deleted" if change.after is None else f"blotted out with `{MARK}`"
        moved = f", and renamed to {change.moved_to}" if change.moved_to else ""
        write(f"{change.path}: {what}{moved}\n")
    for word, file in forgotten.shared.items():
        say(f"`{word}` also belongs to {file}, so it was left where it stands without a link")
    if (root / "_site").is_dir():
        say("the site still shows what it did: kith build")
    counts = {word: count for word in forgotten.words if (count := count_commits(root, word))}
    if not counts:
        return
    say("the history of the repository still holds:")
    for word, count in counts.items():
        say(f"  `{word}` in {count} {'commit' if count == 1 else 'commits'} (git log --all -S '{word}')")
    say(f"to take it out there: commit, then git filter-repo --replace-text FILE, with a line WORD==>{MARK} for each;")
    say("after that every clone, and every copy on a server, has to be made anew")


def _count(number: int) -> str:
    return f"{number} {'file' if number == 1 else 'files'}"
