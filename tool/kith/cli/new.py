"""`kith new`: a complete note of each kind, which is then yours to edit."""

import contextlib
import os
import shlex
import subprocess
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import click

from kith.cli.choosing import choose_contact, complete_contact, suggest
from kith.cli.doubles import say_likely, show_doubles
from kith.cli.manners import mind_manners, warn_of_minutes
from kith.cli.options import CONTEXT_SETTINGS, Command, global_options
from kith.cli.terminal import say, write
from kith.cli.writing import (
    DRY_RUN,
    ask_or_refuse,
    can_ask,
    carry_out,
    force_option,
    on_option,
    read_day,
    say_new_findings,
    tell_next,
    writing,
)
from kith.dates import long_date, weekday_name
from kith.edit.create import Values, choose_id, file_of, new_note, slug
from kith.edit.plan import Change
from kith.edit.proof import prove
from kith.errors import JournalError
from kith.followups.world import quoted
from kith.load import fold_id, fold_name
from kith.model import FOLDERS, Contact, Journal, Kind
from kith.pipeline import Review, review
from kith.schema import FIELDS

_AT_ONCE = 1.0  # seconds: an editor that ends sooner has gone on without us
_EVENT = "event"
_HAS_BEEN = frozenset({"held", "no-show"})


@click.group("new", params=global_options(), context_settings=CONTEXT_SETTINGS)
def command() -> None:
    """Write a new note: what is known is filled in, the rest is left for your editor.

    It begins as `templates/KIND.md` does, where you have one. Nothing is ever overwritten.
    """


def _fields(kind: Kind, *, without: Iterable[str]) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """An option for each field of a kind, from the schema's table."""

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        for spec in reversed(FIELDS[kind]):
            if spec.name not in without:
                text = f"{spec.doc[:1].upper()}{spec.doc[1:]}."
                choices = "|".join(spec.choices) if len(spec.choices) < 10 else ""
                option = click.option(f"--{spec.name}", spec.key, multiple=spec.many, metavar=choices, help=text)
                function = option(function)
        return function

    return decorate


_EDIT = click.option("--no-edit", is_flag=True, help="Do not open the note in $VISUAL or $EDITOR.")


def _values(kind: Kind, given: Mapping[str, Any]) -> dict[str, str | Sequence[str]]:
    """What the options say, by key of the front matter."""
    return {spec.name: given[spec.key] for spec in FIELDS[kind] if given.get(spec.key)}


# --- people ----------------------------------------------------------------------------------------------------------


@command.command("contact", cls=Command)
@click.argument("name", nargs=-1)
@_fields("contact", without=("name",))
@force_option("Write the card although somebody like this is there already.")
@_EDIT
@DRY_RUN
def _contact(name: tuple[str, ...], *, force: bool, no_edit: bool, dry_run: bool, **given: Any) -> None:  # noqa: ANN401
    """Write down a person.

    `--via dana-lee` says who led you to them, and settles what reminds you to write them down.
    """
    text = _ask_for("name", " ".join(name), "contact")
    with writing(dry_run=dry_run) as (root, reviewed):
        values: dict[str, str | Sequence[str]] = {"name": _name_of(text), **_values("contact", given)}
        _link(reviewed.journal, "contact", values)
        if values.get("via"):
            values.setdefault("source", "referral")
        values.setdefault("added", reviewed.today.isoformat())
        likely = show_doubles(reviewed.journal, values, force=force)
        id_ = choose_id(_contact_ids(text, values, reviewed.journal), _taken(root, reviewed), "somebody")
        file = file_of("contact", id_)
        change = _change(root, "contact", file, values)
        carry_out(root, [change], dry_run=dry_run)
        if not dry_run:
            via = [one for one in _ids(reviewed.journal, values.get("via", "")) if one in reviewed.journal.contacts]
            write(f"{file}\n")
            tell_next(reviewed, root, [id_, *via], about=[id_])
            say_likely(reviewed.journal, likely, id_)
    _edit(root, file, reviewed.today, skip=no_edit or dry_run)


def _name_of(text: str) -> str:
    """A name as typed; one that was written as an id, `priya-shah`, in words."""
    if "-" in text and text == slug(text) and text.isascii():
        return " ".join(word.capitalize() for word in text.split("-"))
    return " ".join(text.split())


def _contact_ids(text: str, values: Values, journal: Journal) -> list[str]:
    """What a person's card may be called: the name, then the name with what tells them from others of that name."""
    where = str(values.get("organization", ""))
    for id_ in _ids(journal, where):
        where = journal.organizations[id_].name if id_ in journal.organizations else where
    first = slug(where).split("-")[0]
    told = [first, where, str(values.get("role", "")), str(values.get("location", ""))]
    return [text, *(f"{text} {one}" for one in told if one)]


# --- meetings --------------------------------------------------------------------------------------------------------


@command.command("meeting", cls=Command)
@click.argument("who", nargs=-1, shell_complete=complete_contact)
@on_option("The day: 2026-11-24, tuesday (the next; the last, where it was held), +3d, yesterday.")
@_fields("meeting", without=("contacts", "date"))
@force_option("Write the note although the matter is closed, or there is one for that day.")
@_EDIT
@DRY_RUN
def _meeting(
    who: tuple[str, ...],
    *,
    on: str | None,
    force: bool,
    no_edit: bool,
    dry_run: bool,
    **given: Any,  # noqa: ANN401
) -> None:
    """Write down a conversation, planned or held.

    WHO are the people you meet; with `--mode event` they may be none, and other words are what the event is called.
    """
    values = _values("meeting", given)
    if not who and values.get("mode") != _EVENT and can_ask():
        who = (str(click.prompt("Whom do you meet", err=True)),)
    on = _ask_for("day", on or "", " ".join(["meeting", *map(quoted, who)]), " --on tuesday")
    with writing(dry_run=dry_run) as (root, reviewed):
        journal = reviewed.journal
        people, title = _people(journal, who, is_event=values.get("mode") == _EVENT)
        has_been = values.get("status") in _HAS_BEEN or "took" in values
        day = read_day(on, reviewed.today, "back" if has_been else "ahead", "--on")
        _mind_meeting(reviewed, people, day, values, force=force)
        _link(journal, "meeting", values)
        values = {
            **({"contacts": [f"[[{one.id}]]" for one in people]} if people else {}),
            "date": day.isoformat(),
            "status": "planned" if day >= reviewed.today else "held",
            **values,
        }
        file = file_of("meeting", _meeting_id(root, reviewed, people, title, day, values))
        change = _change(root, "meeting", file, values, heading=title)
        carry_out(root, [change], dry_run=dry_run)
        if not dry_run:
            write(f"{file}\n")
            tell_next(reviewed, root, [one.id for one in people])
    _edit(root, file, reviewed.today, skip=no_edit or dry_run)


def _people(journal: Journal, who: Sequence[str], *, is_event: bool) -> tuple[list[Contact], str]:
    """The people that were named; and at an event the words that name nobody, which are what it is called."""
    people, words = [], []
    for one in who:
        try:
            people.append(choose_contact(journal, one))
        except JournalError as error:
            if is_event:
                words.append(one)
            elif fold_name(one) in journal.names or "may be" in str(error):
                raise
            else:
                hint = f"{error.hint}\n" if error.hint.startswith("did you mean") else ""
                raise JournalError(str(error), f"{hint}kith new contact {quoted(one)}") from None
    if not people and not words:
        raise JournalError("whom do you meet?", "kith new meeting dana-lee --on tuesday")
    return list({one.id: one for one in people}.values()), " ".join(words)


def _mind_meeting(reviewed: Review, people: Iterable[Contact], day: date, values: Values, *, force: bool) -> None:
    """Do not plan with people who have ended the matter or let the last nudge lie, nor for long."""
    if day >= reviewed.today:
        for contact in people:
            mind_manners(reviewed, contact, "meeting", reviewed.today, force=force)
    digits = "".join(filter(str.isdigit, str(values.get("minutes", ""))))
    warn_of_minutes(reviewed, [int(digits)] if digits else [])
    for meeting in reviewed.journal.meetings.values():
        same = meeting.date == day and {one.id for one in people} & set(meeting.contact_ids)
        if same and meeting.status != "cancelled":
            reason = f"there is a note for {weekday_name(day)} {long_date(day)} already: {meeting.file}"
            ask_or_refuse(reason, "Is this another conversation?", f"edit {meeting.file}", force=force)


def _meeting_id(root: Path, reviewed: Review, people: Sequence[Contact], title: str, day: date, values: Values) -> str:
    """`2026-11-24-hana-kimura`; a second one on the day has its time behind it."""
    names = "-and-".join(one.id for one in people[:3])
    stem = f"{day}-{slug(title or names or _EVENT)}"
    time_ = str(values.get("time", "")).replace(":", "")
    return choose_id([stem, f"{stem}-{time_}"] if time_ else [stem], _taken(root, reviewed))


# --- the rest --------------------------------------------------------------------------------------------------------


@command.command("organization", cls=Command)
@click.argument("name", nargs=-1)
@_fields("organization", without=("name",))
@_EDIT
@DRY_RUN
def _organization(name: tuple[str, ...], *, no_edit: bool, dry_run: bool, **given: Any) -> None:  # noqa: ANN401
    """Write down an organisation, and your research on it."""
    text = _ask_for("name", " ".join(name), "organization")
    values = {"name": " ".join(text.split()), **_values("organization", given)}
    _write_plain("organization", [text, f"{text} organization"], values, no_edit=no_edit, dry_run=dry_run)


@command.command("path", cls=Command)
@click.argument("title", nargs=-1)
@_fields("path", without=("title",))
@_EDIT
@DRY_RUN
def _path(title: tuple[str, ...], *, no_edit: bool, dry_run: bool, **given: Any) -> None:  # noqa: ANN401
    """Write down a career path that you explore."""
    text = _ask_for("title", " ".join(title), "path")
    values = {"title": " ".join(text.split()), "status": "exploring", **_values("path", given)}
    _write_plain("path", [text, f"{text} path"], values, no_edit=no_edit, dry_run=dry_run)


@command.command("letter", cls=Command)
@click.argument("serves", metavar="FOR")
@_fields("letter", without=("for",))
@_EDIT
@DRY_RUN
def _letter(serves: str, *, no_edit: bool, dry_run: bool, **given: Any) -> None:  # noqa: ANN401
    """Write down a letter: FOR is the follow-up or the kind of log line that it serves."""
    known = next(spec.choices for spec in FIELDS["letter"] if spec.name == "for")
    if serves not in known:
        raise JournalError(f"no letter is for `{serves}`", suggest(serves, known) or f"one of {', '.join(known)}")
    values = {"for": serves, **_values("letter", given)}
    values.setdefault("subject", serves.replace("-", " ").capitalize())
    wanted = [serves, *(f"{serves} {values[key]}" for key in ("when", "channel") if key in values)]
    _write_plain("letter", wanted, values, no_edit=no_edit, dry_run=dry_run)


def _write_plain(kind: Kind, wanted: Sequence[str], values: dict[str, Any], *, no_edit: bool, dry_run: bool) -> None:
    with writing(dry_run=dry_run) as (root, reviewed):
        _link(reviewed.journal, kind, values)
        text = str(values.get("name") or values.get("title") or "")
        for id_ in reviewed.journal.names.get(fold_name(text), ()):
            note = next(one for one in reviewed.journal.notes() if one.id == id_)
            if text and file_of(kind, "").rpartition("/")[0] == note.file.split("/")[0]:
                raise JournalError(f"`{text}` is there already: {note.file}", f"edit {note.file}")
        file = file_of(kind, choose_id(wanted, _taken(root, reviewed), kind))
        change = _change(root, kind, file, values)
        carry_out(root, [change], dry_run=dry_run)
        if not dry_run:
            write(f"{file}\n")
            tell_next(reviewed, root, [])
    _edit(root, file, reviewed.today, skip=no_edit or dry_run)


# --- what they do alike ----------------------------------------------------------------------------------------------


def _ask_for(what: str, given: str, command_line: str, option: str = "") -> str:
    """What was given, else what is typed on a terminal; elsewhere a JournalError."""
    if given.strip():
        return given
    if can_ask():
        return str(click.prompt(what.capitalize(), err=True))
    example = option or ' "Dana Lee"'
    raise JournalError(f"the {what} is missing", f"kith new {command_line.strip()}{example}")


def _link(journal: Journal, kind: Kind, values: dict[str, Any]) -> None:
    """Make links of what names a note; what takes only links has to name one. Raises JournalError."""
    for spec in FIELDS[kind]:
        if spec.type != "link" or not values.get(spec.name):
            continue
        given = values[spec.name]
        linked = [
            _linked(journal, spec.name, spec.to, one, plain=spec.plain)
            for one in ([given] if isinstance(given, str) else given)
        ]
        values[spec.name] = linked[0] if isinstance(given, str) else linked


def _linked(journal: Journal, key: str, kind: str, text: str, *, plain: bool) -> str:
    bare = text.strip().removeprefix("[[").removesuffix("]]")
    if kind == "contact":
        with contextlib.suppress(JournalError):  # nobody, or one of several: then it stays plain text
            return f"[[{choose_contact(journal, bare).id}]]"
    notes = {"contact": journal.contacts, "organization": journal.organizations, "path": journal.paths}[kind]
    found = [id_ for id_ in journal.names.get(fold_name(bare), ()) if id_ in notes]
    if len(found) == 1:
        return f"[[{found[0]}]]"
    if found:
        raise JournalError(f"--{key}: `{text}` may be {' or '.join(found)}", "write the id")
    if not plain:
        hint = suggest(bare, notes) or f"kith new {kind} {quoted(bare)}"
        raise JournalError(f"--{key}: there is no {kind} `{text}`", hint)
    return bare


def _ids(journal: Journal, link: str | Sequence[str]) -> tuple[str, ...]:
    return journal.names.get(fold_name(str(link).removeprefix("[[").removesuffix("]]")), ())


def _taken(root: Path, reviewed: Review) -> Callable[[str], bool]:
    """Whether an id would be, or would mean, somebody else: also by a name, an alias, or a file in other letters."""
    files = {fold_id(path.stem) for folder in FOLDERS for path in (root / folder).rglob("*.md")}
    known = {*reviewed.journal.names, *reviewed.journal.unreadable, *files}
    return lambda id_: fold_id(id_) in known


def _change(root: Path, kind: Kind, file: str, values: Values, *, heading: str = "") -> Change:
    template = root / "templates" / f"{kind}.md"
    given = template.read_bytes() if template.is_file() else None
    return prove(Change(file, None, new_note(kind, file, values, template=given, heading=heading)), {})


def _edit(root: Path, file: str, today: date, *, skip: bool) -> None:
    """Open a note in the editor, where somebody sits before a terminal, and say what is wrong in it afterwards."""
    named = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if skip or not named or not can_ask():
        return
    path, told = root / file, review(root, today)
    before, start = path.read_bytes(), time.monotonic()
    try:
        done = subprocess.run([*shlex.split(named), str(path)], check=False)
    except (OSError, ValueError) as error:
        why = (error.strerror if isinstance(error, OSError) else None) or error
        say(f"the editor `{named}` did not start: {why}; write into {file} with another")
        return
    if done.returncode != 0:
        say(f"the editor `{named}` ended with exit code {done.returncode}")
    elif time.monotonic() - start < _AT_ONCE and path.read_bytes() == before:
        say(f"`{named}` returned at once; if it is still open, tell it to wait, as in VISUAL='code --wait'")
        return
    say_new_findings(told, review(root, today), file)
