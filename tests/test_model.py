"""What the nouns say about themselves."""

import datetime as dt

import pytest

from kith.diagnostics import Extent, Place
from kith.model import (
    Body,
    CareerPath,
    Contact,
    Event,
    FollowUp,
    Heading,
    Journal,
    Letter,
    Meeting,
    Organization,
    Owner,
    QuestionSection,
    Reference,
    Settings,
)

HERE = Place("contacts/dana-lee.md", 7, 3, 8, 12)
DAY = dt.date(2026, 11, 3)


def contact(name: str = "Dana Lee", called: str = "") -> Contact:
    """Return a person with a body of four lines that begins on line 6 of the file."""
    body = Body("\n- offer: One\n  one\n- [x] met", 6)
    places = {
        "name": Extent(2, 7, 2, 15),
        "aliases 1": Extent(4, 5, 4, 9),
        "aliases": Extent(3, 1, 4, 9),
    }
    return Contact(id="dana-lee", file="contacts/dana-lee.md", name=name, called=called, body=body, places=places)


@pytest.mark.parametrize(
    "name,called,address",
    [
        ("Dana Lee", "", "Dana"),
        ("Dana Lee", "Dr. Lee", "Dr. Lee"),
        ("Cher", "", "Cher"),
        (" ", "", " "),
        ("Shah, Priya", "", "Priya"),
        ("Shah,", "", "Shah,"),
    ],
)
def test_person_is_addressed_as_they_wish(name: str, called: str, address: str) -> None:
    assert contact(name, called).address == address


def test_note_knows_where_its_keys_stand() -> None:
    note = contact()
    assert str(note.place_of("name")) == "contacts/dana-lee.md:2:7"
    assert str(note.place_of("role")) == "contacts/dana-lee.md:1:1"
    assert str(note.place_of("aliases", 1)) == "contacts/dana-lee.md:4:5"
    assert str(note.place_of("aliases", 0)) == "contacts/dana-lee.md:3:1"


def test_note_finds_a_piece_within_lines_of_its_body() -> None:
    note = contact()
    assert note.place_within(HERE, "ONE") == Place("contacts/dana-lee.md", 8, 3, 8, 6)
    assert note.place_within(HERE, "offer") == Place("contacts/dana-lee.md", 7, 3, 7, 8)
    assert note.place_within(HERE, "elsewhere") == HERE
    for outside in (Place("inbox.md", 7, 1, 8, 1), Place(note.file, 2, 1, 2, 5), Place(note.file, 90, 1, 90, 5)):
        assert note.place_within(outside, "one") == outside


def test_meeting_names_each_person_once() -> None:
    def to(id_: str | None) -> Reference:
        return Reference("x", HERE, link=True, id=id_)

    links = (to("dana-lee"), None, to(None), to("dana-lee"))
    headings = tuple(Heading("a heading", 2, HERE, link=link) for link in links)
    meeting = Meeting(
        id="m",
        file="meetings/m.md",
        date=DAY,
        contacts=(to("b"), to(None), to("a"), to("b")),
        body=Body("", 1, headings),
    )
    assert meeting.contact_ids == ("b", "a")
    assert meeting.headed_ids == ("dana-lee",)


def test_journal_lists_its_notes_kind_by_kind() -> None:
    owner = Owner(id="journal", file="journal.md", settings=Settings(nudges=2))
    notes = (
        owner,
        contact(),
        Meeting(id="m", file="meetings/m.md", date=DAY),
        Organization(id="o", file="organizations/o.md", name="O"),
        CareerPath(id="p", file="paths/p.md", title="P"),
        QuestionSection(id="q", file="questions/q.md", title="Q"),
        Letter(id="l", file="letters/l.md", serves="nudge", subject="S"),
    )
    _, person, meeting, organization, path, section, letter = notes
    journal = Journal(
        owner,
        contacts={"dana-lee": person},
        meetings={"m": meeting},
        organizations={"o": organization},
        paths={"p": path},
        questions={"q": section},
        letters={"l": letter},
    )
    assert journal.notes() == notes
    assert journal.settings.nudges == 2


@pytest.mark.parametrize("today,state,left", [(2, "upcoming", 1), (3, "today", 0), (5, "overdue", -2)])
def test_follow_up_is_late_by_its_date_alone(today: int, state: str, left: int) -> None:
    item = FollowUp("nudge", ("dana-lee",), DAY, 2, "ask again", "because", "002", Event(DAY, HERE), "kith log")
    assert item.state(dt.date(2026, 11, today)) == state
    assert item.days_left(dt.date(2026, 11, today)) == left
