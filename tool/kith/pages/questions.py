"""Questions: which was put to whom, and everybody's answers to one."""

from collections.abc import Iterator, Sequence
from typing import Literal

import msgspec
from markupsafe import Markup

from kith.pages.address import question_address
from kith.pages.parts import Command, Frame, Link, Page, key_of
from kith.pages.tasks import role_line
from kith.pages.view import View
from kith.pages.words import counted, listed, number, upper_first
from kith.pages.world import World
from kith.study.coverage import Answer, Coverage, Covered

CellState = Literal["answered", "asked", "planned", "gap", "none"]

MOST_PEOPLE = 40  # columns beyond which a matrix cannot be read; everybody's answers stand on each question's page
_MARK_WORDS = {
    "must": "ask everyone",
    "spare": "for silences",
    "if-relevant": "if relevant",
    "referral": "asks for names",
}
_CELL_WORDS = {"answered": "answered", "asked": "asked, no answer written", "planned": "planned", "gap": "not asked"}


class Cell(msgspec.Struct, frozen=True):
    """One question and one person. A `gap` is a question for everyone that this person was not asked."""

    state: CellState
    words: str


class Row(msgspec.Struct, frozen=True):
    """A question, how it went with each person shown, and with how many it was asked."""

    question: Link
    mark: str
    cells: tuple[Cell, ...]
    asked: str


class Group(msgspec.Struct, frozen=True):
    """A section of the bank."""

    title: str
    rows: tuple[Row, ...]


class Questions(msgspec.Struct, frozen=True):
    """What `questions.html` shows. `older` says that some people are left out of the table."""

    frame: Frame
    count: str
    standfirst: str
    people: tuple[Link, ...]
    columns: int
    groups: tuple[Group, ...]
    older: str
    planned: bool
    empty: Command | None


class Answered(msgspec.Struct, frozen=True):
    """One answer, by whom, in which meeting; `text` is empty where it was asked and nothing was written."""

    who: tuple[Link, ...]
    about: str
    meeting: Link
    text: Markup


class QuestionPage(msgspec.Struct, frozen=True):
    """What the page of one question shows."""

    frame: Frame
    title: str
    section: str
    mark: str
    standfirst: str
    answers: tuple[Answered, ...]
    earlier: tuple[str, ...]
    empty: Command | None


def pages(world: World) -> Iterator[Page]:
    """The matrix, and a page for each question of the bank."""
    view = View(world, "questions.html", "questions.html")

    def shown() -> object:
        coverage = world.coverage
        rows = [
            (covered.question.text, covered.question.mark, world.title(covered.section), dict(covered.cells))
            for covered in coverage.questions
        ]
        names = [(id_, world.title(id_)) for id_ in coverage.people]
        return rows, names, [id_ for id_, history in world.timeline.histories.items() if history.is_met]

    yield view.page("questions.html", lambda: _questions(world.coverage, view), shown)
    people: dict[str, str] = {}
    for address in world.question_addresses:
        yield _page(View(world, address, "questions.html"), people)


# --- the matrix ----------------------------------------------------------------------------------------------------


def _questions(coverage: Coverage, view: View) -> Questions:
    world = view.world
    people = coverage.people[-MOST_PEOPLE:]
    met = {id_ for id_, history in world.timeline.histories.items() if history.is_met}
    # at an event one asks people whom one has not met
    talked = met | {id_ for covered in coverage.questions for id_ in covered.cells if covered.cells[id_] != "planned"}
    sections: dict[str, list[Covered]] = {}
    for covered in coverage.questions:
        sections.setdefault(covered.section, []).append(covered)
    left_out = len(coverage.people) - len(people)
    rest = counted(left_out, "more person", "more people")
    older = f"The last {number(len(people))} people; {rest} on the questions' pages."
    count = len(coverage.questions)
    return Questions(
        frame=view.frame("Questions"),
        count=f"{count} {'question' if count == 1 else 'questions'}",
        standfirst=_standfirst(coverage, met, len(talked - met)),
        people=view.links(people),
        columns=len(people) + 2,
        groups=tuple(
            Group(world.title(section), tuple(_row(covered, people, met, len(talked), view) for covered in found))
            for section, found in sections.items()
        ),
        older=older if left_out else "",
        planned=any("planned" in covered.cells.values() for covered in coverage.questions),
        empty=None
        if count
        else Command("The question bank is empty: a file in `questions/` is one section.", "kith init"),
    )


def _standfirst(coverage: Coverage, met: set[str], besides: int) -> str:
    if not coverage.questions:
        return ""
    questions, people = counted(len(coverage.questions), "question"), counted(len(met), "person", "people")
    head = f"{upper_first(questions)}, {people} met{f' and {number(besides)} asked at an event' if besides else ''}."
    musts = [covered for covered in coverage.questions if covered.question.mark == "must"]
    gaps = [(len(met - set(covered.cells)), covered) for covered in musts]
    worst = max(gaps, key=lambda gap: gap[0], default=None)
    if worst is None or worst[0] == 0:
        return head
    missing = "one of them has" if worst[0] == 1 else f"{number(worst[0])} of them have"
    return f"{head} “{worst[1].question.text}” is one for everyone, and {missing} not been asked."


def _row(covered: Covered, people: Sequence[str], met: set[str], talked: int, view: View) -> Row:
    question = covered.question
    cells = tuple(_cell(covered, id_, met) for id_ in people)
    asked = sum(cell != "planned" for cell in covered.cells.values())
    link = Link(question.text, view.to(question_address(question.key)))
    return Row(link, _MARK_WORDS.get(question.mark, ""), cells, f"{asked} of {talked}")


def _cell(covered: Covered, id_: str, met: set[str]) -> Cell:
    state: CellState = covered.cells.get(id_, "none")
    if state == "none" and covered.question.mark == "must" and id_ in met:
        state = "gap"
    return Cell(state, _CELL_WORDS.get(state, "not asked"))


# --- one question --------------------------------------------------------------------------------------------------


def _page(view: View, people: dict[str, str]) -> Page:
    """The page of one question; `people` remembers for all of them what they show of a person."""
    world = view.world

    def about(id_: str) -> str:
        if id_ not in people:
            people[id_] = key_of(
                world.addresses.get(id_), world.title(id_), role_line(world.journal.contacts[id_], view)
            )
        return people[id_]

    def shown() -> object:
        covered = world.questions_at[view.address]
        question = covered.question
        answers = [
            (
                answer.meeting.id,
                answer.meeting.date,
                answer.state,
                answer.question.answer,
                [about(id_) for id_ in answer.contacts],
                world.leads_in(answer.question.answer, answer.meeting.id),
            )
            for answer in covered.answers
        ]
        return question.text, question.mark, question.earlier, world.title(covered.section), answers

    return view.page("question.html", lambda: _context(world.questions_at[view.address], view), shown)


def _context(covered: Covered, view: View) -> QuestionPage:
    question = covered.question
    told = [answer for answer in covered.answers if answer.state != "planned"]
    answered = len({id_ for answer in told if answer.state == "answered" for id_ in answer.contacts})
    planned = sorted({id_ for answer in covered.answers if answer.state == "planned" for id_ in answer.contacts})
    sentence = f"{upper_first(counted(answered, 'person', 'people'))} answered it." if told else ""
    if planned:
        names = listed([view.world.title(id_) for id_ in planned[:3]])
        sentence = f"{sentence} It is on the list for {names}.".strip()
    return QuestionPage(
        frame=view.frame(question.text),
        title=question.text,
        section=view.world.title(covered.section),
        mark=_MARK_WORDS.get(question.mark, ""),
        standfirst=sentence,
        answers=tuple(_answer(answer, view) for answer in told),
        # wordings are kept folded, without their stop
        earlier=tuple(f"{upper_first(key)}{'?' if question.text.endswith('?') else ''}" for key in question.earlier),
        empty=None if told else Command("Nobody has been asked this yet.", "kith prep WHO"),
    )


def _answer(answer: Answer, view: View) -> Answered:
    world = view.world
    about = role_line(world.journal.contacts[answer.contacts[0]], view) if len(answer.contacts) == 1 else ""
    day = Link(world.short(answer.meeting.date), view.link(answer.meeting.id).href)
    text = view.block(answer.question.answer, answer.meeting, 4) if answer.question.answer else Markup()
    return Answered(view.links(answer.contacts), about, day, text)
