"""Joining two contacts: everything that either card says is kept, and every link to the second leads to the first."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise

import msgspec

from kith.conventions import fold, parse_log_line
from kith.diagnostics import Edit
from kith.edit.body import document_of
from kith.edit.front import add_to_list, set_key
from kith.edit.links import Sources, find_spots, lead
from kith.edit.plan import Change
from kith.edit.rename import meetings_by_name, prove_plan
from kith.edit.source import Source, apply_edits, front_matter, insert_lines, replace_lines
from kith.errors import JournalError
from kith.frontmatter import Field, Node, Scalar
from kith.frontmatter import Sequence as YamlList
from kith.load import Remembered, fold_name
from kith.markdown import Document, ListItem, is_wikilink, wikilink_target
from kith.model import Contact, Journal
from kith.schema import FIELDS

LOG = "log"
_MANY = frozenset(spec.name for spec in FIELDS["contact"] if spec.many)


class Conflict(msgspec.Struct, frozen=True):
    """A key that the two cards answer differently."""

    key: str
    first: str
    second: str


class Joined(msgspec.Struct, frozen=True):
    """The changes that join two cards, and the values that lost and stand at keys `x-…` now."""

    changes: tuple[Change, ...]
    set_aside: tuple[str, ...]


Choose = Callable[[Conflict], str]


def conflicts(journal: Journal, files: Mapping[str, bytes], first: Contact, second: Contact) -> tuple[Conflict, ...]:
    """The keys that the two cards answer differently, in the order of the second."""
    sources = Sources(files)
    led = _led(journal, sources, first, second)
    mine, theirs = _without_circle(led[first.file], led[second.file], first, second, set())
    return tuple(_conflicts(_fields(mine), _fields(theirs)))


def plan_merge(
    journal: Journal,
    files: Mapping[str, bytes],
    first: Contact,
    second: Contact,
    choose: Choose,
    remembered: Remembered | None = None,
) -> Joined:
    """The changes that join `second` into `first`; `choose` says of each conflict which counts, `a` or `b`.

    The value that loses is kept at a key of the same name behind `x-`.
    """
    if first.id == second.id:
        raise JournalError(f"`{first.id}` is one person already")
    sources = Sources(files)
    led = _led(journal, sources, first, second)
    a, b = led.pop(first.file), led.pop(second.file)
    for meeting in meetings_by_name(journal, second.id):
        led[meeting.file] = set_key(led.get(meeting.file) or sources.source(meeting.file), "contacts", [first.id])
    joined, aside = _join_front(a, b, first, second, choose)
    before, spare = _said(first, second), journal.contacts[second.id]
    for place in (True, False):
        whole = _join_body(joined, b, above_log=place)
        changes = [
            Change(first.file, files[first.file], whole.to_bytes()),
            Change(second.file, files[second.file], None),
            *(Change(file, files[file], source.to_bytes()) for file, source in led.items()),
        ]
        renamed = {second.id: first.id}
        after = prove_plan(journal, files, changes, renamed, frozenset({first.id}), remembered)
        now = after.contacts.get(first.id)
        if now is not None and not before - _said(now) and not _log(first, spare) - _log(now):
            return Joined(tuple(changes), tuple(aside))
    raise JournalError(
        f"nothing was changed: `{second.file}` cannot be joined without something of it being read differently",
        f"bring its text into `{first.file}` by hand, then run the command again",
    )


def _led(journal: Journal, sources: Sources, first: Contact, second: Contact) -> dict[str, Source]:
    """All files whose links to the second lead to the first, and the two cards in any case."""
    spots = find_spots(journal, sources, frozenset({second.id}))
    led = lead(spots, sources, {second.id: first.id}, {second.id: first.file})
    return {file: sources.source(file) for file in (first.file, second.file)} | led


def _said(*contacts: Contact) -> Counter[tuple[str, str, str, object]]:
    """What items and stray lines say, without the words of links that may lead elsewhere now."""
    items = (item for contact in contacts for item in contact.items)
    strays = (stray for contact in contacts for stray in contact.strays)
    found = [(item.label, item.topic, item.state, item.due) for item in items if item.note]
    return Counter([*found, *(("stray", "", "", len(stray.text) > 0) for stray in strays)])


def _log(*contacts: Contact) -> Counter[tuple[date, str, str]]:
    return Counter((entry.date, entry.kind, entry.channel) for contact in contacts for entry in contact.log)


# --- front matter --------------------------------------------------------------------------------------------------


def _fields(source: Source) -> dict[str, Field]:
    return {field.key: field for field in front_matter(source).fields}


def _conflicts(first: Mapping[str, Field], second: Mapping[str, Field]) -> Iterator[Conflict]:
    for key, field in second.items():
        if key in first and key not in _MANY and key != "name":
            one, other = _text(first[key].value), _text(field.value)
            if other and one and _compared(one) != _compared(other):
                yield Conflict(key, one, other)


def _join_front(a: Source, b: Source, first: Contact, second: Contact, choose: Choose) -> tuple[Source, list[str]]:
    """The first card with all keys of the second, and the names of the keys that hold what lost."""
    taken = {*_fields(a), *_fields(b)}
    a, b = _without_circle(a, b, first, second, taken)
    mine, theirs = _fields(a), _fields(b)
    aside: dict[str, str] = {}
    chosen = {}
    for conflict in _conflicts(mine, theirs):
        chosen[conflict.key] = choose(conflict)
        aside[conflict.key] = _aside(conflict.key, taken)
    lost = {key: Edit(mine[key].place, aside[key]) for key, side in chosen.items() if side == "b"}
    result = apply_edits(a, lost.values())
    copied: list[str] = []
    for key, field in theirs.items():
        if key in chosen:
            copied += _rows(b, field, aside[key] if chosen[key] == "a" else key)
        elif key in _MANY and key in mine:
            for value in _new_values(mine[key].value, field.value):
                result = add_to_list(result, key, value)
        elif key not in mine:
            copied += _rows(b, field)
        elif key != "name" and not _text(mine[key].value) and _text(field.value):
            result = set_key(result, key, _text(field.value))
    copied += _comments(b, theirs)
    last = front_matter(result).last_line
    if copied:
        result = insert_lines(result, last, copied) if last else insert_lines(result, 1, ["---", *copied, "---"])
    return _with_aliases(result, first, second), list(aside.values())


def _without_circle(a: Source, b: Source, first: Contact, second: Contact, taken: set[str]) -> tuple[Source, Source]:
    """The cards with a `via` that leads from one to the other set aside: nobody led you to themselves."""
    if first.via is not None and first.via.id == second.id:
        a = apply_edits(a, [Edit(_fields(a)["via"].place, _aside("via", taken))])
    if second.via is not None and second.via.id == first.id:
        b = apply_edits(b, [Edit(_fields(b)["via"].place, _aside("via", taken))])
    return a, b


def _with_aliases(source: Source, first: Contact, second: Contact) -> Source:
    """The source with the second's id and name among the aliases, unless it has them."""
    for word in (second.id, second.name):
        field = _fields(source).get("aliases")
        known = {fold_name(first.name), first.id, *map(fold_name, _values(field.value) if field is not None else ())}
        if fold_name(word) not in known:
            source = add_to_list(source, "aliases", word)
    return source


def _aside(key: str, taken: set[str]) -> str:
    """A key of one's own for a value that lost: `x-role`, `x-role-2`."""
    base = key if key.startswith("x-") else f"x-{key}"
    name = next(one for number in range(1, 1000) if (one := base if number == 1 else f"{base}-{number}") not in taken)
    taken.add(name)
    return name


def _rows(source: Source, field: Field, key: str = "") -> list[str]:
    """The lines of a field as they stand, but for its key where another is given."""
    place = field.value.place
    last = place.end_line if place.end_column > 1 else place.end_line - 1
    last = max(last, field.place.line)
    while last > field.place.line and not source.lines[last - 1].strip():
        last -= 1
    head, *rest = source.lines[field.place.line - 1 : last]
    return [(key or head[: field.place.end_column - 1]) + head[field.place.end_column - 1 :], *rest]


def _comments(source: Source, fields: Mapping[str, Field]) -> list[str]:
    """The lines of the front matter that are comments alone."""
    front = front_matter(source)
    inside = {
        line
        for field in fields.values()
        for line in range(field.place.line, field.place.line + len(_rows(source, field)))
    }
    rows = enumerate(source.lines[: max(front.last_line - 1, 0)], 1)
    return [row for line, row in rows if line not in inside and row.lstrip().startswith("#")]


def _new_values(mine: Node, theirs: Node) -> list[str]:
    known = {_compared(value) for value in _values(mine)}
    found = []
    for value in _values(theirs):
        if _compared(value) not in known:
            known.add(_compared(value))
            found.append(value)
    return found


def _values(node: Node) -> list[str]:
    """The values of a field as texts; `[[x]]` without quotes is a link."""
    if isinstance(node, Scalar):
        return [node.text.strip()] if node.text.strip() else []
    if not isinstance(node, YamlList):
        return [node.source]
    inner = node.items[0] if len(node.items) == 1 else None
    if isinstance(inner, YamlList) and len(inner.items) == 1 and isinstance(inner.items[0], Scalar):
        return [f"[[{inner.items[0].text}]]"]
    return [value for item in node.items for value in _values(item)]


def _text(node: Node) -> str:
    return ", ".join(_values(node))


def _compared(value: str) -> str:
    """A value as it is compared: a link by its target."""
    match = is_wikilink(value)
    return fold_name(wikilink_target(match[1]) if match else value)


# --- bodies --------------------------------------------------------------------------------------------------------


class _Parts(msgspec.Struct, frozen=True):
    """A body taken apart: what stands before its first heading, its sections, and its log.

    `entries` are the lines of each entry of the log with its day, `loose` the other lines of the log's parts.
    """

    opening: list[str]
    sections: list[str]
    entries: list[tuple[date | None, list[str]]]
    loose: list[str]


def _join_body(a: Source, b: Source, *, above_log: bool) -> Source:
    """The first card with the body of the second: its log in the log, its opening below the opening, then the rest."""
    parts = _take_apart(b)
    result = _join_log(a, parts)
    document, offset = document_of(result)
    if parts.sections:
        at = _log_line(document) if above_log else None
        if at is None:
            result = _append(result, parts.sections)
        else:
            result = insert_lines(result, offset + at, [*parts.sections, ""])
    if parts.opening:
        first = min((heading.line for heading in document.headings), default=None)
        if first is None:
            result = _append(result, parts.opening)
        else:
            result = insert_lines(result, offset + first, [*_gap(result, offset + first), *parts.opening, ""])
    return result


def _gap(source: Source, line: int) -> list[str]:
    """A blank line where the line above has text."""
    return [""] if line > 1 and source.lines[line - 2].strip() else []


def _append(source: Source, lines: Sequence[str]) -> Source:
    last = len(source.lines)
    while last > 1 and not source.lines[last - 1].strip():
        last -= 1
    if source.lines[-1] == "":
        return replace_lines(source, last + 1, len(source.lines), ["", *lines])
    return insert_lines(source, len(source.lines) + 1, ["", *lines])


def _log_line(document: Document) -> int | None:
    return next((heading.line for heading in document.headings if fold(heading.title) == LOG), None)


def _take_apart(source: Source) -> _Parts:
    document, offset = document_of(source)
    rows = list(source.lines[offset:])
    first = min((heading.line for heading in document.headings), default=len(rows) + 1)
    logs = [heading for heading in document.headings if fold(heading.title) == LOG]
    of_log = {line for heading in logs for line in range(heading.line, heading.last)}
    entries: list[tuple[date | None, list[str]]] = []
    taken = {line for heading in logs for line in range(heading.line, heading.first)}
    for item in document.items:
        if item.line in of_log:
            entries.append((_day(item), rows[item.line - 1 : item.last_line]))
            taken.update(range(item.line, item.last_line + 1))
    loose = [rows[line - 1] for line in sorted(of_log - taken) if line <= len(rows)]
    sections = [row for line, row in enumerate(rows, 1) if line >= first and line not in of_log]
    return _Parts(_trimmed(rows[: first - 1]), _trimmed(sections), entries, _trimmed(loose))


def _day(item: ListItem) -> date | None:
    parsed = parse_log_line(item.text)
    return None if isinstance(parsed, str) else parsed.date


def _trimmed(lines: list[str]) -> list[str]:
    """Lines without the blank ones at either end."""
    filled = [index for index, line in enumerate(lines) if line.strip()]
    return lines[filled[0] : filled[-1] + 1] if filled else []


def _join_log(a: Source, parts: _Parts) -> Source:
    """The source with the entries of another log among its own, by day; on one day its own come first."""
    if not parts.entries and not parts.loose:
        return a
    document, offset = document_of(a)
    heading = next((one for one in document.headings if fold(one.title) == LOG), None)
    blocks = [row for _, rows in parts.entries for row in rows]
    loose = ["", *parts.loose] if parts.loose else []
    if heading is None:
        return _append(a, ["## Log", "", *blocks, *loose])
    index = document.headings.index(heading)
    own = [item for item in document.items if index in item.headings]
    if not own:
        return insert_lines(a, offset + heading.first, ["", *blocks, *loose, ""])
    days = [(_day(item), item) for item in own]
    dated = [day for day, _ in days if day is not None]
    downwards = sum((later < earlier) - (later > earlier) for earlier, later in pairwise(dated)) > 0
    inserts: dict[int, list[str]] = {}
    end = offset + own[-1].last_line + 1
    last_day: date | None = None
    for day, rows in parts.entries:
        last_day = day or last_day
        inserts.setdefault(_insertion(days, last_day, offset, end, downwards=downwards), []).extend(rows)
    inserts.setdefault(end, []).extend(loose)
    for line in sorted(inserts, reverse=True):
        a = insert_lines(a, line, inserts[line])
    return a


def _insertion(
    days: Iterable[tuple[date | None, ListItem]], day: date | None, offset: int, end: int, *, downwards: bool
) -> int:
    """The line before which an entry of a day belongs."""
    for own, item in days:
        if own is not None and day is not None and (own < day if downwards else own > day):
            return offset + item.line
    return end
