"""Filing: a line leaves the inbox and stands where it belongs, and nothing else changes."""

from datetime import date

import pytest
from hypothesis import given, settings

from kith.edit.inbox import Filing, Jotted, own_filing, plan_drop, plan_filing, read_jotted
from kith.edit.plan import Change, outcome
from kith.errors import JournalError
from kith.followups import followups
from kith.model import Journal
from tests.edit.journals import JOURNAL, journals, read

TODAY = date(2026, 11, 22)
INBOX = b"""Jotted.

* 2026-11-10 Dana Lee update by email: see [the form](attachments/form.pdf)
  * [ ] promise: call
      again <!-- soon -->

* nights are [paid](https://a.example/) double
* call <!-- tomorrow --> the registrar
1. 2026-11-12 met Dana
   twice
"""


@pytest.fixture
def files() -> dict[str, bytes]:
    return {
        "journal.md": JOURNAL,
        "contacts/dana-lee.md": b"---\nname: Dana Lee\n---\n",
        "contacts/far/away/kim.md": b"---\nname: Kim\n---\n",
        "paths/nursing.md": b"---\ntitle: Nursing\n---\n",
        "inbox.md": INBOX,
    }


@pytest.fixture
def journal(files: dict[str, bytes]) -> Journal:
    return read(files)


def test_lines_know_whether_they_count(journal: Journal, files: dict[str, bytes]) -> None:
    lines = read_jotted(journal, files)
    assert [(one.number, one.who) for one in lines] == [(1, ""), (3, "dana-lee"), (7, ""), (8, ""), (9, "")]
    assert lines[4].dated == (date(2026, 11, 12), "met Dana twice")
    assert read_jotted(journal, {}) == []


def test_what_counts_moves_with_all_below_it_and_its_links(journal: Journal, files: dict[str, bytes]) -> None:
    jotted = read_jotted(journal, files)[1]
    filing = own_filing(jotted)
    assert filing is not None
    card, inbox = plan_filing(journal, files, jotted, filing, TODAY)
    assert card.after is not None
    assert card.after.endswith(
        b"## Log\n\n- 2026-11-10 update by email: see [the form](../attachments/form.pdf)\n"
        b"  * [ ] promise: call\n      again <!-- soon -->\n"
    )
    assert inbox.after == INBOX[: INBOX.index(b"* 2026")] + INBOX[INBOX.index(b"\n* nights") :]


def test_links_by_path_follow_into_folders(journal: Journal, files: dict[str, bytes]) -> None:
    jotted = read_jotted(journal, files)[1]
    card, _ = plan_filing(journal, files, jotted, Filing("kim", jotted.line.text), TODAY)
    assert card.after is not None
    assert b"[the form](../../../attachments/form.pdf)" in card.after


def test_a_claim_stands_where_claims_stand(journal: Journal, files: dict[str, bytes]) -> None:
    jotted = read_jotted(journal, files)[2]
    path, inbox = plan_filing(journal, files, jotted, Filing("nursing", jotted.line.text, "pro"), TODAY)
    assert (
        path.after
        == b"---\ntitle: Nursing\n---\n\n## What stays\n\n- pro: nights are [paid](https://a.example/) double\n"
    )
    assert inbox.after == INBOX.replace(b"* nights are [paid](https://a.example/) double\n", b"")


@pytest.mark.parametrize(
    "number,filing",
    [
        (3, Filing("dana-lee", "call the registrar", "update")),  # its comment would be lost
        (2, Filing("nursing", "x", "met")),
        (2, Filing("journal", "x")),
        (2, Filing("nobody", "x")),
        (2, Filing("nursing", "x", "spam")),
        (2, Filing("nursing", "# x")),
        (2, Filing("dana-lee", "x\x00", "met", TODAY)),
    ],
)
def test_what_cannot_be_filed_is_refused(
    journal: Journal, files: dict[str, bytes], number: int, filing: Filing
) -> None:
    with pytest.raises(JournalError):
        plan_filing(journal, files, read_jotted(journal, files)[number], filing, TODAY)


@settings(max_examples=25)
@given(journals())
def test_filing_what_counts_changes_nothing_that_follows(files: dict[str, bytes]) -> None:
    journal = read(files)
    before = said(journal)
    after = files
    for _ in range(10):
        found = next((one for one in read_jotted(journal, after) if one.who), None)
        filing = None if found is None else own_filing(found)
        if found is None or filing is None:
            break
        after = outcome(after, plan_filing(journal, after, found, filing, TODAY))
        journal = read(after)
    assert said(journal) == before
    assert not any(one.who for one in read_jotted(journal, after))
    changed = {file for file in files if after[file] != files[file]}
    assert not changed or "inbox.md" in changed


def said(journal: Journal) -> list[tuple[object, ...]]:
    items = followups(journal, TODAY)
    return sorted((item.rule, item.contacts, str(item.due), item.action, item.settle) for item in items)


@settings(max_examples=25)
@given(journals())
def test_every_line_can_be_thrown_away_alone(files: dict[str, bytes]) -> None:
    journal = read(files)
    lines = read_jotted(journal, files)
    for jotted in lines:
        (change,) = plan_drop(files, jotted)
        rest = [one for one in lines if one is not jotted]
        again = read_jotted(*_with(files, change))
        assert [_text(one) for one in again] == [_text(one) for one in rest]


def _with(files: dict[str, bytes], change: Change) -> tuple[Journal, dict[str, bytes]]:
    after = outcome(files, [change])
    return read(after), after


def _text(jotted: Jotted) -> tuple[str, str, str]:
    return jotted.line.text, jotted.line.below, jotted.who
