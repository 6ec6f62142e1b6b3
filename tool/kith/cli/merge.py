"""`kith merge`: join two cards of one person."""

import sys

import click

from kith.cli.choosing import choose_contact, complete_contact
from kith.cli.options import Command
from kith.cli.terminal import is_terminal, say, write
from kith.cli.writing import DRY_RUN, beside, carry_out, say_new_findings, writing
from kith.edit.merge import Conflict, conflicts, plan_merge
from kith.errors import JournalError
from kith.pipeline import review


@click.command("merge", cls=Command)
@click.argument("a", shell_complete=complete_contact)
@click.argument("b", shell_complete=complete_contact)
@click.option("--keep", type=click.Choice(["a", "b"]), help="Whose value counts where the two differ.")
@DRY_RUN
def command(a: str, b: str, *, keep: str | None, dry_run: bool) -> None:
    """Join the card of B into that of A: every key, log line, line and link is kept.

    Links to B lead to A, B's id and name become aliases, and B's file goes. Where the two differ you are asked which
    counts; the other value is kept at a key of its own, such as `x-role`.
    """
    with writing(dry_run=dry_run) as (root, reviewed):
        journal = reviewed.journal
        first, second = choose_contact(journal, a), choose_contact(journal, b)
        if first.id == second.id:
            raise JournalError(f"`{a}` and `{b}` are one card, `{first.file}`")
        found = conflicts(journal, reviewed.files, first, second)
        chosen = {} if keep else _ask(found, f"kith merge {first.id} {second.id}")
        joined = plan_merge(
            journal, reviewed.files, first, second, lambda one: keep or chosen[one.key], beside(reviewed)
        )
        carry_out(root, joined.changes, dry_run=dry_run)
        if dry_run:
            return
        write(f"{second.file} is part of {first.file} now\n")
        for conflict, aside in zip(found, joined.set_aside, strict=True):
            counts, lost = conflict.first, conflict.second
            if (keep or chosen[conflict.key]) == "b":
                counts, lost = lost, counts
            say(f"{conflict.key}: `{counts}` counts, `{lost}` is kept as `{aside}`")
        for file in sorted(journal.unreadable.values()):
            say(f"{file} cannot be read, so its links were not looked at. See kith check.")
        say_new_findings(reviewed, review(root, reviewed.today, reviewed.remembered))


def _ask(found: tuple[Conflict, ...], again: str) -> dict[str, str]:
    """Which of two values counts, key by key; raises JournalError where nobody can be asked."""
    if found and not (is_terminal() and sys.stdin.isatty()):
        shown = "\n".join(f"{one.key}: a `{one.first}`, b `{one.second}`" for one in found)
        raise JournalError(f"the two cards differ in {len(found)} keys", f"{again} --keep a\n{shown}")
    chosen = {}
    for one in found:
        say(f"{one.key}\n  a  {one.first}\n  b  {one.second}")
        chosen[one.key] = click.prompt("which counts", type=click.Choice(["a", "b"]), err=True)
    return chosen
