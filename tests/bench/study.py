"""Time each function of `kith.study` on generated journals: `.venv/bin/python tests/bench/study.py`.

User time of this process, the best of several runs, in milliseconds, and how often the larger journal takes that of
the smaller: what is linear takes four times as long on four times the notes. Nothing is asserted.
"""

import argparse
import gc
import resource
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from kith.load import load_journal  # noqa: E402 - the script is started by its path
from kith.model import Journal  # noqa: E402
from kith.study.briefing import brief, read_ground  # noqa: E402
from kith.study.coverage import read_coverage  # noqa: E402
from kith.study.evidence import gather_evidence  # noqa: E402
from kith.study.exchange import read_exchanges  # noqa: E402
from kith.study.forecast import read_forecast  # noqa: E402
from kith.study.forest import referral_forest  # noqa: E402
from kith.study.insights import read_insights  # noqa: E402
from kith.study.learned import gather_learned  # noqa: E402
from kith.study.ledger import advice_by_giver, advice_ledger  # noqa: E402
from kith.study.news import unheard_news  # noqa: E402
from kith.study.referrals import introductions, named_people, referrers  # noqa: E402
from kith.study.timeline import Timeline, read_timeline  # noqa: E402
from tests.bench.generate import TODAY, generate, write  # noqa: E402


def main() -> int:
    """Print how long each function takes on a journal and on one a quarter as large."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition(":")[0])
    parser.add_argument("--notes", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=5, help="the best of so many is shown")
    options = parser.parse_args()
    few, many = (time_all(notes, options.runs) for notes in (options.notes // 4, options.notes))
    print(f"{'':20} {options.notes // 4:>9,} {options.notes:>9,} notes")
    for name in many:
        print(f"{name:20} {few[name]:9.1f} {many[name]:9.1f} ms {many[name] / max(few[name], 0.1):6.1f}")
    total = sum(many.values())
    print(f"{'all together':20} {sum(few.values()):9.1f} {total:9.1f} ms {total / sum(few.values()):6.1f}")
    return 0


def time_all(notes: int, runs: int) -> dict[str, float]:
    """Return the milliseconds of each function on a journal of so many notes."""
    with tempfile.TemporaryDirectory() as folder:
        write(generate(notes, seed=1), Path(folder))
        journal = load_journal(Path(folder)).journal
    timeline = read_timeline(journal, TODAY)
    return {name: best(function, runs) for name, function in functions(journal, timeline).items()}


def functions(journal: Journal, timeline: Timeline) -> Mapping[str, Callable[[], object]]:
    """What the commands and pages take from `study`, each as a function of nothing."""
    ahead = [state.meeting for state in timeline.meetings.values() if state.ahead]
    ground = read_ground(timeline)
    return {
        "timeline": lambda: read_timeline(journal, TODAY),
        "ledger": lambda: advice_by_giver(advice_ledger(journal, TODAY)),
        "evidence": lambda: gather_evidence(journal, TODAY),
        "learned": lambda: gather_learned(journal, TODAY),
        "coverage": lambda: read_coverage(timeline),
        "forest": lambda: referral_forest(timeline),
        "introductions": lambda: introductions(timeline),
        "referrers": lambda: referrers(timeline),
        "names": lambda: tuple(named_people(journal)),
        "news": lambda: unheard_news(timeline, ground.parents),
        "exchanges": lambda: read_exchanges(timeline),
        "forecast": lambda: read_forecast(timeline),
        "insights": lambda: read_insights(timeline),
        "ground of briefings": lambda: read_ground(timeline),
        "briefings": lambda: [brief(ground, meeting) for meeting in ahead],
    }


def best(function: Callable[[], object], runs: int) -> float:
    """Return the shortest user time of a function, in milliseconds; the collector's pauses are no part of it."""
    found = []
    for _ in range(runs):
        gc.collect()
        began = resource.getrusage(resource.RUSAGE_SELF).ru_utime
        function()
        found.append(resource.getrusage(resource.RUSAGE_SELF).ru_utime - began)
    return 1000 * min(found)


if __name__ == "__main__":
    sys.exit(main())
