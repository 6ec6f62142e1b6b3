"""The proof before writing, and the law it serves: random edits change what they say and not one byte more."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from kith.edit.body import add_log_line, add_under, log_lines, tick
from kith.edit.front import add_to_list, remove_key, set_key
from kith.edit.plan import Change
from kith.edit.proof import prove
from kith.edit.source import Source, apply_edits, read_source
from kith.errors import JournalError
from kith.load import ParsedFile, parse_note
from kith.model import Contact

FILE = "contacts/dana-lee.md"
DAY = date(2026, 11, 20)


def change(before: str, after: str) -> Change:
    return Change(FILE, before.encode(), after.encode())


NOTE = "---\nname: Dana\nrole: nurse\n---\n\n## Log\n\n- 2026-11-01 hello\n"


def test_a_change_of_what_is_allowed_is_proved() -> None:
    one = change(NOTE, NOTE.replace("nurse", "doctor"))
    assert prove(one, {"role": 1}) is one
    added = change(NOTE, f"{NOTE}- 2026-11-02 hello\n")
    assert prove(added, {"log": 1}) is added
    for other in (
        Change("contacts/new.md", None, NOTE.encode()),
        Change(FILE, NOTE.encode(), None),
        Change(".x", b"a", b"b"),
    ):
        assert prove(other, {}) is other


@pytest.mark.parametrize(
    "after,said",
    [
        (NOTE.replace("nurse", "doctor"), "role"),
        (NOTE.replace("2026-11-01 hello", "2026-11-02 hello\n- 2026-11-03 hello"), "log"),
        (NOTE.replace("role: nurse", "role: nurse: nights"), "K101"),
        (NOTE.replace("name: Dana\n", ""), "K107"),
    ],
)
def test_any_other_change_is_refused(after: str, said: str) -> None:
    with pytest.raises(JournalError, match="more than it should") as caught:
        prove(change(NOTE, after), {"log": 1})
    assert said in str(caught.value)


def test_a_file_that_does_not_parse_is_never_changed() -> None:
    with pytest.raises(JournalError, match=r"contacts/dana-lee.md:2:7: .*the file is not changed"):
        prove(change("---\nrole: a: b\n---\n", NOTE), {"role": 1})


def test_a_new_note_has_to_be_one_without_errors() -> None:
    with pytest.raises(JournalError, match="K107 in line 1"):
        prove(Change("contacts/new.md", None, b"---\nrole: x\n---\n"), {})


def test_the_lines_of_the_inbox_are_counted() -> None:
    one = Change("inbox.md", b"- a\n- b\n", b"- b\n")
    assert prove(one, {"jotted": 1}) is one
    with pytest.raises(JournalError, match="jotted"):
        prove(one, {})


# --- random edits of odd notes ---------------------------------------------------------------------------------------

WORDS = st.lists(
    st.sampled_from(["a", "Dana", "é", "名前", "x:y", "#1", "\u200f", "50%", "*b*", "`c`", "it's", '"q"', "[[dana-lee]]", "_", "~"]),  # noqa: E501
    min_size=1,
    max_size=4,
).map(" ".join)  # fmt: skip
COMMENTS = st.sampled_from(["", "", "  # why", " # a: b"])
KEYS = ("role", "location", "school", "called")
LISTS = ("tags", "aliases")
DAYS = st.integers(0, 60).map(lambda days: date(2026, 9, 30) + timedelta(days=days))


@st.composite
def values(draw: st.DrawFn) -> str:
    """Return a value as people quote it: not at all, in either way, over several lines, or not there."""
    text = draw(WORDS)
    single = "'" + text.replace("'", "''") + "'"
    return draw(
        st.sampled_from(
            [
                "",
                single,
                single + "  # why",
                "|\n  first\n\n  " + text,
                ">-\n  first\n  second",
                "plain text",
                "plain # why",
                "~",
                "plain\n  over two lines",
                '"with\n  two lines"',
            ]
        )
    )


LIST_FORMS = (
    "[a, 'b: c']", "[a,\n  b,  # why\n]", '\n  - a\n  - "b, c"  # why', "\n- a\n\n# of what follows", "one", "'one'", "[]", "", "[[a]]",  # noqa: E501
)  # fmt: skip
BLOCKS = (
    "A friend of Sam's.\t Tabs\tinside.", "- con: nights <!-- she\n  said -->", "> - [ ] quoted: not ours", "```\n- [ ] code\n```",  # noqa: E501
    "| a | b |\n|---|---|\n| 1 | 2 |", "- [ ] promise: send it due:2026-11-30\n- [x] read: *Being Mortal* done:2026-10-01",  # noqa: E501
    "* waiting: Dana writes\n\t* pro: a tab before it", "%% hidden %%", "1. [ ] one\n2. two", "- [-] join: the club\n\n  more of it",  # noqa: E501
    "Setext\n------", "### Nested", "## Goals\n\n- x", "    - [ ] indented code", "<b>raw</b>", "- outer\n  - [ ] advice: inner\n    goes on",  # noqa: E501
)  # fmt: skip
ENTRIES = (
    "- {} hello", "- {} reply by email: *yes*, gladly", "* {} thanks", "- {} update: x\n  goes on\n\n  - skill: y", "- no day", "- {} gave <!-- c -->",  # noqa: E501
)  # fmt: skip


@st.composite
def notes(draw: st.DrawFn, needed: str = "") -> bytes:
    """Return the bytes of a contact's note as many programs would leave it; `needed` stands in its body."""
    lines = ["name: Dana Lee" + draw(COMMENTS)]
    keys, many = (draw(st.lists(st.sampled_from(some), unique=True)) for some in (KEYS, LISTS))
    lines += [f"{key}: {draw(values())}".rstrip(" ") for key in keys]
    lines += [f"{key}: {draw(st.sampled_from(LIST_FORMS))}".replace(": \n", ":\n") for key in many]
    lines += draw(st.lists(st.sampled_from(["# a comment", "", "x-own: [1, 2]"]), max_size=2, unique=True))
    lines = draw(st.permutations(lines))
    body = draw(st.lists(st.sampled_from(BLOCKS), max_size=4))
    if draw(st.booleans()):
        days = sorted(draw(st.lists(DAYS, max_size=4)), reverse=draw(st.booleans()))
        entries = [draw(st.sampled_from(ENTRIES)).format(day) for day in days]
        body.insert(draw(st.integers(0, len(body))), "## Log\n\n" + "\n".join(entries))
    if needed:
        body.insert(0, needed)
    text = "\n".join(["---", *lines, "---", "", "\n\n".join(body)]) + draw(
        st.sampled_from(["\n", "", "\n\n", "\n  \n"])
    )
    newline = draw(st.sampled_from(["\n", "\n", "\r\n", "\r", "mixed"]))
    if newline == "mixed":
        pieces = text.split("\n")
        text = "".join(piece + draw(st.sampled_from(["\n", "\r\n"])) for piece in pieces[:-1]) + pieces[-1]
    else:
        text = text.replace("\n", newline)
    return (b"\xef\xbb\xbf" if draw(st.booleans()) else b"") + text.encode()


@st.composite
def edits(draw: st.DrawFn, name: str, parsed: ParsedFile) -> tuple[Callable[[Source], Source], dict[str, int]]:
    """Return what makes an edit, and the attributes that may differ."""
    key, many, text, day = draw(st.sampled_from(KEYS)), draw(st.sampled_from(LISTS)), draw(WORDS), draw(DAYS)
    match name:
        case "set":
            return lambda source: set_key(source, key, text), {key: 1}
        case "remove":
            return lambda source: remove_key(source, key), {key: 1}
        case "add to list":
            return lambda source: add_to_list(source, many, text), {many: 1}
        case "log":
            return lambda source: add_log_line(source, log_lines(day, "hello", "email", text)), {"log": 1}
        case "under":
            return lambda source: add_under(source, "Goals", [f"- [ ] promise: {text}"]), {"items": 1}
        case "tick":
            assert isinstance(parsed.note, Contact)
            item = draw(st.sampled_from(parsed.note.items))
            sign = draw(st.sampled_from("x- "))
            return lambda source: tick(source, item.place, sign, DAY), {"items": 1}
    fixes = [finding.fix for finding in parsed.findings if finding.fix is not None]
    fix = draw(st.sampled_from(fixes))
    return lambda source: apply_edits(source, fix.edits), dict.fromkeys(("log", "items", "strays", *LISTS, *KEYS), 9)


def changed_rows(before: Source, after: Source) -> tuple[list[str], list[str]]:
    """Return the rows that are gone and those that have come, with their ends, between what is the same."""
    old, new = list(zip(before.lines, before.ends, strict=True)), list(zip(after.lines, after.ends, strict=True))
    while old and new and old[0] == new[0]:
        old, new = old[1:], new[1:]
    while old and new and old[-1] == new[-1]:
        old, new = old[:-1], new[:-1]
    return ["".join(row) for row in old], ["".join(row) for row in new]


# blocks that every note has for one kind of edit, because there has to be something to change
NEEDED = {"tick": "- [ ] promise: call her\n  - [x] read: inner done:2026-10-01", "fix": "- promises: a label too many"}


@pytest.mark.parametrize("name", ["set", "remove", "add to list", "log", "under", "tick", "fix"])
@settings(max_examples=290, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_random_edits_change_what_they_say_and_no_other_byte(name: str, data: st.DataObject) -> None:
    raw = data.draw(notes(NEEDED.get(name, "")))
    before = parse_note(FILE, raw)
    assert isinstance(before.note, Contact)
    edit, allowed = data.draw(edits(name, before))
    source = read_source(FILE, raw)
    try:
        after = edit(source)
    except JournalError as error:
        event("refused")
        assert name not in ("log", "under", "tick", "fix")
        assert "is not changed" in str(error) or "unusual form" in str(error)  # noqa: PT017 - refusing is right too
        return
    event("made")
    written = after.to_bytes()
    prove(Change(FILE, raw, written), allowed)
    assert written.startswith(b"\xef\xbb\xbf") == raw.startswith(b"\xef\xbb\xbf")
    gone, come = changed_rows(source, read_source(FILE, written))
    if name in ("log", "under"):  # they only add, but for the newline of a last line that had none
        assert [row.rstrip("\r\n") for row in gone] == [row.rstrip("\r\n") for row in come][: len(gone)]
        assert len(gone) < 2
    assert len(gone) < 8
    if name != "fix":
        new = _kinds(parse_note(FILE, written)) - _kinds(before)
        assert new <= {("K310", "the box is open, but the line says `done:`")}


def _kinds(parsed: ParsedFile) -> set[tuple[str, str]]:
    """Return what is wrong; of mixed newlines only that they are, because which are more may change."""
    return {(one.code, "" if one.code == "K003" else one.message) for one in parsed.findings}
