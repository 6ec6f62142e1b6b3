"""`kith mv`: rename a note, and every link to it."""

from pathlib import PurePath

import click

from kith.cli.choosing import choose_note, complete_contact
from kith.cli.options import Command
from kith.cli.terminal import say, write
from kith.cli.writing import DRY_RUN, beside, carry_out, say_new_findings, writing
from kith.edit.git import follow_rename
from kith.edit.rename import plan_rename
from kith.errors import JournalError
from kith.pipeline import review


@click.command("mv", cls=Command)
@click.argument("old", shell_complete=complete_contact)
@click.argument("new")
@DRY_RUN
def command(old: str, new: str, *, dry_run: bool) -> None:
    """Give the note OLD the id NEW: rename its file and rewrite every link to it.

    Labels stay as they are, and the old id becomes an alias. The date that a meeting's file begins with is kept where
    NEW has none.
    """
    with writing(dry_run=dry_run) as (root, reviewed):
        note = choose_note(reviewed.journal, old)
        changes = plan_rename(reviewed.journal, reviewed.files, note, _id_of(new, note.file), beside(reviewed))
        carry_out(root, changes, dry_run=dry_run)
        moved = changes[0]
        if dry_run:
            return
        follow_rename(root, moved.path, moved.moved_to)
        others = len(changes) - 1
        files = "" if not others else f", and the links in {others} other {'file' if others == 1 else 'files'} follow"
        write(f"{moved.path} is {moved.moved_to} now{files}\n")
        for file in sorted(reviewed.journal.unreadable.values()):
            say(f"{file} cannot be read, so its links were not looked at. See kith check.")
        say_new_findings(reviewed, review(root, reviewed.today, reviewed.remembered))


def _id_of(new: str, file: str) -> str:
    """The id that NEW is, or that a path in the same folder as the old file has."""
    path, folder = PurePath(new), PurePath(file).parent
    if path.suffix != ".md":
        return new
    if path.parent != PurePath() and path.parent.parts[-len(folder.parts) :] != folder.parts:
        raise JournalError(
            f"`{new}` is in another folder than {file}", "links do not mind the folder: git mv changes it"
        )
    return path.stem
