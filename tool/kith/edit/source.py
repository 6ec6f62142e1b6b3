"""A note's bytes as lines that can be changed one by one, every other byte staying as it was."""

import re
from collections.abc import Iterable, Sequence

import msgspec

from kith import frontmatter
from kith.diagnostics import Edit, Place
from kith.errors import JournalError
from kith.load import decode

_BOM = b"\xef\xbb\xbf"
_NEWLINE = re.compile(r"\r\n|\r|\n")


class Source(msgspec.Struct, frozen=True):
    """The text of a file: `lines` without their ends, `ends` the newline behind each, nothing behind the last.

    Lines are numbered as places are: line 1 is `lines[0]`, whatever newlines the file has.
    """

    file: str
    lines: tuple[str, ...]
    ends: tuple[str, ...]
    bom: bool = False

    @property
    def text(self) -> str:
        """The text with line feeds for newlines."""
        return "\n".join(self.lines)

    @property
    def newline(self) -> str:
        """The newline that the file uses most, a line feed where it has none."""
        used = [end for end in self.ends if end]
        return max(sorted(set(used)), key=used.count) if used else "\n"

    def to_bytes(self) -> bytes:
        """The bytes of the file."""
        text = "".join(line + end for line, end in zip(self.lines, self.ends, strict=True))
        return (_BOM if self.bom else b"") + text.encode("utf-8")


def read_source(file: str, data: bytes) -> Source:
    """The lines of a file; raises JournalError for bytes that are no text, which are never written to."""
    bom = data.startswith(_BOM)
    try:
        text = data.removeprefix(_BOM).decode("utf-8")
    except UnicodeDecodeError:
        raise JournalError(f"{file} is not UTF-8, so it is not changed", "kith check") from None
    lines, ends, start = [], [], 0
    for match in _NEWLINE.finditer(text):
        lines.append(text[start : match.start()])
        ends.append(match[0])
        start = match.end()
    return Source(file, (*lines, text[start:]), (*ends, ""), bom)


def replace_lines(source: Source, first: int, last: int, new: Sequence[str]) -> Source:
    """The source with the lines from `first` to `last` (from 1, the end excluded) replaced by `new`.

    Lines keep the ends they had, and new ones end as the file's do. A last line without a newline keeps having none.
    """
    old = source.ends[first - 1 : last - 1]
    ends = [*source.ends[: first - 1], *old[: len(new)]]
    ends += [source.newline] * (len(new) - len(old))
    ends += source.ends[last - 1 :]
    lines = (*source.lines[: first - 1], *new, *source.lines[last - 1 :]) or ("",)
    inner = [end or source.newline for end in ends[:-1]]
    return msgspec.structs.replace(source, lines=lines, ends=_apart(lines, (*inner, "")))


def _apart(lines: Sequence[str], ends: Sequence[str]) -> tuple[str, ...]:
    """The ends without a line feed right behind a carriage return, which together would be one newline."""
    return tuple(
        "\r\n" if end == "\n" and index and not lines[index] and ends[index - 1] == "\r" else end
        for index, end in enumerate(ends)
    )


def insert_lines(source: Source, before: int, new: Sequence[str]) -> Source:
    """The source with `new` lines inserted before line `before`; past the last line they are appended.

    A file that ends in a newline still does, one that does not still does not.
    """
    if before <= len(source.lines):
        return replace_lines(source, before, before, new)
    last = len(source.lines)
    if source.lines[-1] == "":
        return replace_lines(source, last, last, new)
    return replace_lines(source, last, last + 1, [source.lines[-1], *new])


def apply_edits(source: Source, edits: Iterable[Edit]) -> Source:
    """The source with the text at each place replaced; raises JournalError where places overlap or do not exist."""
    ordered = sorted(edits, key=lambda edit: (edit.place.line, edit.place.column), reverse=True)
    end: tuple[int, int] | None = None
    for edit in ordered:
        place = edit.place
        if end is not None and (place.end_line, place.end_column) > end:
            raise JournalError(f"two changes of {source.file} overlap at line {place.line}")
        source = _apply_one(source, edit)
        end = (place.line, place.column)
    return source


def _apply_one(source: Source, edit: Edit) -> Source:
    place = edit.place
    if not 1 <= place.line <= place.end_line <= len(source.lines):
        raise JournalError(f"{source.file} has no line {place.end_line}")
    first, last = source.lines[place.line - 1], source.lines[place.end_line - 1]
    if place.column > len(first) + 1 or place.end_column > len(last) + 1:
        raise JournalError(f"{source.file} has no such place: {place}")
    rows = (first[: place.column - 1] + edit.text + last[place.end_column - 1 :]).split("\n")
    return replace_lines(source, place.line, place.end_line + 1, rows)


def text_at(source: Source, place: Place) -> str:
    """The text that stands at a place, with line feeds for newlines."""
    rows = list(source.lines[place.line - 1 : place.end_line])
    rows[-1] = rows[-1][: place.end_column - 1]
    rows[0] = rows[0][place.column - 1 :]
    return "\n".join(rows)


def front_matter(source: Source) -> frontmatter.FrontMatter:
    """The front matter of the source; raises JournalError where it cannot be read: then nothing is written.

    The body is the text as it is read, in which a sign takes the place of each control character.
    """
    text, findings = decode(source.to_bytes(), source.file)
    front = None if text is None else frontmatter.read(text, source.file)
    if front is None or not front.readable:
        finding = (findings if front is None else front.findings)[-1]
        raise JournalError(f"{finding.place}: {finding.message}; the file is not changed", finding.hint)
    return front
