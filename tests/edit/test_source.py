"""Bytes as lines: every byte that an edit does not concern stays as it was."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.diagnostics import Edit, Place, span
from kith.edit.source import apply_edits, front_matter, insert_lines, read_source, replace_lines, text_at
from kith.errors import JournalError

FILE = "contacts/dana-lee.md"
SIGNS = ["a", "é", "\t", " ", "\n", "\r", "\r\n", "\u2028", "\x85", "\x0c", "名"]
TEXTS = st.lists(st.sampled_from(SIGNS), max_size=30).map("".join)
NAMES = st.text(st.sampled_from("ab "), max_size=4)


def edited(text: str, first: int, last: int, *new: str) -> str:
    return replace_lines(read_source(FILE, text.encode()), first, last, new).to_bytes().decode()


def inserted(text: str, before: int, *new: str) -> str:
    return insert_lines(read_source(FILE, text.encode()), before, new).to_bytes().decode()


@given(TEXTS, st.booleans())
def test_reading_and_writing_changes_nothing(text: str, bom: bool) -> None:  # noqa: FBT001 - hypothesis gives it
    data = (b"\xef\xbb\xbf" if bom else b"") + text.encode()
    assert read_source(FILE, data).to_bytes() == data


@given(TEXTS)
def test_lines_are_those_that_are_read(text: str) -> None:
    source = read_source(FILE, text.encode())
    assert source.text == text.replace("\r\n", "\n").replace("\r", "\n")
    assert len(source.lines) == len(source.ends)


@given(TEXTS, st.integers(1, 12), st.lists(NAMES, max_size=3))
def test_inserting_keeps_every_line(text: str, before: int, new: list[str]) -> None:
    source = read_source(FILE, text.encode())
    after = read_source(FILE, insert_lines(source, before, new).to_bytes())
    lines, at = list(source.lines), min(before, len(source.lines) + 1) - 1
    if at == len(lines) and lines[-1] == "":
        at -= 1
    assert list(after.lines) == [*lines[:at], *new, *lines[at:]]


@given(TEXTS, st.data(), st.lists(NAMES, max_size=3))
def test_replacing_keeps_the_other_lines(text: str, data: st.DataObject, new: list[str]) -> None:
    source = read_source(FILE, text.encode())
    first = data.draw(st.integers(1, len(source.lines)))
    last = data.draw(st.integers(first, len(source.lines) + 1))
    after = read_source(FILE, replace_lines(source, first, last, new).to_bytes())
    assert list(after.lines) == ([*source.lines[: first - 1], *new, *source.lines[last - 1 :]] or [""])


@pytest.mark.parametrize(
    "before,new,after",
    [
        ("a\r\nb\r\n", "x", "a\r\nx\r\nb\r\n"),
        ("a\rb", "x", "a\rx\rb"),
        ("\ufeffa\nb", "x", "\ufeffa\nx\nb"),
        ("a\r\nb\nc\r\n", "x", "a\r\nx\r\nb\nc\r\n"),
    ],
)
def test_new_lines_end_as_the_file_does(before: str, new: str, after: str) -> None:
    assert inserted(before, 2, new) == after


@pytest.mark.parametrize(
    "before,after", [("a", "a\nx"), ("a\n", "a\nx\n"), ("", "x\n"), ("a\r\n", "a\r\nx\r\n"), ("a\n\n", "a\n\nx\n")]
)
def test_appending_keeps_the_end_of_the_file(before: str, after: str) -> None:
    assert inserted(before, 99, "x") == after


def test_more_lines_than_there_were_at_an_end_without_newline() -> None:
    assert edited("a\nb", 2, 3, "x", "y") == "a\nx\ny"


def test_fewer_lines_than_there_were() -> None:
    assert edited("a\nb\nc", 2, 4) == "a"
    assert edited("a\r\nb\nc\n", 1, 3, "x") == "x\r\nc\n"
    assert edited("a", 1, 2) == ""


def test_a_blank_line_behind_a_carriage_return_stays_a_line() -> None:
    assert read_source(FILE, inserted("a\rb\nc\nd\n", 2, "").encode()).lines == ("a", "", "b", "c", "d", "")


def test_edits_are_made_from_the_end() -> None:
    source = read_source(FILE, b"one two\nthree\n")
    edits = [Edit(span(FILE, 1, 1, 3), "1"), Edit(span(FILE, 2, 1, 5), "3\n4"), Edit(span(FILE, 1, 5, 3), "2")]
    assert apply_edits(source, edits).to_bytes() == b"1 2\n3\n4\n"
    assert text_at(source, Place(FILE, 1, 5, 2, 3)) == "two\nth"


@pytest.mark.parametrize(
    "edits",
    [
        [Edit(span(FILE, 1, 1, 3), ""), Edit(span(FILE, 1, 3, 3), "")],
        [Edit(span(FILE, 9, 1, 1), "")],
        [Edit(span(FILE, 1, 6, 9), "")],
        [Edit(Place(FILE), "")],
    ],
)
def test_edits_that_overlap_or_have_no_place_are_refused(edits: list[Edit]) -> None:
    with pytest.raises(JournalError):
        apply_edits(read_source(FILE, b"one two\n"), edits)


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(JournalError, match="not UTF-8"):
        read_source(FILE, b"caf\xe9")


@pytest.mark.parametrize(
    "text,place",
    [
        ("---\nrole: nurse: nights\n---\n", "contacts/dana-lee.md:2:7"),
        ("---\nname: Dana\n", "contacts/dana-lee.md:1:1"),
        ("a\n<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> x\n", "contacts/dana-lee.md:2:1"),
    ],
)
def test_a_file_that_cannot_be_read_is_named_with_its_line(text: str, place: str) -> None:
    with pytest.raises(JournalError, match="the file is not changed") as caught:
        front_matter(read_source(FILE, text.encode()))
    assert str(caught.value).startswith(place)
