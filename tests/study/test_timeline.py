"""What has happened with each person, as of a day."""

import random
from datetime import date, time, timedelta
from pathlib import Path

import pytest

from kith.load import Linked, ParsedFile, kind_of, link, parse_note
from kith.study.timeline import (
    MEETING,
    QUESTIONS_SENT,
    History,
    Timeline,
    is_lead,
    is_passed_over,
    people_of,
    read_timeline,
)
from tests.followups.cases import make_journal
from tests.test_incremental import EDITS, read_demo

TODAY = date(2026, 11, 22)


def card(id_: str = "ann", *log: str, front: str = "") -> dict[str, str]:
    lines = "".join(f"- {line}\n" for line in log)
    return {f"contacts/{id_}.md": f"---\nname: {id_.title()}\n{front}\n---\n\n## Log\n\n{lines}"}


def talk(day: str, front: str = "", body: str = "", who: str = "ann") -> dict[str, str]:
    return {f"meetings/{day}-{who}.md": f"---\n{front}\n---\n\n{body}\n"}


def read(files: dict[str, str], today: date = TODAY, who: str = "ann") -> History:
    return read_timeline(make_journal(files), today).histories[who]


def kinds(history: History) -> list[str]:
    return [moment.kind for moment in history.moments]


# --- as of -----------------------------------------------------------------------------------------------------------


def test_log_lines_dated_later_do_not_count_yet() -> None:
    files = card("ann", "2026-11-01 outreach", "2026-11-22 reply", "2026-11-23 heard")
    assert kinds(read(files)) == ["outreach", "reply"]
    assert kinds(read(files, date(2026, 10, 1))) == []


@pytest.mark.parametrize(
    "front, day, expected",
    [
        ("", "2026-11-23", ("planned", True)),
        ("", "2026-11-22", ("planned", True)),
        ("", "2026-11-21", ("planned", False)),
        ("status: planned", "2026-11-22", ("planned", True)),
        ("took: 20", "2026-11-22", ("planned", True)),
        ("took: 20", "2026-11-21", ("held", False)),
        ("status: planned\ntook: 20", "2026-11-21", ("held", False)),
        ("status: held", "2026-11-23", ("planned", True)),
        ("status: held", "2026-11-22", ("held", False)),
        ("status: held", "2026-11-21", ("held", False)),
        ("status: no-show", "2026-11-23", ("planned", True)),
        ("status: no-show", "2026-11-22", ("no-show", False)),
        ("status: cancelled", "2026-11-23", ("cancelled", False)),
        ("status: cancelled", "2026-11-21", ("cancelled", False)),
        ("minutes: 20", "2026-11-21", ("planned", False)),
    ],
)
def test_status_of_a_meeting(front: str, day: str, expected: tuple[str, bool]) -> None:
    (state,) = read_timeline(make_journal(card() | talk(day, front)), TODAY).meetings.values()
    assert (state.status, state.ahead) == expected


@pytest.mark.parametrize(
    "body, status",
    [
        ("## Questions\n\n- [x] Am I late?", "held"),
        ("## Questions\n\n- [ ] Am I late?\n  - No.", "held"),
        ("## Questions\n\n- [ ] Am I late?", "planned"),
        ("## Notes\n\n- pro: the hours", "planned"),
    ],
)
def test_a_question_asked_or_an_answer_says_that_it_was_held(body: str, status: str) -> None:
    (state,) = read_timeline(make_journal(card() | talk("2026-11-21", "", body)), TODAY).meetings.values()
    assert state.status == status


@pytest.mark.parametrize(
    "kind, day, reopened",
    [
        *((kind, "2026-11-11", True) for kind in ("reply", "heard", "met")),
        *((kind, "2026-11-10", False) for kind in ("reply", "heard", "met")),
        *((kind, "2026-11-11", False) for kind in ("got", "introduced", "declined", "outreach", "hello")),
        ("reply", "2026-11-23", False),
    ],
)
def test_closed_holds_until_a_later_day_brings_something_from_them(kind: str, day: str, reopened: bool) -> None:  # noqa: FBT001
    history = read(card("ann", f"{day} {kind}", front="closed: 2026-11-10"))
    assert history.closed_on == (None if reopened else date(2026, 11, 10))
    assert history.active == reopened


def test_a_held_meeting_reopens_and_a_planned_one_does_not() -> None:
    closed = card(front="closed: 2026-11-10")
    assert read(closed | talk("2026-11-11", "status: held")).closed_on is None
    assert read(closed | talk("2026-11-24")).closed_on == date(2026, 11, 10)
    assert read(closed | talk("2026-11-10", "status: held")).closed_on == date(2026, 11, 10)
    assert read(closed, date(2026, 11, 9)).closed_on is None
    assert read(closed, date(2026, 11, 10)).stage == "closed"


# --- order -----------------------------------------------------------------------------------------------------------


def test_a_meeting_comes_after_the_lines_of_its_day_and_meetings_by_their_times() -> None:
    files = {
        **card("ann", "2026-11-03 thank-you", "2026-11-03 hello", "2026-11-02 reply"),
        "meetings/a.md": "---\ndate: 2026-11-03\ncontacts: ann\nstatus: held\ntime: 15:00\n---\n",
        "meetings/b.md": "---\ndate: 2026-11-03\ncontacts: ann\nstatus: held\ntime: 09:00\n---\n",
        "inbox.md": "- 2026-11-03 ann gave by text\n",
    }
    history = read(files)
    # the dates run downwards, so the day is read upwards; what was jotted elsewhere comes last among the lines
    assert kinds(history) == ["reply", "hello", "thank-you", "gave", MEETING, MEETING]
    assert [moment.meeting.time for moment in history.moments if moment.meeting] == [time(9), time(15)]


def test_the_newest_and_what_came_after_it() -> None:
    history = read(card("ann", "2026-11-01 outreach", "2026-11-02 nudge", "2026-11-02 reply"))
    nudge = history.newest({"nudge"})
    assert nudge is not None
    assert history.any_after(nudge, {"reply"})
    assert not history.any_after(nudge, {"outreach"})
    assert history.newest({"heard"}) is None
    assert history.any_on_or_after(date(2026, 11, 2), {"reply"})
    assert not history.any_on_or_after(date(2026, 11, 3), {"reply"})


# --- email and events ------------------------------------------------------------------------------------------------


def test_questions_sent_by_email_are_an_ask_until_the_answers_come() -> None:
    assert kinds(read(card() | talk("2026-11-21", "mode: email"))) == [QUESTIONS_SENT]
    assert read(card() | talk("2026-11-21", "mode: email")).stage == "contacted"
    assert read(card() | talk("2026-11-22", "mode: email")).stage == "scheduled"
    assert kinds(read(card() | talk("2026-11-21", "mode: email\nstatus: held"))) == [MEETING]


def test_an_event_is_an_encounter_with_each_and_no_meeting() -> None:
    files = {
        **card("ann"),
        **card("bo"),
        **card("cy"),
        **talk("2026-11-03", "mode: event\nstatus: held\ncontacts: ann", "## [[bo]]\n\n[[cy]]\n\n## [[ann]]", "fair"),
    }
    timeline = read_timeline(make_journal(files), TODAY)
    assert people_of(timeline.meetings["2026-11-03-fair"].meeting) == ("ann", "bo")
    assert [(kinds(one), one.stage, one.is_met) for one in timeline.histories.values()] == [
        (["met"], "lead", False),
        (["met"], "lead", False),
        ([], "lead", False),
    ]
    for status in ("planned", "cancelled", "no-show"):
        ahead = read(card() | talk("2026-11-24", f"mode: event\nstatus: {status}"))
        assert (ahead.stage, ahead.planned, ahead.missed, is_lead(ahead)) == ("lead", (), (), True)


def test_a_heading_in_a_conversation_makes_nobody_a_guest() -> None:
    files = card("ann") | card("bo") | talk("2026-11-03", "status: held", "## [[bo]]")
    assert kinds(read(files, who="bo")) == []


# --- contact, stage, leads -------------------------------------------------------------------------------------------


def test_last_contact_is_a_held_meeting_or_any_line_but_an_ask() -> None:
    for kind in ("outreach", "nudge", "proposed", "asked"):
        assert read(card("ann", f"2026-11-01 {kind}")).last_contact is None
    for kind in ("reply", "declined", "heard", "got", "introduced", "thank-you", "update", "hello", "gave", "met"):
        assert read(card("ann", f"2026-11-01 {kind}")).last_contact == date(2026, 11, 1)
    assert read(card() | talk("2026-11-03", "status: held")).last_contact == date(2026, 11, 3)
    for front in ("", "status: cancelled", "status: no-show", "mode: email"):
        assert read(card() | talk("2026-11-03", front)).last_contact is None


@pytest.mark.parametrize(
    "log, front, meetings, stage",
    [
        ((), "", (), "lead"),
        (("2026-11-01 met", "2026-11-01 heard", "2026-11-01 introduced", "2026-11-02 hello"), "", (), "lead"),
        (("2026-11-01 outreach",), "", (), "contacted"),
        (("2026-11-01 asked",), "", (), "contacted"),
        (("2026-11-01 declined",), "", (), "contacted"),
        (("2026-11-01 outreach", "2026-11-02 declined"), "", (), "contacted"),
        ((), "", (("2026-11-03", ""),), "contacted"),
        ((), "", (("2026-11-03", "status: cancelled"),), "contacted"),
        (("2026-11-01 reply",), "", (), "replied"),
        (("2026-11-01 got",), "", (), "replied"),
        (("2026-11-01 outreach", "2026-11-02 heard"), "", (), "replied"),
        (("2026-11-01 outreach", "2026-11-02 met"), "", (), "replied"),
        (("2026-11-01 outreach", "2026-11-02 declined", "2026-11-03 introduced"), "", (), "replied"),
        (("2026-11-01 heard", "2026-11-02 outreach"), "", (), "contacted"),
        (("2026-11-01 outreach",), "", (("2026-11-03", ""),), "replied"),
        (("2026-11-04 outreach",), "", (("2026-11-03", ""),), "contacted"),
        (("2026-11-01 outreach",), "", (("2026-11-03", "status: held"),), "met"),
        ((), "", (("2026-11-03", "status: held"), ("2026-11-24", "")), "scheduled"),
        ((), "", (("2026-11-22", ""),), "scheduled"),
        ((), "parked: yes", (("2026-11-24", ""),), "parked"),
        ((), "parked: yes\nclosed: 2026-11-01", (), "closed"),
        (("2026-11-02 heard",), "parked: yes\nclosed: 2026-11-01", (), "parked"),
    ],
)
def test_stage(log: tuple[str, ...], front: str, meetings: tuple[tuple[str, str], ...], stage: str) -> None:
    files = card("ann", *log, front=front)
    for day, status in meetings:
        files |= talk(day, status)
    assert read(files).stage == stage


def test_what_makes_somebody_no_lead_any_more() -> None:
    for kind in ("outreach", "nudge", "asked", "proposed", "reply", "declined", "got"):
        assert not is_lead(read(card("ann", f"2026-11-01 {kind}")))
    for kind in ("introduced", "met", "heard", "thank-you", "update", "hello", "gave"):
        assert is_lead(read(card("ann", f"2026-11-01 {kind}")))
    for day, front in (
        ("2026-11-24", ""),
        ("2026-11-03", ""),
        ("2026-11-03", "status: cancelled"),
        ("2026-11-03", "mode: email"),
    ):
        assert not is_lead(read(card() | talk(day, front)))


def test_an_unanswered_ask_and_its_nudges() -> None:
    ask = read(
        card("ann", "2026-10-01 outreach", "2026-10-02 nudge", "2026-11-01 proposed", "2026-11-02 nudge")
    ).open_ask
    assert ask is not None
    assert (ask.base.kind, ask.newest.date, ask.nudges) == ("proposed", date(2026, 11, 2), 1)
    only = read(card("ann", "2026-11-01 nudge", "2026-11-02 nudge")).open_ask
    assert only is not None
    assert (only.base.date, only.nudges) == (date(2026, 11, 1), 2)
    assert read(card()).open_ask is None
    assert read(card("ann", "2026-11-01 outreach", "2026-11-01 reply")).open_ask is None


def test_planned_and_missed_meetings_in_their_order() -> None:
    files = card() | talk("2026-11-24") | talk("2026-11-23") | talk("2026-11-04", "status: no-show")
    files |= talk("2026-11-03", "status: cancelled") | talk("2026-11-05")
    history = read(files)
    assert [state.meeting.date.day for state in history.planned] == [5, 23, 24]
    assert [state.meeting.date.day for state in history.meetings_ahead] == [23, 24]
    assert [state.meeting.date.day for state in history.missed] == [3, 4]
    assert history.arranged_since(date(2026, 12, 1))
    assert not read(card() | talk("2026-11-05")).arranged_since(date(2026, 11, 6))
    assert read(card() | talk("2026-11-05")).arranged_since(date(2026, 11, 5))


def test_passed_over_are_those_all_of_whose_paths_are_given_up() -> None:
    paths = {
        f"paths/{status}.md": f"---\ntitle: {status}\nstatus: {status}\n---\n"
        for status in ("paused", "ruled-out", "pursuing")
    }

    def passed(given: str) -> bool:
        journal = make_journal(paths | card(front=f"paths: {given}" if given else ""))
        return is_passed_over(journal, journal.contacts["ann"])

    assert [passed(one) for one in ("", "paused", "[paused, ruled-out]", "[paused, pursuing]")] == [
        False,
        True,
        True,
        False,
    ]


def test_a_card_that_cannot_be_read_has_no_history() -> None:
    files = {"contacts/ann.md": "---\nname: [\n---\n", **talk("2026-11-03", "status: held")}
    timeline = read_timeline(make_journal(files, with_errors=True), TODAY)
    assert timeline.histories == {}
    assert list(timeline.meetings) == ["2026-11-03-ann"]


def test_a_title_is_no_way_to_address_somebody() -> None:
    def address(name: str, called: str = "") -> str:
        files = {
            "contacts/ann.md": f'---\nname: "{name}"\ncalled: {called}\n---\n'
            if called
            else f'---\nname: "{name}"\n---\n'
        }
        return make_journal(files).contacts["ann"].address

    assert [address("Ann Ash"), address("Dr. Ann Ash"), address("J. Ash"), address("Ann")] == [
        "Ann",
        "Dr. Ann Ash",
        "J. Ash",
        "Ann",
    ]
    assert address("Ann Ash", "Dr. Ash") == "Dr. Ash"


@pytest.mark.parametrize("seed", range(3))
def test_what_is_known_from_an_earlier_timeline_is_as_if_read_from_nothing(demo: Path, seed: int) -> None:
    rng = random.Random(seed)  # noqa: S311 - a seeded test
    files = read_demo(demo)
    day = date(2026, 11, 22)
    parsed: dict[tuple[str, bytes], ParsedFile] = {}
    linked: Linked | None = None
    before: Timeline | None = None
    kept = 0
    for number in range(40):
        for note in [(file, data) for file, data in files.items() if kind_of(file) is not None]:
            parsed.setdefault(note, parse_note(*note))
        linked = link([parsed[note] for note in files.items() if note in parsed], frozenset(), linked)
        now = read_timeline(linked.journal, day, before)
        assert now == read_timeline(linked.journal, day)
        kept += before is not None and any(before.histories.get(id_) is one for id_, one in now.histories.items())
        before = now
        day += timedelta(days=number % 10 == 9)
        rng.choice(EDITS)(files, rng)
    assert kept > 15
