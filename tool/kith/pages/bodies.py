"""Bodies of notes made ready to be read: labels and dates of items as a page sets them."""

import re
from collections.abc import Collection, Sequence

from kith.dates import DateError, read_date
from kith.markdown import mark_label, mark_link, mark_note
from kith.model import TASK, AnyNote, Item, Meeting, Question
from kith.pages.address import question_address
from kith.pages.view import View
from kith.pages.words import LABEL_WORDS

_ENDING = re.compile(r"\s(due|done):(\d{4}-\d{2}-\d{2})(?=\s|$)", re.ASCII | re.IGNORECASE)
_SIGNS = re.compile(r"[\[\]<>`\\!]")
_BLOCK = re.compile(r"[-*+#>|]|\d{1,9}[.)]\s|`{3}|~{3}")
_LABEL = re.compile(r"^[\w-]+(\s*\([^()]{1,80}\))?\s*:")


def readable_body(note: AnyNote, view: View) -> str:
    """The Markdown of a note's body with its items' labels set apart and their dates in words; lines stay lines."""
    lines = note.body.text.split("\n")
    for item in note.items:
        first = item.place.line - note.body.line
        lines[first] = _with_label(lines[first], item)
        for at in range(first, item.place.end_line - note.body.line + 1):
            lines[at] = _with_dates(lines[at], item, view)
    for question in note.questions if isinstance(note, Meeting) else ():
        first = question.place.line - note.body.line
        lines[first] = _with_link(lines[first], question)
    return "\n".join(lines)


def lines_of_items(lines: Sequence[str], starts: Collection[int]) -> set[int]:
    """Which of the lines belong to the list items that begin at `starts`, with all that is nested in them."""
    found = set(starts)
    for start in starts:
        for at in range(start + 1, len(lines)):
            if at in starts or not _goes_on(lines[at], lines[at - 1]):
                break
            found.add(at)
    return found


def _goes_on(line: str, before: str) -> bool:
    """Whether a line belongs to the list item above it: it is blank or indented, or runs on without a blank line."""
    if not line.strip() or line[0] in " \t":
        return True
    return bool(before.strip()) and not _BLOCK.match(line)


def _with_label(line: str, item: Item) -> str:
    """The line with `pro (hours):` marked, which content.css sets as a label."""
    if item.label == TASK:
        return line
    start = item.place.column - 1
    label = LABEL_WORDS.get(item.label, item.label)
    return line[:start] + _LABEL.sub(lambda match: mark_label(f"{label}{match[1] or ''}"), line[start:])


def _with_link(line: str, question: Question) -> str:
    """The line with a question of the bank leading to the question's page; one with signs in it stays as it is."""
    if question.bank is None or question.text not in line or _SIGNS.search(question.text):
        return line
    return line.replace(question.text, mark_link(question.text, question_address(question.bank)), 1)


def _with_dates(line: str, item: Item, view: View) -> str:
    """The line with `due:2026-11-10` as `(due 10 Nov)`, marked; what is done says when, not by when."""

    def in_words(match: re.Match[str]) -> str:
        word = match[1].casefold()
        try:
            day = read_date(match[2])
        except DateError:
            return match[0]
        return "" if word == "due" and item.done is not None else f" {mark_note(f'({word} {view.world.short(day)})')}"

    return _ENDING.sub(in_words, line)
