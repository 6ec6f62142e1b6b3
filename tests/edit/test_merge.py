"""Merging loses no key, no line and no link."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kith.edit.merge import conflicts, plan_merge
from kith.edit.plan import outcome
from kith.errors import JournalError
from kith.load import fold_name
from kith.model import Contact
from tests.edit.journals import IDS, JOURNAL, journals, read


def words(data: bytes) -> Counter[str]:
    """Return the lines of a body, with the ids of links made alike."""
    text = data.decode("utf-8-sig").replace("\r\n", "\n").split("---\n", 2)[2]
    for id_ in IDS:
        text = text.replace(id_.upper(), "ID").replace(id_, "ID")
    return Counter(line.strip() for line in text.split("\n") if line.strip() and line.strip() != "## Log")


@settings(max_examples=20)
@given(journals(), st.permutations(IDS), st.sampled_from("ab"))
def test_no_line_no_key_and_no_link_is_lost(files: dict[str, bytes], order: list[str], keep: str) -> None:
    a, b = f"contacts/{order[0]}.md", f"contacts/{order[1]}.md"
    before = read(files)
    first, second = before.contacts[order[0]], before.contacts[order[1]]
    joined = plan_merge(before, files, first, second, lambda _: keep)
    after = outcome(files, joined.changes)
    journal = read(after)
    one = journal.contacts[order[0]]
    assert b not in after
    assert not words(files[a]) + words(files[b]) - words(after[a])
    assert {(day.date, day.kind) for day in (*first.log, *second.log)} == {(day.date, day.kind) for day in one.log}
    assert {*first.tags, *second.tags, *first.email, *second.email} == {*one.tags, *one.email}
    assert {fold_name(second.name), second.id} <= set(map(fold_name, one.aliases))
    assert journal.names[second.id] == journal.names[fold_name(second.name)] == (first.id,)
    text = after[a].decode("utf-8-sig")
    assert all(role in text for role in (first.role, second.role))
    assert after[a].startswith(b"\xef\xbb\xbf") == files[a].startswith(b"\xef\xbb\xbf")
    assert (b"\r\n" in after[a]) == (b"\r\n" in files[a])


def joined(a: str, b: str, keep: str = "a") -> tuple[str, Contact]:
    """Join two cards and return the text and the card of the first."""
    files = {"journal.md": JOURNAL, "contacts/a.md": a.encode(), "contacts/b.md": b.encode()}
    journal = read(files)
    done = plan_merge(journal, files, journal.contacts["a"], journal.contacts["b"], lambda _: keep)
    after = outcome(files, done.changes)
    return after["contacts/a.md"].decode(), read(after).contacts["a"]


A = """---
name: A
---

## Log

- 2026-10-01 outreach
- 2026-10-09 reply

## Goals

- one
"""
B = """---
name: B
---
Opening.

# Log
- 2026-10-12 hello
  more
- 2026-10-05 nudge: x
- no date

loose

## Goals

- two
"""


def test_logs_are_united_by_day_whichever_way_they_run() -> None:
    text, one = joined(A, B)
    found = [(entry.date.day, entry.kind) for entry in one.log]
    assert found == [(1, "outreach"), (5, "nudge"), (9, "reply"), (12, "hello")]
    assert text.index("Opening.") < text.index("## Log") < text.index("loose") < text.index("- one")
    down, _ = joined(A.replace("01 outreach", "20 outreach"), B)
    days = [line[9:12] for line in down.split("\n") if line.startswith("- 2026")]
    assert days == ["-20", "-12", "-09", "-05"]


def test_a_card_without_log_or_body_gets_the_other_ones() -> None:
    other = "---\nname: B\nrole: x # why\n# alone\n---\nText\n\n## Log\n\n- 2026-10-01 met\n"
    text, one = joined("---\nname: A\n---\n", other)
    assert "role: x # why\n# alone\n" in text
    assert "Text" in text
    assert [entry.kind for entry in one.log] == ["met"]


def test_what_loses_is_kept_at_a_key_of_its_own() -> None:
    a, b = "---\nname: A\nrole: nurse # n\nx-role: old\n---\n", "---\nname: B\nrole: lab # l\nx-role: older\n---\n"
    text, one = joined(a, b, "b")
    assert one.role == "lab"
    assert {"x-role: older", "x-role-2: nurse # n", "x-role-3: old", "role: lab # l"} <= set(text.split("\n"))
    text, one = joined(a, b, "a")
    assert one.role == "nurse"
    assert {"x-role: old", "x-role-2: lab # l", "x-role-3: older", "role: nurse # n"} <= set(text.split("\n"))


def test_via_in_a_circle_is_kept_aside() -> None:
    text, one = joined("---\nname: A\nvia: b\n---\n", "---\nname: B\nvia: '[[c]]'\n---\n")
    assert one.via is not None
    assert one.via.text == "c"
    assert "x-via: a" in text


def test_what_differs_is_listed() -> None:
    files = {
        "journal.md": JOURNAL,
        "contacts/a.md": b"---\nname: A\nrole: x\nlevel: peer\norganization: Acme\ntags: a\n---\n",
        "contacts/b.md": b"---\nname: B\nrole: y\nlevel: peer\norganization: '[[acme]]'\ntags: b\nsource: cold\n---\n",
    }
    journal = read(files)
    found = conflicts(journal, files, journal.contacts["a"], journal.contacts["b"])
    assert [(one.key, one.first, one.second) for one in found] == [("role", "x", "y")]
    with pytest.raises(JournalError, match="one person"):
        plan_merge(journal, files, journal.contacts["a"], journal.contacts["a"], lambda _: "a")
