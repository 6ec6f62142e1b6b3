"""The reason that a first message begins with."""

from datetime import date

import pytest

from kith.study.rates import requests
from kith.study.reasons import REASONS, reason_of
from kith.study.timeline import read_timeline
from tests.followups.cases import make_journal

NAME, WORK, KNOWN, SCHOOL, LIKE = REASONS


@pytest.mark.parametrize(
    "text,expected",
    [
        ("", ""),
        ("asked for twenty minutes", ""),
        ("Sam's name, the wound project", NAME),
        ("mentioned [[sam]]", NAME),
        ("SAM thought we should talk", NAME),
        ("a friend suggested it", NAME),
        ("wrote to [[ann]] herself", ""),
        ("said what the article did to me", WORK),
        ("saw the clinic he set up", WORK),
        ("she is the local expert on bees", KNOWN),
        ("found her in the alumni directory", SCHOOL),
        ("would like to do similar work", LIKE),
        ("asked how she came to it", LIKE),
        ("samples of wood", ""),
    ],
)
def test_reasons(text: str, expected: str) -> None:
    assert reason(text, via="via: sam\n") == expected


def test_a_referrer_without_a_card_counts_by_name() -> None:
    assert reason("uncle joe sends his regards", via="via: Uncle Joe\n") == NAME
    assert reason("uncle joe sends his regards", via="") == ""


def reason(text: str, via: str) -> str:
    """Return the reason of an outreach to Ann whose log line says this."""
    log = f"- 2026-11-01 outreach by email{': ' if text else ''}{text}\n"
    files = {
        "contacts/ann.md": f"---\nname: Ann\n{via}---\n\n## Log\n\n{log}",
        "contacts/sam.md": "---\nname: Sam Ortiz\n---\n",
    }
    timeline = read_timeline(make_journal(files), date(2026, 11, 22))
    (request,) = requests(timeline)
    return reason_of(request, timeline.journal)
