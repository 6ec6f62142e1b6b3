"""Questions of the bank against people."""

from datetime import date

from kith.study.coverage import Coverage, read_coverage
from kith.study.timeline import read_timeline
from tests.followups.cases import make_journal

BANK = "---\ntitle: Work\n---\n\n- must: What is a day like?\n  - How is a day?\n- Why?\n- Never asked?\n"
PEOPLE = {f"contacts/{id_}.md": f"---\nname: {id_}\npaths: law\n---\n" for id_ in ("ann", "bo")}
LAW = {"paths/law.md": "---\ntitle: Law\n---\n", "paths/art.md": "---\ntitle: Art\n---\n"}


def cover(**meetings: str) -> Coverage:
    """Read the coverage of some meetings, by file name, on 22 November 2026."""
    notes = {f"meetings/{name.strip('_').replace('_', '-')}.md": text for name, text in meetings.items()}
    files = {"questions/work.md": BANK, **PEOPLE, **LAW, **notes}
    return read_coverage(read_timeline(make_journal(files), date(2026, 11, 22)))


def cells(found: Coverage) -> list[dict[str, str]]:
    """Return how far each question of the bank got with each person."""
    return [dict(covered.cells) for covered in found.questions]


def test_answered_asked_planned_and_never() -> None:
    found = cover(
        _2026_11_03_ann="## Questions\n\n- [x] what is a DAY like\n  - Long.\n- [x] Why?\n- [ ] Never asked?\n",
        _2026_11_04_bo="## Questions\n\n- [x] How is a day?\n  - Short.\n",
        _2026_11_24_bo="## Questions\n\n- [ ] Why?\n- [ ] What is a day like?\n",
    )
    assert cells(found) == [{"ann": "answered", "bo": "answered"}, {"ann": "asked", "bo": "planned"}, {}]
    assert found.questions[0].answered_by == ("ann", "bo")
    assert found.people == ("ann", "bo")
    assert [answer.question.answer for answer in found.questions[0].answers] == ["- Long.", "- Short.", ""]


def test_a_better_answer_counts_and_a_worse_one_does_not() -> None:
    found = cover(
        _2026_11_02_ann="## Questions\n\n- [x] Why?\n",
        _2026_11_03_ann="## Questions\n\n- [x] Why?\n  - So.\n",
        _2026_11_04_ann="## Questions\n\n- [x] Why?\n",
    )
    assert cells(found)[1] == {"ann": "answered"}
    assert len(found.questions[1].answers) == 3


def test_meetings_that_did_not_take_place_count_for_nothing() -> None:
    question = "\n## Questions\n\n- [x] Why?\n"
    found = cover(
        _2026_11_03_ann=f"---\nstatus: cancelled\n---\n{question}",
        _2026_11_04_bo=f"---\nstatus: no-show\n---\n{question}",
    )
    assert cells(found)[1] == {}
    assert found.people == ()


def test_under_a_persons_heading_a_question_is_theirs() -> None:
    text = "---\ncontacts: [ann, bo]\nstatus: held\n---\n\n## Questions\n\n- [x] Why?\n\n"
    found = cover(_2026_11_03_both=f"{text}## [[bo]]\n\n### Questions\n\n- [x] Never asked?\n  - No.\n")
    assert cells(found)[1:] == [{"ann": "asked", "bo": "asked"}, {"bo": "answered"}]


def test_answers_count_for_the_paths_of_meeting_and_person() -> None:
    found = cover(_2026_11_03_ann="---\npaths: art\n---\n\n## Questions\n\n- [x] Why?\n  - So.\n")
    assert found.questions[1].on_path == {"law": frozenset({"ann"}), "art": frozenset({"ann"})}


def test_own_questions_are_kept_by_their_text() -> None:
    found = cover(_2026_11_03_ann="## Questions\n\n- [x] Mine?\n  - Yes.\n- [x] mine\n")
    assert [(key, len(answers)) for key, answers in found.own.items()] == [("mine", 2)]


def test_somebody_whose_card_cannot_be_read_is_in_no_column() -> None:
    files = {
        "questions/work.md": BANK,
        "contacts/cy.md": "---\nname: [\n---\n",
        "meetings/2026-11-03-cy.md": "## Questions\n\n- [x] Why?\n",
    }
    found = read_coverage(read_timeline(make_journal(files, with_errors=True), date(2026, 11, 22)))
    assert found.people == ()
    assert len(found.questions[1].answers) == 1


def test_forty_people_one_question() -> None:
    files = {"questions/work.md": BANK}
    for number in range(40):
        files[f"contacts/p{number}.md"] = f"---\nname: P {number}\n---\n"
        files[f"meetings/2026-10-01-p{number}.md"] = f"## Questions\n\n- [x] Why?\n  - Answer {number}.\n"
    found = read_coverage(read_timeline(make_journal(files), date(2026, 11, 22)))
    assert len(found.questions[1].answered_by) == len(found.people) == 40
