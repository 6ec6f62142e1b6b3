"""Changes to bodies: log lines, boxes, list lines under a heading.

Each change is read again: the new line has to be there, and all else has to say what it said.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

import msgspec

from kith.conventions import ParsedLine, fold, parse_log_line
from kith.diagnostics import Place
from kith.edit.source import Source, front_matter, insert_lines, replace_lines
from kith.errors import JournalError
from kith.markdown import Document, Heading, ListItem, read

_BULLET = re.compile(r"(\s*)(?:[-*+]|\d{1,9}[.)])(?:\s|$)")
_HEAD = re.compile(r"\s*(?:[-*+]|\d{1,9}[.)])\s+(?:\[[ xX-]\](?:\s+|$))?")
_ENDINGS = re.compile(r"(?:\s+(?ai:due|done):(?: (?=\d))?\S*)+$")
_DONE = re.compile(r"\s+(?ai:done):(?: (?=\d))?\S*")
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")

_MAX_TRIES = 40  # places tried one below the other, where a comment hides what is written into it


def document_of(source: Source) -> tuple[Document, int]:
    """What the body says, and the number of lines above it."""
    front = front_matter(source)
    return read(front.body), front.body_line - 1


def refuse_signs(text: str) -> None:
    """Raise JournalError for a text with a sign that no note may hold, such as half a character or a bell."""
    if match := _FORBIDDEN.search(text):
        raise JournalError(f"the text holds the sign U+{ord(match[0]):04X}, which no note may hold", "leave it out")


# --- the log ---------------------------------------------------------------------------------------------------------


def log_lines(day: date, kind: str, channel: str, text: str) -> list[str]:
    """A log line without its bullet; a text of several lines goes on below it.

    Raises JournalError for a text that would not be read as it is meant.
    """
    refuse_signs(text)
    first, *rest = [row.rstrip() for row in text.strip().expandtabs(4).split("\n")]
    meant = ParsedLine(day, kind, channel, first)
    found = parse_log_line(str(meant))
    if isinstance(found, str) or (found.kind, found.channel, found.text) != (kind, channel, first):
        raise JournalError(f"`{meant}` would not be read as it is meant", "use other words")
    return [str(meant), *rest]


def add_log_line(source: Source, lines: str | Sequence[str]) -> Source:
    """The source with a log line (without its bullet) in date order under `## Log`, which is made if need be.

    In a log whose dates run downwards it is put in that order; of its own day it is the last. Further lines are
    nested below it.
    """
    first, *rest = [lines] if isinstance(lines, str) else lines
    parsed = parse_log_line(first)
    if isinstance(parsed, str):
        raise JournalError(parsed)
    document, offset = document_of(source)
    rows = [f"- {first}", *(f"  {row}" if row else "" for row in rest)]
    entries = [item for item in document.items if _is_in_log(item, document) and _day_of(item) is not None]
    if not entries:
        return _added(source, _spots_under(source, document, offset, "Log"), rows, "log")
    return _added(source, _spots_beside(source, offset, entries, parsed.date), rows, "log")


def _is_in_log(item: ListItem, document: Document) -> bool:
    return any(fold(document.headings[index].title) == "log" for index in item.headings)


def _day_of(item: ListItem) -> date | None:
    parsed = parse_log_line(item.text)
    return None if isinstance(parsed, str) else parsed.date


class _Spot(msgspec.Struct, frozen=True):
    """Where lines may go: before which line, how far indented, and the lines that belong above and below them."""

    line: int
    indent: str = ""
    above: tuple[str, ...] = ()
    below: tuple[str, ...] = ()


def _spots_beside(source: Source, offset: int, entries: list[ListItem], day: date) -> Iterator[_Spot]:
    """Where among the entries of a log a day belongs."""
    days = [found for item in entries if (found := _day_of(item)) is not None]
    downwards = sum((later < earlier) - (later > earlier) for earlier, later in pairwise(days)) > 0
    not_later = [item for item, its in zip(entries, days, strict=True) if its <= day]
    if downwards:
        after, before = (None, not_later[0]) if not_later else (entries[-1], None)
    else:
        after, before = (not_later[-1], None) if not_later else (None, entries[0])
    if before is not None:
        line = first_line(source, offset, before)
        yield _Spot(line, _indent(source, line))
    if after is not None:
        indent = _indent(source, first_line(source, offset, after))
        for line in range(offset + after.last_line + 1, len(source.lines) + 2)[:_MAX_TRIES]:
            yield _Spot(line, indent)


def first_line(source: Source, offset: int, item: ListItem) -> int:
    """The line of an item's bullet: its text may begin on the next one."""
    line = offset + item.line
    while line > 1 and not _BULLET.match(source.lines[line - 1]):
        line -= 1
    return line


def _indent(source: Source, line: int) -> str:
    match = _BULLET.match(source.lines[line - 1])
    return match[1] if match else ""


# --- lists under a heading -------------------------------------------------------------------------------------------


def add_under(source: Source, title: str, lines: Sequence[str]) -> Source:
    """The source with list lines added at the end of the part under the heading `title`, which is made if need be."""
    document, offset = document_of(source)
    return _added(source, _spots_under(source, document, offset, title), list(lines), fold(title))


def _spots_under(source: Source, document: Document, offset: int, title: str) -> Iterator[_Spot]:
    """Where lines may go under a heading: behind its last item, else behind its text, else right below it."""
    heading = next((one for one in document.headings if fold(one.title) == fold(title)), None)
    if heading is None:
        yield _at_end(source, title)
        return
    index = document.headings.index(heading)
    items = [item for item in document.items if item.headings and item.headings[-1] == index]
    if items:
        indent = _indent(source, first_line(source, offset, items[-1]))
        for line in range(offset + items[-1].last_line + 1, len(source.lines) + 2)[:_MAX_TRIES]:
            yield _Spot(line, indent)
        return
    for last in (_last_text(source, document, offset, heading), offset + heading.first - 1):
        yield _below(source, last)


def _last_text(source: Source, document: Document, offset: int, heading: Heading) -> int:
    """The last line under a heading, before the next one, that says something; that of the heading itself if none."""
    following = (one.line for one in document.headings if one.line > heading.line)
    last = offset + min(next(following, heading.last), heading.last) - 1
    while last >= offset + heading.first and not source.lines[last - 1].strip():
        last -= 1
    return last


def _below(source: Source, last: int) -> _Spot:
    """Behind line `last`, which says something, with a blank line between."""
    rest = source.lines[last:-1] if not source.lines[-1] else source.lines[last:]
    if rest and not rest[0].strip():
        return _Spot(last + 2, below=("",) if len(rest) > 1 and rest[1].strip() else ())
    return _Spot(last + 1, above=("",), below=("",) if rest else ())


def _at_end(source: Source, title: str) -> _Spot:
    rows = source.lines if source.lines[-1] else source.lines[:-1]
    blank = ("",) if rows and rows[-1].strip() else ()
    return _Spot(len(rows) + 1, above=(*blank, f"## {title}", ""))


def _added(source: Source, spots: Iterator[_Spot], rows: Sequence[str], title: str) -> Source:
    """The source with rows at the first spot where they are read under the heading `title`, all else staying so."""
    before = _said(document_of(source)[0])
    for spot in spots:
        indented = [f"{spot.indent}{row}" if row else "" for row in rows]
        after = insert_lines(source, spot.line, [*spot.above, *indented, *spot.below])
        if _is_added(before, _said(document_of(after)[0]), rows, title):
            return after
    raise JournalError(f"{source.file} is not changed: `{rows[0]}` would not be read as it is meant", "edit it by hand")


class _Said(msgspec.Struct, frozen=True):
    """What a list item says, and the headings it stands under."""

    text: str
    box: str
    below: str
    titles: tuple[str, ...]


def _said(document: Document) -> list[_Said]:
    titles = [fold(heading.title) for heading in document.headings]
    return [
        _Said(item.text, item.box, item.below, tuple(titles[index] for index in item.headings))
        for item in document.items
    ]


def _is_added(before: list[_Said], after: list[_Said], rows: Sequence[str], title: str) -> bool:
    """Whether the items of the rows have come to those that were there, in one place and under one heading."""
    tops = [row for row in rows if row[:1].strip()]
    start = next((at for at, (old, new) in enumerate(zip(before, after, strict=False)) if old != new), len(before))
    start = min(start, len(after) - len(tops))
    new = after[start : start + len(tops)]
    if len(after) != len(before) + len(tops) or [*after[:start], *after[start + len(tops) :]] != before:
        return False
    return all(
        title in item.titles and item.text.startswith(_text_of(row)) for item, row in zip(new, tops, strict=True)
    )


def _text_of(row: str) -> str:
    """The text of a list line as it is read: behind its bullet and its box, spaces single."""
    match = _HEAD.match(row)
    return " ".join(row[match.end() if match else 0 :].split())


# --- boxes -----------------------------------------------------------------------------------------------------------


def tick(source: Source, place: Place, sign: str, done: date | None = None) -> Source:
    """The source with the box of the item at `place` set to `sign` (`x`, `-` or a space); one without gets a box.

    `done` is written behind a ticked item; unticking takes it away.
    """
    document, offset = document_of(source)
    item = find_item(document, place.line - offset)
    if item is None:
        raise JournalError(f"{place}: there is no list item here")
    rows = list(source.lines[place.line - 1 : offset + item.end_line])
    rows[-1] = _with_done(rows[-1], document, item, done if sign == "x" else None)
    at = document.column(item.line, item.column) - 1
    head, tail = rows[0][:at], rows[0][at:]
    rows[0] = f"{head}[{sign}{tail[2:]}" if item.box else f"{head}[{sign}] {tail}"
    after = replace_lines(source, place.line, offset + item.end_line + 1, rows)
    again, _ = document_of(after)
    ticked = find_item(again, place.line - offset)
    if ticked is None or ticked.box != sign or len(again.items) != len(document.items):
        raise JournalError(f"{place}: the item has an unusual form, so the file is not changed", "edit it by hand")
    return after


def find_item(document: Document, line: int) -> ListItem | None:
    """The item whose text begins on a line."""
    waiting = list(document.items)
    while waiting:
        item = waiting.pop()
        if item.line == line:
            return item
        waiting.extend(item.nested)
    return None


def _with_done(row: str, document: Document, item: ListItem, done: date | None) -> str:
    """The last line of an item with `done:` at its end, or without."""
    end = document.column(item.end_line, item.end_column - 1) if item.end_column > 1 else len(row)
    text, rest = row[:end], row[end:]
    endings = _ENDINGS.search(text)
    if endings:
        text = text[: endings.start()] + _DONE.sub("", endings[0])
    return f"{text} done:{done}{rest}" if done is not None else f"{text}{rest}"
