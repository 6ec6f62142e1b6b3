"""Boxes to tick: finding the one that is meant, and the answers below questions."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

import msgspec

from kith.conventions import fold
from kith.diagnostics import Place
from kith.edit.body import document_of, find_item, refuse_signs, tick
from kith.edit.plan import Change
from kith.edit.proof import prove
from kith.edit.source import Source, insert_lines, read_source
from kith.errors import JournalError
from kith.load import fold_name
from kith.markdown import ListItem, plain
from kith.model import EVIDENCE_LABELS, LEARNED_LABELS, Item, Journal, Meeting
from kith.study.items import is_open, items_on

# What one claims is neither done nor left undone.
CLAIMS = frozenset({*EVIDENCE_LABELS, *LEARNED_LABELS})


class Box(msgspec.Struct, frozen=True):
    """Something that can be ticked. `item` is None for a question or a step, which say no day when they are done."""

    text: str
    place: Place
    contacts: tuple[str, ...] = ()
    item: Item | None = None

    @property
    def where(self) -> str:
        """`FILE:LINE`, as the command line takes it."""
        return f"{self.place.file}:{self.place.line}"

    def __str__(self) -> str:
        label = f"{self.item.label}: " if self.item is not None and self.item.label != "task" else ""
        return label + self.text


def open_boxes(journal: Journal, today: date) -> list[Box]:
    """All items still to be done on a day."""
    items = items_on(journal, today)
    return [_box_of(item, journal) for item in items if is_open(item, today) and item.label not in CLAIMS]


def closed_boxes(journal: Journal, today: date) -> list[Box]:
    """All items that were done by a day, or are not for you."""
    items = items_on(journal, today)
    return [_box_of(item, journal) for item in items if not is_open(item, today) and item.label not in CLAIMS]


def boxes_with(boxes: Iterable[Box], text: str) -> list[Box]:
    """Those that hold a text, case and markup ignored; where one of them is that text and no more, it alone.

    Labels and punctuation are looked at only where nothing is found without.
    """
    known, wanted, words = list(boxes), fold_name(text), fold(text)
    found = [box for box in known if any(wanted in one for one in _wordings(box))]
    whole = [box for box in found if wanted in _wordings(box)]
    if found:
        return whole if len(whole) == 1 else found
    labelled = [box for box in known if wanted in fold_name(str(box))]
    return labelled or [box for box in known if words and words in fold(str(box))]


def box_at(journal: Journal, file: str, line: int) -> Box | None:
    """What can be ticked on a line of a file: an item, a question or a step."""
    for item in (item for note in journal.notes() for item in note.items):
        if item.place.file == file and _stands_on(item.place, line) and item.label not in CLAIMS:
            return _box_of(item, journal)
    for meeting in journal.meetings.values():
        if meeting.file == file:
            return next((box for box in _of_meeting(meeting) if _stands_on(box.place, line)), None)
    return None


def settle(files: Mapping[str, bytes], box: Box, done: date | None) -> Change:
    """The change that ticks a box; without a day it is crossed out as not for you."""
    file = box.place.file
    source = read_source(file, files[file])
    if box.item is None:
        after = tick(source, box.place, "x" if done is not None else "-")
    else:
        after = tick(source, box.place, "x" if done is not None else "-", done)
    return prove(Change(file, files[file], after.to_bytes()), _TICKED)


# the item itself, and what it is nested below
_TICKED: Mapping[str, int] = {"items": 1, "log": 1, "questions": 1, "before": 1, "jotted": 1}


def _box_of(item: Item, journal: Journal) -> Box:
    def name_of(target: str) -> str:
        ids = journal.names.get(fold_name(target), ())
        contact = journal.contacts.get(ids[0]) if ids else None
        return contact.name if contact else target

    return Box(" ".join(plain(item.text, name_of).split()), item.place, item.contacts, item)


def _of_meeting(meeting: Meeting) -> Iterator[Box]:
    for question in meeting.questions:
        yield Box(plain(question.text), question.place, meeting.contact_ids)
    for step in meeting.before:
        yield Box(plain(step.text), step.place, meeting.contact_ids)


def _wordings(box: Box) -> tuple[str, ...]:
    """What an item says, folded: as it reads and as it is written."""
    written = () if box.item is None else (fold_name(box.item.text),)
    return (fold_name(box.text), *written)


def _stands_on(place: Place, line: int) -> bool:
    return place.line <= line <= place.end_line


# --- questions -------------------------------------------------------------------------------------------------------


def answer_question(source: Source, place: Place, answer: str) -> Source:
    """The source with the question at `place` ticked as asked, and its answer, where there is one, nested below it."""
    ticked = tick(source, place, "x")
    if not answer:
        return ticked
    refuse_signs(answer)
    document, offset = document_of(ticked)
    item = find_item(document, place.line - offset)
    if item is None:  # pragma: no cover  # it has just been ticked
        raise JournalError(f"{place}: there is no list item here")
    row = ticked.lines[place.line - 1]
    head = row[: document.column(item.line, item.column) - 1]
    indent = "".join(sign if sign.isspace() else " " for sign in head)
    text = " ".join(answer.split())
    after = insert_lines(ticked, offset + item.last_line + 1, [f"{indent}- {text}"])
    if not _is_answered(after, place, item, text):
        raise JournalError(f"the answer `{text}` would not be read as it is meant", "use other words")
    return after


def refuse_misread_answer(text: str) -> None:
    """Raise JournalError for an answer that could not be nested below a question as it is."""
    question = read_source("meetings/answer.md", b"## Questions\n\n- [x] question\n")
    answer_question(question, Place(question.file, 3), text)


def _is_answered(source: Source, place: Place, before: ListItem, text: str) -> bool:
    document, offset = document_of(source)
    item = find_item(document, place.line - offset)
    return (
        item is not None
        and item.text == before.text
        and len(item.nested) == len(before.nested) + 1
        and item.nested[-1].text == text
        and not item.nested[-1].box
    )
