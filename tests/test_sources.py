"""Every behaviour of the five documents is carried by something that exists; README.md shows the same table."""

import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import pytest

from kith.checks import CHECKS
from kith.cli import COMMANDS
from kith.followups import RULES
from kith.letters.outreach import Message, lint_outreach
from kith.load import load_journal
from kith.model import (
    CHANNELS,
    LABELS,
    LEVELS,
    LOG_KINDS,
    MODES,
    PATH_STATUSES,
    QUESTION_MARKS,
    SOURCES,
    Journal,
    Meeting,
    Owner,
)
from kith.schema import FIELDS, SETTINGS
from kith.study.before import missing_steps
from kith.study.run_sheet import CLOSING_LINES, OBSTACLES, OPENING_LINES
from tests.run import ROOT

DOCUMENTS = {
    "000": "a university career centre's guide",
    "001": "an essay on what the conversation is for",
    "002": "a local columnist's advice",
    "003": "a coach on being remembered",
    "004": "a college's list of questions",
}


def read_behaviours() -> list[dict[str, Any]]:
    """Return the rows of the table."""
    rows: list[dict[str, Any]] = tomllib.loads((ROOT / "tests" / "sources.toml").read_text(encoding="utf-8"))[
        "behaviour"
    ]
    return rows


def table() -> Iterator[str]:
    """Yield the lines of the table as README.md shows it."""
    for source, what in DOCUMENTS.items():
        yield f"\n**{source}**, {what}\n"
        yield "| it says | kith carries it by |"
        yield "|---|---|"
        for row in read_behaviours():
            if row["source"] == source:
                carriers = (f"{kind} `{name}`" for kind, name in map(split, row["carried"]))
                yield f"| {row['says']} | {', '.join(carriers)} |"


def split(carried: str) -> tuple[str, str]:
    """Return the kind and the name of what carries a behaviour."""
    kind, _, name = carried.partition(" ")
    return kind, name


def remarks() -> set[str]:
    """Return the names of all remarks on first messages."""
    journal = Journal(owner=Owner(id="journal", file="journal.md", school="S"))
    texts = ("", "Hello.\nI want a job, and an informational interview of ninety minutes. " + "word " * 200)
    return {remark.name for text in texts for remark in lint_outreach(Message(text, journal))}


def steps() -> set[str]:
    """Return the steps before a meeting of any mode."""
    meetings = (Meeting(id="m", file="m", date=date(2026, 11, 3), mode=mode) for mode in ("", *MODES))
    return {step for meeting in meetings for step in missing_steps(meeting)}


@pytest.fixture(scope="module")
def known() -> Mapping[str, set[str]]:
    """Return all that may carry a behaviour, by kind."""
    return {
        "command": set(COMMANDS),
        "rule": {rule.NAME for rule in RULES},
        "label": set(LABELS),
        "log": set(LOG_KINDS),
        "check": {check.CODE for check in CHECKS},
        "setting": {spec.name for spec in SETTINGS},
        "field": {f"{kind}.{spec.name}" for kind, specs in FIELDS.items() for spec in specs},
        "source": set(SOURCES),
        "level": set(LEVELS),
        "channel": set(CHANNELS),
        "mode": set(MODES),
        "status": set(PATH_STATUSES),
        "mark": set(QUESTION_MARKS),
        "sheet": {line.title for line in (*OPENING_LINES, *CLOSING_LINES, *OBSTACLES)},
        "step": steps(),
        "lint": remarks(),
        "letter": set(load_journal(ROOT / "content").journal.letters),
        "page": {path.stem for path in (ROOT / "tool" / "kith" / "pages").glob("*.py")},
    }


@pytest.mark.parametrize("row", read_behaviours(), ids=lambda row: f"{row['source']}: {row['says'][:50]}")
def test_what_carries_a_behaviour_exists(row: dict[str, Any], known: Mapping[str, set[str]]) -> None:
    assert set(row) == {"source", "says", "carried"}
    assert row["source"] in DOCUMENTS
    assert row["says"].endswith(".")
    assert row["carried"]
    for kind, name in map(split, row["carried"]):
        assert name in known[kind]


def test_rows_stand_in_the_order_of_the_documents_and_once() -> None:
    rows = read_behaviours()
    sources = [row["source"] for row in rows]
    assert sources == sorted(sources)
    assert set(sources) == set(DOCUMENTS)
    assert len({(row["source"], row["says"]) for row in rows}) == len(rows)


def test_every_rule_line_and_remark_is_asked_for_by_a_document(known: Mapping[str, set[str]]) -> None:
    carried = {carrier for row in read_behaviours() for carrier in row["carried"]}
    for kind in ("sheet", "lint", "mark"):
        assert {name for name in known[kind] if f"{kind} {name}" not in carried} == set()
    # these two keep the machinery going, and come from no sentence of their own
    assert {name for name in known["rule"] if f"rule {name}" not in carried} <= {"answer", "schedule"}
