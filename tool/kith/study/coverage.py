"""Which question of the bank was put to whom, and what they answered."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Literal

import msgspec

from kith.model import BankQuestion, Journal, Meeting, Question, QuestionSection
from kith.study.timeline import Timeline

Cell = Literal["answered", "asked", "planned"]
_Subjects = Mapping[tuple[str, str], tuple[str, ...]]  # by meeting and person
_RANK: Mapping[Cell, int] = {"planned": 0, "asked": 1, "answered": 2}


class Answer(msgspec.Struct, frozen=True):
    """One time a question was listed in a meeting: whom it was for, and what became of it."""

    contacts: tuple[str, ...]
    meeting: Meeting
    question: Question
    state: Cell


class Covered(msgspec.Struct, frozen=True):
    """A question of the bank with everything that became of it. `cells` says how far it got with each person.

    `answered_by` are the ids of those who answered it, `on_path` the same by the path they were asked about or can
    speak about.
    """

    section: str
    question: BankQuestion
    answers: tuple[Answer, ...]
    cells: Mapping[str, Cell]
    answered_by: tuple[str, ...] = ()
    on_path: Mapping[str, frozenset[str]] = {}


class Coverage(msgspec.Struct, frozen=True):
    """The bank, question by question, and the people who were or will be asked, in the order of their first meeting.

    `own` are questions that are not the bank's, by folded text.
    """

    questions: tuple[Covered, ...]
    people: tuple[str, ...]
    own: Mapping[str, tuple[Answer, ...]]


def read_coverage(timeline: Timeline) -> Coverage:
    """Put the questions of all meetings against the bank. Meetings that did not take place count for nothing."""
    by_key: dict[str, list[Answer]] = {}
    own: dict[str, list[Answer]] = {}
    people: dict[str, None] = {}
    answers = tuple(_answers(timeline))
    subjects = _subjects(answers, timeline.journal)
    for answer in answers:
        people.update(dict.fromkeys(answer.contacts))
        key = answer.question.bank
        (by_key.setdefault(key, []) if key is not None else own.setdefault(answer.question.key, [])).append(answer)
    questions = tuple(
        _covered(section, question, by_key.get(question.key, ()), subjects)
        for section in timeline.journal.questions.values()
        for question in section.questions
    )
    return Coverage(questions, tuple(people), {key: tuple(found) for key, found in own.items()})


def _answers(timeline: Timeline) -> Iterator[Answer]:
    states = sorted(timeline.meetings.values(), key=lambda state: (state.meeting.date, state.meeting.id))
    for state in states:
        if state.status in ("cancelled", "no-show"):
            continue
        contacts = tuple(id_ for id_ in state.meeting.contact_ids if id_ in timeline.journal.contacts)
        for question in state.meeting.questions:
            cell: Cell = "answered" if question.answer else "asked"
            if state.status == "planned":
                cell = "planned"
            elif not question.asked:
                continue  # listed, and the time was up
            under = question.under.id if question.under is not None else None
            own = under is not None and under in timeline.journal.contacts
            yield Answer((under,) if own and under is not None else contacts, state.meeting, question, cell)


def _covered(
    section: QuestionSection, question: BankQuestion, answers: Iterable[Answer], subjects: _Subjects
) -> Covered:
    cells: dict[str, Cell] = {}
    on_path: dict[str, dict[str, None]] = {}
    for answer in answers:
        for id_ in answer.contacts:
            if id_ not in cells or _RANK[answer.state] > _RANK[cells[id_]]:
                cells[id_] = answer.state
            if answer.state == "answered":
                for path in subjects[answer.meeting.id, id_]:
                    on_path.setdefault(path, {})[id_] = None
    answered_by = tuple(id_ for id_, cell in cells.items() if cell == "answered")
    people = {path: frozenset(found) for path, found in on_path.items()}
    return Covered(section.id, question, tuple(answers), cells, answered_by, people)


def _subjects(answers: Iterable[Answer], journal: Journal) -> _Subjects:
    """The paths that a person's answers in a meeting are about: the meeting's, and those the person can speak about."""
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for answer in answers:
        for id_ in answer.contacts:
            if (answer.meeting.id, id_) not in found:
                references = (*answer.meeting.paths, *journal.contacts[id_].paths)
                found[answer.meeting.id, id_] = tuple(ref.id for ref in references if ref.id is not None)
    return found
