"""The advice ledger, as of a day."""

from datetime import date

from kith.study.ledger import advice_by_giver, advice_ledger
from tests.followups.cases import make_journal

FILES = {
    "contacts/ann.md": "---\nname: Ann\nadded: 2026-10-01\n---\n\n- read: a\n\n## Log\n\n"
    "- 2026-11-01 reply\n  - [x] join: b done:2026-11-10\n- 2026-11-20 reply\n  - try: later\n",
    "contacts/bo.md": "---\nname: Bo\n---\n",
    "meetings/2026-11-03-talk.md": "---\ncontacts: [ann, bo]\n---\n\n- [-] attend: c\n- pro: none\n- promise: none\n",
    "paths/law.md": "---\ntitle: Law\n---\n\n- [x] advice: my own\n",
}


def rows(today: date) -> list[tuple[str, str, str, str]]:
    """Return the ledger as text, state, givers and day."""
    ledger = advice_ledger(make_journal(FILES), today)
    return [(one.item.text, one.state, " ".join(one.givers), str(one.given or "")) for one in ledger]


def test_oldest_first_with_state_and_givers() -> None:
    assert rows(date(2026, 11, 15)) == [
        ("my own", "done", "", ""),
        ("a", "open", "ann", "2026-10-01"),
        ("b", "done", "ann", "2026-11-01"),
        ("c", "not for me", "ann bo", "2026-11-03"),
    ]


def test_what_was_done_later_is_open_and_what_was_said_later_is_not_there() -> None:
    assert rows(date(2026, 11, 9))[2] == ("b", "open", "ann", "2026-11-01")
    assert ("later", "open", "ann", "2026-11-20") in rows(date(2026, 11, 20))
    assert [text for text, *_ in rows(date(2026, 10, 31))] == ["my own", "a", "c"]


def test_by_giver_each_of_a_group_and_nobody() -> None:
    by_giver = advice_by_giver(advice_ledger(make_journal(FILES), date(2026, 11, 15)))
    assert {giver: [one.item.text for one in given] for giver, given in by_giver.items()} == {
        "": ["my own"],
        "ann": ["a", "b", "c"],
        "bo": ["c"],
    }


def test_a_giver_whose_card_cannot_be_read_is_nobody() -> None:
    files = {"contacts/ann.md": "---\nname: [\n---\n", "meetings/2026-11-03-ann.md": "- read: a\n"}
    (advice,) = advice_ledger(make_journal(files, with_errors=True), date(2026, 11, 15))
    assert advice.givers == ()
