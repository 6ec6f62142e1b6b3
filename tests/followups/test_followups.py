"""Each rule by its cases, and what every rule has."""

import difflib
from types import ModuleType

import pytest

from kith import followups
from kith.dates import Duration
from tests.conftest import UPDATE
from tests.followups.cases import FOLDER, Case, find, make_journal, read_cases, rewrite

CASES = [case for path in sorted(FOLDER.glob("*.md")) for case in read_cases(path)]
RULES = [rule for rule in followups.RULES if isinstance(rule, ModuleType)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.rule}: {case.title}")
def test_case(case: Case, pytestconfig: pytest.Config) -> None:
    path = FOLDER / f"{case.rule}.md"
    if pytestconfig.getoption(UPDATE):
        # other cases of the file may have been rewritten meanwhile, and then this one stands elsewhere
        case = next(one for one in read_cases(path) if one.title == case.title)
    journal = make_journal(case.files, with_errors=case.with_errors)
    found = {one.first: find(case, journal, one) for one in case.expectations}
    wrong = [one for one in case.expectations if list(one.lines) != found[one.first]]
    if wrong and pytestconfig.getoption(UPDATE):
        rewrite(path, {one.first: found[one.first] for one in wrong})
    elif wrong:
        reports = []
        for one in wrong:
            diff = difflib.unified_diff(one.lines, found[one.first], "expected", "found", lineterm="", n=9)
            reports.append(f"{path.name}:{one.first}, read on {one.today}:\n" + "\n".join(diff))
        pytest.fail("\n\n".join(reports), pytrace=False)


def test_titles_tell_the_cases_of_a_rule_apart() -> None:
    titles = [(case.rule, case.title) for case in CASES]
    assert len(set(titles)) == len(titles)


def test_every_rule_is_a_module_and_has_its_cases() -> None:
    assert [rule.NAME for rule in followups.RULES] == [
        *("answer", "reach-out", "nudge", "let-go", "schedule", "prepare", "debrief", "thank-you", "second-thank-you"),
        *("tell-referrer", "keep-in-touch", "promise", "waiting", "task", "write-down", "find-people"),
    ]
    assert len(RULES) == len(followups.RULES)
    names = {rule.NAME.replace("-", "_") for rule in followups.RULES}
    assert {path.stem for path in FOLDER.glob("*.md")} == names
    assert {rule.__name__ for rule in RULES} == {f"kith.followups.{name}" for name in names}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.NAME)
def test_every_rule_has_its_documentation_and_its_constants(rule: ModuleType) -> None:
    documentation = rule.__doc__ or ""
    assert "**Due**" in documentation
    assert "**Settled by**" in " ".join(documentation.split())
    assert f"\nSource: {rule.SOURCE.split(', ')[0]}" in documentation or rule.SOURCE in documentation
    for source in rule.SOURCE.split(", "):
        assert source in documentation.partition("\nSource: ")[2]
    weights = {
        1: {"answer", "debrief", "promise", "thank-you", "schedule", "prepare", "tell-referrer"},
        2: {"second-thank-you", "nudge", "write-down", "waiting", "keep-in-touch", "task"},
        3: {"reach-out", "let-go", "find-people"},
    }
    assert rule.NAME in weights[rule.WEIGHT]


def test_words_of_a_rule_are_full_sentences() -> None:
    for case in CASES:
        journal = make_journal(case.files, with_errors=case.with_errors)
        for expectation in case.expectations:
            for one in followups.followups(journal, expectation.today):
                for text in (one.action, one.why):
                    assert text[-1] in ".!?…:”", text
                    assert text[0].isupper() or not text[0].isalpha(), text
                    assert "  " not in text, text
                    assert ".." not in text, text
                    assert " ." not in text, text


def test_settings_have_the_defaults_of_the_design() -> None:
    settings = make_journal({}).settings
    assert [settings.nudges, settings.lead_reserve, settings.questions_min, settings.questions_max] == [1, 3, 8, 10]
    assert [settings.minutes, settings.minutes_max] == [20, 30]
    durations = {
        "reach_out_within": 14, "nudge_after": 7, "schedule_within": 2, "prepare_before": 2, "thank_you_within": 1,
        "second_thank_you_after": 30, "tell_referrer_within": 7, "keep_in_touch_every": 90, "horizon": 14,
    }  # fmt: skip
    assert {name: getattr(settings, name) for name in durations} == {
        name: Duration(days, "d") for name, days in durations.items()
    }
