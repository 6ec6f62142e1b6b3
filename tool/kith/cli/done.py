"""`kith done`: something is done."""

import re
from collections.abc import Mapping
from pathlib import Path

import click

from kith.cli.choosing import choose_contact, complete_contact, suggest
from kith.cli.options import Command
from kith.cli.terminal import write
from kith.cli.writing import DRY_RUN, carry_out, on_option, read_day, tell_next, writing
from kith.diagnostics.report import printable
from kith.edit.boxes import Box, box_at, boxes_with, closed_boxes, open_boxes, settle
from kith.errors import JournalError
from kith.followups.world import quoted
from kith.model import Journal
from kith.pipeline import Review

_LINE = re.compile(r"(?P<file>.+\.md):(?P<line>[1-9]\d{0,6})")


@click.command("done", cls=Command)
@click.argument("words", nargs=-1, required=True, metavar="[WHO] TEXT|FILE:LINE", shell_complete=complete_contact)
@on_option("The day it was done: 2026-11-03, yesterday, tuesday; else today.")
@click.option("--not-for-me", is_flag=True, help="It will not be done: its box becomes [-].")
@DRY_RUN
def command(words: tuple[str, ...], on: str | None, not_for_me: bool, dry_run: bool) -> None:
    """Tick the one open item that holds a text, and say what that settles.

    TEXT is some of its words; case and markup do not count. With WHO, an item of that person; without, one of your own
    list, or if none there holds the text, one of anybody's. FILE:LINE names an item by its place, and so a question
    or a step of preparation too. Where several items hold the text they are listed and nothing is written.
    """
    with writing(dry_run=dry_run) as (root, reviewed):
        day = read_day(on, reviewed.today, "back", "--on")
        if day > reviewed.today:
            raise JournalError(f"{day} is ahead, and what is done has happened")
        box = _choose(reviewed, root, words)
        change = settle(reviewed.files, box, None if not_for_me else day)
        carry_out(root, [change], dry_run=dry_run)
        if not dry_run:
            write(f"{'not for you' if not_for_me else 'done'}: {printable(str(box))} ({box.where})\n")
            tell_next(reviewed, root, [id_ for id_ in box.contacts if id_ in reviewed.journal.contacts])


def _choose(reviewed: Review, root: Path, words: tuple[str, ...]) -> Box:
    """The one item that the words name."""
    journal, text = reviewed.journal, words[-1]
    if len(words) <= 2 and (match := _LINE.fullmatch(text)) is not None:
        return _at(journal, reviewed.files, _relative(match["file"], root), int(match["line"]))
    boxes = open_boxes(journal, reviewed.today)
    if len(words) == 1:
        own = boxes_with((box for box in boxes if not box.contacts), text)
        found = own or boxes_with(boxes, text)
        return _only(found, text, reviewed, "" if found else _person(journal, text))
    contact = choose_contact(journal, words[0])
    text = " ".join(words[1:])
    return _only(boxes_with((box for box in boxes if contact.id in box.contacts), text), text, reviewed, contact.id)


def _person(journal: Journal, text: str) -> str:
    """The id of the person whom a text names that stands nowhere, `""` for nobody."""
    try:
        return choose_contact(journal, text).id
    except JournalError:
        return ""


def _relative(file: str, root: Path) -> str:
    """The path from the journal: FILE is written from there, or from the current folder."""
    if not Path(file).is_absolute() and (root / file).is_file():
        return Path(file).as_posix()
    try:
        return Path(file).resolve().relative_to(root.resolve()).as_posix()
    except ValueError:
        return file


def _at(journal: Journal, files: Mapping[str, bytes], file: str, line: int) -> Box:
    box = box_at(journal, file, line)
    if box is None and file in journal.unreadable.values():
        raise JournalError(f"`{file}` cannot be read", f"kith check {quoted(file)}")
    if box is None and file not in files:
        raise JournalError(f"there is no note `{file}`", suggest(file, files) or "kith list meetings")
    if box is None:
        raise JournalError(f"nothing that can be ticked stands at {file}:{line}", f"kith check {file}")
    return box


def _only(found: list[Box], text: str, reviewed: Review, who: str = "") -> Box:
    """The one box found; raises JournalError with the candidates."""
    if len(found) == 1:
        return found[0]
    if found:
        shown = "\n".join(f"{box.where}  {printable(str(box))}" for box in found)
        raise JournalError(f"{len(found)} open items hold `{text}`", shown)
    closed = (box for box in closed_boxes(reviewed.journal, reviewed.today) if not who or who in box.contacts)
    if ticked := boxes_with(closed, text):
        hint = f"done already: {ticked[0].where}  {printable(str(ticked[0]))}"
        raise JournalError(f"no open item holds `{text}`", hint)
    known = [box for box in open_boxes(reviewed.journal, reviewed.today) if who in box.contacts]
    shown = "\n".join(f"{box.where}  {printable(str(box))}" for box in known[:10])
    raise JournalError(f"no open item holds `{text}`", f"open are\n{shown}" if shown else "kith due")
