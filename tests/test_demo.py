"""The demo journal: nothing is wrong with it, and everything that kith knows occurs in it."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from kith.dates import WEEKDAYS
from kith.followups import RULES, followups, next_due
from kith.followups.agenda import agenda, read_background
from kith.load import Loaded, load_journal
from kith.model import (
    CHANNELS,
    CLOSED_BECAUSE,
    LABELS,
    LETTER_WHEN,
    LEVELS,
    LOG_KINDS,
    MEETING_STATUSES,
    MODES,
    PATH_STATUSES,
    QUESTION_MARKS,
    SOURCES,
    STAGES,
    TASK,
)
from kith.pipeline import review
from kith.study.timeline import Timeline, read_timeline
from tests.followups.cases import write

TODAY = date(2026, 11, 22)

DUE = """\
2026-11-09 let-go arjun-mehta
2026-11-10 promise dana-lee
2026-11-10 tell-referrer sam-ortiz
2026-11-17 nudge ines-carvalho
2026-11-21 thank-you priya-shah
2026-11-22 find-people -
2026-11-22 second-thank-you ben-okafor
2026-11-22 prepare hana-kimura
2026-11-22 write-down priya-shah
2026-11-22 schedule tomas-weil
2026-11-25 waiting ben-okafor
2026-11-26 reach-out lena-fischer
2026-11-27 tell-referrer dana-lee
2026-11-29 keep-in-touch miles-brandt
2026-11-30 waiting dana-lee
2026-12-03 second-thank-you dana-lee
2026-12-13 second-thank-you yusuf-demir
2026-12-14 task -
2026-12-20 second-thank-you priya-shah
2026-12-24 keep-in-touch joel-marchetti
2027-01-10 keep-in-touch imogen-castle
2027-01-23 keep-in-touch sam-ortiz
2027-01-24 keep-in-touch judith-amara
2027-01-29 keep-in-touch kamala-iyer
2027-02-04 keep-in-touch dana-lee
2027-02-04 keep-in-touch ruth-feld
2027-02-07 keep-in-touch petra-lindholm
2027-02-10 keep-in-touch ben-okafor
2027-02-12 keep-in-touch yusuf-demir
2027-02-18 keep-in-touch priya-shah
"""

PEOPLE = """\
arjun-mehta    contacted  -           -             2026-11-09
ben-okafor     met        2026-11-12  judith-amara  2026-11-22
bettina-gray   parked     -           yusuf-demir   -
celia-marsh    replied    2026-11-09  -             2027-01-11
dana-lee       met        2026-11-06  sam-ortiz     2026-11-10
felix-aldous   lead       -           ruth-feld     -
hana-kimura    scheduled  2026-11-18  -             2026-11-22
imogen-castle  met        2026-10-12  -             2027-01-10
ines-carvalho  contacted  -           sam-ortiz     2026-11-17
joel-marchetti met        2026-09-25  kamala-iyer   2026-12-24
judith-amara   met        2026-10-26  -             2027-01-24
kamala-iyer    met        2026-10-31  -             2027-01-29
lena-fischer   lead       -           -             2026-11-26
miles-brandt   met        2026-10-30  -             2026-11-29
owen-price     closed     2026-10-20  -             -
petra-lindholm met        2026-11-09  -             2027-02-07
priya-shah     met        2026-11-20  dana-lee      2026-11-21
ruth-feld      met        2026-11-06  -             2027-02-04
sam-ortiz      met        2026-10-25  -             2026-11-10
tomas-weil     replied    2026-11-20  dana-lee      2026-11-22
yusuf-demir    met        2026-11-14  -             2026-12-13
"""

# The day on which a rule is to be seen at work, and for whom.
DAYS = {
    "answer": ("2026-10-23", "sam-ortiz"),
    "reach-out": ("2026-11-10", "tomas-weil"),
    "nudge": ("2026-10-23", "arjun-mehta"),
    "let-go": ("2026-11-22", "arjun-mehta"),
    "schedule": ("2027-01-11", "celia-marsh"),
    "prepare": ("2026-11-22", "hana-kimura"),
    "debrief": ("2026-11-25", "hana-kimura"),
    "thank-you": ("2026-08-15", "kamala-iyer"),
    "second-thank-you": ("2026-10-16", "judith-amara"),
    "tell-referrer": ("2026-11-22", "sam-ortiz"),
    "keep-in-touch": ("2026-11-29", "miles-brandt"),
    "promise": ("2026-11-22", "dana-lee"),
    "waiting": ("2026-11-25", "ben-okafor"),
    "task": ("2026-10-31", ""),
    "write-down": ("2026-11-22", "priya-shah"),
    "find-people": ("2026-11-22", ""),
}


@pytest.fixture(scope="module")
def loaded(demo: Path) -> Loaded:
    return load_journal(demo)


@pytest.fixture(scope="module")
def timeline(loaded: Loaded) -> Timeline:
    return read_timeline(loaded.journal, TODAY)


@pytest.fixture(scope="module")
def text(loaded: Loaded) -> str:
    """Return all notes as one text."""
    return "\n".join(data.decode() for data in loaded.files.values())


# --- nothing is wrong with it ----------------------------------------------------------------------------------------


def test_nothing_is_wrong_with_its_files_and_links(loaded: Loaded) -> None:
    assert loaded.findings == ()


def test_no_check_finds_anything(demo: Path) -> None:
    assert review(demo, TODAY).findings == ()


def test_every_person_in_it_is_invented(loaded: Loaded, text: str) -> None:
    journal = loaded.journal
    addresses = [address for one in journal.contacts.values() for address in one.email]
    addresses += journal.owner.email
    hosts = [address.partition("@")[2] for address in addresses]
    hosts += re.findall(r"https?://([^/\s)\"]+)", text)
    assert addresses
    assert all(host.endswith((".example", "example.org")) for host in hosts)
    phones = [phone for one in journal.contacts.values() for phone in one.phone]
    phones += journal.owner.phone
    assert phones
    assert all(re.fullmatch(r"555 01\d\d", phone) for phone in phones)  # numbers kept free for invention


def test_weekdays_in_logs_are_those_of_the_calendar(loaded: Loaded) -> None:
    # "Friday the 16th, ten past nine": a weekday with a day of the month, in the month of its line or the next
    checked = 0
    for contact in loaded.journal.contacts.values():
        for entry in contact.log:
            for weekday, day in re.findall(rf"({'|'.join(WEEKDAYS)})\D{{0,5}}the (\d\d?)", entry.text):
                months = [entry.date.replace(day=1), (entry.date.replace(day=1) + timedelta(days=32)).replace(day=1)]
                assert any(WEEKDAYS[month.replace(day=int(day)).weekday()] == weekday for month in months), entry.text
                checked += 1
    assert checked >= 2


# --- what follows from it --------------------------------------------------------------------------------------------


def test_what_is_due(loaded: Loaded) -> None:
    assert "\n".join([*write(followups(loaded.journal, TODAY)), ""]) == DUE


def test_who_is_where(loaded: Loaded, timeline: Timeline) -> None:
    due = next_due(loaded.journal, TODAY)
    rows = []
    for id_, history in timeline.histories.items():
        via = history.contact.via.id if history.contact.via else None
        cells = (history.stage, history.last_contact or "-", via or "-", due.get(id_, "-"))
        rows.append("{:<14} {:<9}  {!s:<10}  {:<12}  {!s}".format(id_, *cells).rstrip())
    assert "\n".join([*rows, ""]) == PEOPLE


def test_what_its_reader_sees_first(loaded: Loaded) -> None:
    shown = agenda(followups(loaded.journal, TODAY), read_background(read_timeline(loaded.journal, TODAY)))
    assert [block.contact for block in shown.blocks] == [
        *("dana-lee", "sam-ortiz", "priya-shah", "hana-kimura", "tomas-weil", "ines-carvalho", "ben-okafor"),
        *("arjun-mehta", None, "miles-brandt", "lena-fischer"),
    ]
    assert (shown.hidden_late, shown.hidden_reach_outs) == (0, 0)


def test_every_rule_has_its_day(loaded: Loaded) -> None:
    assert set(DAYS) == {rule.NAME for rule in RULES}
    for rule, (day, who) in DAYS.items():
        today = date.fromisoformat(day)
        found = [one.contacts for one in followups(loaded.journal, today) if one.rule == rule and one.due <= today]
        assert ((who,) if who else ()) in found, rule


def days() -> Iterator[date]:
    """Every day of its four months, and some before and after."""
    day = date(2026, 7, 25)
    while day <= date(2027, 2, 28):
        yield day
        day += timedelta(days=1)


def test_every_day_makes_sense_and_over_the_months_every_rule_fires(loaded: Loaded) -> None:
    fired = set()
    for day in days():
        due = [one for one in followups(loaded.journal, day) if one.due <= day]
        fired |= {one.rule for one in due}
        # a journal that is left lying brings nobody more than a handful of things
        assert len(due) <= 1.5 * len(loaded.journal.contacts), day
    assert fired == {rule.NAME for rule in RULES}


def test_before_the_first_note_little_is_due_and_years_later_it_is_summed_up(loaded: Loaded) -> None:
    journal = loaded.journal
    before = date(2026, 1, 1)
    assert agenda(followups(journal, before), read_background(read_timeline(journal, before))).blocks == ()
    later = date(2030, 1, 1)
    late = [one for one in followups(journal, later) if one.due <= later]
    assert len(late) <= 2 * len(journal.contacts)
    shown = agenda(late, read_background(read_timeline(journal, later)))
    assert sum(len(block.entries) for block in shown.blocks) == 5
    assert shown.hidden_late == 22


def test_every_stage_is_reached(timeline: Timeline) -> None:
    assert {history.stage for history in timeline.histories.values()} == set(STAGES)


# --- everything occurs in it -----------------------------------------------------------------------------------------


def test_every_label_and_every_state_of_an_item_occurs(loaded: Loaded) -> None:
    items = [item for note in loaded.journal.notes() for item in note.items]
    assert {item.label for item in items} == {*LABELS, TASK}
    assert {item.state for item in items} == {"open", "done", "dropped"}
    assert any(item.topic for item in items)
    assert any(item.due for item in items)
    assert any(item.done for item in items)
    assert any(item.under for item in items)
    assert any(not item.contacts for item in items)


def test_every_kind_of_log_line_occurs(loaded: Loaded) -> None:
    entries = [entry for contact in loaded.journal.contacts.values() for entry in contact.log]
    assert {entry.kind for entry in entries} == set(LOG_KINDS)
    assert {entry.channel for entry in entries} >= set(CHANNELS) - {"video", "other"}
    assert any(entry.place.file == "inbox.md" for entry in entries)


def test_every_kind_of_meeting_occurs(loaded: Loaded) -> None:
    meetings = loaded.journal.meetings.values()
    assert {meeting.mode for meeting in meetings} == set(MODES)
    assert {meeting.status for meeting in meetings} == {*MEETING_STATUSES, ""}
    assert {len(meeting.contacts) for meeting in meetings} == {0, 1, 2}
    assert any(meeting.before for meeting in meetings)
    assert any(meeting.resume for meeting in meetings)


def test_the_vocabularies_of_the_cards_occur(loaded: Loaded) -> None:
    journal = loaded.journal
    contacts = journal.contacts.values()
    assert {contact.level for contact in contacts} >= set(LEVELS) - {"executive"}
    assert len({contact.source for contact in contacts} & set(SOURCES)) >= 10
    assert {contact.closed_because for contact in contacts} & set(CLOSED_BECAUSE)
    assert {path.status for path in journal.paths.values()} == set(PATH_STATUSES)
    assert {letter.when for letter in journal.letters.values()} == {*LETTER_WHEN, ""}
    assert {question.mark for section in journal.questions.values() for question in section.questions} == {
        *QUESTION_MARKS,
        "",
    }
    for key in (
        "aliases",
        "called",
        "pronouns",
        "website",
        "timezone",
        "tags",
        "cadence",
        "receptive",
        "snooze",
        "card",
    ):
        assert any(getattr(contact, key) for contact in contacts), key
    assert any(contact.private for contact in contacts)
    assert any(question.earlier for section in journal.questions.values() for question in section.questions)
