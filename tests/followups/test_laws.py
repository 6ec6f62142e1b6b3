"""The laws of follow-ups, held against random journals that are read from files."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from kith.followups import followups, next_due
from kith.followups.world import read_world
from kith.model import FollowUp, Journal
from kith.study.timeline import read_timeline
from tests.followups.cases import make_journal
from tests.followups.journals import IDS, KINDS, TODAY, Card, Line, Notes, Talk, notes, past_days, settle

DAY = timedelta(days=1)
slow_to_draw = settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])

Identity = tuple[str, tuple[str, ...], date, date, str]


def identify(followup: FollowUp) -> Identity:
    """What makes a follow-up the same in two journals, whatever lines of a file it stands on."""
    return (followup.rule, followup.contacts, followup.due, followup.event.date, followup.action)


def without(shown: Iterable[FollowUp], *rules: str) -> list[Identity]:
    """The follow-ups of other rules."""
    return sorted(identify(one) for one in shown if one.rule not in rules)


def until(written: Notes, day: date) -> Notes:
    """The notes without the log lines of later days."""
    cards = {
        id_: replace(card, log=tuple(line for line in card.log if line.day <= day))
        for id_, card in written.cards.items()
    }
    return replace(written, cards=cards)


@slow_to_draw
@given(notes())
def test_followups_are_deterministic_sorted_and_independent_of_the_order_of_files(written: Notes) -> None:
    found = followups(written.journal, TODAY)
    assert found == followups(written.journal, TODAY)
    assert found == followups(make_journal(dict(reversed(written.files.items()))), TODAY)
    order = [(one.due, one.contacts, one.rule, one.event.place.file, one.event.place.line) for one in found]
    assert order == sorted(order)


@slow_to_draw
@given(notes(), past_days)
def test_a_past_day_is_read_as_if_later_lines_had_not_been_written(written: Notes, day: date) -> None:
    assert followups(written.journal, day) == followups(until(written, day).journal, day)


@slow_to_draw
@given(notes(), st.integers(1, 40))
def test_dates_count_from_the_event_and_not_from_the_day_of_reading(written: Notes, days: int) -> None:
    # nothing happens between the two days, so the same event has the same date; three things count from the day of
    # reading itself: what has no day, a promised introduction that comes due, and the list that runs dry
    journal = until(written, TODAY).journal
    talked = [meeting.date for meeting in journal.meetings.values()]
    assume(not any(TODAY <= day <= TODAY + days * DAY for day in talked))
    undated = {"find-people", "reach-out", "promise", "waiting", "write-down"}
    before = {
        (one.rule, one.contacts, one.event): one.due for one in followups(journal, TODAY) if one.rule not in undated
    }
    after = {(one.rule, one.contacts, one.event): one.due for one in followups(journal, TODAY + days * DAY)}
    for key, due in before.items():
        assert after.get(key, due) == due


@slow_to_draw
@given(notes(), st.sampled_from(IDS), st.sampled_from(KINDS), st.integers(2, 200))
def test_an_older_entry_changes_nothing_that_a_newer_one_decides(
    written: Notes, who: str, kind: str, days: int
) -> None:
    for newest in ("reply", "thank-you", "update", "outreach"):
        written = written.logged(who, newest, TODAY - DAY)
    card = written.cards[who]
    older = written.with_card(replace(card, log=(Line(TODAY - days * DAY, kind), *card.log)))
    decided = {"answer", "nudge", "let-go", "schedule", "thank-you", "keep-in-touch", "reach-out", "tell-referrer"}
    first, second = (
        [identify(one) for one in followups(each.journal, TODAY) if one.rule in decided] for each in (written, older)
    )
    assert first == second


@slow_to_draw
@given(notes(), st.sampled_from(IDS))
def test_an_open_task_and_a_mention_are_not_contact(written: Notes, who: str) -> None:
    card = written.cards[who]
    more = written.with_card(replace(card, items=(*card.items, "[ ] think about it", f"insight: like [[{who}]]")))
    more = replace(
        more, standing={**more.standing, "paths/nursing.md": f"---\ntitle: Nursing\n---\n\nAsk [[{who}]].\n"}
    )
    assert without(followups(written.journal, TODAY)) == without(followups(more.journal, TODAY))
    assert _last_contacts(written.journal) == _last_contacts(more.journal)


@slow_to_draw
@given(notes(), st.sampled_from(IDS), st.integers(1, 60))
def test_a_planned_meeting_is_not_contact(written: Notes, who: str, days: int) -> None:
    more = written.with_talk(Talk("planned", TODAY + days * DAY, (who,)))
    assert _last_contacts(written.journal) == _last_contacts(more.journal)
    owed = {"thank-you", "second-thank-you", "tell-referrer", "promise", "debrief", "waiting", "task", "write-down"}
    first, second = (
        [identify(one) for one in followups(each.journal, TODAY) if one.rule in owed] for each in (written, more)
    )
    assert first == second


def _last_contacts(journal: Journal) -> Mapping[str, date | None]:
    return {id_: history.last_contact for id_, history in read_timeline(journal, TODAY).histories.items()}


@slow_to_draw
@given(notes())
def test_an_unrelated_record_changes_nothing_but_the_count_of_leads(written: Notes) -> None:
    zoe = Card(
        "zoe", {"organization": "Somewhere"}, ("[ ] promise: a thing",), (Line(TODAY, "heard"),), name="Zoe Zimmer"
    )
    more = written.with_card(zoe).with_talk(Talk("with-zoe", TODAY - DAY, ("zoe",), items=("offer: a lift",)))
    more = replace(more, standing={**more.standing, "organizations/other.md": "---\nname: Other\n---\n"})
    left = [one for one in followups(more.journal, TODAY) if "zoe" not in one.contacts and one.rule != "find-people"]
    assert left == [one for one in followups(written.journal, TODAY) if one.rule != "find-people"]


@slow_to_draw
@given(notes())
def test_nothing_is_due_for_closed_or_parked_people_nor_before_a_snooze(written: Notes) -> None:
    journal = written.journal
    histories = read_timeline(journal, TODAY).histories
    pause = journal.owner.pause
    for one in followups(journal, TODAY):
        assert all(histories[id_].active for id_ in one.contacts)
        snoozes = [histories[id_].contact.snooze or date.min for id_ in one.contacts]
        assert all(snooze <= TODAY for snooze in snoozes)
        assert one.due >= min(snoozes, default=date.min)
        assert one.weight == 1 or pause is None or pause <= TODAY


@slow_to_draw
@given(notes())
def test_next_due_is_the_first_followup_or_the_day_it_returns(written: Notes) -> None:
    journal = written.journal
    first: dict[str, date] = {}
    for one in followups(journal, TODAY):
        for id_ in one.contacts:
            # somebody else's share of it may come earlier
            due = max(one.due, journal.contacts[id_].snooze or date.min)
            first[id_] = min(due, first.get(id_, due))
    found = next_due(journal, TODAY)
    histories = read_timeline(journal, TODAY).histories
    for id_, due in found.items():
        assert histories[id_].active
        assert due >= (histories[id_].contact.snooze or date.min)
    paused = journal.owner.pause is not None and journal.owner.pause > TODAY
    for id_, due in first.items():
        assert found[id_] == due or (paused and found[id_] <= due)


@slow_to_draw
@given(notes(), st.integers(0, 3), st.randoms(use_true_random=False))
def test_settling_removes_it_and_leaves_what_it_does_not_concern(written: Notes, days: int, chance: Random) -> None:
    today = TODAY + days * DAY
    before = followups(written.journal, today)
    due = [one for one in before if one.due <= today and one.rule != "find-people"]
    for chosen in chance.sample(due, min(len(due), 3)):
        settled = settle(written, chosen, today)
        after = followups(settled.journal, today)
        assert Counter(map(identify, after))[identify(chosen)] < Counter(map(identify, before))[identify(chosen)], (
            chosen
        )
        concerned = _concerned(chosen, written.journal, settled.journal, today)
        gone, come = _differences(before, after)
        gone.remove(identify(chosen))
        assert not [one for one in gone if not _is_allowed(one, concerned, come)], (chosen, gone, come)
        assert not [one for one in come if not _is_allowed(one, concerned, gone)], (chosen, gone, come)


def _concerned(chosen: FollowUp, before: Journal, after: Journal, today: date) -> set[str]:
    """The contacts of a follow-up, those who led to them, and the person written down."""
    people = {*chosen.contacts, *(after.contacts.keys() - before.contacts.keys())}
    for journal in (before, after):
        referrer = read_world(journal, today).referrer
        people |= {referrer[id_] for id_ in people if id_ in referrer}
    return people


def _differences(before: Iterable[FollowUp], after: Iterable[FollowUp]) -> tuple[list[Identity], list[Identity]]:
    first, second = Counter(map(identify, before)), Counter(map(identify, after))
    return list((first - second).elements()), list((second - first).elements())


def _is_allowed(one: Identity, concerned: set[str], others: list[Identity]) -> bool:
    """Whether a follow-up may have come or gone: it concerns them, or it did, or it does now."""
    rule, contacts, _, event, _ = one
    if rule == "find-people" or concerned & set(contacts):
        return True
    return any(
        other[0] == rule and other[3] == event and concerned & set(other[1]) and set(contacts) <= set(other[1])
        for other in others
    )
