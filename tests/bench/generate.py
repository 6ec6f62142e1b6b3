"""Write a large, believable journal: `python tests/bench/generate.py --notes 1000 OUT`.

The same number of notes and the same seed give the same bytes. The people are invented and so is what they say.
"""

import argparse
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import product
from pathlib import Path
from random import Random

TODAY = date(2026, 11, 22)  # the day the journal ends; some meetings lie ahead of it
DAYS = 3 * 365
FEWEST = 60

WORDS: Mapping[str, list[str]] = tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))

LETTERS = {
    "outreach-referred": ("reach-out", "referred", "{{ via.name }} suggested that I write to you"),
    "outreach-first": ("reach-out", "not-referred", "Twenty minutes about your work?"),
    "nudge": ("nudge", "", "My letter of last week"),
    "thank-you": ("thank-you", "", "Thank you for your time"),
    "second-thank-you": ("second-thank-you", "", "What became of your advice"),
    "tell-referrer": ("tell-referrer", "", "I met the person you named"),
    "keep-in-touch": ("keep-in-touch", "", "A short hello"),
    "let-go": ("let-go", "", "No answer needed"),
}
SECTIONS = ("The work", "The way into it", "The field", "What comes next")


@dataclass(frozen=True)
class Person:
    """One contact: `talks` are the days of the meetings, empty for somebody who was never met."""

    id: str
    name: str
    role: str
    organization: str
    path: str
    added: date
    via: str
    talks: tuple[date, ...]
    fate: str  # met, lead, silent, declined or parked


@dataclass(frozen=True)
class World:
    """Who there is, and who named whom: `referrals` maps a meeting to the people that were named in it."""

    people: tuple[Person, ...]
    organizations: Mapping[str, str]
    paths: Mapping[str, str]
    referrals: Mapping[tuple[str, date], tuple[Person, ...]] = field(default_factory=dict)


def main() -> None:
    """Write a journal to a folder that is empty or does not exist."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--notes", type=int, default=1000, help=f"how many notes, {FEWEST} or more")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("out", type=Path)
    options = parser.parse_args()
    if options.notes < FEWEST:
        parser.error(f"a journal has at least {FEWEST} notes here")
    if options.out.exists() and any(options.out.iterdir()):
        parser.error(f"{options.out} is not empty")
    write(generate(options.notes, options.seed), options.out)


def write(files: Mapping[str, str], out: Path) -> None:
    """Write the files of a journal below a folder."""
    for name, text in files.items():
        path = out / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())


def generate(notes: int, seed: int) -> dict[str, str]:
    """Return the text of each file of a journal with so many notes."""
    rng = Random(seed)
    world = make_world(notes, rng)
    files = {"journal.md": JOURNAL}
    files |= {f"paths/{path}.md": path_note(title, rng) for path, title in world.paths.items()}
    files |= {f"organizations/{firm}.md": organization_note(name, rng) for firm, name in world.organizations.items()}
    files |= {f"questions/{slug(title)}.md": bank_note(title, number) for number, title in enumerate(SECTIONS)}
    files |= {f"letters/{name}.md": letter_note(*letter) for name, letter in LETTERS.items()}
    for person in world.people:
        files[f"contacts/{person.id}.md"] = contact_note(person, rng)
        for day in person.talks:
            named = world.referrals.get((person.id, day), ())
            files[f"meetings/{day}-{person.id}.md"] = meeting_note(person, day, named, rng)
    return files


# --- who there is ----------------------------------------------------------------------------------------------------


def make_world(notes: int, rng: Random) -> World:
    """Invent the people, each with a story, so that the files are as many as asked for."""
    paths = {slug(title): title for title in WORDS["paths"]}
    rest = notes - 1 - len(paths) - len(SECTIONS) - len(LETTERS)
    meetings, firms = rest * 38 // 100, rest * 12 // 100
    organizations = dict(invent_organizations(firms))
    talks = share_out(meetings, rest - meetings - firms, rng)
    people: list[Person] = []
    named: dict[tuple[str, date], tuple[Person, ...]] = {}
    for number, ((first, last), count) in enumerate(zip(invent_names(len(talks)), talks, strict=True)):
        added = TODAY - timedelta(days=DAYS - DAYS * number // len(talks))
        referrer = pick_referrer(people, added, rng)
        name = f"{first} {last}"
        person = Person(
            id=slug(name),
            name=name,
            role=rng.choice(WORDS["roles"]),
            organization=rng.choice(list(organizations)),
            path=rng.choice(list(paths)),
            added=added,
            via=referrer[0] if referrer else "",
            talks=tuple(talk_days(added, count, rng)),
            fate="met" if count else rng.choice(["lead", "lead", "lead", "silent", "silent", "declined", "parked"]),
        )
        people.append(person)
        if referrer:
            named[referrer] = (*named.get(referrer, ()), person)
    return World(tuple(people), organizations, paths, named)


def invent_names(count: int) -> Iterator[tuple[str, str]]:
    """Yield so many different names; the first and last names are mixed, later ones have a middle letter."""
    firsts, lasts = WORDS["first"], WORDS["last"]
    for number in range(count):
        turn, place = divmod(number, len(firsts) * len(lasts))
        row, column = divmod(place, len(firsts))
        middle = f" {chr(ord('A') + turn - 1)}." if turn else ""
        yield firsts[column] + middle, lasts[(row + column) % len(lasts)]


def invent_organizations(count: int) -> Iterator[tuple[str, str]]:
    """Yield so many different organisations, as id and name."""
    combined = list(product(WORDS["things"], WORDS["places"]))
    for number in range(count):
        turn, place = divmod(number, len(combined))
        thing, town = combined[place]
        name = f"{town} {thing}" if not turn else f"{town} {thing} No. {turn + 1}"
        yield slug(name), name


def share_out(meetings: int, people: int, rng: Random) -> list[int]:
    """Return how many meetings each person has: most have none or one, earlier ones may have up to three."""
    talks = [0] * people
    for chosen in rng.sample(range(people), meetings * 2 // 3):
        talks[chosen] = 1
    again = [number for number in range(people * 7 // 10) if talks[number]] * 2
    for chosen in rng.sample(again, min(meetings - sum(talks), len(again))):
        talks[chosen] += 1
    # What is still missing falls to people who had not been met.
    for number in [number for number in range(people) if not talks[number]][: meetings - sum(talks)]:
        talks[number] = 1
    return talks


def talk_days(added: date, count: int, rng: Random) -> Iterator[date]:
    """Yield the days of somebody's meetings; those of people met lately may lie ahead."""
    day = added + timedelta(days=rng.randrange(8, 26))
    for _ in range(count):
        yield day
        day += timedelta(days=rng.randrange(40, 121))


def pick_referrer(people: list[Person], before: date, rng: Random) -> tuple[str, date] | None:
    """Return the meeting in which a person was named, for about half of the people: one of the last few months."""
    lately = range(max(0, len(people) * 7 // 8 - 20), len(people))
    if not lately or rng.random() < 0.3:
        return None
    for number in rng.choices(lately, k=4):
        heard = [day for day in people[number].talks if day < before]
        if heard:
            return people[number].id, heard[-1]
    return None


def slug(name: str) -> str:
    """Return the id that a name gives."""
    letters = unicodedata.normalize("NFKD", name.lower()).encode("ascii", "ignore").decode()
    return "-".join("".join(letter if letter.isalnum() else " " for letter in letters).split())


# --- what the notes say ----------------------------------------------------------------------------------------------

JOURNAL = """\
---
title: The journal of the benchmark
name: Robin Vale
email: robin.vale@alder.example
school: Alder College
field-of-study: geography
graduation: 2027-05
status: finding out which work suits me
timezone: Europe/London
---

I am Robin Vale, and I ask people about their work before I choose mine.
"""


def contact_note(person: Person, rng: Random) -> str:
    """Write the card of one person, with the log of what happened outside of meetings."""
    fields = [
        f"name: {person.name}",
        f'organization: "[[{person.organization}]]"',
        f"role: {person.role}",
        f"level: {rng.choice(['peer', 'peer', 'manager', 'executive', 'academic'])}",
        f"source: {'referral' if person.via else rng.choice(['alumni', 'cold', 'event', 'friend', 'professor'])}",
        *([f'via: "[[{person.via}]]"'] if person.via else []),
        f"email: {person.id.replace('-', '.')}@mail.example",
        f"phone: 555 {rng.randrange(10_000):04}",
        f'paths: ["[[{person.path}]]"]',
        f"tags: [{rng.choice(WORDS['places']).lower()}]",
        f"added: {person.added}",
        *ending(person),
    ]
    lines = [f"- {day} {text}" for day, text in sorted(log_lines(person, rng)) if day <= TODAY]
    body = [rng.choice(WORDS["sentences"]), *(["## Log", "\n".join(lines)] if lines else [])]
    return note(fields, body)


def ending(person: Person) -> list[str]:
    """Return the fields of somebody who said no or who is left alone for now."""
    if person.fate == "parked":
        return ["parked: yes"]
    if person.fate == "declined":
        return [f"closed: {min(person.added + timedelta(days=9), TODAY)}", "closed-because: declined"]
    return []


def log_lines(person: Person, rng: Random) -> Iterator[tuple[date, str]]:
    """Yield what was written to a person and what came back."""
    if person.fate in {"lead", "parked"}:
        return
    asked = person.added + timedelta(days=2)
    yield asked, "outreach by email: asked for twenty minutes"
    if person.fate == "silent":
        yield asked + timedelta(days=8), "nudge by email: one line"
    elif person.fate == "declined":
        yield asked + timedelta(days=3), "declined by email: no time this year"
    else:
        yield (
            asked + timedelta(days=3),
            f"reply by email: {rng.choice(['yes, Tuesdays', 'gladly', 'yes, by telephone'])}",
        )
    for day in person.talks:
        yield day + timedelta(days=1), "thank-you by email"
        if rng.random() < 0.7:
            yield day + timedelta(days=32), f"update by letter: {rng.choice(WORDS['advice'])}"


def meeting_note(person: Person, day: date, named: tuple[Person, ...], rng: Random) -> str:
    """Write one conversation: ahead with what was prepared, past with what was said."""
    held = day < TODAY
    fields = [
        f'contacts: "[[{person.id}]]"',
        f"date: {day}",
        f"time: {rng.randrange(8, 18):02}:{rng.choice(['00', '15', '30'])}",
        "minutes: 20",
        *([f"took: {rng.randrange(15, 31)}"] if held else []),
        f"mode: {rng.choice(['in-person', 'phone', 'video'])}",
        f'paths: ["[[{person.path}]]"]',
    ]
    goals = (
        f"- Understand what a {person.role.lower()} does all day\n- Learn how people come to [[{person.organization}]]"
    )
    questions = "\n".join(question_lines(rng, held=held))
    body = ["## Goals", goals, "## Research", rng.choice(WORDS["sentences"]), "## Questions", questions]
    if held:
        items = "\n".join(f"- {item}" for item in item_lines(day, named, rng))
        said = " ".join(rng.sample(WORDS["sentences"], 3))
        body += ["## Notes", said, f"> {rng.choice(WORDS['answers'])}", items]
    return note(fields, body)


def question_lines(rng: Random, *, held: bool) -> Iterator[str]:
    """Yield the questions of a meeting, and what was answered if it was held."""
    for number, question in enumerate(rng.sample(WORDS["questions"], 9)):
        asked = held and number < 7
        yield f"- [{'x' if asked else ' '}] {question}"
        if asked:
            yield f"  - {rng.choice(WORDS['answers'])}"


def item_lines(day: date, named: tuple[Person, ...], rng: Random) -> Iterator[str]:
    """Yield the labelled items of a meeting."""
    for label in ("pro", "con"):
        yield f"{label} ({rng.choice(WORDS['topics'])}): {rng.choice(WORDS['claims'])}"
    yield f"skill: {rng.choice(WORDS['skills'])}"
    yield f"{rng.choice(['trend', 'insight'])}: {rng.choice(WORDS['trends'] + WORDS['insights'])}"
    done = f" done:{day + timedelta(days=20)}" if day + timedelta(days=20) <= TODAY else ""
    yield f"[{'x' if done else ' '}] advice: {rng.choice(WORDS['advice'])}{done}"
    yield rng.choice([f"[ ] read: *{rng.choice(WORDS['reading'])}*", f"[-] join: {rng.choice(WORDS['groups'])}"])
    yield f"[{'x' if rng.random() < 0.9 else ' '}] promise: send what I wrote due:{day + timedelta(days=7)}"
    if rng.random() < 0.2:
        yield f"[ ] waiting: the address of a colleague due:{day + timedelta(days=14)}"
    for person in named:
        yield f"referral: [[{person.id}]], {person.role.lower()}"


def organization_note(name: str, rng: Random) -> str:
    """Write one organisation."""
    fields = [
        f"name: {name}",
        f"industry: {rng.choice(WORDS['industries'])}",
        f"location: {rng.choice(WORDS['places'])}",
    ]
    counts = f"| people | {rng.randrange(8, 900)} |\n| offices | {rng.randrange(1, 9)} |"
    table = f"| what | how many |\n|---|---|\n{counts}"
    return note(fields, ["## Research", " ".join(rng.sample(WORDS["sentences"], 2)), table])


def path_note(title: str, rng: Random) -> str:
    """Write one career path."""
    fields = [
        f"title: {title}",
        "status: exploring",
        "question: I could do this on a bad day and still like the people",
    ]
    own = f"- pro: {rng.choice(WORDS['claims'])}\n- con ({rng.choice(WORDS['topics'])}): {rng.choice(WORDS['claims'])}"
    return note(fields, [rng.choice(WORDS["sentences"]), own])


def bank_note(title: str, number: int) -> str:
    """Write one section of the question bank; together they hold every question once."""
    questions = WORDS["questions"][number :: len(SECTIONS)]
    return note([f"title: {title}"], ["\n".join([f"- must: {questions[0]}", *(f"- {text}" for text in questions[1:])])])


def letter_note(serves: str, when: str, subject: str) -> str:
    """Write one letter template."""
    fields = [f"for: {serves}", *([f"when: {when}"] if when else []), "channel: email", f'subject: "{subject}"']
    return note(fields, ["Dear {{ person.called }},", "I am writing about our conversation.", "{{ me.name }}"])


def note(fields: list[str], body: list[str]) -> str:
    """Put front matter and paragraphs together."""
    return "\n".join(["---", *fields, "---", ""]) + "\n" + "\n\n".join(body) + "\n"


if __name__ == "__main__":
    main()
