"""The best next questions, and what a note lacks."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.model import Journal
from kith.study.coverage import read_coverage
from kith.study.preparation import (
    Preparation,
    goals_of,
    is_closed,
    lacking,
    organizations_of,
    part_of,
    prepare_questions,
    research_on,
)
from kith.study.timeline import Timeline, read_timeline
from tests.followups.cases import make_journal

NEXT = "2026-11-24-ann"
BANK = {
    "questions/a.md": "---\ntitle: A\n---\n\n- must: Must one?\n- A two?\n- A three?\n- spare: Why silence?\n"
    "- spare: Is it?\n",
    "questions/b.md": "---\ntitle: B\n---\n\n- B one?\n- B two?\n- if-relevant: Only if?\n- referral: Whom else?\n",
}
PEOPLE = {f"contacts/{id_}.md": f"---\nname: {id_.title()}\npaths: law\n---\n" for id_ in ("ann", "bo", "cy")}
LAW = {"paths/law.md": "---\ntitle: Law\n---\n", "paths/art.md": "---\ntitle: Art\n---\n"}


def read(files: dict[str, str]) -> Timeline:
    """Read a journal with a bank, three people and a path on 22 November 2026."""
    return read_timeline(make_journal({**BANK, **PEOPLE, **LAW, **files}), date(2026, 11, 22))


def prepare(files: dict[str, str] | None = None, *, front: str = "", body: str = "") -> Preparation:
    """Prepare the next meeting with Ann."""
    found = read({f"meetings/{NEXT}.md": f"---\ncontacts: ann\n{front}\n---\n\n{body}", **(files or {})})
    return prepare_questions(found, found.journal.meetings[NEXT])


def texts(found: Preparation) -> list[str]:
    """Return the questions chosen."""
    return [choice.text for choice in found.questions]


def answered(who: str, *questions: str, day: str = "2026-11-03", front: str = "") -> dict[str, str]:
    """Return a meeting in which somebody has answered some questions."""
    lines = "".join(f"- [x] {question}\n  - So.\n" for question in questions)
    return {f"meetings/{day}-{who}.md": f"---\ncontacts: {who}\n{front}\n---\n\n## Questions\n\n{lines}"}


def test_must_first_then_the_sections_in_turn_names_last() -> None:
    found = prepare()
    assert texts(found) == ["Must one?", "A two?", "B one?", "A three?", "B two?", "Whom else?"]
    assert [choice.reason for choice in found.questions] == [
        "one for everyone; nobody on this path has answered it",
        *["nobody on this path has answered it"] * 4,
        "asks for names: never leave without it (000)",
    ]
    assert found.spares == ("Why silence?",)
    assert found.if_relevant == ("Only if?",)


def test_what_the_note_lists_stays_first_in_its_order() -> None:
    found = prepare(body="## Questions\n\n- [ ] Mine?\n- [ ] b ONE\n- [ ] whom else\n")
    assert texts(found) == ["Mine?", "b ONE", "whom else", "Must one?", "A two?", "B two?", "A three?"]
    assert [(one.listed, one.section, one.mark) for one in found.questions[:4]] == [
        (True, "", ""),
        (True, "b", ""),
        (True, "b", "referral"),
        (False, "a", "must"),
    ]
    assert found.questions[0].reason == "stands in the note"


def test_fewest_answers_on_this_path_first() -> None:
    files = {
        **answered("bo", "A two?", "B one?", "Must one?", "A three?"),
        **answered("cy", "A two?"),
        **answered("cy", "A three?", day="2026-11-04"),
    }
    found = prepare(files)
    assert texts(found) == ["Must one?", "B two?", "B one?", "A two?", "A three?", "Whom else?"]
    assert [choice.reason for choice in found.questions[:4]] == [
        "one for everyone; one person on this path has answered it",
        "nobody on this path has answered it",
        "one person on this path has answered it",
        "two people on this path have answered it",
    ]


def test_answers_on_another_path_do_not_count() -> None:
    other = {"contacts/bo.md": "---\nname: Bo\npaths: art\n---\n", **answered("bo", "A two?")}
    assert prepare(other).questions[1].reason == "nobody on this path has answered it"
    both = prepare(other, front="paths: [law, art]")
    assert both.questions[-2].reason == "one person on these paths has answered it"
    nowhere = prepare({**other, "contacts/ann.md": "---\nname: Ann\n---\n"})
    assert nowhere.questions[1].reason == "nobody has answered it"
    assert nowhere.questions[-2].reason == "one person has answered it"


def test_never_one_that_this_person_has_answered() -> None:
    assert "A two?" not in texts(prepare(answered("ann", "A two?", "Whom else?", "Why silence?")))
    assert prepare(answered("ann", "A two?", "Why silence?")).spares == ()


@pytest.mark.parametrize("mode,most", [("email", 5), ("event", 3), ("phone", 10), ("", 10)])
def test_how_many(mode: str, most: int) -> None:
    bank = {"questions/c.md": "---\ntitle: C\n---\n\n" + "".join(f"- C {number}?\n" for number in range(20))}
    found = prepare(bank, front=f"mode: {mode}")
    assert len(found.questions) == most
    assert found.questions[-1].text == "Whom else?"
    listed = "## Questions\n\n" + "".join(f"- [ ] Mine {number}?\n" for number in range(12))
    assert len(prepare(bank, front=f"mode: {mode}", body=listed).questions) == 12


def test_two_questions_of_one_wording_are_one() -> None:
    assert texts(prepare({"questions/c.md": "---\ntitle: C\n---\n\n- a TWO\n"})).count("a TWO") == 0


QUESTIONS = ["Must one?", "A two?", "A three?", "B one?", "B two?", "Whom else?", "Why silence?", "Only if?"]
TALKS = st.lists(st.tuples(st.sampled_from(["ann", "bo", "cy"]), st.sets(st.sampled_from(QUESTIONS))), max_size=5)


@given(TALKS, st.lists(st.sampled_from(QUESTIONS), unique=True), st.sampled_from(["", "email", "event"]))
def test_the_choice_never_offers_an_answered_question_or_one_twice(
    talks: list[tuple[str, set[str]]], listed: list[str], mode: str
) -> None:
    files: dict[str, str] = {}
    for number, (who, questions) in enumerate(talks, 1):
        files |= answered(who, *sorted(questions), day=f"2026-10-{number:02}")
    body = "## Questions\n\n" + "".join(f"- [ ] {question}\n" for question in listed)
    found = prepare(files, front=f"mode: {mode}", body=body)
    answers = {question for who, questions in talks if who == "ann" for question in questions}
    new = [choice.text for choice in found.questions if not choice.listed]
    assert not answers & {*new, *found.spares, *found.if_relevant}
    assert texts(found)[: len(listed)] == listed
    assert len(set(texts(found))) == len(found.questions)
    assert len(found.questions) <= max({"email": 5, "event": 3}.get(mode, 10), len(listed))


@pytest.mark.parametrize(
    "text,closed",
    [
        ("Is there flexibility in hours, and who has it?", True),
        ("Would you do it again?", True),
        ("Do you work alone or with others?", False),
        ("Could you tell me how you began?", False),
        ("What is it?", False),
        ("", False),
    ],
)
def test_closed_questions(text: str, closed: bool) -> None:  # noqa: FBT001 - an expectation
    assert is_closed(text) == closed


def test_a_request_of_the_last_minutes_is_not_to_be_put_openly() -> None:
    body = (
        "## Questions\n\n- [ ] May I write again?\n- [ ] Would you look at my resume?\n- [ ] Would you do it again?\n"
    )
    found = prepare({}, body=body)
    assert [(choice.closes, choice.closed) for choice in found.questions[:3]] == [
        ("again", False),
        ("resume", False),
        ("", True),
    ]
    assert found.questions[-1].closes == "names"


@pytest.mark.parametrize(
    "text,personal",
    [
        ("How much do you earn?", True),
        ("What does your husband say to the nights?", True),
        ("What does a first salary look like?", False),
        ("How do you make decisions?", False),
    ],
)
def test_what_is_too_personal_is_said(text: str, personal: bool) -> None:  # noqa: FBT001 - an expectation
    assert prepare({}, body=f"## Questions\n\n- [ ] {text}\n").questions[0].personal == personal
    in_bank = prepare({"questions/a.md": f"---\ntitle: A\n---\n\n- must: {text}\n"})
    assert [choice.personal for choice in in_bank.questions if choice.text == text] == [personal]


def test_questions_that_research_may_answer_are_marked() -> None:
    bank = {"questions/c.md": "---\ntitle: C\n---\n\n- How many therapists treat children?\n- Which leave early?\n"}
    found = prepare(bank, body="## Research\n\nNineteen therapists; a quarter treat children.\n")
    marked = {choice.text for choice in found.questions if choice.researched}
    assert marked == {"How many therapists treat children?"}


# --- what the notes say already --------------------------------------------------------------------------------------


def lacks(front: str = "", body: str = "", **files: str) -> tuple[str, ...]:
    """Return what the next meeting with Ann lacks; files by id."""
    more = {f"{'organizations' if id_ == 'court' else 'contacts'}/{id_}.md": text for id_, text in files.items()}
    found = read({f"meetings/{NEXT}.md": f"---\ncontacts: ann\n{front}\n---\n\n{body}", **more})
    return lacking(found.journal, found.journal.meetings[NEXT])


def test_what_is_lacking() -> None:
    assert lacks() == ("no questions are ranked, eight are the least", "no goals yet", "no research yet")
    assert lacks("mode: email") == ("no questions are ranked, three are the least",)
    assert lacks("mode: event") == ("no questions are ranked, three are the least", "no goals yet")
    one = "## Questions\n\n- [ ] One?\n"
    assert lacks(body=one)[0] == "one question is ranked, eight are the least"


def test_one_question_may_be_enough() -> None:
    owner = "---\ntitle: A\nname: R\nquestions-min: 1\n---\n"
    journal = make_journal({**PEOPLE, **LAW, "journal.md": owner, f"meetings/{NEXT}.md": "mode: phone\n"})
    assert lacking(journal, journal.meetings[NEXT])[0] == "no questions are ranked, one is the least"


def test_more_than_the_most_is_no_lack() -> None:
    assert "ranked" not in " ".join(lacks(body="## Questions\n\n" + "- [ ] Q?\n" * 12))


def test_an_empty_heading_is_lacking() -> None:
    for empty in ("", "\n-\n", "\n- [ ]\n", "\n<!-- later -->\n", "\n1.\n\n### More\n"):
        assert "no goals yet" in lacks(body=f"## Goals\n{empty}")
    assert "no goals yet" not in lacks(body="## Goals\n\n- to see\n")


def test_goals_on_a_card_and_research_with_the_organisation() -> None:
    found = lacks(
        ann="---\nname: Ann\npaths: law\norganization: court\n---\n\n## Goals\n\nto see\n",
        court="---\nname: Court\n---\n\n## research\n\nold\n",
    )
    assert found == ("no questions are ranked, eight are the least",)


def journal_of_two() -> Journal:
    """Return a journal with a meeting of two people, one of whom cannot be read."""
    files = {
        "contacts/ann.md": "---\nname: Ann\norganization: court\n---\n\n## Goals\n\nhers\n\n## Research\n\non her\n",
        "contacts/bo.md": "---\nname: [\n---\n",
        "organizations/court.md": "---\nname: Court\n---\n\n## Research\n\non it\n",
        "meetings/2026-11-24-two.md": "---\ncontacts: [ann, bo]\n---\n\n## Research\n\nhere\n\n# RESEARCH!\n\nmore\n",
    }
    return make_journal(files, with_errors=True)


def test_parts_add_up_and_who_cannot_be_read_is_passed_over() -> None:
    journal = journal_of_two()
    meeting = journal.meetings["2026-11-24-two"]
    assert part_of(meeting, "research") == "here\n\nmore"
    assert research_on(journal, meeting) == "here\n\nmore\n\non her\n\non it"
    assert goals_of(journal, meeting) == "hers"
    assert [one.id for one in organizations_of(journal, meeting)] == ["court"]
    timeline = read_timeline(journal, date(2026, 11, 22))
    assert prepare_questions(timeline, meeting, read_coverage(timeline)) == Preparation(())
