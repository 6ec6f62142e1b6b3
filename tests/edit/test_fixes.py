"""Mending findings: what is fixed is gone, nothing else has come, and all other bytes are as they were."""

from collections import Counter
from collections.abc import Mapping
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kith.checks import check
from kith.diagnostics import Edit, Finding, Fix, Place, span
from kith.edit.fixes import GUESSES, Mended, describe, is_readable, may_mend, mend
from kith.edit.plan import outcome
from kith.load import read_journal
from tests.checks.cases import TODAY, read_cases
from tests.edit.journals import JOURNAL
from tests.run import ROOT

CASES = [
    case
    for path in sorted((ROOT / "tests" / "checks").glob("K*.md"))
    for case in read_cases(path.read_text(encoding="utf-8"))[1]
    if not case.links and not case.unreadable
]


def find(files: Mapping[str, bytes], attachments: frozenset[str] = frozenset(), today: date = TODAY) -> list[Finding]:
    """Return what is wrong with a journal."""
    journal, found = read_journal(files, attachments)
    return sorted({*found, *check(journal, today)}, key=lambda one: (one.place, one.code))


def mended(note: str, **others: str) -> tuple[str, Mended]:
    """Mend a card and return its text and what became of the fixes."""
    files = {"journal.md": JOURNAL, "contacts/dana-lee.md": note.encode()}
    files |= {f"contacts/{id_}.md": text.encode() for id_, text in others.items()}
    done = mend(files, find, lambda finding: may_mend(finding, ()))
    return outcome(files, done.changes)["contacts/dana-lee.md"].decode(), done


def count(found: list[Finding] | tuple[Finding, ...]) -> Counter[tuple[str, str]]:
    """Count findings by code and file."""
    return Counter((one.code, one.place.file) for one in found)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_every_case_of_the_checks_is_mended_or_left_as_it_is(case: object) -> None:
    files, attachments, today = dict(case.files), case.attachments, case.today  # type: ignore[attr-defined]
    files.setdefault("journal.md", JOURNAL)
    before = find(files, attachments, today)
    done = mend(files, lambda now: find(now, attachments, today), lambda _: True)
    after = outcome(files, done.changes)
    assert list(done.findings) == find(after, attachments, today)
    assert not count(done.findings) - count(before) - count(done.revealed)
    assert {one.finding for one in done.skipped} <= set(done.findings)
    if not any(one.fix for one in before):
        assert after == files


@settings(max_examples=20)
@given(
    lines=st.lists(
        st.sampled_from(
            ["role: nurse: nights", "alias: D", "via: [[sam-ortiz]]", "tags: #ai", "roel: x  # why", "x-mine: 1", "# c"]
        ),
        unique=True,
    ),
    body=st.lists(
        st.sampled_from(
            ["- 2026-10-01 thanks", "* 2026-10-02: nudge", "- pros: x", "- [ ] read: y done:2026-10-01", "\ttext ", "é"]
        )
    ),
    newline=st.sampled_from(["\n", "\r\n"]),
    ends=st.sampled_from(["", "\n"]),
)
def test_only_lines_with_findings_change(lines: list[str], body: list[str], newline: str, ends: str) -> None:
    text = newline.join(["---", "name: Dana Lee", *lines, "---", "", "## Log", "", *body]) + ends
    files = {"journal.md": JOURNAL, "contacts/dana-lee.md": b"\xef\xbb\xbf" + text.encode()}
    files["contacts/sam-ortiz.md"] = b"---\nname: Sam Ortiz\n---\n"
    done = mend(files, find, lambda finding: may_mend(finding, ()))
    after = outcome(files, done.changes)
    old, new = (one["contacts/dana-lee.md"].split(newline.encode()) for one in (files, after))
    touched = {edit.place.line for one in done.mended if one.fix for edit in one.fix.edits}
    assert len(old) == len(new)
    assert {row for row, (one, other) in enumerate(zip(old, new, strict=True), 1) if one != other} <= touched
    assert mend(after, find, lambda finding: may_mend(finding, ())).changes == ()


def test_a_syntax_error_is_mended_first_and_what_it_hid_is_said() -> None:
    text, done = mended("---\nname: Dana\nrole: nurse: nights\nalias: D\nlevel: boss\n---\n")
    assert text == '---\nname: Dana\nrole: "nurse: nights"\naliases: D\nlevel: boss\n---\n'
    assert [one.code for one in done.mended] == ["K101", "K106"]
    assert [one.code for one in done.revealed] == ["K106", "K109"]
    assert describe(done, dry_run=False) == "Mended 2 findings in 1 file. 2 findings could not be seen before."


def test_nothing_is_mended_in_a_file_that_cannot_be_read() -> None:
    conflict = "---\nname: Dana\nalias: D\n---\n<<<<<<< ours\n- pros: a\n=======\n- pros: b\n>>>>>>> theirs\n"
    broken = "---\nname: [a\nalias: D\nrole: b]: c\n---\n- pros: a\n"
    for text in (conflict, broken):
        assert mended(text)[0] == text
    assert not is_readable("contacts/x.md", {"contacts/x.md": conflict.encode()})
    assert not is_readable("contacts/y.md", {})


def test_a_fix_that_leads_to_another_finding_is_left_out() -> None:
    text, done = mended("---\nname: Dana\nvia: Sam\nvia2: Sam\nalias: D\n---\n")
    assert text == "---\nname: Dana\nvia: Sam\nvia2: Sam\naliases: D\n---\n"
    (skipped,) = done.skipped
    assert skipped.reason.startswith("it would lead to K105 at contacts/dana-lee.md:4:1: `via` was given already")
    assert "Left 1 fix out." in describe(done, dry_run=True)


def test_a_fix_that_leads_to_what_can_be_mended_brings_that_with_it() -> None:
    lines = ["---", "name: Dana", "alias: D", "viaa: [[sam]]", "sourc: frend", "---", "", "## Logs", ""]
    text, done = mended("\n".join([*lines, "* 2026-10-01: thanks email\n"]), sam="---\nname: Sam\n---\n")
    lines[2:4] = ["aliases: D", 'via: "[[sam]]"']
    lines[-2] = "## Log"
    assert text == "\n".join([*lines, "- 2026-10-01 thank-you by email\n"])
    assert [one.code for one in done.mended] == ["K106", "K106", "K412", "K116", "K402"]
    assert [one.reason[:22] for one in done.skipped] == ["it would lead to K109 "]


def test_a_guess_whom_a_link_means_is_made_only_when_asked_for() -> None:
    files = {"journal.md": JOURNAL, "contacts/dana-lee.md": b"---\nname: Dana Lee\n---\n"}
    files["contacts/sam.md"] = b"---\nname: Sam\nvia: '[[dana-le]]'\n---\n"
    assert mend(files, find, lambda finding: may_mend(finding, ())).changes == ()
    for named in ({"k203"}, {GUESSES["K203"]}):
        done = mend(files, find, lambda finding, named=named: may_mend(finding, named))  # type: ignore[misc]
        assert done.changes[0].after == b'---\nname: Sam\nvia: "[[dana-lee]]"\n---\n'


def test_fixes_that_touch_each_other_take_turns() -> None:
    """Each of the findings wants to change the same word; the second sees what the first has left."""

    def find_letters(files: Mapping[str, bytes]) -> list[Finding]:
        text = files["contacts/x.md"].decode()
        place = span("contacts/x.md", 1, 1, len(text))
        return [
            Finding(
                code,
                "letter",
                "info",
                f"{letter} is there",
                place,
                "",
                Fix("", (Edit(place, text.replace(letter, "")),)),
            )
            for code, letter in (("K1", "a"), ("K2", "b"))
            if letter in text
        ]

    done = mend({"contacts/x.md": b"abc"}, find_letters, lambda _: True)
    assert [change.after for change in done.changes] == [b"c"]
    assert len(done.mended) == 2


def test_a_fix_without_a_place_is_left_out() -> None:
    finding = Finding(
        "K1", "x", "info", "x", Place("contacts/x.md"), "", Fix("", (Edit(span("contacts/x.md", 9, 1, 1), ""),))
    )
    done = mend({"contacts/x.md": b"abc"}, lambda _: [finding], lambda _: True)
    assert done.changes == ()
    assert [one.reason for one in done.skipped] == ["its place cannot be changed"]
