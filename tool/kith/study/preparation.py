"""What to bring to a meeting: the best next questions with the reason for each, and what the note still lacks.

The choice (000: eight to ten questions in order of priority, you may get to only a few): what the note lists already,
in its order; then the questions for everyone; then what nobody, or only one person, has answered on this path, taken in
turn from the sections of the bank; last the question that asks for names. Never one that this person has answered.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import zip_longest

import msgspec

from kith.conventions import fold
from kith.model import Contact, Journal, Meeting, Note, Organization, Question
from kith.study.coverage import Coverage, Covered, read_coverage
from kith.study.timeline import Timeline, people_of
from kith.study.words import number_word

EMAIL_LEAST, EMAIL_MOST = 3, 5  # a letter with more questions than that is not answered
EVENT_LEAST, EVENT_MOST = 3, 3

# A line that says nothing: a bullet, a number, a box or a rule by itself, or a further heading.
_BLANK = re.compile(r"[\s*+_-]*(?:\d+[.)])?\s*(?:\[[ xX-]\])?\s*|\s*#{1,6}(?:\s.*)?")
# Questions that begin like a closed one and ask for a story.
_OPEN = re.compile(
    r"(?:can|could|would|will) you (?:please )?(?:tell|describe|explain|show|walk|say (?:how|what|why|more))\b",
    re.IGNORECASE,
)


def _words_in(text: str) -> frozenset[str]:
    return frozenset(text.split())


_YES_NO = _words_in(
    "am are is was were do does did have has had can could will would shall should may might must isn't don't"
)
_COMMON = _words_in(
    "about after also and are because been before being between both but can could did does doing for "
    "from had has have here how into its just like make many more most much need now one only other our "
    "out over own people person same should some such than that the their them then there these they "
    "thing this those through under very was way well were what when where which while who why will with "
    "work would year you your"
)


# What one asks about people in general, if at all (000).
_PERSONAL = re.compile(
    r"\b(?:your (?:own )?(?:salary|income|pay|age|religion|politics|marriage|husband|wife|family|children|kids)|"
    r"how much (?:do|did) you (?:earn|make|get)|how old are you|are you married|"
    r"do you have (?:children|kids|a family))\b",
    re.IGNORECASE,
)
# The questions that belong to the last minutes, by the line of the sheet they stand for.
_CLOSING = {
    "names": re.compile(r"\b(?:who|whom) else\b|\bother people\b", re.IGNORECASE),
    "resume": re.compile(r"\b(?:resum[eé]|résumé|cv)\b", re.IGNORECASE),
    "give": re.compile(r"\b(?:do for you|help you|of use to you)\b", re.IGNORECASE),
    "again": re.compile(r"\bmay i\b.*\bagain\b|\b(?:call|write|contact)(?: to)? you again\b", re.IGNORECASE),
}


class Choice(msgspec.Struct, frozen=True):
    """A question to bring: its text and folded text, the bank's section and mark, and why it is here.

    `closes` is the line of the last minutes that it stands for, `""` for most. `closed` could be answered with yes or
    no, and asks for nothing but an answer; `personal` asks about them and not about the work; `researched` says that
    your research may answer it already; `listed` ones stand in the note.
    """

    text: str
    key: str
    section: str
    mark: str
    reason: str
    closed: bool
    researched: bool
    listed: bool = False
    closes: str = ""
    personal: bool = False


class Preparation(msgspec.Struct, frozen=True):
    """The questions in order, open ones for silences, and those to bring only if they concern this person."""

    questions: tuple[Choice, ...]
    spares: tuple[str, ...] = ()
    if_relevant: tuple[str, ...] = ()


def prepare_questions(timeline: Timeline, meeting: Meeting, coverage: Coverage | None = None) -> Preparation:
    """Choose the questions for a meeting; `coverage` is worked out unless given."""
    journal = timeline.journal
    coverage = coverage or read_coverage(timeline)
    people = readable(journal, people_of(meeting))
    research = _words(research_on(journal, meeting))
    bank = {covered.question.key: covered for covered in reversed(coverage.questions)}
    chosen = [_listed(question, bank.get(question.bank or ""), research) for question in meeting.questions]
    listed = {question.bank or question.key for question in meeting.questions}
    paths = _paths_of(journal, meeting, people)
    left = [
        covered
        for key, covered in reversed(bank.items())
        if key not in listed and not any(covered.cells.get(id_) == "answered" for id_ in people)
    ]
    most = most_questions(journal, meeting)
    names = [covered for covered in left if covered.question.mark == "referral"][:1]
    musts = [(covered, f"one for everyone; {_need(covered, paths)[1]}") for covered in _marked(left, "must")]
    ranked = [*musts, *_in_turn(_marked(left, ""), paths)]
    room = max(most - len(chosen) - len(names), 0)
    chosen += [_choice(covered, reason, research) for covered, reason in ranked[:room]]
    chosen += [_choice(covered, "asks for names: never leave without it (000)", research) for covered in names]
    return Preparation(
        tuple(chosen[: max(most, len(meeting.questions))]),
        tuple(one.question.text for one in _marked(left, "spare") if not is_closed(one.question.text)),
        tuple(covered.question.text for covered in _marked(left, "if-relevant")),
    )


def least_questions(journal: Journal, meeting: Meeting) -> int:
    """How many questions are enough: fewer by email and to an event."""
    return {"email": EMAIL_LEAST, "event": EVENT_LEAST}.get(meeting.mode, journal.settings.questions_min)


def most_questions(journal: Journal, meeting: Meeting) -> int:
    """How many questions to bring: fewer by email and to an event."""
    return {"email": EMAIL_MOST, "event": EVENT_MOST}.get(meeting.mode, journal.settings.questions_max)


def readable(journal: Journal, ids: Iterable[str]) -> tuple[str, ...]:
    """Those of some people whose card can be read."""
    return tuple(id_ for id_ in ids if id_ in journal.contacts)


def _marked(found: Iterable[Covered], mark: str) -> list[Covered]:
    return [covered for covered in found if covered.question.mark == mark]


def _listed(question: Question, covered: Covered | None, research: frozenset[str]) -> Choice:
    mark = question.mark or (covered.question.mark if covered is not None else "")
    closes = _closes(question.text, mark)
    return Choice(
        text=question.text,
        key=question.key,
        section=covered.section if covered is not None else "",
        mark=mark,
        reason="stands in the note",
        closed=is_closed(question.text) and not closes,
        researched=_may_be_known(question.text, research),
        listed=True,
        closes=closes,
        personal=_PERSONAL.search(question.text) is not None,
    )


def _choice(covered: Covered, reason: str, research: frozenset[str]) -> Choice:
    question = covered.question
    closes = _closes(question.text, question.mark)
    return Choice(
        text=question.text,
        key=question.key,
        section=covered.section,
        mark=question.mark,
        reason=reason,
        closed=is_closed(question.text) and not closes,
        researched=_may_be_known(question.text, research),
        closes=closes,
        personal=_PERSONAL.search(question.text) is not None,
    )


def _closes(text: str, mark: str) -> str:
    """The line of the last minutes that a question stands for, `""` for one of the others."""
    if mark == "referral":
        return "names"
    return next((title for title, pattern in _CLOSING.items() if pattern.search(text)), "")


def _in_turn(found: Iterable[Covered], paths: frozenset[str]) -> Iterator[tuple[Covered, str]]:
    """The questions that fewest people on these paths have answered first, one from each section in turn."""
    by_need: dict[int, dict[str, list[tuple[Covered, str]]]] = {}
    for covered in found:
        count, reason = _need(covered, paths)
        by_need.setdefault(min(count, 2), {}).setdefault(covered.section, []).append((covered, reason))
    for need in sorted(by_need):
        for turn in zip_longest(*by_need[need].values()):
            yield from filter(None, turn)


def _need(covered: Covered, paths: frozenset[str]) -> tuple[int, str]:
    """How many people on these paths, all without one, have answered a question, in figures and words."""
    if not paths:
        count, where = len(covered.answered_by), ""
    elif len(paths) == 1:
        count, where = len(covered.on_path.get(next(iter(paths)), ())), " on this path"
    else:
        people = {id_ for path in paths for id_ in covered.on_path.get(path, ())}
        count, where = len(people), " on these paths"
    who = "nobody" if count == 0 else "one person" if count == 1 else f"{number_word(count)} people"
    return count, f"{who}{where} {'has' if count < 2 else 'have'} answered it"


def _paths_of(journal: Journal, meeting: Meeting, people: Iterable[str]) -> frozenset[str]:
    """The paths that a meeting, or else its people, are about."""
    own = {ref.id for ref in meeting.paths if ref.id is not None}
    return frozenset(own or {ref.id for id_ in people for ref in journal.contacts[id_].paths if ref.id is not None})


def is_closed(text: str) -> bool:
    """Whether a question can be answered with yes or no."""
    first = text.split(maxsplit=1)[0].casefold().strip(",") if text.strip() else ""
    return first in _YES_NO and " or " not in text and not _OPEN.match(text.strip())


def _words(text: str) -> frozenset[str]:
    return frozenset(word for word in fold(text).split() if len(word) > 3 and word not in _COMMON)


def _may_be_known(text: str, research: frozenset[str]) -> bool:
    """Whether the research speaks of what a question asks: half of its telling words stand there."""
    words = _words(text)
    return len(words) > 1 and 2 * len(words & research) >= len(words)


# --- what the notes say already ------------------------------------------------------------------------------------


def part_of(note: Note, title: str) -> str:
    """The text below the headings of a title, `""` where it says nothing; several of one name add up."""
    parts = (note.body.part_of(one).strip() for one in note.body.headings if fold(one.title) == title)
    return "\n\n".join(part for part in parts if any(not _BLANK.fullmatch(line) for line in part.split("\n")))


def organizations_of(journal: Journal, meeting: Meeting) -> tuple[Organization, ...]:
    """The organisations of a meeting's people that have a file."""
    found: dict[str, Organization] = {}
    for id_ in readable(journal, people_of(meeting)):
        reference = journal.contacts[id_].organization
        if reference is not None and reference.id is not None and reference.id in journal.organizations:
            found[reference.id] = journal.organizations[reference.id]
    return tuple(found.values())


def research_notes(journal: Journal, meeting: Meeting) -> tuple[Contact | Meeting | Organization, ...]:
    """The notes that hold research for a meeting: its own, the cards of its people, their organisations."""
    notes: list[Contact | Meeting | Organization] = [
        meeting,
        *(journal.contacts[id_] for id_ in readable(journal, people_of(meeting))),
        *organizations_of(journal, meeting),
    ]
    return tuple(note for note in notes if part_of(note, "research"))


def research_on(journal: Journal, meeting: Meeting) -> str:
    """The research for a meeting."""
    return "\n\n".join(part_of(note, "research") for note in research_notes(journal, meeting))


def goals_of(journal: Journal, meeting: Meeting) -> str:
    """The goals of a meeting: in its note, else on the cards of its people."""
    own = part_of(meeting, "goals")
    theirs = (part_of(journal.contacts[id_], "goals") for id_ in readable(journal, meeting.contact_ids))
    return own or "\n\n".join(part for part in theirs if part)


def lacking(journal: Journal, meeting: Meeting) -> tuple[str, ...]:
    """What a meeting's preparation lacks, in words: questions, goals, research (2.1, `prepare`)."""
    lacks = []
    least, count = least_questions(journal, meeting), len(meeting.questions)
    if count < least:
        are = "question is" if count == 1 else "questions are"
        verb = "is" if least == 1 else "are"
        lacks.append(f"{number_word(count)} {are} ranked, {number_word(least)} {verb} the least")
    if meeting.mode != "email" and not goals_of(journal, meeting):
        lacks.append("no goals yet")
    if meeting.mode not in ("email", "event") and not research_notes(journal, meeting):
        lacks.append("no research yet")
    return tuple(lacks)
