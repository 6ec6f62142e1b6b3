"""Drafts: letters filled from the notes, in a sandbox."""

import re
from datetime import date
from email import message_from_bytes
from email.policy import default
from urllib.parse import parse_qs, unquote, urlsplit

import msgspec
import pytest

from kith.errors import JournalError
from kith.letters import Desk, Draft, choose_letter, draft_letter, read_desk
from kith.letters.mail import to_eml, to_mailto
from kith.letters.outreach import Message, lint_outreach
from kith.model import Journal
from kith.study.timeline import read_timeline
from tests.followups.cases import make_journal
from tests.run import ROOT

TODAY = date(2026, 11, 22)
FILES = {
    "journal.md": "---\ntitle: A\nname: Robin Vale\nemail: robin@alder.example\nschool: Alder\n"
    "field-of-study: biology\ngraduation: 2027-05\nstatus: exploring\n---\n\nI am Robin. %% or Rob %%\n",
    "contacts/sam.md": "---\nname: Sam Ortiz\npronouns: he/him\n---\n",
    "contacts/ann.md": "---\nname: Dr. Ann Lee\ncalled: Ann\npronouns: she/her\nvia: sam\norganization: Court\n"
    "role: judge\nemail: [ann@court.example, second@court.example]\n---\n\n- [x] read: *The Law*, by [[sam]]. "
    "done:2026-11-10\n- [x] attend: a trial done:2026-10-01\n- [ ] try: a robe\n- [ ] promise: a tape due:2026-12-01\n"
    "- [ ] promise: a book due:2026-11-25\n\n## Log\n\n- 2026-11-04 thank-you\n",
    "contacts/bo.md": "---\nname: Bo\nvia: ann\n---\n",
    "contacts/cy.md": "---\nname: Cy\nvia: Uncle Joe\n---\n",
    "contacts/dee.md": "---\nname: Dee\n---\n",
    "organizations/x.md": "---\nname: X\n---\n",
    "meetings/2026-11-03-ann.md": "---\ntime: 14:30\nplace: the court\nmode: in-person\nstatus: held\n---\n",
    "meetings/2026-11-12-bo.md": "---\nstatus: held\n---\n",
    "meetings/2026-12-01-ann.md": "",
}


def desk(body: str = "", front: str = "for: thank-you\nsubject: Hello", **more: str) -> Desk:
    """Return a desk with one letter, `it`, and more files by id."""
    letters = {f"letters/{id_}.md": text for id_, text in more.items()}
    journal = make_journal({**FILES, "letters/it.md": f"---\n{front}\n---\n\n{body}\n", **letters})
    return read_desk(read_timeline(journal, TODAY))


def fill(body: str, who: str = "ann", front: str = "for: thank-you\nsubject: Hello") -> Draft:
    """Return a letter with this body, filled for somebody."""
    found = desk(body, front)
    return draft_letter(found.timeline.journal.letters["it"], found, who)


@pytest.mark.parametrize(
    "body,expected",
    [
        ("{{ me.name }}, {{ me.field_of_study }}, {{ me.graduation }}", "Robin Vale, biology, May 2027"),
        ("{{ me.introduction }}", "I am Robin."),
        ("{{ person.called }} {{ person.they }} {{ person.them }} {{ person.their }}", "Ann she her her"),
        ("{{ person.role }}, {{ person.organization }}", "judge, Court"),
        ("{{ via.name }} {{ via.them }}", "Sam Ortiz him"),
        (
            "{{ meeting.weekday }} {{ meeting.date }} {{ meeting.time }} {{ meeting.place }}",
            "Tuesday 3 November 14:30 the court",
        ),
        ("{% for one in done %}{{ one.did }} ({{ one.done }}){% endfor %}", "read The Law, by Sam Ortiz (10 November)"),
        ("{% for one in open %}{{ one.label }}: {{ one.text }}{% endfor %}", "try: a robe"),
        ("{% for one in met %}{{ one.name }}, {{ one.date }}{% endfor %}", "Bo, 12 November"),
        ("{{ promise.text }}", "a book"),
        ("{{ today }}", "22 November 2026"),
        ("a\n\n\n\n<!-- b -->\nc", "a\n\nc"),
        ("{{ person.called | upper }} {{ done | length }}", "ANN 1"),
    ],
)
def test_what_letters_know(body: str, expected: str) -> None:
    assert fill(body).text == f"{expected}\n"


@pytest.mark.parametrize(
    "owner,studies",
    [
        ("school: Alder\nfield-of-study: law\ngraduation: 2027-05", "studying law at Alder and graduating in May 2027"),
        ("school: Alder\nfield-of-study: law\ngraduation: 2026-10", "who studied law at Alder until October 2026"),
        ("school: Alder\ngraduation: 2026-11", "studying at Alder and graduating in November 2026"),
        ("field-of-study: law", "studying law"),
        ("graduation: 2027-05", ""),
    ],
)
def test_what_you_study_as_far_as_the_journal_says_it(owner: str, studies: str) -> None:
    files = {
        **FILES,
        "journal.md": f"---\ntitle: A\nname: Robin\n{owner}\n---\n",
        "letters/it.md": "---\nfor: hello\nsubject: x\n---\n\n{{ me.studies }}.\n",
    }
    found = read_desk(read_timeline(make_journal(files), TODAY))
    assert draft_letter(found.timeline.journal.letters["it"], found, "dee").text == f"{studies}.\n"


def write(body: str, card: str, front: str = "for: thank-you", **more: str) -> str:
    """Return a letter with this body to somebody with this card."""
    files = {"journal.md": "---\ntitle: A\nname: R\nminutes: 25\n---\n", "contacts/bo.md": f"---\nname: Bo\n{card}"}
    files["letters/it.md"] = f"---\n{front}\nsubject: x\n---\n\n{body}\n"
    files |= {f"meetings/{id_.replace('_', '-')}-bo.md": text for id_, text in more.items()}
    found = read_desk(read_timeline(make_journal(files), TODAY))
    return draft_letter(found.timeline.journal.letters["it"], found, "bo").text.strip()


def test_the_minutes_asked_for_and_how_somebody_was_found() -> None:
    body = "{{ me.minutes }} {{ person.found }}{% if person.near %}near{% endif %}"
    assert write(body, "source: alumni\n---\n") == "twenty-five the alumni network"
    assert write(body, "source: friend\n---\n") == "twenty-five near"


def test_a_reminder_speaks_of_what_they_promised() -> None:
    card = (
        "---\n\n- promise: a tape due:2026-11-20\n- waiting: a book due:2026-12-20\n- waiting: a list due:2026-12-01\n"
    )
    assert write("{{ promise.text }}", card, "for: waiting") == "a list"


HELD = "---\nstatus: held\n---\n"


@pytest.mark.parametrize(
    "log,spoken_of",
    [
        ("", "3 November"),
        ("- 2026-11-04 thank-you\n", "3 November"),
        ("- 2026-11-04 thank-you\n- 2026-11-06 introduced\n", ""),
        ("- 2026-11-04 thank-you\n- 2026-11-06 introduced\n- 2026-11-06 thank-you\n", "3 November"),
        ("- 2026-11-06 got: a look at the resume\n", "3 November"),
    ],
)
def test_a_letter_of_thanks_speaks_of_the_conversation_it_is_for(log: str, spoken_of: str) -> None:
    body = "{% if meeting %}{{ meeting.date }}{% endif %}"
    assert write(body, f"---\n\n## Log\n\n{log}", **{"2026_11_03": HELD}) == spoken_of


def test_nobody_is_thanked_for_a_conversation_still_ahead() -> None:
    body = "{% if meeting %}{{ meeting.date }}{% endif %}"
    assert write(body, "---\n", **{"2026_12_03": ""}) == ""
    assert write(body, "---\n", "for: update", **{"2026_12_03": ""}) == "3 December"


def test_a_hello_tells_what_was_done_since_the_last_contact() -> None:
    card = "---\n\n- [x] read: one done:2026-11-05\n- [x] read: two done:2026-11-15\n\n## Log\n\n- 2026-11-10 hello\n"
    body = "{% for item in done %}{{ item.text }} {% endfor %}"
    assert write(body, card, "for: keep-in-touch", **{"2026_11_03": HELD}) == "two"
    assert write(body, card, "for: update", **{"2026_11_03": HELD}) == "one two"


def test_a_letter_that_looks_ahead_speaks_of_the_next_meeting() -> None:
    assert fill("{{ meeting.date }}", front="for: hello\nsubject: Hello").text == "1 December\n"
    assert fill("{{ meeting.date }}", "bo", "for: hello\nsubject: Hello").text == "12 November\n"


def test_an_update_begins_the_news_anew() -> None:
    files = {**FILES, "contacts/ann.md": FILES["contacts/ann.md"] + "- 2026-11-15 update\n", "letters/it.md": LETTER}
    found = read_desk(read_timeline(make_journal(files), TODAY))
    assert draft_letter(found.timeline.journal.letters["it"], found, "ann").text == "0 0\n"


LETTER = "---\nfor: update\nsubject: x\n---\n\n{{ done | length }} {{ met | length }}\n"


def test_subject_addressees_and_blanks() -> None:
    draft = fill(
        "HERE ONE SENTENCE, ABOUT WHAT YOU’VE SEEN. Here nothing. HERE MORE\nTHERE",
        front="for: thank-you\nsubject: '{{ person.name }},  hello'",
    )
    assert draft.subject == "Dr. Ann Lee, hello"
    assert draft.to == ("ann@court.example", "second@court.example")
    assert draft.blanks == ("HERE ONE SENTENCE, ABOUT WHAT YOU’VE SEEN", "HERE MORE")


def test_somebody_without_pronouns_or_a_referrer_without_a_card() -> None:
    assert fill("{{ person.they }} {{ via.name }} {{ via.called }}", "cy").text == "they Uncle Joe Uncle\n"


# --- what cannot be filled -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "body,who,said",
    [
        ("Dear you,\n{{ via.name }}", "dee", "it.md:7: the letter speaks of `via`, and nobody is named who led you"),
        ("{{ meeting.date }}", "dee", "it.md:6: the letter speaks of `meeting`, and there is no conversation with"),
        ("{{ promise.text }}", "dee", "it.md:6: the letter speaks of `promise`, and you have promised Dee nothing"),
        ("a\nb {{ persn }}", "ann", "letters/it.md:7: the letter cannot be filled: letters know no `persn`"),
        ("{% if done %}", "ann", "letters/it.md:6: the letter cannot be filled: the block `{% if %}` has no end"),
        ("{{ 9 ** 9 }}", "ann", "letters/it.md:6: the letter cannot be filled: letters do not reckon with `**`"),
        ("{{ 'x' * 9 }}", "ann", "letters do not reckon with `*`"),
        ("{{ 1 / 0 }}", "ann", "letters do not reckon with `/`"),
        ("{{ done.append(1) }}", "ann", "letters call nothing"),
        ("{{ person.__class__ }}", "ann", "letters know no `person.__class__`"),
        ("{{ ''.__class__.__mro__ }}", "ann", "letters know no `__class__` of a text"),
        ("{{ 'x'.ljust(9) }}", "ann", "letters call nothing"),
        ("{{ range(9) }}", "ann", "letters call nothing"),
        ("{{ 'x' | center(9) }}", "ann", "no filter named `center`"),
        ("{% include 'other.md' %}", "ann", "letters take nothing from other files"),
        ("\n\n{{ me.name | sort | join('x') }}", "ann", "it.md:8: the letter cannot be filled: `sort` takes a list"),
        ("{{ done[1].text }}", "ann", "letters/it.md:6: the letter cannot be filled: "),
        ("{{ (done | first).__class__ }}", "ann", "is unsafe"),
    ],
)  # fmt: skip
def test_what_cannot_be_filled_says_where_and_why(body: str, who: str, said: str) -> None:
    with pytest.raises(JournalError) as raised:
        fill(body, who)
    assert said in str(raised.value)
    assert raised.value.hint


def test_a_subject_that_cannot_be_filled_names_its_own_line() -> None:
    with pytest.raises(JournalError, match=r"letters/it\.md:3: "):
        fill("fine", front="for: thank-you\nsubject: '{{ persn }}'")


# --- remarks ---------------------------------------------------------------------------------------------------------


def test_a_second_thank_you_without_news_says_so_and_shows_what_is_open() -> None:
    front = "for: second-thank-you\nsubject: x"
    assert fill("x", front=front).remarks == ()
    files = {
        **FILES,
        "letters/it.md": f"---\n{front}\n---\n\nx\n",
        "contacts/dee.md": "---\nname: Dee\n---\n\n- try: a robe\n",
    }
    found = read_desk(read_timeline(make_journal(files), TODAY))
    assert draft_letter(found.timeline.journal.letters["it"], found, "dee").remarks == (
        "nothing that Dee advised is done since, and nobody was met through them",
        "still open: try: a robe",
    )


def test_a_referrer_who_has_heard_of_everybody() -> None:
    front = "for: tell-referrer\nsubject: x"
    assert fill("x", front=front).remarks == ()
    assert fill("x", "dee", front).remarks == ("Dee has heard of everybody you met through them",)


# --- which letter ----------------------------------------------------------------------------------------------------


def test_the_letter_whose_when_fits_then_by_id() -> None:
    text = "---\nfor: reach-out\nsubject: x\n{}---\n"
    found = desk(
        a=text.format(""),
        b=text.format("when: referred\n"),
        c=text.format("when: referred\n"),
        d=text.format("when: not-referred\n"),
    )

    def chosen(who: str, *purposes: str) -> str:
        letter = choose_letter(found, purposes, who)
        return letter.id if letter else ""

    assert [chosen(who, "reach-out") for who in ("ann", "bo", "cy", "dee")] == ["b", "b", "b", "d"]
    assert chosen("ann", "nudge", "thank-you", "reach-out") == "it"
    assert chosen("ann", "nudge") == ""


# --- for a mail program ----------------------------------------------------------------------------------------------


def journal() -> Journal:
    """Return the journal of these tests."""
    return make_journal(FILES)


def test_a_link_says_what_the_draft_says() -> None:
    draft = Draft("it", "ann", ("a+b@x.example",), "Ä & b? 100%", "Line one\n\n+ two & thrée #\n", ())
    link = to_mailto(draft)
    parts = urlsplit(link)
    assert (parts.scheme, unquote(parts.path)) == ("mailto", "a+b@x.example")
    assert parse_qs(parts.query) == {"subject": ["Ä & b? 100%"], "body": ["Line one\r\n\r\n+ two & thrée #"]}
    assert "%0D%0A" in link
    assert link.isascii()
    assert "+" not in link
    assert to_mailto(msgspec.structs.replace(draft, to=())).startswith("mailto:?subject=")


def test_a_file_opens_as_a_draft() -> None:
    text = "Ä line\n" + "long " * 40 + "\n.\nFrom me\n"
    data = to_eml(Draft("it", "ann", ("ann@court.example",), "Ä & b", text, ()), journal())
    message = message_from_bytes(data, policy=default)
    assert message["X-Unsent"] == "1"
    assert message["To"] == '"Dr. Ann Lee" <ann@court.example>'
    assert message["From"] == "Robin Vale <robin@alder.example>"
    assert message["Subject"] == "Ä & b"
    assert message["Date"] is None
    assert message.get_content().replace("\r\n", "\n") == text
    assert data == to_eml(Draft("it", "ann", ("ann@court.example",), "Ä & b", text, ()), journal())


def test_a_file_without_addresses() -> None:
    files = {**FILES, "journal.md": "---\ntitle: A\nname: R\n---\n"}
    message = message_from_bytes(to_eml(Draft("it", "dee", (), "x", "y", ()), make_journal(files)), policy=default)
    assert (message["From"], message["To"], message.get_content()) == (None, None, "y\r\n")


def test_an_address_that_mail_programs_do_not_take() -> None:
    with pytest.raises(JournalError, match="is not an address that a mail program takes"):
        to_eml(Draft("it", "ann", ("dänä@x.example",), "x", "y", ()), journal())


# --- the letters that every journal begins with ----------------------------------------------------------------------

LETTERS = {f"letters/{path.name}": path.read_text(encoding="utf-8") for path in (ROOT / "content/letters").glob("*.md")}


@pytest.mark.parametrize("file", sorted(LETTERS))
@pytest.mark.parametrize("owner", ["", "school: Alder\n", "field-of-study: law\nstatus: exploring\n"])
@pytest.mark.parametrize("card", ["via: Uncle Joe\n", "via: Uncle Joe\nsource: friend\n", "via: sam\nsource: alumni\n"])
def test_they_read_well_however_little_is_known(file: str, owner: str, card: str) -> None:
    files = {
        **LETTERS,
        "journal.md": f"---\ntitle: A\nname: Robin Vale\n{owner}---\n",
        "contacts/sam.md": "---\nname: Sam Ortiz\n---\n",
        "contacts/bo.md": f"---\nname: Bo\n{card}---\n",
    }
    found = read_desk(read_timeline(make_journal(files), TODAY))
    draft = draft_letter(found.timeline.journal.letters[file[8:-3]], found, "bo")
    assert draft.text.startswith("Dear Bo,\n\n")
    assert not re.search(r"  | [.,;:]|[.,;:]{2}|None|\n\n\n", f"{draft.subject}\n{draft.text}")


@pytest.mark.parametrize("card", ["via: sam\n", "source: friend\n", "source: alumni\n", "source: cold\n"])
def test_their_first_message_lacks_nothing(card: str) -> None:
    files = {**LETTERS, "journal.md": FILES["journal.md"], "contacts/sam.md": FILES["contacts/sam.md"]}
    files["contacts/bo.md"] = f"---\nname: Bo\n{card}---\n"
    found = read_desk(read_timeline(make_journal(files), TODAY))
    letter = choose_letter(found, ("reach-out",), "bo")
    assert letter is not None
    draft = draft_letter(letter, found, "bo")
    text = draft.text.replace("HERE ONE SENTENCE, ABOUT SOMETHING YOU DID THAT I ADMIRE", "your talk on frogs")
    assert lint_outreach(Message(text, found.timeline.journal, found.timeline.journal.contacts["bo"])) == ()
