"""`kith intro`: an introduction in one step."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

import click

from kith.cli.choosing import choose_contact, complete_contact
from kith.cli.doubles import find_likely, say_likely, unreadable_card
from kith.cli.options import Command
from kith.cli.terminal import write
from kith.cli.writing import DRY_RUN, carry_out, changed, on_option, read_day, source_of, tell_next, writing
from kith.diagnostics import Place
from kith.diagnostics.report import printable
from kith.edit.body import add_log_line, log_lines, tick
from kith.edit.create import choose_id, file_of, new_note, slug
from kith.edit.front import set_key
from kith.edit.plan import Change
from kith.edit.proof import prove
from kith.errors import JournalError
from kith.followups.world import quoted
from kith.load import fold_id, fold_name
from kith.markdown import plain
from kith.model import CHANNELS, Contact, Item, Journal
from kith.pipeline import Review
from kith.study.items import all_items, is_open
from kith.study.referrals import named_people
from kith.study.timeline import is_lead


@click.command("intro", cls=Command)
@click.argument("new", nargs=-1, required=True)
@click.option("--by", "who", required=True, metavar="WHO", shell_complete=complete_contact, help="Who connected you.")
@click.option("--channel", type=click.Choice(CHANNELS), help="How.")
@click.option("--text", default="", help="What else there is to say of it.")
@on_option("When: 2026-11-03, yesterday, tuesday; else today.")
@DRY_RUN
def command(new: tuple[str, ...], *, who: str, channel: str | None, text: str, on: str | None, dry_run: bool) -> None:
    """Write down that WHO connected you with somebody NEW.

    The card is made where it is missing, the log of WHO says `introduced`, and what waited for it is ticked: the
    referral, and what they had promised.
    """
    with writing(dry_run=dry_run) as (root, reviewed):
        by = choose_contact(reviewed.journal, who)
        day = read_day(on, reviewed.today, "back", "--on")
        if day > reviewed.today:
            raise JournalError(f"{day} is ahead, and a log says what has happened", "leave `--on` out")
        known = _find(reviewed.journal, " ".join(new))
        if known is not None and known.id == by.id:
            raise JournalError(f"{printable(by.name)} cannot introduce themselves")
        name = _name_of(" ".join(new)) if known is None else known.name
        id_ = known.id if known is not None else _new_id(name, by, reviewed)
        items = _waiting(reviewed, by, name, id_)
        rest = f"; {text.strip()}" if text.strip() else ""
        lines = log_lines(day, "introduced", channel or "", f"[[{id_}]]{rest}")
        card = _card(root, reviewed, name, id_, by, known)
        changes = [*card, *_ticks(reviewed, by, items, lines, day)]
        carry_out(root, changes, dry_run=dry_run)
        if not dry_run:
            for change in card:
                write(f"{change.path}\n")
            write(f"{printable(by.name)}: {printable(lines[0])}\n")
            for item in items:
                write(f"ticked: {printable(plain(item.text))} ({item.place.file}:{item.place.line})\n")
            tell_next(reviewed, root, [by.id, id_])
            if known is None:
                say_likely(reviewed.journal, find_likely(reviewed.journal, name), id_)


def _find(journal: Journal, text: str) -> Contact | None:
    """The card of somebody who is here already, by the whole id, name or alias; raises JournalError for several."""
    found = [id_ for id_ in journal.names.get(fold_name(text), ()) if id_ in journal.contacts]
    if len(found) > 1:
        raise JournalError(f"`{text}` may be {' or '.join(found)}", f"kith intro {found[0]} --by …")
    if not found and (file := unreadable_card(journal, text)):
        raise JournalError(f"`{file}` cannot be read, and may be theirs", f"kith check {quoted(file)}")
    return journal.contacts[found[0]] if found else None


def _name_of(text: str) -> str:
    """A name as typed; one that was written as an id, `priya-shah`, in words."""
    if "-" in text and text == slug(text) and text.isascii():
        return " ".join(word.capitalize() for word in text.split("-"))
    return " ".join(text.split())


def _new_id(name: str, by: Contact, reviewed: Review) -> str:
    known = {*reviewed.journal.names, *reviewed.journal.unreadable}
    return choose_id([name, f"{name} by {by.name}"], lambda id_: fold_id(id_) in known, "somebody")


def _card(root: Path, reviewed: Review, name: str, id_: str, by: Contact, known: Contact | None) -> list[Change]:
    """The card of the new person; that of somebody nobody has asked yet learns who led to them."""
    if known is None:
        file = file_of("contact", id_)
        template = root / "templates" / "contact.md"
        values = {"name": name, "source": "referral", "via": f"[[{by.id}]]", "added": reviewed.today.isoformat()}
        given = template.read_bytes() if template.is_file() else None
        return [prove(Change(file, None, new_note("contact", file, values, template=given)), {})]
    lead = is_lead(reviewed.timeline.histories[known.id])
    if known.via is not None or known.source not in ("", "referral") or not lead:
        return []  # you found them another way, or know them already
    return [changed(reviewed, set_key(source_of(reviewed, known.file), "via", f"[[{by.id}]]"), {"via": 1})]


def _waiting(reviewed: Review, by: Contact, name: str, id_: str) -> list[Item]:
    """The open items of `by` that an introduction settles: the referral, and the promise to introduce."""
    journal = reviewed.journal
    referrals = [
        named.item
        for named in named_people(journal)
        if by.id in named.item.contacts and (named.id == id_ or fold_name(named.target) in (fold_name(name), id_))
    ]
    first = name.split(maxsplit=1)[0]
    waiting = [
        item
        for item in all_items(journal)
        if item.label == "waiting" and by.id in item.contacts and is_open(item, reviewed.today)
    ]
    sure = [item for item in waiting if _names(item, [name, id_]) or any(link.id == id_ for link in item.links)]
    likely = [item for item in waiting if _names(item, [first])]
    if not sure and len(likely) == 1:  # `Dana introduces Priya`, and she waits for nobody else of that name
        sure = likely
    found = [*(item for item in referrals if is_open(item, reviewed.today)), *sure]
    return sorted({item.place: item for item in found}.values(), key=lambda item: item.place)


def _names(item: Item, words: Sequence[str]) -> bool:
    """Whether one of these stands in the item's text, whole."""
    text = fold_name(item.text)
    return any(re.search(rf"(?<![\w-]){re.escape(fold_name(word))}(?![\w-])", text) for word in words)


def _ticks(reviewed: Review, by: Contact, items: Iterable[Item], lines: Sequence[str], done: date) -> list[Change]:
    """The changes that tick the items and add the log line; each file changes once."""
    places: dict[str, list[Place]] = {by.file: []}
    for item in items:
        places.setdefault(item.place.file, []).append(item.place)
    changes = []
    for file, its in places.items():
        source = source_of(reviewed, file)
        for place in its:
            source = tick(source, place, "x", done)
        allowed = {"items": len(its)}
        if file == by.file:
            source = add_log_line(source, lines)
            allowed["log"] = 1
        changes.append(changed(reviewed, source, allowed))
    return changes
