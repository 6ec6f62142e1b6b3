"""Filing the lines jotted in `inbox.md`: each disappears there and appears where it belongs, in one plan."""

import posixpath
import re
import textwrap
from collections.abc import Mapping, Sequence
from datetime import date

import msgspec

from kith.conventions import ParsedLine, parse_log_line
from kith.dates import DateError, read_date
from kith.diagnostics import Edit, span
from kith.edit.body import add_log_line, add_under, document_of, first_line, log_lines, refuse_signs
from kith.edit.meetings import change_of, labelled_line, section_of
from kith.edit.plan import Change
from kith.edit.source import Source, apply_edits, read_source, replace_lines, text_at
from kith.errors import JournalError
from kith.load import fold_name, parse_note
from kith.markdown import Document, ListItem, classify_target, is_wikilink, wikilink_target
from kith.model import LABELS, LOG_KINDS, AnyNote, Contact, JottedLine, Journal, Letter, Owner, QuestionSection

INBOX = "inbox.md"
NOTES = "Notes"

_DATED = re.compile(r"(?P<day>\d{4}-\d{2}-\d{2}):?\s+(?P<text>\S.*)", re.ASCII)
_BOX = re.compile(r"\[ \]\s+")
_MAX_NAME_WORDS = 6


class Jotted(msgspec.Struct, frozen=True):
    """A line of the inbox. `who` is the id of the person whose log it counts for already, with what it says there."""

    line: JottedLine
    who: str = ""
    parsed: ParsedLine | None = None

    @property
    def number(self) -> int:
        """Its line in the file."""
        return self.line.place.line

    @property
    def dated(self) -> tuple[date | None, str]:
        """The day that the line begins with, and the rest of it."""
        match = _DATED.fullmatch(self.line.text)
        if match is None:
            return None, self.line.text
        try:
            return read_date(match["day"]), match["text"]
        except DateError:
            return None, self.line.text


class Filing(msgspec.Struct, frozen=True):
    """Where a line goes: into the note `to` as `word`, which is a kind of log line, a label, or nothing for plain text.

    `text` is what it says there.
    """

    to: str
    text: str
    word: str = ""
    day: date | None = None
    channel: str = ""


def read_jotted(journal: Journal, files: Mapping[str, bytes]) -> list[Jotted]:
    """The lines of the inbox, those that count already and the others."""
    if INBOX not in files:
        return []
    waiting = {line.place for line in journal.inbox}
    return [
        Jotted(line) if line.place in waiting else _counted(line, journal)
        for line in parse_note(INBOX, files[INBOX]).jotted
    ]


def _counted(line: JottedLine, journal: Journal) -> Jotted:
    """A line with the person whose log it is, as the loader reads it: `DATE WHO KIND …`, the name in several words."""
    words = line.text.split()
    for count in range(1, min(len(words) - 1, _MAX_NAME_WORDS + 1)):
        name = " ".join(words[1 : count + 1])
        match = is_wikilink(name)
        ids = journal.names.get(fold_name(wikilink_target(match[1]) if match else name), ())
        rest = line.text.split(maxsplit=count + 1)[-1]
        parsed = parse_log_line(f"{words[0]} {rest}")
        who = next((id_ for id_ in ids if _has_line(journal, id_, line)), "")
        if who and not isinstance(parsed, str):
            return Jotted(line, who, parsed)
    return Jotted(line)


def _has_line(journal: Journal, id_: str, line: JottedLine) -> bool:
    contact = journal.contacts.get(id_)
    return contact is not None and any(entry.place == line.place for entry in contact.log)


def own_filing(jotted: Jotted) -> Filing | None:
    """The filing of a line that counts already: into that log, as it is."""
    parsed = jotted.parsed
    if parsed is None:
        return None
    return Filing(jotted.who, parsed.text, parsed.kind, parsed.date, parsed.channel)


# --- plans -----------------------------------------------------------------------------------------------------------


def plan_drop(files: Mapping[str, bytes], jotted: Jotted) -> tuple[Change, ...]:
    """The change that removes a line from the inbox, and what is nested below it."""
    source = read_source(INBOX, files[INBOX])
    first, last, _ = _rows_of(source, jotted.line)
    return (change_of(files, replace_lines(source, first, last + 1, []), {"jotted": 1}),)


def plan_filing(
    journal: Journal, files: Mapping[str, bytes], jotted: Jotted, filing: Filing, today: date
) -> tuple[Change, ...]:
    """The changes that move a line from the inbox into a note, with what is nested below it; raises JournalError."""
    note = _target(journal, filing.to)
    inbox = read_source(INBOX, files[INBOX])
    _refuse_comment(inbox, jotted.line)
    nested = _nested_rows(inbox, jotted.line, note.file)
    filing = msgspec.structs.replace(filing, text=_relinked_text(inbox, jotted.line, filing.text, note.file))
    source = read_source(note.file, files[note.file])
    allowed = {"items": len(jotted.line.items)}
    if filing.word in LOG_KINDS:
        if not isinstance(note, Contact):
            raise JournalError(f"`{note.file}` is no person's card, so it has no log", "name a person")
        lines = log_lines(filing.day or today, filing.word, filing.channel, filing.text)
        source = add_log_line(source, [*lines, *nested])
        allowed = {"items": allowed["items"] + len(lines) - 1, "log": 1}
    else:
        line = _line(filing, today)
        title = section_of(line) if filing.word else NOTES
        source = add_under(source, title, [f"- {line}", *(f"  {row}" if row else "" for row in nested)])
        allowed["items"] += 1
    return (change_of(files, source, allowed), *plan_drop(files, jotted))


def _target(journal: Journal, to: str) -> AnyNote:
    note = next((one for one in journal.notes() if one.id == to), None)
    if note is None or isinstance(note, Letter | Owner | QuestionSection):
        raise JournalError(f"nothing is filed into `{to}`", "name a person, a meeting, an organisation or a path")
    return note


def _line(filing: Filing, today: date) -> str:
    if filing.word and filing.word not in LABELS:
        raise JournalError(
            f"`{filing.word}` is neither a kind of log line nor a label", f"a label is {', '.join(LABELS)}"
        )
    if filing.word:
        return labelled_line(filing.word, _BOX.sub("", filing.text, count=1), date.min, today)
    refuse_signs(filing.text)
    return " ".join(filing.text.split())


def _rows_of(source: Source, line: JottedLine) -> tuple[int, int, ListItem | None]:
    """The first and the last line of what was jotted, all that is nested below it included."""
    document, offset = document_of(source)
    item = _item(document, line.place.line - offset)
    if item is None:
        return line.place.line, line.place.end_line, None
    return first_line(source, offset, item), offset + item.last_line, item


def _refuse_comment(source: Source, line: JottedLine) -> None:
    """Raise JournalError for a line with a comment in it, which would be lost on the way."""
    document, offset = document_of(source)
    if any(number - offset in document.gaps for number in range(line.place.line, line.place.end_line + 1)):
        raise JournalError(f"{line.place}: a comment stands in this line, so it is not moved", "move it by hand")


def _item(document: Document, line: int) -> ListItem | None:
    return next((item for item in document.items if item.line == line), None)


def _nested_rows(source: Source, line: JottedLine, file: str) -> Sequence[str]:
    """The lines nested below what was jotted, without their common indent, as they have to read in another file."""
    _, last, item = _rows_of(source, line)
    if item is None:
        return ()
    moved = apply_edits(source, _relinked(source, line.place.line, last, file))
    _, offset = document_of(source)
    return textwrap.dedent("\n".join(moved.lines[offset + item.end_line : last])).split("\n") if item.below else ()


def _relinked_text(source: Source, line: JottedLine, text: str, file: str) -> str:
    """A text with its links by path as they have to read in another file."""
    for edit in _relinked(source, line.place.line, line.place.end_line, file):
        text = text.replace(f"({text_at(source, edit.place)}", f"({edit.text}")
    return text


def _relinked(source: Source, first: int, last: int, file: str) -> list[Edit]:
    """What lets the links by path in some lines of the inbox lead to the same files from another one."""
    document, offset = document_of(source)
    up = posixpath.relpath(".", posixpath.dirname(file) or ".")
    edits = []
    for link in document.links:
        line = offset + link.line
        if link.kind in ("wiki", "embed") or not first <= line <= last or classify_target(link.target) != "relative":
            continue
        place = span(source.file, line, document.column(link.line, link.column), link.length)
        path = text_at(source, place)
        if up != "." and path and not path.startswith(("#", "/")):
            edits.append(Edit(place, f"{up}/{path}"))
    return edits
