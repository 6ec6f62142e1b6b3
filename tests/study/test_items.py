"""Labelled items as of a day."""

from datetime import date

from kith.study.items import all_items, counts_from, is_open, items_on
from tests.followups.cases import make_journal

BODY = """\
- [ ] read: a
- [x] read: b
- [-] read: c
- read: d
- [x] read: e done:2026-11-10
- [-] read: f done:2026-11-10
"""


def test_open_are_the_unticked_and_what_is_done_later() -> None:
    journal = make_journal({"paths/law.md": f"---\ntitle: Law\n---\n\n{BODY}"})
    items = list(all_items(journal))
    assert "".join(item.text for item in items if is_open(item, date(2026, 11, 9))) == "adef"
    assert "".join(item.text for item in items if is_open(item, date(2026, 11, 10))) == "ad"


def test_items_below_a_later_line_are_not_there_yet_and_those_of_a_meeting_ahead_are() -> None:
    files = {
        "contacts/ann.md": "---\nname: Ann\n---\n\n- read: a\n\n## Log\n\n- 2026-11-10 hello\n  - read: b\n",
        "meetings/2026-11-24-ann.md": "---\nstatus: planned\n---\n\n- read: c\n",
    }
    journal = make_journal(files)
    assert "".join(item.text for item in items_on(journal, date(2026, 11, 9))) == "ac"
    assert "".join(item.text for item in items_on(journal, date(2026, 11, 10))) == "abc"


def test_an_item_counts_from_its_line_its_meeting_or_the_day_its_person_was_added() -> None:
    files = {
        "contacts/ann.md": (
            "---\nname: Ann\nadded: 2026-10-01\n---\n\n- read: a\n\n## Log\n\n- 2026-11-10 hello\n  - read: b\n"
        ),
        "contacts/bo.md": "---\nname: Bo\n---\n\n- read: c\n",
        "meetings/2026-11-03-ann.md": "---\nstatus: held\n---\n\n- read: d\n",
        "paths/law.md": "---\ntitle: Law\n---\n\n- read: e\n",
    }
    journal = make_journal(files)
    assert {item.text: counts_from(item, journal) for item in all_items(journal)} == {
        "a": date(2026, 10, 1),
        "b": date(2026, 11, 10),
        "c": None,
        "d": date(2026, 11, 3),
        "e": None,
    }
