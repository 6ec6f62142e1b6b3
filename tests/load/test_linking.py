"""Files to a journal: what links resolve to, whom items concern, and what is wrong between notes."""

import random
from pathlib import Path

import pytest

from kith.diagnostics import Finding
from kith.load import ParsedFile, kind_of, link, parse_note, read_journal
from kith.load.linking import MAX_SUGGESTIONS, Linked
from kith.model import Journal
from tests.checks.cases import apply_edits
from tests.test_incremental import EDITS, read_demo

LEFT_OUT = " already, so this note is left out"


def journal(files: dict[str, str], attachments: frozenset[str] = frozenset()) -> tuple[Journal, tuple[Finding, ...]]:
    """Return the journal that files of these texts make up, with the findings."""
    return read_journal({file: text.encode() for file, text in files.items()}, attachments)


def clean(files: dict[str, str]) -> Journal:
    """Return the journal of files without findings."""
    read, findings = journal(files)
    assert findings == ()
    return read


def said(finding: Finding) -> str:
    """Return the code, severity, place and message of a finding."""
    return f"{finding.code} {finding.severity} {finding.place} {finding.message}"


def person(name: str, more: str = "", body: str = "") -> str:
    """Return the text of a contact."""
    return f"---\nname: {name}\n{more}---\n{body}"


DANA = {"contacts/dana-lee.md": person("Dana Lee", "aliases: [DL, Doc]\n")}
SAM = {"contacts/sam-ortiz.md": person("Sam Ortiz")}


# --- what links resolve to -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "link",
    [
        *(
            "dana-lee",
            "Dana Lee",
            "DL",
            "doc",
            "DANA-LEE",
            "dana  LEE",
            '"[[dana-lee]]"',
            '"[[Dana Lee|her]]"',
            "[dana-lee]",
        ),
        *("'[[contacts/dana-lee#Log]]'", '"[[dana-lee.md]]"', '"![[dana-lee]]"', "\n  - dana-lee"),
    ],
)
def test_links_resolve_by_id_name_and_alias(link: str) -> None:
    read = clean({**DANA, "meetings/a.md": f"---\ndate: 2026-11-03\ncontacts: {link}\n---\n"})
    (ref,) = read.meetings["a"].contacts
    assert (ref.id, ref.link) == ("dana-lee", True)
    assert read.meetings["a"].contact_ids == ("dana-lee",)


def test_an_unquoted_wikilink_leads_where_it_should() -> None:
    read, findings = journal({**DANA, "meetings/a.md": "---\ndate: 2026-11-03\ncontacts: [[dana-lee]]\n---\n"})
    assert read.meetings["a"].contact_ids == ("dana-lee",)
    assert [said(finding)[:30] for finding in findings] == ["K116 warning meetings/a.md:3:1"]


@pytest.mark.parametrize(
    "file,name,link",
    [
        ("contacts/caf\u00e9.md", "x", "cafe\u0301"),
        ("contacts/cafe\u0301.md", "x", "CAF\u00c9"),
        ("contacts/a.md", "Jo\u0308rg Stra\u00dfe", "J\u00d6RG STRASSE"),
        ("contacts/strasse.md", "x", "Stra\u00dfe"),
        ("contacts/a.md", "\u0130nci I\u015f\u0131k", "\u0130NCI i\u015f\u0131k"),
        ("contacts/\u0390.md", "x", "\u1fd3"),
        ("contacts/Dana  Lee.md", "x", "dana lee"),
        ("contacts/李明.md", "x", "李明"),
        ("contacts/a.md", "Null", "Null"),
        ("contacts/a.md", "NO", "no"),
        ("contacts/a.md", "02134", "02134"),
    ],
)
def test_names_are_compared_after_nfc_and_case_folding(file: str, name: str, link: str) -> None:
    read = clean({file: person(name), "contacts/b.md": person("B", f"via: {link}\n", f"[[{link}]]")})
    (id_,) = set(read.contacts) - {"b"}
    via = read.contacts["b"].via
    assert via is not None
    assert via.id == id_
    assert [ref.id for ref in read.contacts["b"].body.links] == [id_]


def test_a_dotless_i_is_another_letter() -> None:
    _, findings = journal({"contacts/a.md": person("Isik", body="[[\u0131s\u0131k]]")})
    assert [finding.code for finding in findings] == ["K201"]


def test_an_id_goes_before_a_name_and_a_name_before_an_alias() -> None:
    files = {
        "contacts/a.md": person("b", "aliases: c\n"),
        "contacts/b.md": person("C"),
        "contacts/d.md": person("D", "aliases: [b, C]\n", "[[b]] [[c]] [[a]]"),
    }
    read = clean(files)
    assert [ref.id for ref in read.contacts["d"].body.links] == ["b", "b", "a"]
    assert read.names["b"] == ("b",)
    assert read.names["c"] == ("b",)


def test_two_candidates_are_an_error_that_names_both() -> None:
    files = {
        "contacts/alex-kim.md": person("Alex Kim"),
        "contacts/alex-kim-2.md": person("ALEX  kim"),
        "contacts/b.md": person("B", "via: Alex Kim\naliases: Kim\n", "[[alex kim]]"),
        "contacts/c.md": person("C", "aliases: kim\n", "- promise: ask [[Kim]]"),
    }
    read, findings = journal(files)
    assert [said(finding) for finding in findings] == [
        "K204 error contacts/b.md:3:6 `Alex Kim` may mean `contacts/alex-kim.md` and `contacts/alex-kim-2.md`",
        "K204 error contacts/b.md:6:1 `alex kim` may mean `contacts/alex-kim.md` and `contacts/alex-kim-2.md`",
        "K204 error contacts/c.md:5:16 `Kim` may mean `contacts/b.md` and `contacts/c.md`",
    ]
    assert read.names["alex kim"] == ("alex-kim", "alex-kim-2")
    via = read.contacts["b"].via
    assert via is not None
    assert via.id is None


def test_a_name_that_two_kinds_share_means_the_kind_that_fits() -> None:
    files = {
        "contacts/mercy.md": person("Mercy", "organization: Mercy\nvia: mercy\n"),
        "organizations/mercy-hospital.md": "---\nname: Mercy\n---\n[[Mercy]]",
        "paths/nursing.md": "---\ntitle: Mercy\n---\n",
    }
    read, findings = journal(files)
    contact = read.contacts["mercy"]
    assert contact.organization is not None
    assert contact.via is not None
    assert (contact.organization.id, contact.via.id) == ("mercy-hospital", "mercy")
    assert [ref.id for ref in read.organizations["mercy-hospital"].body.links] == ["mercy"]
    assert findings == ()


def test_names_of_two_kinds_are_ambiguous_in_prose() -> None:
    files = {
        "organizations/a.md": "---\nname: Care\n---\n[[care]]",
        "paths/b.md": "---\ntitle: Care\n---\n",
        "questions/c.md": "---\ntitle: Any\n---\n[[any]]",
    }
    _, findings = journal(files)
    assert [said(finding) for finding in findings] == [
        "K204 error organizations/a.md:4:1 `care` may mean `organizations/a.md` and `paths/b.md`"
    ]


def test_two_notes_of_one_id_are_an_error_at_the_second() -> None:
    files = {
        "contacts/mercy.md": person("Mercy Jones"),
        "contacts/old/Mercy.md": person("Mercy J."),
        "organizations/mercy.md": "---\nname: Mercy\n---\n",
        "paths/nfc-\u00e9.md": "---\ntitle: A\n---\n",
        "paths/nfc-e\u0301.md": "---\ntitle: B\n---\n",
    }
    read, findings = journal(files)
    assert [said(finding) for finding in findings] == [
        f"K206 error contacts/old/Mercy.md:1:1 the id `mercy` is that of `contacts/mercy.md`{LEFT_OUT}",
        f"K206 error organizations/mercy.md:1:1 the id `mercy` is that of `contacts/mercy.md`{LEFT_OUT}",
        f"K206 error paths/nfc-\u00e9.md:1:1 the id `nfc-\u00e9` is that of `paths/nfc-e\u0301.md`{LEFT_OUT}",
    ]
    assert read.contacts["mercy"].name == "Mercy Jones"
    assert (list(read.organizations), read.paths["nfc-\u00e9"].title) == ([], "B")


def test_links_to_a_note_that_cannot_be_read_are_not_dead() -> None:
    files = {
        "contacts/dana-lee.md": "---\nname: a: b\n---\n",
        "contacts/sam.md": person("Sam", "via: dana-lee\n", "[[dana-lee]] - referral: [[Dana-Lee]]"),
        "meetings/2026-11-03-dana-lee.md": "---\n---\n",
        "meetings/soon.md": "[[2026-11-03-dana-lee]] [[soon]]",
    }
    read, findings = journal(files)
    assert [finding.code for finding in findings] == ["K101", "K107"]
    assert read.unreadable == {"dana-lee": "contacts/dana-lee.md", "soon": "meetings/soon.md"}
    assert read.meetings["2026-11-03-dana-lee"].contact_ids == ("dana-lee",)
    via = read.contacts["sam"].via
    assert via is not None
    assert via.id == "dana-lee"


# --- links that lead nowhere -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "line,written,fixed",
    [
        ('via: "[[dana-le]]"', "dana-le", 'via: "[[dana-lee]]"'),
        ('via: "[[Dana Leee|her]]"', "Dana Leee", 'via: "[[dana-lee|her]]"'),
        ("via: '[[contacts/dana-le#Log]]'", "dana-le", 'via: "[[dana-lee]]"'),
        ('via: "[[dana-le|\\"D\\"]]"', "dana-le", "via: '[[dana-lee|\"D\"]]'"),
    ],
)
def test_a_dead_link_in_front_matter_is_an_error_with_the_nearest_id(line: str, written: str, fixed: str) -> None:
    text = person("Sam", line + "\n")
    _, (finding,) = journal({**DANA, "contacts/sam.md": text})
    assert said(finding) == f"K203 error contacts/sam.md:3:6 the link `{written}` names nobody"
    assert finding.hint == "did you mean `dana-lee`?"
    assert finding.fix is not None
    assert apply_edits(text, finding.fix.edits) == person("Sam", fixed + "\n")


def test_a_bare_id_stays_bare_where_yaml_lets_it() -> None:
    text = person("Sam", "paths: [nursin, physician assistan]\n")
    files = {"paths/nursing.md": "---\ntitle: N\n---\n", "paths/a b.md": "---\ntitle: Physician assistant\n---\n"}
    _, findings = journal({**files, "contacts/sam.md": text})
    assert [finding.code for finding in findings] == ["K203", "K203"]
    for finding in reversed(findings):
        assert finding.fix is not None
        text = apply_edits(text, finding.fix.edits)
    assert text == person("Sam", 'paths: [nursing, "[[a b]]"]\n')
    assert journal({**files, "contacts/sam.md": text})[1] == ()


def test_a_dead_link_in_prose_is_a_warning_without_a_fix() -> None:
    text = person("Sam", body="see [[dana-le]] and [[zzz]]\n\n- [ ] promise: ask [[zzz]]\n\n## [[nobody-here]]\n")
    _, findings = journal({**DANA, "contacts/sam.md": text})
    assert [(said(finding), finding.fix) for finding in findings] == [
        ("K201 warning contacts/sam.md:4:5 the link `dana-le` names nothing", None),
        ("K201 warning contacts/sam.md:4:21 the link `zzz` names nothing", None),
        ("K201 warning contacts/sam.md:6:20 the link `zzz` names nothing", None),
        ("K201 warning contacts/sam.md:8:4 the link `nobody-here` names nothing", None),
    ]
    assert findings[0].hint == "did you mean `dana-lee`?"


def test_plain_names_without_a_file_are_no_dead_links() -> None:
    files = {
        "contacts/sam.md": person("Sam", "via: Aunt Jo\norganization: Mercy Hospital\n"),
        "meetings/a.md": "---\ndate: 2026-11-03\ncontacts: [Priya Shah, sam]\n---\n",
    }
    read = clean(files)
    assert [(ref.text, ref.id, ref.link) for ref in read.meetings["a"].contacts] == [
        ("Priya Shah", None, False),
        ("sam", "sam", True),
    ]


@pytest.mark.parametrize(
    "line,expected",
    [
        ('via: "[[mercy]]"', "`mercy` is an organisation, and this key takes a person"),
        ("paths: [dana-lee]", "`dana-lee` is a person, and this key takes a path"),
        ('organization: "[[nursing]]"', "`nursing` is a path, and this key takes an organisation"),
        ('via: "[[Mercy Hospital]]"', "`Mercy Hospital` is an organisation, and this key takes a person"),
        ('via: "[[m]]"', "`m` is a meeting, and this key takes a person"),
        ('via: "[[any]]"', "`any` is a section of the question bank, and this key takes a person"),
        ('via: "[[hello]]"', "`hello` is a letter, and this key takes a person"),
    ],
)
def test_a_link_to_another_kind_is_an_error(line: str, expected: str) -> None:
    files = {
        **DANA,
        "organizations/mercy.md": "---\nname: Mercy Hospital\n---\n",
        "paths/nursing.md": "---\ntitle: Nursing\n---\n",
        "meetings/m.md": "---\ndate: 2026-11-03\nmode: event\n---\n",
        "questions/any.md": "---\ntitle: Any\n---\n",
        "letters/hello.md": "---\nfor: hello\nsubject: Hello\n---\n",
        "contacts/sam.md": person("Sam", line + "\n"),
    }
    _, (finding,) = journal(files)
    assert said(finding) == f"K215 error contacts/sam.md:3:{line.index(':') + 3 + line.count('[dana')} {expected}"


def test_a_plain_name_that_is_another_kinds_stays_plain() -> None:
    read = clean({**DANA, "contacts/sam.md": person("Sam", "organization: Dana Lee\n")})
    organization = read.contacts["sam"].organization
    assert organization is not None
    assert (organization.id, organization.link) == (None, False)


def test_nearest_names_are_looked_for_a_limited_number_of_times() -> None:
    long = "a-person-with-a-long-name-"
    links = " ".join(f"[[{long}{number:04}]] [[{long}{number:04}]]" for number in range(MAX_SUGGESTIONS + 5))
    _, findings = journal({f"contacts/{long}x.md": person("D", body=links)})
    assert len(findings) == 2 * (MAX_SUGGESTIONS + 5)
    assert sum(bool(finding.hint) for finding in findings) == 2 * MAX_SUGGESTIONS


def test_names_are_suggested_as_well_as_ids() -> None:
    _, findings = journal({"contacts/dl.md": person("Dana Lee", body="[[Danna Lee]]")})
    assert [finding.hint for finding in findings] == ["did you mean `dl`?"]


# --- files -----------------------------------------------------------------------------------------------------------


def test_relative_links_and_pictures_lead_to_files() -> None:
    body = "[a](../paths/caf%C3%A9.md#x) [b](./b.md) [c](c.pdf) ![[card.png]] [[card.png]] [[other.png]] ![[dana-lee]]"
    files = {
        **DANA,
        "paths/cafe\u0301.md": "---\ntitle: C\n---\n",
        "contacts/b.md": person("B", body=body),
    }
    read, findings = journal(files, frozenset({"attachments/2026/card.png"}))
    assert [(ref.text, ref.link, ref.id) for ref in read.contacts["b"].body.links] == [
        ("../paths/caf\u00e9.md#x", False, "caf\u00e9"),
        ("./b.md", False, "b"),
        ("c.pdf", False, None),
        ("card.png", False, None),
        ("card.png", False, None),
        ("other.png", True, None),
        ("dana-lee", True, "dana-lee"),
    ]
    assert [finding.message for finding in findings] == ["the link `other.png` names nothing"]
    assert read.attachments == {"attachments/2026/card.png"}


def test_the_owner_has_links_and_items_too() -> None:
    read = clean(
        {
            **DANA,
            "journal.md": "---\ntitle: T\nname: R\n---\n[[dana-lee]] [d](contacts/dana-lee.md)\n\n- [ ] promise: x",
        }
    )
    assert [ref.id for ref in read.owner.body.links] == ["dana-lee", "dana-lee"]
    assert [item.contacts for item in read.owner.items] == [()]


def test_a_journal_that_cannot_be_read_has_the_defaults() -> None:
    read, findings = journal({"journal.md": "---\nname: a: b\n---\n", **DANA})
    assert [finding.code for finding in findings] == ["K101"]
    assert (read.owner.id, read.owner.file, read.settings.nudges, list(read.contacts)) == (
        "journal",
        "journal.md",
        1,
        ["dana-lee"],
    )
    assert clean({}).owner == read.owner


# --- meetings --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "file,text,ids",
    [
        ("meetings/2026-11-03-dana-lee.md", "", ["dana-lee"]),
        ("meetings/2026-11-03-Dana-Lee.md", "", ["dana-lee"]),
        ("meetings/2026-11-03-dana-lee.md", "contacts: []\n", ["dana-lee"]),
        ("meetings/2026-11-03-dana-lee.md", "contacts: sam-ortiz\n", ["sam-ortiz"]),
        ("meetings/2026-11-03-dana-lee.md", "contacts: Somebody\n", []),
        ("meetings/2026-11-03-dana-lee.md", "contacts: [sam-ortiz, Sam Ortiz, dana-lee]\n", ["sam-ortiz", "dana-lee"]),
        ("meetings/2026-11-03-coffee.md", "", []),
        ("meetings/2026-11-03-DL.md", "", []),
        ("meetings/2026-11-03-mercy.md", "", []),
        ("meetings/2026-11-03.md", "", []),
        ("meetings/dana-lee-again.md", "date: 2026-11-03\n", []),
    ],
)
def test_whom_a_meeting_is_with(file: str, text: str, ids: list[str]) -> None:
    mercy = {"organizations/mercy.md": "---\nname: Mercy\n---\n"}
    for mode in ("", "mode: event\n"):
        read, findings = journal({**DANA, **SAM, **mercy, file: f"---\n{text}{mode}---\n- offer: x"})
        (meeting,) = read.meetings.values()
        assert list(meeting.contact_ids) == ids
        assert [list(item.contacts) for item in meeting.items] == [ids]
        nobody = not (meeting.contacts or mode)
        message = "`contacts` is missing, and the name of the file ends in nobody's id"
        assert [said(finding) for finding in findings] == [f"K210 warning {file}:1:1 {message}"] * nobody


@pytest.mark.parametrize("line,code", [("contacts: {a: b}", "K108"), ("mode: evnt", "K109")])
def test_what_cannot_be_read_is_not_called_missing_too(line: str, code: str) -> None:
    _, findings = journal({"meetings/2026-11-03-fair.md": f"---\n{line}\n---\n"})
    assert [finding.code for finding in findings] == [code]


def test_a_name_that_is_nearly_an_id_is_suggested() -> None:
    _, findings = journal({**DANA, "meetings/2026-11-03-dana-le.md": ""})
    assert [finding.hint for finding in findings] == ["did you mean `contacts: dana-lee`?"]


def test_items_and_questions_below_a_persons_heading_are_that_persons() -> None:
    body = """
- offer: both
## [[dana-lee]]
- pro: hers
### [[nursing]]
- con: hers too
#### Questions
- [ ] hers?
### Talk of [[sam-ortiz]]
- skill: hers again
## [[Sam Ortiz]]
- trend: his
# Else
- insight: both again
## [[zzz]]
- vacancy: both
"""
    files = {**DANA, **SAM, "paths/nursing.md": "---\ntitle: Nursing\n---\n"}
    read, findings = journal(
        {**files, "meetings/m.md": f"---\ndate: 2026-11-03\ncontacts: [dana-lee, sam-ortiz]\n---\n{body}"}
    )
    meeting = read.meetings["m"]
    both = ("dana-lee", "sam-ortiz")
    assert [(item.label, item.contacts, item.under and item.under.text) for item in meeting.items] == [
        ("offer", both, None),
        ("pro", ("dana-lee",), "dana-lee"),
        ("con", ("dana-lee",), "dana-lee"),
        ("skill", ("dana-lee",), "dana-lee"),
        ("trend", ("sam-ortiz",), "Sam Ortiz"),
        ("insight", both, None),
        ("vacancy", both, "zzz"),
    ]
    assert [question.under and question.under.id for question in meeting.questions] == ["dana-lee"]
    assert meeting.headed_ids == ("dana-lee", "nursing", "sam-ortiz")
    assert [finding.code for finding in findings] == ["K201"]


def test_in_a_card_a_heading_gives_nothing_to_others() -> None:
    read = clean({**SAM, "contacts/dana-lee.md": person("Dana", body="## [[sam-ortiz]]\n- offer: x")})
    assert [item.contacts for item in read.contacts["dana-lee"].items] == [("dana-lee",)]


def test_items_of_other_notes_concern_nobody() -> None:
    read = clean(
        {"organizations/a.md": "---\nname: A\n---\n- vacancy: x", "paths/b.md": "---\ntitle: B\n---\n- pro: y"}
    )
    assert [item.contacts for note in (read.organizations["a"], read.paths["b"]) for item in note.items] == [(), ()]


# --- questions -------------------------------------------------------------------------------------------------------


def test_questions_are_those_of_the_bank_by_any_wording() -> None:
    files = {
        "questions/a.md": "---\ntitle: A\n---\n- must: What's a day like?\n  - Describe a day\n  - How long?\n- ???",
        "questions/b.md": "---\ntitle: B\n---\n- How long\n- Why?\n  - what s a DAY like\n",
        "meetings/m.md": "---\ndate: 2026-11-03\nmode: event\n---\n## Questions\n"
        + "".join(
            f"- {asked}\n" for asked in ("describe a day!", "What\u2019s a day like", "how long", "Else?", "!!!")
        ),
    }
    read = clean(files)
    assert [question.bank for question in read.meetings["m"].questions] == [
        "what s a day like",
        "what s a day like",
        "how long",
        None,
        None,
    ]


# --- the inbox -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "line,who,kind,channel,text",
    [
        ("2026-11-04 dana-lee thank-you by email", "dana-lee", "thank-you", "email", ""),
        ("2026-11-04 Dana Lee met: at the fair", "dana-lee", "met", "", "at the fair"),
        ("2026-11-04 DL thanks", "dana-lee", "thank-you", "", ""),
        ("2026-11-04 [[dana-lee]] reply by email: yes", "dana-lee", "reply", "email", "yes"),
        ("2026-11-04 [[Dana Lee]] met", "dana-lee", "met", "", ""),
        ("2026-11-04 [[contacts/dana-lee|Dana]] met", "dana-lee", "met", "", ""),
        ("2026-11-04: dana-lee heard", "dana-lee", "heard", "", ""),
        ("2026-11-04 Maria da Silva e Costa Neto heard from afar", "maria", "heard", "other", "from afar"),
        ("2026-11-04 Met Reply met reply", "met-reply", "met", "other", "reply"),
    ],
)
def test_a_jotted_log_line_counts_at_once(line: str, who: str, kind: str, channel: str, text: str) -> None:
    files = {
        **DANA,
        "contacts/maria.md": person("Maria da Silva e Costa Neto"),
        "contacts/met-reply.md": person("Met Reply"),
        "inbox.md": f"- {line}\n",
    }
    read = clean(files)
    assert read.inbox == ()
    (entry,) = read.contacts[who].log
    assert (entry.kind, entry.channel, entry.text, entry.links) == (kind, channel, text, ())
    assert str(entry.place) == "inbox.md:1:3"


@pytest.mark.parametrize(
    "line",
    [
        "- 2026-11-04 nobody thank-you by email",
        "- 2026-11-04 dana-lee phoned",
        "- dana-lee thank-you",
        "- soon dana-lee thank-you",
        "- 2026-11-04 thank-you",
        "- 2026-11-04 twin met",
        "- 2026-11-04 broken met",
        "- 2026-11-04 mercy met",
        "- [ ] 2026-11-04 dana-lee met",
        "- call Dana",
        "2026-11-04 dana-lee thank-you by email",
        "* ",
    ],
)
def test_anything_else_waits_to_be_filed(line: str) -> None:
    files = {
        **DANA,
        "contacts/a.md": person("Twin"),
        "contacts/b.md": person("twin"),
        "contacts/broken.md": "---\nname: a: b\n---\n",
        "organizations/mercy.md": "---\nname: Mercy\n---\n",
        "inbox.md": line + "\n",
    }
    read, findings = journal(files)
    assert [finding.code for finding in findings] == ["K101"]
    assert [one.text for one in read.inbox] == [line.removeprefix("- ")][: line != "* "]
    assert not any(contact.log for contact in read.contacts.values())


def test_what_is_jotted_below_a_line_comes_with_it() -> None:
    inbox = """- 2026-11-04 [[dana-lee]] introduced: [[sam-ortiz]]
  - promise: send [[Sam Ortiz]] the poster due:2026-11-10
- ask [[sam-ortiz]] and [[zzz]]
"""
    files = {
        **SAM,
        "contacts/dana-lee.md": person("Dana", body="- offer: x\n## Log\n- 2026-11-04 met\n- 2026-11-05 met"),
        "inbox.md": inbox,
    }
    read, findings = journal(files)
    assert [said(finding) for finding in findings] == ["K201 warning inbox.md:3:25 the link `zzz` names nothing"]
    dana = read.contacts["dana-lee"]
    entry = dana.log[-1]
    assert [ref.id for ref in entry.links] == ["sam-ortiz"]
    assert entry.text == "[[sam-ortiz]]\n\n- promise: send [[Sam Ortiz]] the poster due:2026-11-10"
    assert [item.label for item in dana.items] == ["offer", "promise"]
    promise = dana.items[1]
    assert (promise.contacts, promise.note, promise.day, promise.due) == (
        ("dana-lee",),
        "dana-lee",
        entry.date,
        promise.due,
    )
    assert [ref.id for ref in promise.links] == ["sam-ortiz"]
    by_day = sorted(dana.log, key=lambda one: (one.date, one.order))
    assert [one.kind for one in by_day] == ["met", "introduced", "met"]
    assert [(one.text, [ref.id for ref in one.links]) for one in read.inbox] == [
        ("ask [[sam-ortiz]] and [[zzz]]", ["sam-ortiz", None])
    ]


# --- again ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(3))
def test_what_was_linked_before_is_as_if_linked_from_nothing(demo: Path, seed: int) -> None:
    rng = random.Random(seed)  # noqa: S311 - a seeded test
    files = read_demo(demo)
    parsed: dict[tuple[str, bytes], ParsedFile] = {}
    before: Linked | None = None
    for _ in range(60):
        notes = [(file, data) for file, data in files.items() if kind_of(file) is not None]
        for file, data in notes:
            parsed.setdefault((file, data), parse_note(file, data))
        attachments = frozenset(file for file in files if kind_of(file) is None)
        now = link([parsed[note] for note in notes], attachments, before)
        whole = link([parsed[note] for note in notes], attachments)
        assert (now.journal, now.findings) == (whole.journal, whole.findings)
        assert now.clean == whole.clean
        before = now
        rng.choice(EDITS)(files, rng)


def test_notes_that_stay_are_not_linked_again() -> None:
    def parse(more: str) -> list[ParsedFile]:
        return [sam, lost, parse_note("contacts/dana.md", person("Dana", more).encode())]

    sam = parse_note("contacts/sam.md", person("Sam", "via: dana\n").encode())
    lost = parse_note("contacts/lost.md", person("Lost", body="[[nobody]]\n").encode())
    first = link(parse(""), frozenset())
    edited = link(parse("role: nurse\n"), frozenset(), first)
    assert edited.journal.contacts["sam"] is first.journal.contacts["sam"]
    assert edited.journal.contacts["dana"].role == "nurse"
    assert edited.findings == first.findings != ()
    renamed = link(parse("aliases: [nobody]\n"), frozenset(), edited)
    assert renamed.findings == ()
    assert renamed.journal.contacts["lost"].body.links[0].id == "dana"
    dropped = link([sam, lost], frozenset(), renamed)
    assert dropped.journal.contacts["sam"].via is not None
    assert dropped.journal.contacts["sam"].via.id is None


@pytest.mark.parametrize(
    "changed",
    [
        {"contacts/dana.md": person("Dana Lee", "aliases: [DL]\n")},
        {"contacts/dana.md": person("Dana", "aliases: [Doc]\n")},
        {"contacts/dana.md": "---\nname: [\n---\n"},
        {"paths/law.md": "---\ntitle: The law\n---\n"},
        {"questions/path.md": "---\ntitle: Path\n---\n\n- must: How did it begin? (was: How did you begin?)\n"},
        {"questions/path.md": ""},
        {"contacts/doc.md": ""},
        {"attachments/x.png": ""},
    ],
)
def test_what_a_note_shows_of_itself_counts_for_the_others(changed: dict[str, str]) -> None:
    files = {
        "contacts/dana.md": person("Dana", "aliases: [DL]\n"),
        "contacts/sam.md": person("Sam", "paths: [Law]\n", "[[Dana Lee]] [[Doc]] [[DL]] [[x.png]] [her](dana.md)\n"),
        "paths/law.md": "---\ntitle: Law\n---\n",
        "questions/path.md": "---\ntitle: Path\n---\n\n- must: How did you begin?\n",
        "meetings/2026-11-02-sam.md": "\n## Questions\n\n- How did you begin?\n",
    }
    parsed = {file: parse_note(file, text.encode()) for file, text in files.items()}
    before = link(parsed.values(), frozenset())
    attachments = frozenset(file for file in changed if file.startswith("attachments/"))
    parsed |= {file: parse_note(file, text.encode()) for file, text in changed.items() if file not in attachments}
    now = link(parsed.values(), attachments, before)
    assert now.journal != before.journal
    whole = link(parsed.values(), attachments)
    assert (now.journal, now.findings) == (whole.journal, whole.findings)
