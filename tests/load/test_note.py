"""One file to one note, by itself."""

import datetime as dt

import pytest

from kith.diagnostics import Finding
from kith.load import fold_id, fold_name, parse_note
from kith.load.note import ParsedFile, is_leftover, kind_of, split_meeting_stem
from kith.model import (
    AnyNote,
    CareerPath,
    Contact,
    Letter,
    Meeting,
    Organization,
    Owner,
    QuestionSection,
    Settings,
)


def said(finding: Finding) -> str:
    """Return the code, severity, place and message of a finding."""
    place = finding.place
    return f"{finding.code} {finding.severity} {place.line}:{place.column} {finding.message}"


def parse(file: str, text: str) -> ParsedFile:
    """Return what a file of this text says."""
    return parse_note(file, text.encode())


def note(file: str, text: str) -> AnyNote:
    """Return the note of a file that is in order."""
    parsed = parse(file, text)
    assert parsed.findings == ()
    assert parsed.note is not None
    return parsed.note


# --- what a file is --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "file,kind",
    [
        ("journal.md", "journal"),
        ("inbox.md", "inbox"),
        ("contacts/dana-lee.md", "contact"),
        ("contacts/b/a.md", "contact"),
        ("meetings/2026/2026-11-03-dana-lee.md", "meeting"),
        ("organizations/a.md", "organization"),
        ("paths/a.md", "path"),
        ("questions/a.md", "questions"),
        ("letters/a.md", "letter"),
        ("contacts/_b/a.md", "contact"),
        ("contacts/journal.md", "contact"),
        ("contacts/a b.c.md", "contact"),
        ("contacts/a.MD", "stray"),
        ("contacts/a.txt", "stray"),
        ("contacts/a", "stray"),
        ("contacts/a (Dana's conflicted copy 2026-11-03).md", "conflicted"),
        ("contacts/a.sync-conflict-20261103-101112-ABC.md", "conflicted"),
        ("contacts/a (Case Conflict 1).md", "conflicted"),
        *[
            (file, None)
            for file in ("README.md", "templates/contact.md", "attachments/card.png", "contacts", "Contacts/a.md")
        ],
        *[
            (f"contacts/{name}", None)
            for name in (".a.md", ".#a.md", "#a.md#", "a.md~", "4913", "a.md.swp", ".a.swx", "a.swo")
        ],
        *[(f"contacts/{name}", None) for name in ("a.tmp", "a.md.bak", "a.bck", "a.md.orig", "a.kate-swp", "a.crswap")],
        *[
            (f"contacts/{name}", None)
            for name in ("a.md___jb_tmp___", "~$a.md", "Thumbs.db", "desktop.ini", ".DS_Store")
        ],
        *[(f"contacts/{name}/a.md", None) for name in (".git", "old~", ".obsidian")],
        ("contacts/a\n.md~", None),
    ],
)
def test_the_folder_says_the_kind(file: str, kind: str | None) -> None:
    assert kind_of(file) == kind


def test_leftovers_are_known_by_their_names() -> None:
    assert is_leftover(".git")
    assert not is_leftover("dana-lee.md")


@pytest.mark.parametrize(
    "stem,id_",
    [
        ("dana-lee", "dana-lee"),
        ("Dana-LEE", "dana-lee"),
        ("cafe\u0301", "caf\u00e9"),
        ("CAF\u00c9", "caf\u00e9"),
        ("Stra\u00dfe", "strasse"),
        ("I\u015f\u0131k", "i\u015f\u0131k"),
        ("\u0130nci", "i\u0307nci"),
        ("\u0390", "\u0390"),
        ("\u1fd3", "\u0390"),
        ("李明", "李明"),
        ("Dana  Lee ", "dana lee"),
        (" ", " "),
    ],
)
def test_ids_are_folded_stems_as_links_fold_them(stem: str, id_: str) -> None:
    assert fold_id(stem) == id_
    assert fold_id(id_) == id_
    assert fold_name(stem) == id_.strip()


@pytest.mark.parametrize(
    "stem,parts",
    [
        ("2026-11-03-dana-lee", ("2026-11-03", "dana-lee")),
        ("2026-11-03", ("2026-11-03", "")),
        ("2026-13-99-x", ("2026-13-99", "x")),
        ("2026-11-03dana", ("", "")),
        ("2026-11-3-dana", ("", "")),
        ("dana-lee", ("", "")),
        ("2026-11-03-", ("", "")),
    ],
)
def test_the_stem_of_a_meeting(stem: str, parts: tuple[str, str]) -> None:
    assert split_meeting_stem(stem) == parts


# --- what a note says ------------------------------------------------------------------------------------------------


def test_every_kind_becomes_its_note() -> None:
    owner = note("journal.md", "---\ntitle: T\nname: Robin\nnudges: 2\nthank-you-within: 2d\n---\nI am.\n")
    assert isinstance(owner, Owner)
    assert (owner.id, owner.title, owner.settings.nudges, str(owner.settings.thank_you_within)) == (
        "journal",
        "T",
        2,
        "2d",
    )
    assert (owner.settings.horizon, owner.body.text, owner.body.line) == (Settings().horizon, "I am.\n", 7)
    contact = note(
        "contacts/Dana-Lee.md", "---\nname: Dana Lee\nreceptive: no\n---\n## Log\n- 2026-11-03 met\n- offer: x"
    )
    assert isinstance(contact, Contact)
    assert (contact.id, contact.file, contact.name, contact.receptive) == (
        "dana-lee",
        "contacts/Dana-Lee.md",
        "Dana Lee",
        False,
    )
    assert [(entry.kind, entry.place.line) for entry in contact.log] == [("met", 6)]
    assert [(item.label, item.note, item.place.line) for item in contact.items] == [("offer", "dana-lee", 7)]
    assert str(contact.place_of("name")) == "contacts/Dana-Lee.md:2:7"
    meeting = note(
        "meetings/a.md",
        "---\ndate: 2026-11-03\nplace: here\n---\n## Questions\n- [x] a\n## Before\n- [ ] b\n## Else\n- pro: c",
    )
    assert isinstance(meeting, Meeting)
    assert (meeting.date, meeting.where, len(meeting.questions), len(meeting.before)) == (
        dt.date(2026, 11, 3),
        "here",
        1,
        1,
    )
    assert meeting.items[0].day == meeting.date
    section = note("questions/a.md", "---\ntitle: Any\n---\n- must: a")
    assert isinstance(section, QuestionSection)
    assert [question.mark for question in section.questions] == ["must"]
    letter = note("letters/a.md", "---\nfor: nudge\nsubject: Hello\n---\nDear {{person.called}}")
    assert isinstance(letter, Letter)
    assert (letter.serves, letter.subject) == ("nudge", "Hello")
    assert isinstance(note("organizations/a.md", "---\nname: A\n---\n"), Organization)
    assert isinstance(note("paths/a.md", "---\ntitle: A\n---\n"), CareerPath)


@pytest.mark.parametrize(
    "file,missed,values",
    [
        ("journal.md", ["title", "name"], {"title": "", "name": ""}),
        ("contacts/Dana-Lee.md", ["name"], {"name": "Dana-Lee"}),
        ("organizations/a.md", ["name"], {"name": "a"}),
        ("paths/a.md", ["title"], {"title": "a"}),
        ("questions/a.md", ["title"], {"title": "a"}),
        ("letters/a.md", ["for", "subject"], {"serves": "", "subject": ""}),
    ],
)
@pytest.mark.parametrize("text", ["", "---\n---\n", "text\n", "---\n# why\n---"])
def test_a_note_without_its_required_fields_makes_do(
    file: str, missed: list[str], values: dict[str, str], text: str
) -> None:
    parsed = parse(file, text)
    assert parsed.note is not None
    assert {key: getattr(parsed.note, key) for key in values} == values
    assert [(finding.code, finding.message.split("`")[1]) for finding in parsed.findings] == [
        ("K107", key) for key in missed
    ]


@pytest.mark.parametrize("value", ["[a, b]", "[[a]]\n  b", "{a: b}", "{{name}}", "[{a: b}]"])
def test_a_value_that_cannot_be_read_is_not_called_missing_too(value: str) -> None:
    parsed = parse("contacts/a.md", f"---\nname: {value}\n---\n")
    assert len(parsed.findings) == 1


@pytest.mark.parametrize(
    "file,text,day,expected",
    [
        ("meetings/2026-11-03-dana.md", "", "2026-11-03", []),
        ("meetings/2026-11-03.md", "", "2026-11-03", []),
        ("meetings/2026-11-03-dana.md", "---\ndate: 2026-11-04\n---", "2026-11-04", []),
        ("meetings/2026-11-03-dana.md", "---\ndate: ~\n---", "2026-11-03", []),
        (
            "meetings/2026-11-03-dana.md",
            "---\ndate: soon\n---",
            "2026-11-03",
            ["K302 error 2:7 `soon` is not a date"],
        ),
        ("meetings/dana.md", "---\ndate: [2026-02-30]\n---", None, ["K301 error 2:8 there is no day `2026-02-30`"]),
        (
            "meetings/dana.md",
            "---\nplace: x\n---",
            None,
            ["K107 error 1:1 `date` is missing, and every meeting note needs it"],
        ),
        (
            "meetings/dana.md",
            "---\ndate:\n---",
            None,
            ["K107 error 2:1 `date` is missing, and every meeting note needs it"],
        ),
        ("meetings/2026-02-30-dana.md", "", None, ["K301 error 1:1 there is no day `2026-02-30` in the file name"]),
    ],
)
def test_a_meeting_has_its_date_from_its_key_or_its_file(
    file: str, text: str, day: str | None, expected: list[str]
) -> None:
    parsed = parse(file, text)
    assert (isinstance(parsed.note, Meeting) and parsed.note.date.isoformat()) == (day or False)
    assert [said(finding) for finding in parsed.findings] == expected


@pytest.mark.parametrize(
    "data,code",
    [
        (b"---\nrole: nurse: nights\n---\n- pro:: x", "K101"),
        (b"---\nname: Dana\n", "K102"),
        (b"---\nHello\n---\n", "K104"),
        (b"---\na: &b c\n---\n", "K110"),
        (b"\xff", "K001"),
        (b"<<<<<<< a\n>>>>>>> b\n", "K005"),
        (b"a" * 1_048_577, "K006"),
    ],
)
def test_a_note_that_cannot_be_read_keeps_its_id_and_has_one_finding(data: bytes, code: str) -> None:
    parsed = parse_note("contacts/Dana-Lee.md", data)
    assert (parsed.id, parsed.kind, parsed.note) == ("dana-lee", "contact", None)
    assert [finding.code for finding in parsed.findings] == [code]


def test_findings_of_the_text_the_front_matter_and_the_body_add_up() -> None:
    parsed = parse_note("contacts/a.md", b"\xef\xbb\xbf---\nnmae: x\nname: y\n---\n## Log\r\n- x\n")
    assert [finding.code for finding in parsed.findings] == ["K002", "K003", "K106", "K401"]


@pytest.mark.parametrize(
    "text,lines,codes",
    [
        ("- a\n- b\n", [("a", 1), ("b", 2)], []),
        ("---\nx: y\n---\n- a\n", [("a", 4)], []),
        ("---\nname: a: b\n---\n- a\n", [("a", 4)], ["K101"]),
        ("---\n- a\n", [("a", 2)], ["K102"]),
        ("", [], []),
    ],
)
def test_the_inbox_is_read_whatever_stands_above_it(text: str, lines: list[tuple[str, int]], codes: list[str]) -> None:
    parsed = parse("inbox.md", text)
    assert [(one.text, one.place.line) for one in parsed.jotted] == lines
    assert [finding.code for finding in parsed.findings] == codes
