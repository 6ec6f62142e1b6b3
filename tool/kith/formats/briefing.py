"""A briefing as text to read in a terminal or to print, and as JSON."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from kith.dates import long_date, weekday_name
from kith.model import Item, Journal
from kith.study.briefing import Briefing, PersonBrief, Said, write_message
from kith.study.preparation import Choice
from kith.study.run_sheet import OBSTACLES, clock
from kith.study.words import plain_names, with_names

INDENT = "  "
_BOXES = {"open": "[ ]", "done": "[x]", "not for me": "[-]"}
_SPARES = 6  # more than that is not looked through in a silence


def to_text(briefing: Briefing, journal: Journal, today: date) -> str:
    """Everything to know before a conversation, and the run sheet last."""
    lines = _Teller(briefing, journal, today).lines()
    return "".join(f"{line}".rstrip() + "\n" for line in lines)


def title_of(briefing: Briefing, today: date) -> str:
    """`Hana Kimura, Tuesday 24 November at 14:30`."""
    meeting = briefing.meeting
    names = [*(person.contact.name for person in briefing.people), *briefing.strangers]
    who = ", ".join(names) if names and briefing.kind != "people" else meeting.where or ", ".join(names) or meeting.id
    at = f" at {meeting.time:%H:%M}" if meeting.time else ""
    return f"{who}, {weekday_name(meeting.date)} {long_date(meeting.date, today)}{at}"


class _Teller:
    """Tells a briefing line by line."""

    def __init__(self, briefing: Briefing, journal: Journal, today: date) -> None:
        self.briefing = briefing
        self.journal = journal
        self.today = today

    def lines(self) -> Iterator[str]:
        briefing, meeting = self.briefing, self.briefing.meeting
        yield title_of(briefing, self.today)
        minutes = f"{briefing.minutes} minutes" if briefing.kind == "sheet" else ""
        place = "" if briefing.kind == "people" else meeting.where
        yield from _facts(_joined(", ", meeting.mode.replace("-", " "), minutes, place), meeting.file)
        for person in briefing.people:
            yield from self.person(person)
        yield from _part("Not on your list yet", briefing.strangers)
        yield from _part("What you want to find out", self.paths())
        for passage in briefing.research:
            yield from _part(f"Research: {passage.title}", self.plain(passage.text))
        yield from _part("Missing", [*briefing.lacks, *briefing.gaps])
        yield from _part("Your introduction", self.plain(briefing.introduction))
        yield from _part("Your resume", [briefing.resume] if briefing.resume else [])
        yield from _part("Goals", self.plain(briefing.goals))
        yield from _part(f"Questions ({len(briefing.questions)}, in order)", self.questions())
        yield from _part("Only if it concerns them", briefing.if_relevant)
        if briefing.kind != "message":
            yield from _part("For silences", briefing.spares[:_SPARES])
        yield from _part("Before", self.steps())
        if briefing.kind == "sheet":
            yield from self.sheet()
        elif briefing.kind == "message":
            yield from _part("The message", write_message(briefing, self.journal).rstrip("\n").split("\n"))
        else:
            yield from self.people_sheet()

    # --- people ---

    def person(self, person: PersonBrief) -> Iterator[str]:
        contact = person.contact
        yield ""
        yield _joined(" ", contact.name, contact.pronouns and f"({contact.pronouns})")
        chain = [self.journal.contacts[id_].name for id_ in person.chain]
        via = contact.via.label or contact.via.text if contact.via is not None and not chain else ""
        yield from _facts(
            _joined(", ", contact.role, person.organization, contact.level),
            _joined(" · ", *contact.phone, *contact.email, *contact.website, contact.linkedin),
            person.found and f"found through {person.found}",
            chain and f"the way there: you → {' → '.join([*chain, contact.name])}",
            via and f"{via} led you there",
        )
        yield from self.notes(person)
        yield from _part("So far", (line for said in person.said for line in self.said(said)))
        yield from _part("You owe them", map(self.item, person.promised))
        yield from _part("They owe you", map(self.item, person.awaited))
        yield from _part("What you could give", map(self.item, person.offers))
        advice = (
            f"{_BOXES[one.state]} {one.item.label}: {self.line(one.item.text)}"
            + (f" (done {self.day(one.done)})" if one.done else "")
            for one in person.advice
        )
        yield from _part("What they advised", advice)
        yield from _part("Whom they named", person.named)

    def notes(self, person: PersonBrief) -> Iterator[str]:
        """What stands on the card above its first heading."""
        body = person.contact.body
        first = body.headings[0].place.line - body.line if body.headings else None
        yield from (f"{INDENT}{line}" for line in self.plain("\n".join(body.text.split("\n")[:first])))

    def said(self, said: Said) -> Iterator[str]:
        yield f"{self.day(said.date)}  {said.what}" + (
            f": {self.line(said.text)}" if said.text and "\n" not in said.text and not said.answers else ""
        )
        if "\n" in said.text or said.answers:
            for question, answer in said.answers:
                yield f"{INDENT}{self.line(question)}"
                yield from (f"{INDENT}{INDENT}{line}" for line in self.plain(answer))
            yield from (f"{INDENT}{line}" for line in self.plain(said.text))

    def item(self, item: Item) -> str:
        due = f" (due {self.day(item.due)})" if item.due else ""
        return f"{self.line(item.text)}{due}"

    # --- the sheet ---

    def paths(self) -> Iterator[str]:
        for path in self.briefing.paths:
            yield f"{path.title}: {path.question}" if path.question else path.title

    def questions(self) -> Iterator[str]:
        for number, choice in enumerate(self.briefing.questions, 1):
            yield f"{number:>2}. {self.line(choice.text)}"
            yield f"    {'; '.join(remarks(choice))}"

    def steps(self) -> Iterator[str]:
        for step in self.briefing.steps:
            yield f"[{'x' if step.done else ' '}] {self.line(step.text)}"
        yield from (f"[ ] {text} (not in the note yet)" for text in self.briefing.missing_steps)

    def sheet(self) -> Iterator[str]:
        briefing = self.briefing
        begins = briefing.meeting.time
        rows: list[str] = []
        for slot in briefing.slots:
            at = f"{clock(begins, slot.start):>5}  {slot.minutes:>2} min  "
            if slot.kind == "question":
                text = self.line(briefing.questions[slot.question].text)
                rows.append(f"{at}{text}" if slot.minutes else f"{'':7}if time {text}")
                continue
            lines = briefing.opening if slot.kind == "opening" else briefing.closing
            for index, line in enumerate(lines):
                text = line.text
                if line.title == "admiration" and briefing.admire:
                    text = f"{text} For example: {briefing.admire}"
                rows.append(f"{at if index == 0 else ' ' * len(at)}{self.line(text)} ({line.source})")
        yield from _part(f"Run sheet: {briefing.minutes} minutes", rows)
        yield from _part("If it goes otherwise", (f"{one.title}: {one.text} ({one.source})" for one in OBSTACLES))

    def people_sheet(self) -> Iterator[str]:
        rows = [
            _joined(", ", person.contact.name, person.contact.role, person.organization)
            for person in self.briefing.people
        ]
        blank = "name ______________________  where ______________________"
        yield from _part("People", [row for name in [*rows, blank, blank, blank] for row in (f"[ ] {name}", "    ")])

    # --- words ---

    def day(self, day: date) -> str:
        return long_date(day, self.today)

    def line(self, text: str) -> str:
        return plain_names(text, self.journal)

    def plain(self, text: str) -> Iterator[str]:
        """The lines of a text with names for links, without blank ones at its ends or two in a row."""
        before = ""
        for row in with_names(text, self.journal).strip("\n").split("\n"):
            if row.strip() or before.strip():
                yield row.rstrip()
            before = row


def remarks(choice: Choice) -> Iterator[str]:
    """Why a question is on the list, and what to mind."""
    yield choice.reason
    if choice.closed:
        yield "can be answered with yes or no: put it openly"
    if choice.personal:
        yield "personal: ask what is usual instead"
    if choice.researched:
        yield "your research may answer it"


def _facts(*facts: object) -> Iterator[str]:
    yield from (f"{INDENT}{fact}" for fact in facts if fact)


def _part(title: str, lines: Iterable[str]) -> Iterator[str]:
    shown = list(lines)
    if any(shown):
        yield ""
        yield title
        yield from (f"{INDENT}{line}" if line.strip() else "" for line in shown)


def _joined(separator: str, *parts: object) -> str:
    return separator.join(str(part) for part in parts if part)


# --- for programs ----------------------------------------------------------------------------------------------------


def to_json(briefing: Briefing, journal: Journal, today: date) -> str:
    """The briefing as JSON, `version` 1."""
    import json

    meeting = briefing.meeting
    value = {
        "version": 1,
        "today": today.isoformat(),
        "meeting": meeting.id,
        "file": meeting.file,
        "date": meeting.date.isoformat(),
        "time": f"{meeting.time:%H:%M}" if meeting.time else None,
        "mode": meeting.mode or None,
        "kind": briefing.kind,
        "minutes": briefing.minutes,
        "people": [_person_object(person) for person in briefing.people],
        "paths": [path.id for path in briefing.paths],
        "research": [{"title": one.title, "file": one.file, "text": one.text} for one in briefing.research],
        "lacks": list(briefing.lacks),
        "gaps": list(briefing.gaps),
        "introduction": briefing.introduction,
        "resume": briefing.resume or None,
        "goals": briefing.goals,
        "questions": [_choice_object(choice) for choice in briefing.questions],
        "spares": list(briefing.spares),
        "if_relevant": list(briefing.if_relevant),
        "before": [{"text": step.text, "done": step.done} for step in briefing.steps],
        "before_missing": list(briefing.missing_steps),
        "sheet": [
            {
                "start": slot.start,
                "minutes": slot.minutes,
                "kind": slot.kind,
                "question": slot.question if slot.kind == "question" else None,
            }
            for slot in briefing.slots
        ],
        "closing": [line.text for line in briefing.closing],
        "message": write_message(briefing, journal) if briefing.kind == "message" else None,
    }
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _person_object(person: PersonBrief) -> dict[str, Any]:
    return {
        "id": person.contact.id,
        "name": person.contact.name,
        "role": person.contact.role,
        "organization": person.organization,
        "found": person.found,
        "chain": list(person.chain),
        "said": [
            {
                "date": one.date.isoformat(),
                "what": one.what,
                "text": one.text,
                "answers": [{"question": question, "answer": answer} for question, answer in one.answers],
            }
            for one in person.said
        ],
        "promised": [item.text for item in person.promised],
        "awaited": [item.text for item in person.awaited],
        "offers": [item.text for item in person.offers],
        "advice": [{"text": one.item.text, "state": one.state} for one in person.advice],
        "named": list(person.named),
    }


def _choice_object(choice: Choice) -> dict[str, Any]:
    return {
        "text": choice.text,
        "section": choice.section or None,
        "mark": choice.mark or None,
        "reason": choice.reason,
        "closed": choice.closed,
        "personal": choice.personal,
        "researched": choice.researched,
        "listed": choice.listed,
    }
