"""Random but valid journals as text files, and a person who does what the commands of follow-ups say."""

import shlex
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from hypothesis import strategies as st

from kith.model import FollowUp, Journal
from tests.followups.cases import OWNER, make_journal

TODAY = date(2026, 11, 22)
IDS = ("ann", "bo", "cy", "dee")
NAMED = ("Noor Haddad", "Ida Ives")
SETTINGS = {
    "nudges": ("0", "1", "2"),
    "nudge-after": ("3d", "1w", "1mo"),
    "second-thank-you-after": ("10d", "1mo"),
    "keep-in-touch-every": ("2w", "3mo"),
    "lead-reserve": ("0", "2", "5"),
}
FIELDS = {
    "source": ("family", "neighbor", "cold", "event"),
    "via": ("ann", "bo", "cy", "Noor Haddad"),
    "receptive": ("yes", "no"),
    "cadence": ("2w", "never", "1y"),
    "paths": ("law", "nursing", "[law, nursing]"),
    "organization": ("mercy", "Elsewhere"),
    "parked": ("yes",),
}
KINDS = (
    *("outreach", "nudge", "proposed", "asked", "reply", "declined", "heard", "got", "introduced", "thank-you"),
    *("update", "hello", "gave", "met"),
)
STANDING = {
    "paths/law.md": "---\ntitle: Law\nstatus: paused\n---\n\n- [ ] fill in the form due:2026-11-20\n",
    "paths/nursing.md": "---\ntitle: Nursing\n---\n",
    "organizations/mercy.md": "---\nname: Mercy Hospital\n---\n\n## Research\n\nEleven people.\n",
}


@dataclass(frozen=True)
class Line:
    """A log line; `below` are the items nested under it."""

    day: date
    kind: str
    text: str = ""
    below: tuple[str, ...] = ()

    def __str__(self) -> str:
        nested = "".join(f"\n  - {item}" for item in self.below)
        return f"- {self.day} {self.kind}{f': {self.text}' if self.text else ''}{nested}"


@dataclass(frozen=True)
class Card:
    """A person's card: front matter, items and the log."""

    id: str
    fields: Mapping[str, str] = field(default_factory=dict)
    items: tuple[str, ...] = ()
    log: tuple[Line, ...] = ()
    name: str = ""

    def __str__(self) -> str:
        front = "".join(f"{key}: {value}\n" for key, value in self.fields.items())
        items = "".join(f"- {item}\n" for item in self.items)
        log = "\n".join(map(str, sorted(self.log, key=lambda line: line.day)))
        return f"---\nname: {self.name or self.id.title()}\n{front}---\n\n{items}\n## Log\n\n{log}\n"


@dataclass(frozen=True)
class Talk:
    """A meeting's note."""

    id: str
    day: date
    contacts: tuple[str, ...]
    fields: Mapping[str, str] = field(default_factory=dict)
    items: tuple[str, ...] = ()
    body: str = ""

    def __str__(self) -> str:
        front = "".join(f"{key}: {value}\n" for key, value in self.fields.items())
        items = "".join(f"- {item}\n" for item in self.items)
        who = ", ".join(self.contacts)
        return f"---\ndate: {self.day}\ncontacts: [{who}]\n{front}---\n\n{self.body}\n{items}"


@dataclass(frozen=True)
class Notes:
    """A journal as a person keeps it, before it is written to files."""

    settings: Mapping[str, str]
    cards: Mapping[str, Card]
    talks: Mapping[str, Talk]
    standing: Mapping[str, str] = field(default_factory=lambda: dict(STANDING))

    @property
    def files(self) -> dict[str, str]:
        """The files by path."""
        owner = OWNER.removesuffix("---\n") + "".join(f"{key}: {value}\n" for key, value in self.settings.items())
        return {
            "journal.md": f"{owner}---\n",
            **self.standing,
            **{f"contacts/{id_}.md": str(card) for id_, card in self.cards.items()},
            **{f"meetings/{id_}.md": str(talk) for id_, talk in self.talks.items()},
        }

    @property
    def journal(self) -> Journal:
        """The journal that the files make up."""
        return make_journal(self.files)

    def with_card(self, card: Card) -> "Notes":
        """The notes with this card instead of the one of its id."""
        return replace(self, cards={**self.cards, card.id: card})

    def with_talk(self, talk: Talk) -> "Notes":
        """The notes with this meeting."""
        return replace(self, talks={**self.talks, talk.id: talk})

    def logged(self, who: str, kind: str, day: date, text: str = "") -> "Notes":
        """The notes with one more log line, which comes last on its day."""
        card = self.cards[who]
        return self.with_card(replace(card, log=(*card.log, Line(day, kind, text))))


# --- strategies ------------------------------------------------------------------------------------------------------

days = st.integers(-150, 40).map(lambda days: TODAY + timedelta(days=days))
past_days = st.integers(-150, 0).map(lambda days: TODAY + timedelta(days=days))
boxes = st.sampled_from(["", "[ ] ", "[x] ", "[-] "])


@st.composite
def items(draw: st.DrawFn) -> str:
    """Draw a labelled item."""
    label = draw(st.sampled_from(["promise", "waiting", "referral", "read", "try", "offer", "task"]))
    if label == "referral":
        text = draw(st.sampled_from([*NAMED, "Bo, a nurse", "[[cy]]"]))
    elif label == "waiting":
        text = draw(st.sampled_from(["sends the comparison", "introduces [[dee]]", "introduces [[cy]] and [[bo]]"]))
    else:
        text = draw(st.sampled_from(["send the panel", "a book about nights", "ask in the lab", "send the form"]))
    ends = draw(st.sampled_from(["", "", f" due:{draw(days)}", f" done:{draw(days)}"]))
    if label == "task":
        return f"[ ] {text} due:{draw(days)}"
    box = draw(boxes)
    return f"{box}{label}: {text}{ends if 'done' not in ends or box == '[x] ' else ''}"


@st.composite
def lines(draw: st.DrawFn) -> Line:
    """Draw a log line."""
    kind = draw(st.sampled_from(KINDS))
    text = draw(st.sampled_from(["", "", "[[dee]]", "[[bo]] and [[cy]]"]))
    below = draw(st.lists(items(), max_size=1)) if draw(st.integers(0, 5)) == 0 else []
    return Line(draw(days), kind, text, tuple(below))


@st.composite
def cards(draw: st.DrawFn, id_: str) -> Card:
    """Draw a person's card."""
    chosen = draw(st.sets(st.sampled_from(sorted(FIELDS)), max_size=3))
    fields = {key: draw(st.sampled_from(FIELDS[key])) for key in sorted(chosen)}
    if fields.get("via") == id_:
        del fields["via"]
    for key in ("added", "snooze", "closed"):
        if draw(st.integers(0, 3)) == 0:
            fields[key] = str(draw(days))
    log = draw(st.lists(lines(), max_size=6))
    return Card(id_, fields, tuple(draw(st.lists(items(), max_size=2))), tuple(log))


@st.composite
def talks(draw: st.DrawFn, number: int) -> Talk:
    """Draw a meeting."""
    who = draw(st.lists(st.sampled_from(IDS), min_size=1, max_size=2, unique=True))
    fields: dict[str, str] = {}
    if status := draw(st.sampled_from(["", "", "planned", "held", "held", "cancelled", "no-show"])):
        fields["status"] = status
    if mode := draw(st.sampled_from(["", "", "", "phone", "email", "event"])):
        fields["mode"] = mode
    if draw(st.booleans()):
        fields["took"] = "20"
    if draw(st.integers(0, 4)) == 0:
        who.append(draw(st.sampled_from(NAMED)))
    body = draw(st.sampled_from(["", "## Goals\n\n- to see\n", "## Research\n\nTheir page.\n"]))
    day = draw(days)
    return Talk(f"{day}-talk-{number}", day, tuple(who), fields, tuple(draw(st.lists(items(), max_size=3))), body)


@st.composite
def notes(draw: st.DrawFn) -> Notes:
    """Draw a journal."""
    chosen = draw(st.sets(st.sampled_from(sorted(SETTINGS)), max_size=2))
    settings = {key: draw(st.sampled_from(SETTINGS[key])) for key in sorted(chosen)}
    if draw(st.integers(0, 5)) == 0:
        settings["pause"] = str(draw(days))
    people = {id_: draw(cards(id_)) for id_ in IDS[: draw(st.integers(1, 4))]}
    for id_ in set(IDS) - set(people):
        people[id_] = Card(id_)  # so that no link is dead
    drawn = [draw(talks(number)) for number in range(draw(st.integers(0, 4)))]
    return Notes(settings, dict(sorted(people.items())), {talk.id: talk for talk in drawn})


# --- doing what the commands say -------------------------------------------------------------------------------------


def settle(written: Notes, followup: FollowUp, today: date) -> Notes:
    """Return the notes after the command that settles a follow-up was run on a day."""
    match shlex.split(followup.settle):
        case ["kith", "log", who, kind, *by]:
            assert by in ([], ["--by", "email"])
            return written.logged(who, kind, today)
        case ["kith", "close", who, reason]:
            card = written.cards[who]
            return written.with_card(
                replace(card, fields={**card.fields, "closed": str(today), "closed-because": reason})
            )
        case ["kith", "new", "meeting", who]:
            return written.with_talk(Talk("arranged", today + timedelta(days=5), (who,)))
        case ["kith", "new", "contact", name, *via]:
            assert via[:1] in ([], ["--via"])
            fields = {"via": via[1]} if via else {}
            return written.with_card(
                Card(name.casefold().replace(" ", "-"), {**fields, "added": str(today)}, name=name)
            )
        case ["kith", "prep", meeting, "--write"]:
            talk = written.talks[meeting]
            questions = "\n".join(f"- [ ] Question {number}?" for number in range(10))
            body = f"## Goals\n\n- to see\n\n## Research\n\nA page.\n\n## Questions\n\n{questions}\n\n## Items\n"
            return written.with_talk(replace(talk, body=body))
        case ["kith", "debrief", who]:
            return _debriefed(written, _oldest_open(written, who, today))
        case ["edit", place] if followup.rule == "debrief":
            return _debriefed(written, place.removeprefix("meetings/").rpartition(".md:")[0])
        case ["kith", "done", *rest]:
            return _ticked(written, followup, rest)
    raise AssertionError(followup.settle)


def _oldest_open(written: Notes, who: str, today: date) -> str:
    """The oldest meeting of a person that nobody has written up."""
    found = [
        (talk.day, talk.id)
        for talk in written.talks.values()
        if who in talk.contacts
        and talk.day < today
        and talk.fields.get("status", "planned") == "planned"
        and "took" not in talk.fields
        and talk.fields.get("mode") != "email"
    ]
    return min(found)[1]


def _debriefed(written: Notes, meeting: str) -> Notes:
    talk = written.talks[meeting]
    return written.with_talk(replace(talk, fields={**talk.fields, "status": "held"}))


def _ticked(written: Notes, followup: FollowUp, rest: list[str]) -> Notes:
    """Tick the one item that the words of the command, or its line, single out."""
    place = followup.event.place
    if len(rest) == 1 and rest[0].rpartition(":")[0].endswith(".md"):
        assert rest[0] == f"{place.file}:{place.line}"
    else:
        _assert_only_one(written, rest, followup)
    text = written.files[place.file].split("\n")[place.line - 1]
    bare = text.strip().removeprefix("- ")
    done = f"[x] {bare[4:] if bare.startswith('[') and bare[2] == ']' else bare}"
    return _with_line(written, place.file, place.line, text.replace(bare, done))


def _assert_only_one(written: Notes, rest: list[str], followup: FollowUp) -> None:
    """Check that the words of the command stand in one open item of the person, or of nobody, alone."""
    *who, words = rest
    journal = written.journal
    found = [
        item
        for note in journal.notes()
        for item in note.items
        if (who[0] in item.contacts if who else not item.contacts) and item.state == "open"
        if words.casefold() in item.text.casefold()
    ]
    assert [item.place for item in found] == [followup.event.place]


def _with_line(written: Notes, file: str, line: int, text: str) -> Notes:
    """The notes with one line of a file replaced: the item is found again in what the file was written from."""
    old = written.files[file].split("\n")[line - 1].strip().removeprefix("- ")
    new = text.strip().removeprefix("- ")
    kind, _, name = file.removesuffix(".md").partition("/")
    number = sum(row.strip() == f"- {old}" for row in written.files[file].split("\n")[: line - 1])
    if kind == "paths":
        rows = written.standing[file].split("\n")
        rows[line - 1] = f"- {new}"
        return replace(written, standing={**written.standing, file: "\n".join(rows)})
    if kind == "meetings":
        talk = written.talks[name]
        return written.with_talk(replace(talk, items=_replaced(talk.items, old, new, number)))
    card = written.cards[name]
    own = sum(item == old for item in card.items)
    if number < own:
        return written.with_card(replace(card, items=_replaced(card.items, old, new, number)))
    log = []
    left = number - own
    for entry in sorted(card.log, key=lambda entry: entry.day):
        here = sum(item == old for item in entry.below)
        log.append(replace(entry, below=_replaced(entry.below, old, new, left)) if 0 <= left < here else entry)
        left -= here
    return written.with_card(replace(card, log=tuple(log)))


def _replaced(items_: tuple[str, ...], old: str, new: str, number: int) -> tuple[str, ...]:
    """Items with the one of that number among equals replaced."""
    places = [index for index, item in enumerate(items_) if item == old]
    return (*items_[: places[number]], new, *items_[places[number] + 1 :])
