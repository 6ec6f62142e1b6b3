"""What a first message needs, and what it must not say."""

import pytest

from kith.letters.outreach import MOST_WORDS, RULES, Message, Remark, lint_outreach
from tests.followups.cases import make_journal

OWNER = (
    "---\ntitle: A\nname: Robin Vale\nschool: Alder College\nfield-of-study: biology\ngraduation: 2027-05\n"
    "status: finding out which work suits me\n---\n"
)
FILES = {
    "journal.md": OWNER,
    "contacts/sam.md": "---\nname: Sam Ortiz\n---\n",
    "contacts/ann.md": "---\nname: Ann\nvia: sam\n---\n",
    "contacts/bo.md": "---\nname: Bo\nvia: Uncle Joe\n---\n",
    "contacts/max.md": "---\nname: Max\nsource: neighbor\n---\n",
}
GOOD = """\
Dear Ann,

I read your article on frogs and have thought about it since.

I study biology at Alder College until 2027 and am exploring what comes then. May I ask you about your work for
twenty minutes, by phone or wherever suits you? I am not looking for a job.

Robin Vale
"""


def lint(text: str, who: str = "", *, owner: str = OWNER, allow: bool = False) -> dict[str, Remark]:
    """Return the remarks about a message by name."""
    journal = make_journal({**FILES, "journal.md": owner})
    found = lint_outreach(Message(text, journal, journal.contacts.get(who)), allow_interview=allow)
    return {remark.name: remark for remark in found}


def test_nothing_to_say_about_a_good_message() -> None:
    assert lint(GOOD) == {}


def test_an_empty_message_lacks_everything() -> None:
    assert set(lint("")) == {"how-found", "who-you-are", "status", "what-you-ask", "how-to-talk", "minutes"}
    assert all(remark.place("", "x").end_line == 0 for remark in lint("").values())


@pytest.mark.parametrize(
    "old,new,name",
    [
        ("I read your article on frogs", "I hope you are well", "how-found"),
        ("I study biology at Alder College until 2027", "I study", "who-you-are"),
        ("exploring what comes then", "here", "status"),
        ("May I ask you about your work", "Have you", "what-you-ask"),
        (", by phone or wherever suits you", "", "how-to-talk"),
        ("twenty minutes", "a while", "minutes"),
        ("I am not looking for a job.", "Do you have a job for me?", "asks-for-job"),
        ("I am not looking for a job.", "I want no pay, but are you hiring?", "asks-for-job"),
        ("I am not looking for a job.", "May I apply for the position?", "asks-for-job"),
        ("for\ntwenty minutes", "in an informational interview of twenty minutes", "says-interview"),
        ("twenty minutes", "45 minutes", "too-long-asked"),
        ("twenty minutes", "an hour", "too-long-asked"),
        ("twenty minutes", "two hours", "too-long-asked"),
        ("twenty minutes", "1.5 hours", "too-long-asked"),
        ("I am not looking for a job.", "Have you heard of job openings?", "asks-for-job"),
        ("I am not looking for a job.", "Could you forward my resume?", "asks-for-job"),
        ("I am not looking for a job.", "Attached is my CV.", "asks-for-job"),
        ("twenty minutes", "Forty-Five minutes", "too-long-asked"),
        ("Robin Vale", "word " * MOST_WORDS, "too-many-words"),
    ],
)
def test_one_thing_wrong(old: str, new: str, name: str) -> None:
    assert old in GOOD
    assert name in lint(GOOD.replace(old, new))


@pytest.mark.parametrize(
    "text",
    [
        "My job search begins in May.",
        "Tell me about the position you hold.",
        "This is not about a job, nor about any vacancy.",
        "I don't want an internship.",
        "Your 90-minute talk, and half an hour with you.",
        "A quarter of an hour is enough.",
    ],
)
def test_what_is_fine(text: str) -> None:
    assert not {"asks-for-job", "too-long-asked", "minutes"} & set(lint(f"{GOOD}\n{text}"))


def test_half_an_hour_is_too_long_where_less_is_allowed() -> None:
    owner = OWNER.replace("title: A", "title: A\nminutes-max: 20")
    assert "too-long-asked" in lint(GOOD.replace("twenty minutes", "half an hour"), owner=owner)


def test_the_words_may_be_allowed() -> None:
    text = GOOD.replace("for\ntwenty minutes", "in an informational interview of twenty minutes")
    assert lint(text, allow=True) == {}


@pytest.mark.parametrize(
    "first,who,fine",
    [
        ("I hope this finds you well.", "", False),
        ("Sam wrote your name on a napkin.", "ann", True),
        ("Sam wrote your name on a napkin.", "", False),
        ("Uncle Joe sends his regards.", "bo", True),
        ("Dr. Jones, whom you know, told me to write.", "", True),
        ("Prof. A. Smith is well. He told me to write.", "", False),
        ("May I ask you about frogs", "", True),
    ],
)
def test_the_first_sentence_gives_the_reason(first: str, who: str, *, fine: bool) -> None:
    found = lint(GOOD.replace("I read your article on frogs and have thought about it since.", first), who)
    assert ("reason-first" not in found) == fine
    if not fine:
        remark = found["reason-first"]
        text = GOOD.replace("I read your article on frogs and have thought about it since.", first)
        assert first.startswith(text[remark.start : remark.end])
        assert str(remark.place(text, "m.txt")) == "m.txt:3:1"


def test_a_place_counts_lines_and_columns_from_one() -> None:
    text = GOOD.replace("twenty minutes", "45 minutes")
    place = lint(text)["too-long-asked"].place(text, "m.txt")
    assert (str(place), place.end_line, place.end_column) == ("m.txt:6:1", 6, 11)


def test_what_is_not_known_of_you_is_not_asked_for() -> None:
    nobody = "---\ntitle: A\nname: R\n---\n"
    assert "who-you-are" not in lint("I’m a baker, and curious about frogs", owner=nobody)
    assert lint("x", owner=nobody)["who-you-are"].message == "say in a few words who you are"
    assert "school, your field and the year" in lint("x")["who-you-are"].message


def test_people_who_know_you_need_not_be_told_who_you_are_or_how_you_found_them() -> None:
    text = "May I ask you about your work for ten minutes, over coffee? I am exploring what to do."
    assert set(lint(text)) == {"how-found", "who-you-are"}
    assert lint(text, "max") == {}


@pytest.mark.parametrize(
    "text",
    [
        "Hello Ann. I have seen your work in the museum. ",
        "Hi Ann, everyone says you are the local expert on frogs, and I hope for some tips. ",
        "Dear Dr. Lee,\n\nI am interested in work like yours, and hope for your advice. ",
    ],
)
def test_a_reason_at_the_very_beginning_stands_behind_the_greeting(text: str) -> None:
    assert not {"reason-first", "how-to-talk"} & set(lint(f"{text}Might I come by your office?"))


def test_your_own_status_counts() -> None:
    assert "status" not in lint(GOOD.replace("exploring what comes then", "finding out which work suits me"))


def test_every_remark_has_a_source() -> None:
    everything = "Hello,\nI want a job and an informational interview of 90 minutes. " + "word " * MOST_WORDS
    remarks = [*lint("").values(), *lint(everything).values()]
    assert {remark.name for remark in remarks} >= {"reason-first", "asks-for-job", "says-interview", "too-many-words"}
    assert len(RULES) == 10
    for remark in remarks:
        assert all(part in ("000", "001", "002", "003", "004") for part in remark.source.split(", "))
