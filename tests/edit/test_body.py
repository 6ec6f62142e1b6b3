"""Log lines, boxes and list lines: they are read where they were put, and all else says what it said."""

from datetime import date

import pytest

from kith.diagnostics import Place
from kith.edit.body import add_log_line, add_under, log_lines, tick
from kith.edit.source import Source, read_source
from kith.errors import JournalError
from kith.load import parse_note
from kith.model import Contact

FILE = "contacts/dana-lee.md"
HEAD = "---\nname: Dana Lee\n---\n"
LINE = "2026-11-04 thank-you"
DAY = date(2026, 11, 20)


def source_of(body: str) -> Source:
    return read_source(FILE, (HEAD + body).encode())


def shown(source: Source) -> str:
    return source.to_bytes().decode().removeprefix(HEAD)


def log_of(source: Source) -> list[str]:
    note = parse_note(FILE, source.to_bytes()).note
    assert isinstance(note, Contact)
    return [f"{entry.date} {entry.kind}" for entry in sorted(note.log, key=lambda one: (one.date, one.order))]


@pytest.mark.parametrize(
    "before,after",
    [
        ("", f"\n## Log\n\n- {LINE}\n"),
        ("\nA friend.\n", f"\nA friend.\n\n## Log\n\n- {LINE}\n"),
        ("\nA friend.\n\n\n", f"\nA friend.\n\n\n## Log\n\n- {LINE}\n"),
        ("\nA friend.", f"\nA friend.\n\n## Log\n\n- {LINE}"),
        ("## Log\n", f"## Log\n\n- {LINE}\n"),
        ("## Log", f"## Log\n\n- {LINE}"),
        ("## Log\n\n## Research\n\n- x\n", f"## Log\n\n- {LINE}\n\n## Research\n\n- x\n"),
        ("## Log\n## Research\n", f"## Log\n\n- {LINE}\n\n## Research\n"),
        ("Log\n---\n\nWhat came.\n", f"Log\n---\n\nWhat came.\n\n- {LINE}\n"),
        ("# LOG #\n\n- nothing yet\n", f"# LOG #\n\n- nothing yet\n- {LINE}\n"),
        ("## Log\n\n- 2026-11-01 hello\n- 2026-11-09 hello\n", f"## Log\n\n- 2026-11-01 hello\n- {LINE}\n- 2026-11-09 hello\n"),  # noqa: E501
        ("## Log\n\n- 2026-11-09 hello\n", f"## Log\n\n- {LINE}\n- 2026-11-09 hello\n"),
        ("## Log\n\n- 2026-11-04 hello\n\n## X\n", f"## Log\n\n- 2026-11-04 hello\n- {LINE}\n\n## X\n"),
        ("## Log\n\n- 2026-11-09 hello\n- 2026-11-04 hello\n", f"## Log\n\n- 2026-11-09 hello\n- {LINE}\n- 2026-11-04 hello\n"),  # noqa: E501
        ("## Log\n\n- 2026-11-09 hello\n- 2026-11-05 hello\n", f"## Log\n\n- 2026-11-09 hello\n- 2026-11-05 hello\n- {LINE}\n"),  # noqa: E501
        ("## Log\n\n  * 2026-11-01 hello\n", f"## Log\n\n  * 2026-11-01 hello\n  - {LINE}\n"),
        ("## Log\n\n- 2026-11-01 hello: a\n  and b\n\n  - pro: x\n\n    more\n", f"## Log\n\n- 2026-11-01 hello: a\n  and b\n\n  - pro: x\n\n    more\n- {LINE}\n"),  # noqa: E501
        ("## Log\n\n- 2026-11-01 hello <!-- a\n  b -->\n\nEnd.\n", f"## Log\n\n- 2026-11-01 hello <!-- a\n  b -->\n- {LINE}\n\nEnd.\n"),  # noqa: E501
        ("## Log\n\n-\n  2026-11-09 hello\n", f"## Log\n\n- {LINE}\n-\n  2026-11-09 hello\n"),
        ("## Log\n\n1. 2026-11-01 hello\n", f"## Log\n\n1. 2026-11-01 hello\n- {LINE}\n"),
    ],
)  # fmt: skip
def test_a_log_line_goes_where_its_day_belongs(before: str, after: str) -> None:
    assert shown(add_log_line(source_of(before), LINE)) == after


@pytest.mark.parametrize("newline", ["\r\n", "\r"])
def test_a_log_line_ends_as_the_file_does(newline: str) -> None:
    text = f"{HEAD}## Log\n\n- 2026-11-01 hello\n".replace("\n", newline)
    after = add_log_line(read_source(FILE, b"\xef\xbb\xbf" + text.encode()), LINE).to_bytes()
    assert after == b"\xef\xbb\xbf" + f"{text}- {LINE}{newline}".encode()


@pytest.mark.parametrize(
    "days", [("01", "09", "04"), ("09", "04", "01"), ("04", "04"), ("01", "05", "03", "04"), ("09", "10", "02")]
)
def test_of_its_own_day_it_is_read_last(days: tuple[str, ...]) -> None:
    body = "## Log\n\n" + "".join(f"- 2026-11-{day} hello\n" for day in days)
    log = log_of(add_log_line(source_of(body), LINE))
    assert log == sorted(log, key=lambda one: one[:10])
    same = [one for one in log if one.startswith("2026-11-04")]
    assert same[-1] == LINE


def test_several_lines_are_nested() -> None:
    lines = log_lines(DAY, "reply", "email", "yes\n\n- pro: quiet\nmore\n")
    assert shown(add_log_line(source_of(""), lines)) == (
        "\n## Log\n\n- 2026-11-20 reply by email: yes\n\n  - pro: quiet\n  more\n"
    )


@pytest.mark.parametrize("text", ["bell \x07", "half \ud800", "line\u2028", "by phone: x\x85"])
def test_a_text_with_signs_that_no_note_may_hold_is_refused(text: str) -> None:
    with pytest.raises(JournalError, match=r"U\+"):
        log_lines(DAY, "reply", "", text)


@pytest.mark.parametrize(
    "body,text",
    [
        ("", "a <!-- b --> c"),
        ("", "100 %%sure%%"),
        ("```\nopen\n", "x"),
        ("## Log\n\n```\nopen\n", "x"),
        ("<!--\nopen\n\n## Log\n", "so it ends -->"),
    ],
)
def test_a_line_that_would_not_be_read_is_refused_or_put_elsewhere(body: str, text: str) -> None:
    try:
        after = add_log_line(source_of(body), log_lines(DAY, "reply", "", text))
    except JournalError as error:
        assert "is not changed" in str(error)  # noqa: PT017 - either is right, silence is not
    else:
        assert log_of(after) == ["2026-11-20 reply"]


def test_a_line_that_is_none_is_refused() -> None:
    with pytest.raises(JournalError, match="no kind of log line"):
        add_log_line(source_of(""), "2026-11-04 shouted")


@pytest.mark.parametrize(
    "before,after",
    [
        ("", "\n## Goals\n\n- a\n- b\n"),
        ("## goals\n\n- x\n\n## Y\n", "## goals\n\n- x\n- a\n- b\n\n## Y\n"),
        ("## Goals\n\nWhat for.\n\n### Y\n\n- z\n", "## Goals\n\nWhat for.\n\n- a\n- b\n\n### Y\n\n- z\n"),
        ("## Goals\n## Y\n", "## Goals\n\n- a\n- b\n\n## Y\n"),
        ("## Goals\n\n\n## Y\n", "## Goals\n\n- a\n- b\n\n## Y\n"),
    ],
)
def test_lines_go_under_their_heading(before: str, after: str) -> None:
    assert shown(add_under(source_of(before), "Goals", ["- a", "- b"])) == after


def ticked(row: str, sign: str = "x", done: date | None = DAY, line: int = 5) -> str:
    return shown(tick(source_of(f"\n{row}\n"), Place(FILE, line, 3, line, 4), sign, done)).strip("\n")


@pytest.mark.parametrize(
    "before,after",
    [
        ("- [ ] promise: a", "- [x] promise: a done:2026-11-20"),
        ("- promise: a", "- [x] promise: a done:2026-11-20"),
        ("* [ ]\tpromise: a  ", "* [x]\tpromise: a done:2026-11-20  "),
        ("1. [-] a", "1. [x] a done:2026-11-20"),
        ("- [X] a done:2026-01-01 due:2026-11-30", "- [x] a due:2026-11-30 done:2026-11-20"),
        ("- [ ] tell her what is done: all", "- [x] tell her what is done: all done:2026-11-20"),
        ("- [ ] a done:x of b", "- [x] a done:x of b done:2026-11-20"),
        ("- [ ] a\n  goes on\n  - [ ] b", "- [x] a\n  goes on done:2026-11-20\n  - [ ] b"),
        ("- [ ] a <!-- why -->", "- [x] a done:2026-11-20 <!-- why -->"),
        ("- <!-- why --> [ ] a", "- <!-- why --> [x] a done:2026-11-20"),
    ],
)
def test_a_tick_changes_its_box_and_its_end(before: str, after: str) -> None:
    assert ticked(before) == after


def test_a_tick_may_be_taken_back() -> None:
    assert ticked("- [x] a due:2026-11-30 done:2026-11-20", " ", None) == "- [ ] a due:2026-11-30"
    assert ticked("- [ ] a", "-") == "- [-] a"
    assert ticked("-\n  [ ] a", line=6) == "-\n  [x] a done:2026-11-20"


@pytest.mark.parametrize("row", ["no item", "## - [ ] a", "    - [ ] code"])
def test_what_is_no_item_has_no_box(row: str) -> None:
    with pytest.raises(JournalError, match="no list item"):
        ticked(row)
