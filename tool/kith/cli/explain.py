"""`kith explain`: what a finding or a follow-up rule means."""

import inspect
from types import ModuleType
from typing import cast

import click

from kith.checks import CHECKS
from kith.cli.choosing import suggest
from kith.cli.options import Command
from kith.cli.terminal import use_color, write
from kith.errors import JournalError
from kith.followups import RULES

WEIGHTS = {1: "somebody waits", 2: "a good moment", 3: "when you have an hour"}


@click.command("explain", cls=Command)
@click.argument("what", metavar="[CODE|RULE]", required=False)
@click.option("--all", "everything", is_flag=True, help="Every finding and every rule.")
def command(what: str | None, everything: bool) -> None:
    """Explain a finding by its code or name, or a follow-up rule by its name."""
    if (what is None) != everything:
        raise click.UsageError("Name one code or rule, or say --all")
    entries = _entries()
    if what is not None:
        chosen = [entry for entry in entries if what.casefold() in (word.casefold() for word in entry[0])]
        if not chosen:
            known = [word for words, _, _ in entries for word in words]
            hint = suggest(what, known) or "kith explain --all"
            raise JournalError(f"no finding and no rule is called `{what}`", hint)
        entries = chosen
    write("\n\n".join(_show(title, text) for _, title, text in entries))


def _entries() -> list[tuple[tuple[str, ...], str, str]]:
    """For each finding and rule: the words it goes by, its title and its documentation."""
    checks = [
        ((check.CODE, check.NAME), f"{check.CODE} {check.NAME} ({check.SEVERITY})", _text(check))
        for check in sorted(CHECKS, key=lambda check: check.CODE)
    ]
    rules = [((rule.NAME,), f"{rule.NAME} (follow-up: {WEIGHTS[rule.WEIGHT]})", _text(rule)) for rule in RULES]
    return [*checks, *rules]


def _text(module: object) -> str:
    # checks and rules are modules, typed by what they hold
    return inspect.getdoc(cast(ModuleType, module)) or ""


def _show(title: str, text: str) -> str:
    """The title and the text with its headings, bold where there is colour."""
    color = use_color()
    lines = [_bold(line.removeprefix("## "), color) if line.startswith("## ") else line for line in text.splitlines()]
    return "\n".join([_bold(title, color), "", *lines]) + "\n"


def _bold(text: str, color: bool) -> str:
    return click.style(text, bold=True) if color else text
