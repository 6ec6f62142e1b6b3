"""Laws of reading, over journals that nobody would write."""

from datetime import date
from random import Random

import msgspec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kith.conventions.labels import read_label
from kith.conventions.lines import ParsedLine, parse_log_line
from kith.diagnostics import Finding, sort_key
from kith.frontmatter import read
from kith.load import read_journal
from kith.markdown import read as read_markdown
from kith.model import CHANNELS, FOLDERS, LABELS, LOG_KINDS, Journal
from kith.schema import FIELDS
from tests.checks.cases import apply_edits

STEMS = (
    "dana-lee",
    "Sam",
    "2026-11-03-dana-lee",
    "2026-02-30-x",
    "caf\u00e9",
    "cafe\u0301",
    " ",
    "a b",
    "\u0130",
    "x" * 90,
)
FILES = st.one_of(
    st.sampled_from(["journal.md", "inbox.md", "README.md", "contacts/a.txt", "contacts/a (conflicted copy).md"]),
    st.builds("{}/{}.md".format, st.sampled_from(sorted(FOLDERS)), st.sampled_from(STEMS)),
)

KEYS = sorted({spec.name for specs in FIELDS.values() for spec in specs} | {"x-mine", "nmae", "content", "2024", "on"})
VALUES = [
    *(
        "dana-lee",
        '"[[dana-lee]]"',
        "[[sam]]",
        "[[[a]], b]",
        "[a, b]",
        "yes",
        "no",
        "never",
        "2026-11-03",
        "2026-02-30",
    ),
    *(
        "7d",
        "3m",
        "20",
        "0",
        "14:30",
        "held",
        "nudge",
        "referral",
        "~",
        "null",
        "",
        "# x",
        "#x",
        "a: b",
        "@a",
        "*a",
        "&a b",
    ),
    *(
        "!t x",
        "{{x}}",
        "{a: b}",
        "[",
        "'",
        '"',
        "|\n  text",
        ">\n  a\n  b",
        "\n  - a\n  - b",
        "\n  - - - - x",
        "\u2028",
        "Null",
    ),
    *(
        "a\u0301",
        "\x00",
        "\ufeff",
        "- x",
        "? x",
        "a\n  b",
        "9999-12-31",
        "America/Chicago",
        "https://x.example",
        "javascript:x",
    ),
]
LINES = [
    *(
        "# A",
        "## Log",
        "## Questions",
        "## Before",
        "## [[dana-lee]]",
        "### [[zzz|Z]]",
        "Log\n===",
        "---",
        "***",
        "text",
        "",
    ),
    *(
        "- 2026-11-03 met",
        "* 2026-11-04: Thanks email x",
        "- 2026-11-05 hello by pigeon: coo",
        "- soon",
        "- 2026-02-30 met",
    ),
    *("- pro: a", "- con (hours): b [[nursing]]", "- [ ] promise: c due:2026-11-10", "- [x] read: d done:2026-11-09"),
    *(
        "- [ ] e done:2026-11-09 due:soon",
        "- promises: f",
        "- refferal: g",
        "  - nested",
        "    - [ ] deeper",
        "- [ ]",
        "-",
    ),
    *(
        "- What?",
        "  - An answer",
        "- must: Why?",
        "> - pro: quoted",
        "```",
        "    code",
        "~~~",
        "<!-- a",
        "-->",
        "%%",
        "%% b %%",
    ),
    *(
        "[[dana-lee]] [[zzz]] ![[x.png]]",
        "[a](b.md) [c](javascript:x) ![d](https://x)",
        "<b>html</b>",
        "| a |\n|-|\n| b |",
    ),
    *(
        "- 2026-11-04 dana-lee thank-you by email",
        "- 2026-11-04 [[Sam]] introduced: [[a]]",
        "[^1]: note",
        "1. one",
        "\t- tab",
    ),
    *(
        "<<<<<<< a",
        ">>>>>>> b",
        "\x0c",
        "\u0085",
        "[" * 60,
        "> " * 61 + "x",
        "- %%c%% cons: x",
        "+ <!-- c --> [ ] task done:2026-11-01",
    ),
]


@st.composite
def notes(draw: st.DrawFn) -> str:
    """Return the text of a note that is nearly one."""
    fields = draw(st.lists(st.tuples(st.sampled_from(KEYS), st.sampled_from(VALUES)), max_size=5))
    body = draw(st.lists(st.sampled_from(LINES), max_size=12))
    block = "".join(f"{key}: {value}\n" for key, value in fields)
    fences = draw(st.sampled_from(["---\n{}---\n{}", "---\n{}...\n{}", "\n---\n{}\n---  \n{}", "---\n{}{}", "{}{}"]))
    return fences.format(block, "\n".join(body))


JOURNALS = st.dictionaries(FILES, notes(), max_size=5)


def encode(files: dict[str, str]) -> dict[str, bytes]:
    """Return files as bytes."""
    return {file: text.encode() for file, text in files.items()}


def lines_of(data: bytes) -> list[str]:
    """Return the lines of a file as places count them."""
    text = data.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def assert_within(finding: Finding, files: dict[str, bytes]) -> None:
    """Assert that a finding and its fix lie in their file."""
    edits = finding.fix.edits if finding.fix else ()
    for place in (finding.place, *(edit.place for edit in edits)):
        rows = lines_of(files[place.file])
        assert 1 <= place.line <= len(rows), finding
        assert 1 <= place.column <= len(rows[place.line - 1]) + 1, finding
        if place.end_line:
            assert (place.line, place.column) <= (place.end_line, place.end_column), finding
            assert place.end_line <= len(rows), finding
            assert place.end_column <= len(rows[place.end_line - 1]) + 1, finding


def check(files: dict[str, bytes]) -> tuple[Journal, tuple[Finding, ...]]:
    """Read a journal and assert what holds for all of them."""
    journal, findings = read_journal(files)
    assert list(findings) == sorted(findings, key=sort_key)
    assert len(set(findings)) == len(findings)
    for finding in findings:
        assert_within(finding, files)
        assert finding.message
    for note in journal.notes():
        for item in note.items:
            assert 1 <= item.place.line <= len(lines_of(files[item.place.file]))
    msgspec.msgpack.encode(journal)
    return journal, findings


@given(st.dictionaries(FILES, st.binary(max_size=200), max_size=4))
def test_any_bytes_in_any_file_give_a_journal(files: dict[str, bytes]) -> None:
    check(files)


@given(st.dictionaries(FILES, st.text(max_size=200), max_size=3))
def test_any_text_in_any_file_gives_a_journal(files: dict[str, str]) -> None:
    check(encode(files))


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(JOURNALS)
def test_nearly_notes_give_a_journal(files: dict[str, str]) -> None:
    check(encode(files))


@given(JOURNALS, st.randoms(use_true_random=False))
def test_the_order_of_files_changes_nothing(files: dict[str, str], random: Random) -> None:
    shuffled = list(encode(files).items())
    random.shuffle(shuffled)
    assert read_journal(dict(shuffled)) == read_journal(encode(files))


@given(JOURNALS, st.sampled_from(["\r\n", "\r"]))
def test_other_newlines_change_nothing(files: dict[str, str], newline: str) -> None:
    journal, findings = read_journal(encode(files))
    other, more = read_journal({file: text.replace("\n", newline).encode() for file, text in files.items()})
    assert other == journal
    assert more == findings


@given(JOURNALS)
def test_mixed_newlines_and_a_byte_order_mark_are_findings_and_no_more(files: dict[str, str]) -> None:
    journal, findings = read_journal(encode(files))
    mixed = {file: "\ufeff" + text.replace("\n", "\r\n", 1) for file, text in files.items()}
    other, more = read_journal(encode(mixed))
    assert other == journal
    assert [finding for finding in more if finding.code not in ("K002", "K003")] == list(findings)


@settings(max_examples=100)
@given(notes(), st.sampled_from(["contacts/dana-lee.md", "meetings/2026-11-03-sam.md", "journal.md", "paths/p.md"]))
def test_every_fix_can_be_applied_and_mends(text: str, file: str) -> None:
    """Fixes are for texts as they are read: with line feeds, and without a byte order mark."""
    _, findings = read_journal({file: text.encode()})
    for finding in findings:
        if finding.fix is None:
            continue
        fixed = apply_edits(text, finding.fix.edits)
        assert fixed != text
        _, after = read_journal({file: fixed.encode()})
        same = [
            one for one in after if (one.code, one.message, one.place) == (finding.code, finding.message, finding.place)
        ]
        assert same == [], (text, fixed)
        if finding.code in ("K310", "K402", "K403"):
            assert len(after) < len(findings), (text, fixed)


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=60))
def test_reading_lines_never_raises(text: str) -> None:
    read_label(text)
    read_markdown(text)
    read(text, "a.md")
    parsed = parse_log_line(text)
    assert isinstance(parsed, str | ParsedLine)


@given(
    st.dates(date(1000, 1, 1), date(9000, 12, 31)),
    st.sampled_from(sorted(LOG_KINDS)),
    st.sampled_from(["", *CHANNELS]),
    st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cc", "Zl", "Zp", "Zs"]), max_size=20),
)
def test_a_log_line_is_read_as_it_is_written(day: date, kind: str, channel: str, text: str) -> None:
    written = ParsedLine(day, kind, channel, text)
    assert parse_log_line(str(written)) == written


@given(
    st.sampled_from(LABELS),
    st.text(alphabet=st.characters(codec="utf-8", categories=["L", "N", "P"]), min_size=1, max_size=20),
)
def test_a_label_is_read_as_it_is_written(label: str, text: str) -> None:
    if text.startswith("//"):
        return
    found = read_label(f"{label}: {text}")
    assert found is not None
    assert (found.label, found.text, found.meant) == (label, text, "")
