"""Renaming leaves every link where it led, and every other byte as it was."""

import re
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kith.edit.apply import apply
from kith.edit.git import count_commits, follow_rename
from kith.edit.links import _all_references
from kith.edit.plan import Change, Plan, combine, outcome
from kith.edit.rename import plan_rename, suggest_id
from kith.errors import JournalError
from tests.edit.journals import IDS, JOURNAL, journals, read

CARD = b"---\nname: Dana Lee\n---\n"


@settings(max_examples=20)
@given(journals(), st.sampled_from(IDS), st.sampled_from(["d-lee", "x", "zoe", "dana-lee-2"]))
def test_every_link_leads_where_it_led_under_its_label(files: dict[str, bytes], old: str, new: str) -> None:
    before = read(files)
    changes = plan_rename(before, files, before.contacts[old], new)
    after = read(outcome(files, changes))
    was, now = _all_references(before), _all_references(after)
    assert new in after.contacts
    for id_, references in was.items():
        moved = [(key, label, new if target == old else target) for key, label, target in references]
        assert now[new if id_ == old else id_] == moved


@settings(max_examples=20)
@given(journals(), st.sampled_from(IDS))
def test_no_other_byte_changes(files: dict[str, bytes], old: str) -> None:
    """Putting the old id back, and taking the alias and the line `contacts` out, gives the old bytes."""
    before = read(files)
    changes = plan_rename(before, files, before.contacts[old], "qqqq-1")
    for change in changes:
        assert change.before is not None
        assert change.after is not None
        back = re.sub(rb"(?:aliases: \[%b\]|contacts: \[qqqq-1\])\r?\n" % re.escape(old.encode()), b"", change.after)
        back = back.replace(b"qqqq-1", old.encode())
        assert back.lower() == change.before.replace(old.upper().encode(), old.encode()).lower()


@settings(max_examples=20)
@given(journals(), st.sampled_from(IDS))
def test_renaming_there_and_back_adds_an_alias_alone(files: dict[str, bytes], old: str) -> None:
    first = read(files)
    there = plan_rename(first, files, first.contacts[old], "elsewhere")
    middle = outcome(files, there)
    journal = read(middle)
    assert old in journal.contacts["elsewhere"].aliases
    with pytest.raises(JournalError, match=r"alias|id of"):
        plan_rename(journal, middle, journal.contacts[IDS[0] if old != IDS[0] else IDS[1]], old)


def test_meeting_keeps_its_date_and_reads_its_contact_still() -> None:
    files = {
        "journal.md": JOURNAL,
        "contacts/dana-lee.md": CARD,
        "meetings/2026-11-03-dana-lee.md": b"---\nstatus: held\n---\n"
        b"[a](2026-11-03-dana-lee.md) [[2026-11-03-dana-lee|L]]\n",
    }
    journal = read(files)
    changes = plan_rename(journal, files, journal.meetings["2026-11-03-dana-lee"], "coffee")
    meeting = read(outcome(files, changes)).meetings["2026-11-03-coffee"]
    assert meeting.contact_ids == ("dana-lee",)
    assert meeting.body.text == "[a](2026-11-03-coffee.md) [[2026-11-03-coffee|L]]\n"
    changes = plan_rename(journal, files, journal.contacts["dana-lee"], "d-lee")
    assert read(outcome(files, changes)).meetings["2026-11-03-dana-lee"].contact_ids == ("d-lee",)


def test_links_in_definitions_subfolders_tables_and_lists_follow() -> None:
    files = {
        "journal.md": JOURNAL,
        "contacts/work/dana-lee.md": CARD,
        "meetings/2026-11-03.md": b"---\ncontacts: [sam, [[dana-lee]]]\n---\n",
        "paths/nursing.md": b"---\ntitle: Nursing\nquestion: ask '[[dana-lee]]'\n---\n"
        b"| x |\n|---|\n| [[dana-lee\\|D]] |\n\n[Dana][d] and [Dana](../contacts/work/dana-lee.md#log)\n\n"
        b"[d]: ../contacts/work/dana-lee.md 'card'\n",
    }
    journal = read(files)
    changes = plan_rename(journal, files, journal.contacts["dana-lee"], "d")
    (path,) = (change.after for change in changes if change.path.startswith("paths"))
    assert path == files["paths/nursing.md"].replace(b"dana-lee", b"d")


@pytest.mark.parametrize(
    "new,said",
    [
        ("Dana", "is no id"),
        ("con", "Windows"),
        ("x" * 300, "too long"),
        ("", "is no id"),
        ("dana-lee", "called that already"),
        ("sam-ortiz", "is the id of"),
        ("sammy", "is a name or an alias of"),
    ],
)
def test_what_cannot_be_is_refused(new: str, said: str) -> None:
    files = {
        "journal.md": JOURNAL,
        "contacts/dana-lee.md": CARD,
        "contacts/sam-ortiz.md": b"---\nname: Sam\naliases: Sammy\n---\n",
    }
    journal = read(files)
    with pytest.raises(JournalError, match=said):
        plan_rename(journal, files, journal.contacts["dana-lee"], new)


def test_case_alone_may_change(tmp_path: Path) -> None:
    files = {
        "journal.md": JOURNAL,
        "contacts/Dana-Lee.md": CARD,
        "inbox.md": b"- [x](contacts/Dana-Lee.md) [[Dana-Lee]]\n",
    }
    for file, data in files.items():
        (tmp_path / file).parent.mkdir(exist_ok=True)
        (tmp_path / file).write_bytes(data)
    journal = read(files)
    changes = plan_rename(journal, files, journal.contacts["dana-lee"], "dana-lee")
    apply(tmp_path, Plan(changes))
    assert [path.name for path in (tmp_path / "contacts").iterdir()] == ["dana-lee.md"]
    assert (tmp_path / "contacts" / "dana-lee.md").read_bytes() == CARD
    assert (tmp_path / "inbox.md").read_bytes() == b"- [x](contacts/dana-lee.md) [[dana-lee]]\n"


def test_git_sees_a_rename_and_nothing_staged_besides(tmp_path: Path) -> None:
    def git(*arguments: str) -> str:
        return subprocess.run(["git", *arguments], cwd=tmp_path, capture_output=True, check=True).stdout.decode()

    git("init", "-q")
    journal = tmp_path / "notes"
    journal.mkdir()
    (journal / "dana.md").write_text("Dana\n" * 5, encoding="utf-8")
    git("add", "-A")
    git("-c", "user.name=R", "-c", "user.email=r@x.example", "commit", "-qm", "one")
    (journal / "dana.md").rename(journal / "lee.md")
    with (journal / "lee.md").open("a", encoding="utf-8") as file:
        file.write("more\n")
    assert follow_rename(journal, "dana.md", "lee.md")
    assert git("status", "--porcelain").split() == ["RM", "notes/dana.md", "->", "notes/lee.md"]
    assert not follow_rename(journal, "untracked.md", "x.md")
    assert count_commits(journal, "Dana") == 1
    assert count_commits(journal, "nobody") == 0


def test_without_git_nothing_is_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert count_commits(tmp_path, "Dana") is None
    monkeypatch.setenv("PATH", "")
    assert not follow_rename(tmp_path, "a.md", "b.md")


def test_changes_on_the_outcome_of_changes_are_one_plan() -> None:
    first = (Change("a", b"1", b"2"), Change("b", b"1", None))
    then = (Change("a", b"2", b"3", "c"), Change("d", b"x", b"y"))
    assert combine(first, then) == (Change("b", b"1", None), Change("a", b"1", b"3", "c"), Change("d", b"x", b"y"))


def test_ids_are_suggested() -> None:
    assert suggest_id("Zoë_Álvarez (Mercy)") == "zoë-álvarez-mercy"
