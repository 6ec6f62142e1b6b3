"""The practice in figures."""

from datetime import date

from kith.study.funnel import Funnel
from kith.study.insights import Insights, read_insights, was_listed
from kith.study.rates import Rate
from kith.study.timeline import read_timeline
from tests.followups.cases import make_journal

FILES = {
    "contacts/ann.md": "---\nname: Ann\nadded: 2026-10-01\nsource: cold\n---\n\n## Log\n\n"
    "- 2026-10-02 outreach by email\n- 2026-10-05 reply\n",
    "contacts/bo.md": "---\nname: Bo\nvia: ann\nsource: referral\n---\n\n## Log\n\n"
    "- 2026-11-02 outreach: [[ann]] sent me\n",
    "contacts/cy.md": "---\nname: Cy\nvia: Somebody\n---\n",
    "meetings/2026-11-03-ann.md": "---\nminutes: 20\ntook: 30\nstatus: held\n---\n",
}


def insights(since: date | None = None, files: dict[str, str] = FILES) -> Insights:
    """Return the figures on 22 November 2026."""
    return read_insights(read_timeline(make_journal(files), date(2026, 11, 22)), since)


def test_all() -> None:
    found = insights()
    assert found.funnel == Funnel(3, 2, 1, 1, 0)
    assert found.referred == Funnel(2, 1, 0, 0, 0)
    assert found.replies == Rate(1, 2, (3,))
    assert found.by_source == {"cold": Rate(1, 1, (3,)), "referral": Rate(0, 1)}
    assert found.by_channel == {"email": Rate(1, 1, (3,)), "": Rate(0, 1)}
    assert found.by_reason == {"somebody's name": Rate(0, 1), "": Rate(1, 1, (3,))}
    assert (found.held, found.over_time, found.median_minutes) == (1, 1, 30)
    assert found.per_week == 1 / 8
    assert [contact.id for contact in found.forecast.leads] == ["cy"]


def test_since() -> None:
    found = insights(date(2026, 11, 1))
    assert found.funnel == Funnel(1, 1, 0, 0, 0)
    assert found.replies == Rate(0, 1)
    assert found.sources == {"referral": 1}
    assert found.since == date(2026, 11, 1)


def test_who_was_listed_when() -> None:
    histories = read_timeline(make_journal(FILES), date(2026, 11, 22)).histories
    day = date(2026, 10, 2)
    assert [was_listed(histories[id_], day) for id_ in ("ann", "bo", "cy")] == [False, True, False]


def test_an_empty_journal_and_one_contact() -> None:
    found = insights(files={})
    assert (found.funnel, found.per_week, found.median_minutes, found.over_time) == (
        Funnel(0, 0, 0, 0, 0),
        None,
        None,
        0,
    )
    assert insights(files={"contacts/ann.md": "---\nname: Ann\n---\n"}).funnel.listed == 1
