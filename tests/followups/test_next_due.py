"""The day on which each person comes up next."""

from datetime import date

from kith.followups import followups, next_due
from tests.followups.cases import make_journal

TODAY = date(2026, 11, 22)
HELD = {"meetings/2026-11-03-ann.md": "---\nstatus: held\n---\n"}


def card(front: str = "", log: str = "") -> dict[str, str]:
    return {"contacts/ann.md": f"---\nname: Ann\n{front}\n---\n\n## Log\n\n{log}\n"}


def find(files: dict[str, str], today: date = TODAY) -> str | None:
    journal = make_journal(files)
    found = next_due(journal, today)
    assert next_due(journal, today, shown=followups(journal, today)) == found
    return found["ann"].isoformat() if "ann" in found else None


def test_the_horizon_bounds_nothing() -> None:
    log = "- 2026-11-04 thank-you\n- 2026-11-20 update"
    assert find({**card(log=log), **HELD}) == "2027-02-18"


def test_the_first_of_several() -> None:
    assert find({**card(), **HELD}) == "2026-11-04"


def test_nothing_will_come() -> None:
    assert find(card("parked: yes")) is None
    assert find(card("closed: 2026-11-01")) is None
    assert (
        find(card("level: recruiter\npaths: law") | {"paths/law.md": "---\ntitle: Law\nstatus: paused\n---\n"}) is None
    )


def test_snooze_counts_at_the_day_it_returns() -> None:
    assert find({**card("snooze: 2027-01-11"), **HELD}) == "2027-01-11"
    assert find({**card("snooze: 2026-11-10"), **HELD}) == "2026-11-10"


def test_pause_holds_back_what_nobody_waits_for() -> None:
    pause = {"journal.md": "---\ntitle: A case\nname: Robin Vale\npause: 2027-01-01\n---\n"}
    assert find({**pause, **card(log="- 2026-10-01 outreach")}) == "2027-01-01"
    assert find({**pause, **card(log="- 2026-11-20 heard")}) == "2026-11-22"
    assert find({**pause, **card(log="- 2026-10-01 outreach")}, date(2027, 1, 1)) == "2026-10-15"
    assert find({**pause, **card("snooze: 2027-02-01", "- 2026-10-01 outreach")}) == "2027-02-01"


def test_somebody_else_keeps_nobody_waiting() -> None:
    talk = "---\nstatus: cancelled\ncontacts: [ann, bo]\n---\n\n- [ ] promise: the panel due:2026-11-25\n"
    files = {
        **card("level: recruiter", "- 2026-11-20 thank-you\n- 2026-11-20 proposed"),
        "contacts/bo.md": "---\nname: Bo\nsnooze: 2027-01-11\n---\n",
        "meetings/2026-11-20-lunch.md": talk,
    }
    assert find(files) == "2026-11-25"
    assert next_due(make_journal(files), TODAY)["bo"] == date(2027, 1, 11)
