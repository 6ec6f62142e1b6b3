"""Figures about the practice, on cases that can be counted by hand; and what holds for all of them."""

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.study.rates import (
    MOST_WEEKS,
    TOO_FEW,
    Rate,
    held_since,
    list_mix,
    minutes,
    pace,
    rate_of,
    rates_by,
    requests,
)
from kith.study.timeline import Timeline, read_timeline
from tests.followups.cases import make_journal

TODAY = date(2026, 11, 22)


def timeline(*log: str, front: str = "", **files: str) -> Timeline:
    """Read a journal with one person, Ann, and what else is given by id."""
    lines = "".join(f"- {line}\n" for line in log)
    notes = {"contacts/ann.md": f"---\nname: Ann\n{front}\n---\n\n## Log\n\n{lines}"}
    notes |= {f"meetings/{name.strip('_').replace('_', '-')}.md": text for name, text in files.items()}
    return read_timeline(make_journal(notes), TODAY)


def answers(found: Timeline) -> list[tuple[str, str]]:
    """Return each request as its day and the kind of its answer."""
    return [(str(one.sent.date)[5:], one.answer.kind if one.answer else "") for one in requests(found)]


@pytest.mark.parametrize(
    "log,expected",
    [
        ((), []),
        (("2026-11-01 outreach",), [("11-01", "")]),
        (("2026-11-01 outreach", "2026-11-03 reply", "2026-11-04 reply"), [("11-01", "reply")]),
        (("2026-11-01 outreach", "2026-11-03 declined"), [("11-01", "declined")]),
        (("2026-11-01 outreach", "2026-11-08 nudge", "2026-11-09 heard"), [("11-01", "heard")]),
        (("2026-11-01 outreach", "2026-11-03 met", "2026-11-04 got"), [("11-01", "")]),
        (("2026-11-01 outreach", "2026-11-02 outreach", "2026-11-03 reply"), [("11-01", ""), ("11-02", "reply")]),
        (("2026-11-01 asked", "2026-11-01 proposed", "2026-11-03 reply"), []),
        (("2026-11-01 outreach", "2026-11-30 reply"), [("11-01", "")]),
    ],
)
def test_an_outreach_is_answered_by_the_next_reply(log: tuple[str, ...], expected: list[tuple[str, str]]) -> None:
    assert answers(timeline(*log)) == expected


def test_a_meeting_implies_no_answer_in_the_rates() -> None:
    found = timeline("2026-11-01 outreach", _2026_11_03_ann="---\nstatus: held\n---\n")
    assert rate_of(requests(found)) == Rate(0, 1)


def test_rates_by_channel_largest_first_and_the_unknown_last() -> None:
    log = ("2026-11-01 outreach", "2026-11-02 outreach by email", "2026-11-05 reply", "2026-11-06 outreach by email")
    groups = rates_by(requests(timeline(*log)), lambda one: one.channel)
    assert list(groups.items()) == [("email", Rate(1, 2, (3,))), ("", Rate(0, 1))]
    assert groups["email"].median_days == 3
    assert groups[""].median_days is None


def test_since_leaves_out_what_was_sent_before() -> None:
    found = timeline("2026-11-01 outreach", "2026-11-02 outreach")
    assert len(requests(found, date(2026, 11, 2))) == 1


def test_the_interval_is_wilsons() -> None:
    low, high = Rate(7, 12).interval
    assert (round(low, 3), round(high, 3)) == (0.320, 0.807)
    assert Rate(0, 0).interval == (0.0, 1.0)
    assert Rate(0, 0).share is None


@given(st.integers(0, 10_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_interval_holds_the_share_and_stays_between_nothing_and_all(case: tuple[int, int]) -> None:
    rate = Rate(*case)
    low, high = rate.interval
    assert 0 <= low <= high <= 1
    if rate.share is not None:
        assert low <= rate.share <= high
        mirrored = Rate(rate.n - rate.hits, rate.n).interval
        assert abs(1 - mirrored[1] - low) < 1e-9
        twice = Rate(2 * rate.hits, 2 * rate.n).interval
        assert twice[1] - twice[0] < high - low
    assert rate.is_telling == (rate.n >= TOO_FEW)


def test_weeks_run_from_the_first_entry_to_today_empty_ones_too() -> None:
    found = timeline(
        "2026-11-02 outreach",
        "2026-11-03 reply",
        "2026-11-04 thank-you",
        _2026_11_20_ann="---\nstatus: held\n---\n",
        _2026_11_21_fair="---\nmode: event\ncontacts: ann\nstatus: held\n---\n",
    )
    weeks = [(str(week.monday), week.written, week.held) for week in pace(found)]
    assert weeks == [("2026-11-02", 2, 0), ("2026-11-09", 0, 0), ("2026-11-16", 0, 1)]
    assert [week.written for week in pace(found, date(2026, 11, 4))] == [1, 0, 0]
    assert str(pace(found, date(2026, 10, 28))[0].monday) == "2026-10-26"
    assert pace(timeline()) == ()


def test_a_mistyped_year_is_no_thousand_years_of_weeks() -> None:
    assert pace(timeline("1026-11-02 outreach")) == ()
    assert len(pace(timeline("1026-11-02 outreach", "2026-11-02 outreach"))) == 3
    assert len(pace(timeline("2026-11-02 outreach"), date(1026, 1, 1))) == MOST_WEEKS


@given(st.lists(st.integers(0, 400), max_size=12), st.none() | st.integers(0, 500))
def test_every_letter_is_in_one_week(days: list[int], since: int | None) -> None:
    sent = [TODAY - timedelta(days=back) for back in days]
    first = date.min if since is None else TODAY - timedelta(days=since)
    weeks = pace(timeline(*(f"{day} hello" for day in sent)), first)
    assert sum(week.written for week in weeks) == sum(day >= first for day in sent)
    assert all(week.monday.weekday() == 0 for week in weeks)
    mondays = [week.monday for week in weeks]
    assert all(later - earlier == timedelta(weeks=1) for earlier, later in pairwise(mondays))


def test_minutes_need_both() -> None:
    found = timeline(
        _2026_11_03_ann="---\nminutes: 20\ntook: 25\n---\n",
        _2026_11_02_ann="---\nminutes: 20\nstatus: held\n---\n",
        _2026_11_01_ann="---\ntook: 20\n---\n",
        _2026_10_01_ann="---\nminutes: 30\ntook: 30\n---\n",
        _2026_12_01_ann="---\nminutes: 30\ntook: 30\n---\n",
    )
    assert [(one.agreed, one.took) for one in minutes(found)] == [(30, 30), (20, 25)]
    assert [one.meeting for one in minutes(found, date(2026, 11, 1))] == ["2026-11-03-ann"]
    assert len(held_since(found)) == 4


def test_list_mix_is_in_the_order_of_the_schema() -> None:
    cards = ["level: manager\nsource: cold", "level: peer\nsource: family", "source: cold"]
    files = {f"contacts/p{number}.md": f"---\nname: P\n{card}\n---\n" for number, card in enumerate(cards)}
    levels, sources = list_mix(read_timeline(make_journal(files), TODAY).histories.values())
    assert list(levels.items()) == [("peer", 1), ("manager", 1), ("", 1)]
    assert list(sources.items()) == [("family", 1), ("cold", 2)]


def shares(found: Iterable[Rate]) -> list[float | None]:
    """Return the shares of some rates."""
    return [rate.share for rate in found]


def test_share() -> None:
    assert shares([Rate(1, 2), Rate(0, 3)]) == [0.5, 0.0]
