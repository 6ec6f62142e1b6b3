"""Whom you met through somebody who has not heard of it."""

from datetime import date

import pytest

from kith.study.news import unheard_news
from kith.study.referrals import referrers
from kith.study.timeline import read_timeline
from tests.followups.cases import make_journal


def unheard(log: str = "", *, contacts: str = "bo", more: str = "") -> list[str]:
    """Return whom Ann has not heard of: she led to Bo, met on 3 November, and to Cy, who was not met."""
    files = {
        "contacts/ann.md": f"---\nname: Ann\n---\n\n## Log\n\n{log}\n",
        "contacts/bo.md": "---\nname: Bo\nvia: ann\n---\n",
        "contacts/cy.md": "---\nname: Cy\nvia: ann\n---\n",
        "meetings/2026-11-03-bo.md": f"---\ncontacts: [{contacts}]\nstatus: held\n---\n",
    }
    if more:
        files[f"meetings/{more}-ann.md"] = "---\nstatus: held\n---\n"
    timeline = read_timeline(make_journal(files), date(2026, 11, 22))
    news = unheard_news(timeline, referrers(timeline))
    return [one.met for one in news.get("ann", ())]


@pytest.mark.parametrize(
    "log",
    ["", "- 2026-11-02 update", "- 2026-11-04 hello", "- 2026-11-04 reply: [[bo]]", "- 2026-11-02 hello: [[bo]]"],
)
def test_not_heard(log: str) -> None:
    assert unheard(log) == ["bo"]


@pytest.mark.parametrize(
    "log", ["- 2026-11-03 update", "- 2026-11-04 hello: met [[bo]]", "- 2026-11-04 thank-you: [[bo]]"]
)
def test_heard_by_a_line(log: str) -> None:
    assert unheard(log) == []


def test_heard_by_a_meeting_or_in_it() -> None:
    assert unheard(more="2026-11-05") == []
    assert unheard(more="2026-11-01") == ["bo"]
    assert unheard(contacts="bo, ann") == []
