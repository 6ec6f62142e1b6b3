"""What the command of a follow-up promises: it settles it, and the journal gains no finding that is not announced."""

import shlex
import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest

from kith.followups import followups
from kith.load import load_journal
from kith.model import FollowUp
from kith.pipeline import review
from tests.run import ROOT
from tests.test_cli import run_kith

DEMO = ROOT / "content"
FIRST, LAST = date(2026, 7, 20), date(2027, 3, 1)
# What else they need: `debrief` asks on a terminal.
MORE = {"debrief": ("--took", "20"), "close": (), "done": ()}


def settling() -> list[tuple[str, date]]:
    """Return every command of the demo's follow-ups that can be carried out as it is, and a day on which it is due."""
    journal = load_journal(DEMO).journal
    found: dict[str, date] = {}
    for days in range(0, (LAST - FIRST).days, 7):
        today = FIRST + timedelta(days=days)
        for item in followups(journal, today):
            words = shlex.split(item.settle)
            if (
                words[0] == "kith"
                and words[1] in MORE
                and (item.due <= today or item.rule not in ("let-go", "debrief"))
            ):
                found.setdefault(item.settle, today)
    return list(found.items())


def identity(item: FollowUp) -> tuple[object, ...]:
    return (item.rule, item.contacts, item.subject, item.event.date, item.event.place.file, item.action)


@pytest.mark.parametrize("settle,today", settling(), ids=str)
def test_the_command_of_a_follow_up_settles_it(settle: str, today: date, tmp_path: Path) -> None:
    folder = tmp_path / "journal"
    shutil.copytree(DEMO, folder, ignore=shutil.ignore_patterns("_site", ".kith"))
    before = review(folder, today)
    words = shlex.split(settle)[1:]
    answer = run_kith(["-C", str(folder), "--today", today.isoformat(), *words, *MORE[words[0]]])
    assert answer.code == 0, answer.shown
    after = review(folder, today)
    settled = {identity(item) for item in before.followups if item.settle == settle}
    assert settled
    assert not settled & {identity(item) for item in after.followups}
    known = {(finding.code, finding.message) for finding in before.findings}
    for finding in after.findings:
        if (finding.code, finding.message) not in known:
            assert f"{finding.code}: {finding.message}" in answer.stderr.decode()


def test_the_demo_has_a_command_of_each_kind() -> None:
    assert {shlex.split(settle)[1] for settle, _ in settling()} == set(MORE)
