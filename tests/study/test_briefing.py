"""Everything to know before a conversation."""

from datetime import date

import pytest

from kith.study.before import missing_steps
from kith.study.briefing import Briefing, brief, notes_of, organization_name, read_ground, write_message
from kith.study.timeline import read_timeline
from tests.followups.cases import make_journal

OWNER = "---\ntitle: A\nname: Robin Vale\nresume: cv.txt\n---\n\nI am Robin. <!-- or Rob -->\n"
FILES = {
    "journal.md": OWNER,
    "contacts/mo.md": "---\nname: Mo Brandt\n---\n",
    "contacts/sam.md": "---\nname: Sam Ortiz\nvia: mo\n---\n",
    "contacts/ann.md": "---\nname: Ann Lee\nvia: sam\nsource: referral\norganization: court\nrole: judge\n---\n\n"
    "- [ ] promise: a book\n- [x] promise: kept\n\n## Log\n\n- 2026-10-01 outreach by email: asked\n"
    "- 2026-12-01 reply: later\n",
    "organizations/court.md": "---\nname: The Court\n---\n\n## Research\n\n### Court\n\n- *old* building\n",
    "paths/law.md": "---\ntitle: Law\n---\n",
    "questions/a.md": "---\ntitle: A\n---\n\n- Why?\n- must: May I write again?\n- referral: Who else is there?\n"
    "- Your CV?\n- Can I help you?\n",
    "meetings/2026-11-03-ann.md": "---\nmode: in-person\ntook: 25\nstatus: held\n---\n\nShe laughed.\n\n"
    "## Goals\n\nto see\n\n## Questions\n\n- [x] Why law?\n  - Because.\n\n## Said\n\n"
    "- waiting: a name\n- offer: a hand\n- read: a book\n"
    "- referral: Zoe\n- referral: [[sam]]\n",
    "meetings/2026-11-24-ann.md": "---\ntime: 14:30\npaths: law\n---\n\n## Before\n\n- [x] say it aloud\n",
}


def make(files: dict[str, str] | None = None, meeting: str = "2026-11-24-ann") -> Briefing:
    """Return the briefing for a meeting on 22 November 2026."""
    journal = make_journal({**FILES, **(files or {})})
    ground = read_ground(read_timeline(journal, date(2026, 11, 22)))
    return brief(ground, journal.meetings[meeting])


def test_who_they_are_and_how_you_found_them() -> None:
    (ann,) = make().people
    assert (ann.contact.name, ann.organization, ann.found) == ("Ann Lee", "The Court", "a referral")
    assert ann.chain == ("mo", "sam")
    assert ann.named == ("Zoe", "Sam Ortiz")


def test_what_was_said_so_far() -> None:
    (ann,) = make().people
    assert [(str(one.date), one.what, one.answers) for one in ann.said] == [
        ("2026-10-01", "outreach by email", ()),
        ("2026-11-03", "conversation, in person, 25 minutes", (("Why law?", "- Because."),)),
    ]
    assert ann.said[0].text == "asked"
    assert ann.said[1].text.startswith("She laughed.\n\n## Said\n\n- waiting: a name")
    assert "to see" not in ann.said[1].text


def test_promises_both_ways() -> None:
    (ann,) = make().people
    assert [[item.text for item in found] for found in (ann.promised, ann.awaited, ann.offers)] == [
        ["a book"],
        ["a name"],
        ["a hand"],
    ]
    assert [one.item.text for one in ann.advice] == ["a book"]


def test_research_and_what_is_missing() -> None:
    found = make()
    assert [(one.title, one.file) for one in found.research] == [("The Court", "organizations/court.md")]
    assert found.admire == "old building"
    assert found.lacks == ("no questions are ranked, eight are the least", "no goals yet")
    assert found.gaps == ("Ann's profile or page: read it before you meet (000, 003)",)
    assert (found.introduction, found.resume) == ("I am Robin.", "cv.txt")
    assert [path.id for path in found.paths] == ["law"]


def test_everything_missing() -> None:
    files = {
        "journal.md": "---\ntitle: A\nname: R\n---\n",
        "contacts/ann.md": "---\nname: Ann\n---\n",
        "contacts/bo.md": "---\nname: Bo\norganization: Elsewhere\nrole: clerk\nlinkedin: https://example.org/bo\n---\n",
        "contacts/cy.md": "---\nname: Cy\norganization: Elsewhere\nrole: clerk\n---\n\n## Research\n\nkind\n",
        "meetings/2026-11-25-all.md": "---\ncontacts: [ann, bo, cy, Dee]\n---\n",
    }
    found = make(files, "2026-11-25-all")
    assert [gap.partition(":")[0] for gap in found.gaps] == [
        "your own introduction",
        "which resume you take along",
        "what Ann does",
        "Ann's profile or page",
        "where Ann works",
        "what Elsewhere does",
    ]
    assert found.strangers == ("Dee",)
    assert found.admire == "kind"
    assert [person.found for person in found.people] == ["", "", ""]


def test_the_clock_leaves_the_last_questions_to_the_end() -> None:
    found = make()
    assert [one.text for one in found.questions] == [
        "May I write again?", "Why?", "Your CV?", "Can I help you?", "Who else is there?",
    ]  # fmt: skip
    assert [slot.question for slot in found.slots if slot.kind == "question"] == [1]
    assert sum(slot.minutes for slot in found.slots) == found.minutes == 20
    assert {line.title: line.text for line in found.closing} == {
        "names": "Who else is there?",
        "resume": "Your CV?",
        "give": "Can I help you?",
        "again": "May I write again?",
        "card": "Take their business card, or their address.",
        "thanks": "Thank them, and go when you said you would.",
    }


def test_by_email_a_message() -> None:
    found = make({"meetings/2026-11-24-ann.md": "---\nmode: email\n---\n"})
    assert (found.kind, found.slots, found.missing_steps) == ("message", (), ())
    journal = make_journal(FILES)
    assert write_message(found, journal) == (
        "Dear Ann,\n\nMay I ask you a few questions in writing, to learn about your work?\n\nI am Robin.\n\n"
        "1. May I write again?\n2. Why?\n3. Your CV?\n4. Can I help you?\n5. Who else is there?\n\n"
        "A line for each is plenty, and leave out what you would rather not answer.\n\nWith many thanks\nRobin Vale\n"
    )


def test_whoever_has_agreed_is_thanked_for_it() -> None:
    card = FILES["contacts/ann.md"] + "\n## Log\n\n- 2026-11-20 reply by email: yes, in writing\n"
    found = make({"contacts/ann.md": card, "meetings/2026-11-24-ann.md": "---\nmode: email\n---\n"})
    assert "Thank you for agreeing to answer a few questions in writing." in write_message(found, make_journal(FILES))


def test_by_email_to_nobody_yet() -> None:
    files = {"journal.md": "---\ntitle: A\nname: R\n---\n", "meetings/2026-11-25-x.md": "---\nmode: email\n---\n"}
    found = make(files, "2026-11-25-x")
    assert write_message(found, make_journal(files)).startswith("Hello,\n\nMay I ask you a few questions")
    assert "I am" not in write_message(found, make_journal(files))


def test_an_event_has_people_with_their_own_answers() -> None:
    event = (
        "---\nmode: event\ncontacts: ann\nstatus: held\n---\n\n## Questions\n\n- [x] All?\n  - Yes.\n\n"
        "## [[sam]]\n\n### Questions\n\n- [x] His?\n  - Mine.\n"
    )
    found = make({"meetings/2026-11-10-fair.md": event}, "2026-11-10-fair")
    assert found.kind == "people"
    ann, sam = found.people
    assert [one.what for one in ann.said][-1] == "event"
    assert ann.said[-1].answers == (("All?", "- Yes."),)
    assert sam.said[-1].answers == (("All?", "- Yes."), ("His?", "- Mine."))


def test_notes_without_what_prepared_them() -> None:
    journal = make_journal({"meetings/2026-11-03-x.md": "a\n\n# Before\n\nb\n\n## deeper\n\nc\n\n# After\n\nd\n"})
    assert notes_of(journal.meetings["2026-11-03-x"]) == "a\n\n# After\n\nd"
    journal = make_journal({"meetings/2026-11-03-x.md": "a\n\n# Research\n\nb\n"})
    assert notes_of(journal.meetings["2026-11-03-x"]) == "a"


def test_an_organisation_by_name() -> None:
    journal = make_journal(FILES)
    assert organization_name(journal, None) == ""
    assert organization_name(journal, journal.contacts["ann"].organization) == "The Court"


def test_somebody_named_whose_card_cannot_be_read_is_an_id() -> None:
    files = {
        "contacts/ann.md": "---\nname: Ann\n---\n\n- referral: [[bo]]\n- referral: [[bo]] again\n",
        "contacts/bo.md": "---\nname: [\n---\n",
        "meetings/2026-11-24-ann.md": "---\ncontacts: [ann, bo]\nmode: phone\n---\n",
    }
    journal = make_journal(files, with_errors=True)
    found = brief(read_ground(read_timeline(journal, date(2026, 11, 22))), journal.meetings["2026-11-24-ann"])
    assert found.people[0].named == ("bo",)
    assert found.strangers == ("bo",)


@pytest.mark.parametrize(
    "front,before,expected",
    [
        ("mode: in-person", "", 7),
        ("mode: in-person\nplace: the cafe", "", 6),
        ("mode: phone", "", 3),
        ("mode: video", "", 4),
        ("mode: event", "", 5),
        ("mode: email", "", 0),
        ("mode: in-person\nplace: the cafe", "- [ ] black SHOES\n- [ ] bus 6\n- [x] rehearse the résumé\n", 2),
    ],
)
def test_steps_that_the_note_does_not_name(front: str, before: str, expected: int) -> None:
    journal = make_journal({"meetings/2026-11-24-x.md": f"---\n{front}\n---\n\n## Before\n\n{before}"})
    assert len(missing_steps(journal.meetings["2026-11-24-x"])) == expected
