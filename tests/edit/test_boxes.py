"""Ticking changes one box and its `done:`, and finds the one that is meant."""

import re
from datetime import date

import pytest
from hypothesis import given, settings

from kith.edit.boxes import answer_question, box_at, boxes_with, closed_boxes, open_boxes, settle
from kith.edit.source import read_source
from kith.errors import JournalError
from kith.model import Journal
from tests.edit.journals import JOURNAL, journals, read

TODAY = date(2026, 11, 22)
CARD = b"""---
name: Dana Lee
---

- [ ] promise: send **Dana** the *recording* due:2026-11-10
- [ ] promise: send Dana the recording again
- read: Being Mortal
- pro: a recording
- [x] join: the chapter done:2026-12-01
- [x] join: the club done:2026-11-01
- [-] try: the course
"""
MEETING = b"""---
contacts: dana-lee
---

## Before

- [ ] bus 6

## Questions

- [ ] An ordinary day?
  - calm
  - [ ] promise: bring the form
* Whom else?
"""
FILE = "meetings/2026-11-20-dana-lee.md"


@pytest.fixture
def files() -> dict[str, bytes]:
    return {"journal.md": JOURNAL, "contacts/dana-lee.md": CARD, FILE: MEETING}


@pytest.fixture
def journal(files: dict[str, bytes]) -> Journal:
    return read(files)


@pytest.mark.parametrize(
    "text,lines",
    [
        ("send", [5, 6]),
        ("SEND dana THE Recording", [5]),  # the whole of one, the beginning of the other
        ("**dana**", [5]),
        ("again", [6]),
        ("mortal", [7]),
        ("being, mortal!", [7]),
        ("promise", [5, 6, 13]),
        ("chapter", [9]),  # done later than today
        ("club", []),
        ("course", []),
        ("a recording", []),  # a claim is not done
        ("", [5, 6, 7, 9, 13]),
    ],
)
def test_boxes_are_found_by_what_they_say(journal: Journal, text: str, lines: list[int]) -> None:
    assert [box.place.line for box in boxes_with(open_boxes(journal, TODAY), text)] == lines


def test_what_is_done_by_a_day(journal: Journal) -> None:
    assert [str(box) for box in closed_boxes(journal, TODAY)] == ["join: the club", "try: the course"]


@pytest.mark.parametrize("line,said", [(7, "bus 6"), (11, "An ordinary day?"), (13, "promise: bring the form")])
def test_boxes_are_found_by_place(journal: Journal, line: int, said: str) -> None:
    found = box_at(journal, FILE, line)
    assert found is not None
    assert str(found) == said


@pytest.mark.parametrize("file,line", [(FILE, 1), (FILE, 12), ("contacts/dana-lee.md", 8), ("contacts/nobody.md", 5)])
def test_elsewhere_is_no_box(journal: Journal, file: str, line: int) -> None:
    assert box_at(journal, file, line) is None


@pytest.mark.parametrize("line,before,after", [(7, b"- [ ] bus", b"- [x] bus"), (14, b"* Whom", b"* [x] Whom")])
def test_questions_and_steps_say_no_day(
    files: dict[str, bytes], journal: Journal, line: int, before: bytes, after: bytes
) -> None:
    found = box_at(journal, FILE, line)
    assert found is not None
    assert settle(files, found, TODAY).after == MEETING.replace(before, after)


@settings(max_examples=25)
@given(journals())
def test_no_other_byte_changes(files: dict[str, bytes]) -> None:
    journal = read(files)
    for box in open_boxes(journal, TODAY):
        for done, sign, ending in ((TODAY, b"x", b" done:2026-11-22"), (None, b"-", b"")):
            change = settle(files, box, done)
            assert change.before is not None
            assert change.after is not None
            old, new = (data.splitlines(keepends=True) for data in (change.before, change.after))
            differing = [at for at, (one, other) in enumerate(zip(old, new, strict=True)) if one != other]
            first, last = box.place.line - 1, box.place.end_line - 1  # `done:` stands where the item ends
            assert set(differing) <= {first, last}
            new[last] = new[last].replace(ending, b"", 1)
            unticked = (new[first].replace(b"[%b]" % sign, b"[ ]", 1), new[first].replace(b"[%b] " % sign, b"", 1))
            assert old[first] in unticked
            assert old[last] in (*unticked, new[last])
            assert box.place not in {one.place for one in open_boxes(read({**files, change.path: change.after}), TODAY)}


# --- answers ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "question,answered",
    [
        ("- [ ] Why?\n", "- [x] Why?\n  - calm\n"),
        ("- Why?", "- [x] Why?\n  - calm"),
        ("12. [ ] Why?\r\n    - loud\r\n\r\nMore.\r\n", "12. [x] Why?\r\n    - loud\r\n    - calm\r\n\r\nMore.\r\n"),
        ("*\t[ ] Why?\n", "*\t[x] Why?\n \t- calm\n"),
        ("- [ ] Why? <!-- or when -->\n\n  A paragraph.\n- next\n", None),
    ],
)
def test_an_answer_is_nested_below_its_question(question: str, answered: str | None) -> None:
    newline = "\r\n" if "\r\n" in question else "\n"
    head = f"## Questions{newline}{newline}"
    source = read_source(FILE, (head + question).encode())
    journal = read({"journal.md": JOURNAL, FILE: source.to_bytes()})
    (meeting,) = journal.meetings.values()
    after = answer_question(source, meeting.questions[0].place, "calm")
    if answered is not None:
        assert after.to_bytes().decode() == head + answered
    (meeting,) = read({"journal.md": JOURNAL, FILE: after.to_bytes()}).meetings.values()
    assert meeting.questions[0].asked
    assert meeting.questions[0].answer.endswith("- calm")


@pytest.mark.parametrize("answer", ["# a heading", "- a list", "> quoted", "```", "---", "[ ] a box", "a\x07bell"])
def test_an_answer_that_would_be_something_else_is_refused(answer: str) -> None:
    source = read_source(FILE, MEETING)
    (meeting,) = read({"journal.md": JOURNAL, FILE: MEETING}).meetings.values()
    with pytest.raises(JournalError):
        answer_question(source, meeting.questions[0].place, answer)


def test_words_that_single_out_an_item_find_it(files: dict[str, bytes]) -> None:
    """The follow-ups name an item by its fewest words, and `done` finds just that one by them."""
    from kith.followups import followups

    journal = read(files)
    for item in followups(journal, TODAY):
        if match := re.fullmatch(r'kith done dana-lee "?(.+?)"?', item.settle):
            mine = [box for box in open_boxes(journal, TODAY) if "dana-lee" in box.contacts]
            assert [box.place for box in boxes_with(mine, match[1])] == [item.event.place]
