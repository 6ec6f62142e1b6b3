"""`kith list`: the people and notes of the journal, one line each."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

import click
import msgspec

from kith.cli.choosing import suggest
from kith.cli.opening import find_root, find_today, open_journal
from kith.cli.options import Command
from kith.cli.terminal import is_terminal, say, use_color, write
from kith.dates import DateError, read_date, read_duration, shift, short_date
from kith.diagnostics.report import Report, printable, summarize
from kith.errors import JournalError
from kith.followups import next_due
from kith.load import fold_name
from kith.model import SOURCES, STAGES, Contact, Journal, Meeting, Reference
from kith.pipeline import Review
from kith.study.evidence import gather_evidence

Cell = str | date | int | None
Value = str | int | list[object] | dict[str, str] | None


class Column(msgspec.Struct, frozen=True):
    """A column: the key that programs and `--sort` know it by, and its title in a table, `""` where it is not shown.

    The plain format has the columns that are shown, behind the id.
    """

    key: str
    title: str = ""


class Row(msgspec.Struct, frozen=True):
    """What a list says of one note: what people read, by column, and what programs read."""

    cells: Mapping[str, Cell]
    values: Mapping[str, Value]


class Wanted(msgspec.Struct, frozen=True):
    """The filters of the command line, folded; what is empty filters nothing."""

    stages: tuple[str, ...] = ()
    paths: frozenset[str] | None = None
    sources: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    organization: str = ""
    silent_since: date | None = None


FORMATS = ("table", "plain", "json", "csv")
COLUMNS: Mapping[str, tuple[Column, ...]] = {
    "contacts": (
        Column("id"),
        Column("name", "Name"),
        Column("stage", "Stage"),
        Column("organization", "Organisation"),
        Column("via"),
        Column("paths"),
        Column("last_contact", "Last contact"),
        Column("next_due", "Next"),
        Column("file"),
    ),
    "meetings": (
        Column("id"),
        Column("date", "Day"),
        Column("time", "Time"),
        Column("contacts", "With"),
        Column("status", "Status"),
        Column("mode", "How"),
        Column("paths"),
        Column("file"),
    ),
    "organizations": (
        Column("id"),
        Column("name", "Name"),
        Column("industry", "Industry"),
        Column("location", "Location"),
        Column("people", "People"),
        Column("file"),
    ),
    "paths": (
        Column("id"),
        Column("title", "Path"),
        Column("status", "Status"),
        Column("people", "People"),
        Column("pro", "For"),
        Column("con", "Against"),
        Column("decided"),
        Column("file"),
    ),
    "letters": (
        Column("id"),
        Column("for", "For"),
        Column("when", "When"),
        Column("subject", "Subject"),
        Column("channel"),
        Column("file"),
    ),
}
FILTERS: Mapping[str, frozenset[str]] = {
    "contacts": frozenset({"stage", "path", "source", "tag", "organization", "no-contact-since"}),
    "meetings": frozenset({"path", "tag", "organization"}),
    "organizations": frozenset({"tag"}),
    "paths": frozenset({"tag"}),
    "letters": frozenset(),
}


@click.command("list", cls=Command)
@click.argument("what", type=click.Choice(list(COLUMNS)))
@click.option("--stage", "stages", multiple=True, type=click.Choice(STAGES), help="Only people who stand there.")
@click.option("--path", "path", metavar="PATH", help="Only what is about this career path.")
@click.option("--source", "sources", multiple=True, type=click.Choice(SOURCES), help="Only people found so.")
@click.option("--tag", "tags", multiple=True, metavar="TAG", help="Only what has this tag; several: all of them.")
@click.option("--organization", metavar="NAME", help="Only people of this organisation, or meetings with them.")
@click.option("--no-contact-since", "silent", metavar="DURATION|DATE", help="Only people silent that long: 3mo.")
@click.option("--sort", metavar="COLUMN", help="Sort by this column; what is empty comes last.")
@click.option("--reverse", is_flag=True, help="Sort the other way round.")
@click.option("--format", "form", type=click.Choice(FORMATS), help="A table on a terminal, else plain.")
def command(  # noqa: PLR0913 - click passes each option
    what: str, *, sort: str | None, reverse: bool, form: str | None, silent: str | None, path: str | None,
    organization: str | None, stages: tuple[str, ...], sources: tuple[str, ...], tags: tuple[str, ...],
) -> None:  # fmt: skip
    """List people, with where each of them stands, the last contact and what is next; or notes of another kind."""
    given = {
        "stage": stages, "path": path, "source": sources, "tag": tags, "organization": organization,
        "no-contact-since": silent,
    }  # fmt: skip
    _check_filters(what, [name for name, value in given.items() if value])
    column = _sort_column(what, sort)
    root, today = find_root(), find_today()
    reviewed = open_journal(root, today)
    journal = reviewed.journal
    wanted = Wanted(
        stages=stages,
        paths=None if path is None else _find_path(journal, path),
        sources=sources,
        tags=tuple(map(fold_name, tags)),
        organization=_find_organization(journal, organization) if organization else "",
        silent_since=None if silent is None else _read_since(silent, today),
    )
    rows = _sorted(_ROWS[what](reviewed, wanted), column, reverse=reverse)
    _PRINTERS[form or ("table" if is_terminal() else "plain")](what, rows, today)
    if reviewed.findings:
        say(f"{summarize(Report(reviewed.findings, files=len(reviewed.files)))} See kith check.")


# --- what is wanted ------------------------------------------------------------------------------------------------


def _check_filters(what: str, given: Iterable[str]) -> None:
    for name in given:
        if name not in FILTERS[what]:
            where = ", ".join(kind for kind, names in FILTERS.items() if name in names)
            raise JournalError(f"--{name} chooses among {where}, not {what}")


def _sort_column(what: str, sort: str | None) -> str:
    keys = [column.key for column in COLUMNS[what]]
    key = (sort or "id").replace("-", "_")
    if key not in keys:
        raise JournalError(f"--sort: {what} have no column `{sort}`", suggest(key, keys) or f"one of {', '.join(keys)}")
    return key


def _find_path(journal: Journal, word: str) -> frozenset[str]:
    found = frozenset(id_ for id_ in journal.names.get(fold_name(word), ()) if id_ in journal.paths)
    if not found:
        raise JournalError(f"no path is called `{word}`", suggest(word, journal.paths) or "kith list paths")
    return found


def _find_organization(journal: Journal, word: str) -> str:
    """The folded name of an organisation, with or without a file."""
    folded = fold_name(word)
    for id_ in journal.names.get(folded, ()):
        if id_ in journal.organizations:
            return fold_name(journal.organizations[id_].name)
    known = {fold_name(name): name for one in journal.contacts.values() if (name := _employer(one, journal))}
    if folded not in known:
        raise JournalError(f"no organisation is called `{word}`", suggest(word, known) or "kith list organizations")
    return folded


def _read_since(text: str, today: date) -> date:
    """The day a duration ago, or a day."""
    try:
        return read_date(text)
    except DateError:
        pass
    try:
        duration = read_duration(text)
    except DateError as error:
        raise JournalError(f"--no-contact-since: {error}", error.hint) from None
    return shift(today, duration, -1)


def _sorted(rows: Iterable[Row], column: str, *, reverse: bool) -> list[Row]:
    """The rows by a column; what is empty comes last either way, and equals stay in the order of ids."""
    kept = list(rows)
    empty = [row for row in kept if row.cells[column] in (None, "")]
    full = [row for row in kept if row.cells[column] not in (None, "")]
    full.sort(key=lambda row: _sort_value(row.cells[column]), reverse=reverse)
    return [*full, *empty]


def _sort_value(cell: Cell) -> tuple[str, int]:
    if isinstance(cell, int):
        return ("", cell)
    return (cell.isoformat() if isinstance(cell, date) else (cell or "").casefold(), 0)


def _has_tags(tags: Iterable[str], wanted: Wanted) -> bool:
    return {*wanted.tags} <= {fold_name(tag) for tag in tags}


def _is_about(paths: Iterable[Reference], wanted: Wanted) -> bool:
    return wanted.paths is None or any(path.id in wanted.paths for path in paths)


# --- rows ----------------------------------------------------------------------------------------------------------


def _contacts(reviewed: Review, wanted: Wanted) -> Iterable[Row]:
    journal, upcoming = reviewed.journal, next_due(reviewed.journal, reviewed.today, reviewed.timeline)
    for id_, contact in journal.contacts.items():
        history = reviewed.timeline.histories[id_]
        where, last, coming = _employer(contact, journal), history.last_contact, upcoming.get(id_)
        since = wanted.silent_since
        if (
            (wanted.stages and history.stage not in wanted.stages)
            or (wanted.sources and contact.source not in wanted.sources)
            or (wanted.organization and fold_name(where) != wanted.organization)
            or (since is not None and last is not None and last >= since)
            or not (_has_tags(contact.tags, wanted) and _is_about(contact.paths, wanted))
        ):
            continue
        paths = _ids(contact.paths)
        cells: dict[str, Cell] = {
            "id": id_, "name": contact.name, "stage": history.stage, "organization": where,
            "via": _name_of(contact.via, journal), "paths": _joined(paths), "last_contact": last, "next_due": coming,
            "file": contact.file,
        }  # fmt: skip
        values = {"organization": _id_or_text(contact.organization), "via": _id_or_text(contact.via), "paths": paths}
        yield Row(cells, {**_plain_values(cells), **values})


def _meetings(reviewed: Review, wanted: Wanted) -> Iterable[Row]:
    journal = reviewed.journal
    for id_, meeting in journal.meetings.items():
        where = {fold_name(_employer(journal.contacts[one], journal)) for one in meeting.contact_ids}
        if not (_has_tags(meeting.tags, wanted) and _is_about(meeting.paths, wanted)) or (
            wanted.organization and wanted.organization not in where
        ):
            continue
        paths = _ids(meeting.paths)
        cells: dict[str, Cell] = {
            "id": id_, "date": meeting.date, "time": f"{meeting.time:%H:%M}" if meeting.time else "",
            "contacts": _people(meeting, journal), "status": reviewed.timeline.meetings[id_].status,
            "mode": meeting.mode, "paths": _joined(paths), "file": meeting.file,
        }  # fmt: skip
        people: list[object] = [_id_or_text(one) for one in meeting.contacts]
        yield Row(cells, {**_plain_values(cells), "contacts": people, "paths": paths})


def _organizations(reviewed: Review, wanted: Wanted) -> Iterable[Row]:
    people: dict[str, int] = {}
    for contact in reviewed.journal.contacts.values():
        if contact.organization is not None and contact.organization.id is not None:
            people[contact.organization.id] = people.get(contact.organization.id, 0) + 1
    for id_, note in reviewed.journal.organizations.items():
        if _has_tags(note.tags, wanted):
            cells: dict[str, Cell] = {
                "id": id_, "name": note.name, "industry": note.industry, "location": note.location,
                "people": people.get(id_, 0), "file": note.file,
            }  # fmt: skip
            yield Row(cells, _plain_values(cells))


def _paths(reviewed: Review, wanted: Wanted) -> Iterable[Row]:
    journal, evidence = reviewed.journal, gather_evidence(reviewed.journal, reviewed.today)
    people: dict[str, int] = {}
    for contact in journal.contacts.values():
        for id_ in {path.id for path in contact.paths if path.id is not None}:
            people[id_] = people.get(id_, 0) + 1
    for id_, note in journal.paths.items():
        if _has_tags(note.tags, wanted):
            found = evidence.paths[id_]
            cells: dict[str, Cell] = {
                "id": id_, "title": note.title, "status": note.status, "people": people.get(id_, 0),
                "pro": len(found.pro), "con": len(found.con), "decided": note.decided, "file": note.file,
            }  # fmt: skip
            yield Row(cells, _plain_values(cells))


def _letters(reviewed: Review, _wanted: Wanted) -> Iterable[Row]:
    for id_, note in reviewed.journal.letters.items():
        cells: dict[str, Cell] = {
            "id": id_, "for": note.serves, "when": note.when, "subject": note.subject, "channel": note.channel,
            "file": note.file,
        }  # fmt: skip
        yield Row(cells, _plain_values(cells))


_ROWS: Mapping[str, Callable[[Review, Wanted], Iterable[Row]]] = {
    "contacts": _contacts,
    "meetings": _meetings,
    "organizations": _organizations,
    "paths": _paths,
    "letters": _letters,
}


def _plain_values(cells: Mapping[str, Cell]) -> dict[str, Value]:
    return {key: cell.isoformat() if isinstance(cell, date) else cell for key, cell in cells.items()}


def _employer(contact: Contact, journal: Journal) -> str:
    """The name of the organisation of a person, `""` where there is none."""
    reference = contact.organization
    known = journal.organizations.get(reference.id or "") if reference is not None else None
    return known.name if known is not None else reference.text if reference is not None else ""


def _people(meeting: Meeting, journal: Journal) -> str:
    return ", ".join(_name_of(reference, journal) for reference in meeting.contacts)


def _name_of(reference: Reference | None, journal: Journal) -> str:
    if reference is None:
        return ""
    known = journal.contacts.get(reference.id or "")
    return known.name if known is not None else reference.text


def _ids(references: Iterable[Reference]) -> list[object]:
    return [reference.id for reference in references if reference.id is not None]


def _joined(ids: Iterable[object]) -> str:
    return " ".join(map(str, ids))


def _id_or_text(reference: Reference | None) -> str | dict[str, str] | None:
    if reference is None or reference.id is not None:
        return None if reference is None else reference.id
    return {"text": reference.text}


# --- printing ------------------------------------------------------------------------------------------------------


def _print_json(what: str, rows: Sequence[Row], _today: date) -> None:
    import json

    keys = [column.key for column in COLUMNS[what]]
    value = {"version": 1, what: [{key: row.values[key] for key in keys} for row in rows]}
    write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def _print_csv(what: str, rows: Sequence[Row], _today: date) -> None:
    from kith.formats.spreadsheet import write_rows

    keys = [column.key for column in COLUMNS[what]]
    write(write_rows(keys, ([_as_text(row.cells[key]) for key in keys] for row in rows)))


def _print_plain(what: str, rows: Sequence[Row], _today: date) -> None:
    """One line for each, fields apart by tabs: the id, then what a table shows."""
    keys = ["id", *(column.key for column in COLUMNS[what] if column.title)]
    write("".join("\t".join(printable(_as_text(row.cells[key])) for key in keys) + "\n" for row in rows))


def _as_text(cell: Cell) -> str:
    return "" if cell is None else cell.isoformat() if isinstance(cell, date) else str(cell)


def _print_table(what: str, rows: Sequence[Row], today: date) -> None:
    from shutil import get_terminal_size

    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    color, width = use_color(), get_terminal_size().columns
    console = Console(width=width, force_terminal=color, no_color=not color, highlight=False, legacy_windows=False)
    table = Table(box=None, pad_edge=False, header_style="dim")
    shown = [column for column in COLUMNS[what] if column.title]
    for column in shown:
        right = all(isinstance(row.cells[column.key], int) for row in rows) and bool(rows)
        table.add_column(column.title, overflow="fold", justify="right" if right else "left")
    for row in rows:
        first, *rest = (_for_people(row.cells[column.key], today) for column in shown)
        table.add_row(Text(first, "bold"), *map(Text, rest))
    with console.capture() as captured:
        console.print(table)
    write("".join(f"{line.rstrip()}\n" for line in captured.get().splitlines()))


def _for_people(cell: Cell, today: date) -> str:
    return short_date(cell, today) if isinstance(cell, date) else printable(_as_text(cell))


_PRINTERS: Mapping[str, Callable[[str, Sequence[Row], date], None]] = {
    "table": _print_table,
    "plain": _print_plain,
    "json": _print_json,
    "csv": _print_csv,
}
