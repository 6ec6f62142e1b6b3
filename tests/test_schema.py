"""The fields of front matter: what each type takes, what is found instead, and where."""

import datetime as dt
from typing import Any

import msgspec
import pytest

from kith import model
from kith.dates import Duration
from kith.diagnostics import Finding
from kith.frontmatter import read
from kith.model import FOLDERS, Kind, Reference, Settings
from kith.schema import FIELDS, FOLLOWUP_RULES, SETTINGS, Decoded, decode, default_of, example_of, is_timezone, missing
from tests.checks.cases import apply_edits

CLASSES: dict[Kind, type[msgspec.Struct]] = {
    "journal": model.Owner,
    "contact": model.Contact,
    "meeting": model.Meeting,
    "organization": model.Organization,
    "path": model.CareerPath,
    "questions": model.QuestionSection,
    "letter": model.Letter,
}


def decoded(yaml_text: str, kind: Kind = "contact") -> Decoded:
    """Return what the fields of a note of this kind hold."""
    front = read(f"---\n{yaml_text}\n---\n", "a.md")
    assert front.readable, front.findings
    return decode(kind, front)


def value(line: str, kind: Kind = "contact") -> Any:  # noqa: ANN401 - the types of all fields
    """Return the one value of a note with one key, which is in order."""
    found = decoded(line, kind)
    assert found.findings == ()
    (only,) = (found.settings or found.values).values()
    return only


def said(finding: Finding) -> str:
    """Return the code, severity, place and message of a finding."""
    place = finding.place
    return f"{finding.code} {finding.severity} {place.line}:{place.column}-{place.end_column} {finding.message}"


def complaint(yaml_text: str, kind: Kind = "contact") -> Finding:
    """Return the one finding of a note whose one key holds nothing that can be read."""
    found = decoded(yaml_text, kind)
    (finding,) = found.findings
    assert found.values == found.settings == {}
    return finding


# --- the table -------------------------------------------------------------------------------------------------------


def test_every_kind_of_note_has_its_fields() -> None:
    assert set(FIELDS) == {"journal", *FOLDERS.values()}


@pytest.mark.parametrize("kind", FIELDS)
def test_every_field_has_its_attribute_in_the_model(kind: Kind) -> None:
    attributes = set(CLASSES[kind].__struct_fields__)
    settings = set(Settings.__struct_fields__)
    for spec in FIELDS[kind]:
        assert spec.key in attributes or (kind == "journal" and spec.key in settings), spec.name
        assert spec.doc
        assert spec.required <= (not spec.many)


@pytest.mark.parametrize("kind", FIELDS)
def test_every_example_can_be_read(kind: Kind) -> None:
    for spec in FIELDS[kind]:
        assert value(f"{spec.name}: {example_of(spec)}", kind) is not None


def test_every_setting_has_a_default_that_can_be_read() -> None:
    assert {spec.key for spec in SETTINGS} == set(Settings.__struct_fields__)
    for spec in SETTINGS:
        assert value(f"{spec.name}: {default_of(spec)}", "journal") == getattr(Settings(), spec.key)


def test_letters_are_for_rules_and_log_kinds() -> None:
    (serves,) = (spec.choices for spec in FIELDS["letter"] if spec.name == "for")
    assert set(serves) == {*FOLLOWUP_RULES, *model.LOG_KINDS}
    assert len(serves) == len(set(serves))


# --- types -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "line,expected",
    [
        *[(f"name: {text}", text) for text in ("NO", "Null", "null", "+1 555 0100", "02134", "10:30", "1" * 5000)],
        ("name: '~'", "~"),
        ('name: "  Dana  "', "Dana"),
        ("name: [Dana]", "Dana"),
        ("email: Dana.Lee@mercy.example", ("Dana.Lee@mercy.example",)),
        ("phone: [+1 555 0100, 0123]", ("+1 555 0100", "0123")),
        ("phone:\n  - 5550142\n  -\n  - '~'\n  - ~", ("5550142", "~")),
        ("tags: ai", ("ai",)),
        ("receptive: yes", True),
        ("receptive: No", False),
        ("parked: true", True),
        ("private: FALSE", False),
        ("level: Manager", "manager"),
        ("source: social network", "social-network"),
        ("source: Company_Website", "company-website"),
        ("added: 2026-11-03", dt.date(2026, 11, 3)),
        ('added: "2026-11-03"', dt.date(2026, 11, 3)),
        ("cadence: 3mo", Duration(3, "mo")),
        ("cadence: Never", "never"),
        ("timezone: America/Argentina/Buenos_Aires", "America/Argentina/Buenos_Aires"),
        ("website: https://mercy.example/a#b", ("https://mercy.example/a#b",)),
        ("website: mercy.example", ("mercy.example",)),
        ("linkedin: https://linkedin.example/in/dana", "https://linkedin.example/in/dana"),
        ("card: card.png", "card.png"),
        ('card: "![[card.png]]"', "card.png"),
        ("card: '[[attachments/card.png]]'", "attachments/card.png"),
        ("closed-because: no reply", "no-reply"),
    ],
)
def test_contact_fields(line: str, expected: object) -> None:
    assert value(line) == expected


@pytest.mark.parametrize(
    "line,kind,expected",
    [
        ("time: 10:30", "meeting", dt.time(10, 30)),
        ("time: 9:05", "meeting", dt.time(9, 5)),
        ("minutes: 20", "meeting", 20),
        ("took: 25 min", "meeting", 25),
        ("took: 25m", "meeting", 25),
        ("graduation: 2027-05", "journal", "2027-05"),
        ("nudges: 0", "journal", 0),
        ("nudge-after: 1 w", "journal", Duration(1, "w")),
        ("minutes: 30m", "journal", 30),
        ("for: second-thank-you", "letter", "second-thank-you"),
        ("when: not referred", "letter", "not-referred"),
        ("place: 12: the corner".replace(": the", " the"), "meeting", "12 the corner"),
    ],
)
def test_fields_of_other_kinds(line: str, kind: Kind, expected: object) -> None:
    assert value(line, kind) == expected


@pytest.mark.parametrize("text", ["", "~", "null", '""', "[]", "' '", "# why"])
def test_nothing_is_nothing(text: str) -> None:
    found = decoded(f"snooze: {text}\nvia: {text}\npaths: {text}\nlevel: {text}")
    assert (found.values, found.places, found.findings) == ({}, {}, ())


def test_null_is_nothing_outside_text_fields_alone() -> None:
    found = decoded("snooze: null\nname: null\nrole: ~\ncalled: Null\nschool: 'null'")
    assert found.values == {"name": "null", "called": "Null", "school": "null"}


# --- links -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "written,text,label,link",
    [
        ("sam-ortiz", "sam-ortiz", "", False),
        ("Sam Ortiz", "Sam Ortiz", "", False),
        ('"[[sam-ortiz]]"', "sam-ortiz", "", True),
        ("'[[sam-ortiz|Sam]]'", "sam-ortiz", "Sam", True),
        ('"[[contacts/sam-ortiz#Log]]"', "sam-ortiz", "", True),
        ('"[[sam-ortiz.md]]"', "sam-ortiz", "", True),
        ('"![[sam-ortiz]]"', "sam-ortiz", "", True),
        ('" [[ sam-ortiz | Sam ]] "', "sam-ortiz", "Sam", True),
        ('"[[sam-ortiz]] and others"', "[[sam-ortiz]] and others", "", False),
        ('"[[#Log]]"', "[[#Log]]", "", False),
    ],
)
def test_spellings_of_a_link(written: str, text: str, label: str, link: bool) -> None:  # noqa: FBT001 - a column
    found = decoded(f"via: {written}")
    place = found.places["via"]
    assert found.values == {"via": Reference(text, place, label, link=link)}
    assert (place.line, place.column, place.end_column) == (2, 6, 6 + len(written))
    assert found.findings == ()


def test_plain_text_is_a_link_where_nothing_else_may_stand() -> None:
    assert [ref.link for ref in value("paths: [nursing, '[[medicine]]']")] == [True, True]
    assert [ref.link for ref in value("contacts: dana-lee", "meeting")] == [False]


@pytest.mark.parametrize(
    "yaml_text,targets,fixed",
    [
        ("via: [[sam-ortiz]]", ["sam-ortiz"], 'via: "[[sam-ortiz]]"'),
        ("via: [[ sam-ortiz|Sam ]]", ["sam-ortiz"], 'via: "[[sam-ortiz|Sam]]"'),
        ("paths: [[nursing]]", ["nursing"], 'paths: "[[nursing]]"'),
        ("paths: [[[nursing]]]", ["nursing"], 'paths: ["[[nursing]]"]'),
        ("paths: [[[nursing]], medicine]", ["nursing", "medicine"], 'paths: ["[[nursing]]", medicine]'),
        ("paths:\n  - [[nursing]]\n  - [[a]]", ["nursing", "a"], 'paths:\n  - "[[nursing]]"\n  - "[[a]]"'),
        ('via: [[Sam "S" Ortiz]]', ['Sam "S" Ortiz'], "via: '[[Sam \"S\" Ortiz]]'"),
    ],
)
def test_an_unquoted_wikilink_is_understood_and_mended(yaml_text: str, targets: list[str], fixed: str) -> None:
    found = decoded(yaml_text)
    (refs,) = found.values.values()
    refs = refs if isinstance(refs, tuple) else (refs,)
    assert [(ref.text, ref.link) for ref in refs] == [(target, True) for target in targets]
    text = f"---\n{yaml_text}\n---\n"
    for finding in reversed(found.findings):
        assert (finding.code, finding.severity) == ("K116", "warning")
        assert finding.fix is not None
        text = apply_edits(text, finding.fix.edits)
    assert text == f"---\n{fixed}\n---\n"
    again = decoded(fixed)
    assert again.findings == ()
    (refs_again,) = again.values.values()
    refs_again = refs_again if isinstance(refs_again, tuple) else (refs_again,)
    assert [(ref.text, ref.label) for ref in refs_again] == [(ref.text, ref.label) for ref in refs]


def test_an_unquoted_wikilink_is_no_wrong_kind_in_any_field() -> None:
    found = decoded("tags: [[ai]]\nadded: [[2026-11-03]]")
    assert [finding.code for finding in found.findings] == ["K116", "K116", "K302"]


@pytest.mark.parametrize("yaml_text", ["paths: [[a], [b]]", "paths:\n  - - a\n  - [b]"])
def test_lists_within_a_list_are_taken_apart(yaml_text: str) -> None:
    assert [ref.text for ref in value(yaml_text)] == ["a", "b"]


# --- what cannot be read ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "line,kind,expected,hint",
    [
        (
            "name: [a, b]",
            "contact",
            "K108 error 2:7-13 `name` takes one value, not a list",
            "write `name: some text`",
        ),
        (
            "paths: [[a, b]]",
            "contact",
            "K108 error 2:9-15 `paths` takes one value, not a list",
            "write `paths: dana-lee`",
        ),
        (
            "via: {a: b}",
            "contact",
            "K108 error 2:6-12 `via` takes a value, not keys of its own",
            "write `via: dana-lee`",
        ),
        ("nudges: many", "journal", "K901 error 2:9-13 {}`many` is not a number", "write `nudges: 3`"),
        ("nudges: ٣", "journal", "K901 error 2:9-10 {}`٣` is not a number", "write `nudges: 3`"),
        ("minutes: 0", "meeting", "K108 error 2:10-11 `0` is not a number of minutes", "write `minutes: 20`"),
        ("took: an hour", "meeting", "K108 error 2:7-14 `an hour` is not a number of minutes", "write `took: 20`"),
        ("minutes: 2d", "journal", "K901 error 2:10-12 {}`2d` is not a number of minutes", "write `minutes: 20`"),
        (
            "level: maneger",
            "contact",
            "K109 error 2:8-15 `maneger` is nothing that `level` may be",
            "did you mean `manager`? it may be `peer`, `manager`, `executive`, `recruiter`, `academic`, `other`",
        ),
        (
            "status: perhaps",
            "meeting",
            "K109 error 2:9-16 `perhaps` is nothing that `status` may be",
            "it may be `planned`, `held`, `cancelled`, `no-show`",
        ),
        ("parked: y", "contact", "K109 error 2:9-10 `y` is neither `yes` nor `no`", "write `yes` or `no`"),
        ("added: 2026-02-30", "contact", "K301 error 2:8-18 there is no day `2026-02-30`", "February 2026 has 28 days"),
        (
            "added: 03/04/2026",
            "contact",
            "K302 error 2:8-18 `03/04/2026` is not a date",
            "write `2026-03-04` or `2026-04-03`",
        ),
        (
            "graduation: 2027-13",
            "journal",
            "K302 error 2:13-20 `2027-13` is not a month",
            "write year and month, as in `2027-05`",
        ),
        (
            "graduation: ٢٠٢٧-05",
            "journal",
            "K302 error 2:13-20 `٢٠٢٧-05` is not a month",
            "write year and month, as in `2027-05`",
        ),
        (
            "cadence: 3m",
            "contact",
            "K306 error 2:10-12 `3m` does not say days or longer",
            "write `3mo` for months, or `3d` for days",
        ),
        (
            "horizon: 20m",
            "journal",
            "K901 error 2:10-13 {}`20m` does not say days or longer",
            "write `20mo` for months, or `20d` for days",
        ),
        (
            "time: 25:00",
            "meeting",
            "K307 error 2:7-12 `25:00` is not a time of day",
            "write hours and minutes, as in `14:30`",
        ),
        (
            "timezone: America/Chicagoo",
            "contact",
            "K308 error 2:11-27 `America/Chicagoo` is no time zone",
            "did you mean `America/Chicago`?",
        ),
        (
            "timezone: ../../etc/passwd",
            "contact",
            "K308 error 2:11-27 `../../etc/passwd` is no time zone",
            "write a name such as `America/Chicago`",
        ),
        (
            "linkedin: javascript:alert(1)",
            "contact",
            "K118 error 2:11-30 `javascript:alert(1)` is no address of a page",
            "write `https://…`",
        ),
        (
            "linkedin: //host.example/x",
            "contact",
            "K118 error 2:11-27 `//host.example/x` is no address of a page",
            "write `https://…`",
        ),
        ("linkedin: dana lee", "contact", "K118 error 2:11-19 `dana lee` is no address of a page", "write `https://…`"),
    ],
)
def test_what_cannot_be_read_is_an_error_at_the_value(line: str, kind: Kind, expected: str, hint: str) -> None:
    finding = complaint(line, kind)
    setting = f"the setting `{line.partition(':')[0]}` is not used: "
    assert said(finding) == expected.replace("{}", setting)
    assert finding.hint == hint
    assert decoded(line, kind).broken == {line.partition(":")[0]}
    assert line.partition(":")[0] in decoded(line, kind).places


def test_an_address_that_looks_wrong_is_kept() -> None:
    found = decoded("email: [dana at mercy, dana@mercy.example, 'Dana <d@m.example>', d@localhost]")
    assert found.values == {"email": ("dana at mercy", "dana@mercy.example", "Dana <d@m.example>", "d@localhost")}
    assert [said(finding) for finding in found.findings] == [
        "K117 warning 2:9-22 `dana at mercy` does not look like an address",
        "K117 warning 2:44-64 `Dana <d@m.example>` does not look like an address",
        "K117 warning 2:66-77 `d@localhost` does not look like an address",
    ]
    assert found.broken == frozenset()


def test_what_is_right_in_a_list_is_kept_and_knows_its_place() -> None:
    found = decoded("paths:\n  - nursing\n  - {a: b}\n  - medicine")
    assert [ref.text for ref in found.values["paths"]] == ["nursing", "medicine"]
    assert [str(found.places[key]) for key in ("paths", "paths 0", "paths 1")] == ["a.md:3:3", "a.md:3:5", "a.md:5:5"]
    assert [said(finding) for finding in found.findings] == [
        "K108 error 4:5-11 `paths` takes a value, not keys of its own"
    ]


@pytest.mark.parametrize("written", ["{{title}}", "{{ name }}", "{{person.called}}"])
def test_an_unfilled_placeholder_is_named_and_quoted(written: str) -> None:
    finding = complaint(f"subject: {written}", "letter")
    assert said(finding).startswith(f"K112 error 2:10-{10 + len(written)} `{written}` is a placeholder")
    assert finding.hint == f'write the value, in quotes: `subject: "{written}"`'
    assert finding.fix is not None
    fixed = apply_edits(f"---\nsubject: {written}\n---\n", finding.fix.edits)
    assert decode("letter", read(fixed, "a.md")).values == {"subject": written}


# --- keys ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["x-mine", "x-", "cssclasses"])
def test_keys_of_others_are_ignored(key: str) -> None:
    found = decoded(f"{key}: {{a: b}}")
    assert (found.values, found.findings) == ({}, ())


@pytest.mark.parametrize(
    "key,near",
    [
        *[("nmae", "name"), ("Name", "name"), ("closed_because", "closed-because"), ("organisation", "organization")],
        *[("alias", "aliases"), ("tag", "tags"), ("emails", "email"), ("phones", "phone"), ("path", "paths")],
        *[("content", ""), ("handler", ""), ("2024", ""), ("on", ""), ("Closed Because", "closed-because")],
    ],
)
def test_an_unknown_key_comes_with_the_nearest_known_one(key: str, near: str) -> None:
    finding = complaint(f"{key}: 1")
    assert said(finding) == f"K106 warning 2:1-{1 + len(key)} `{key}` is no key of this kind of note"
    if near:
        assert finding.hint == f"did you mean `{near}`?"
        assert finding.fix is not None
        assert apply_edits(f"---\n{key}: 1\n---\n", finding.fix.edits) == f"---\n{near}: 1\n---\n"
    else:
        assert finding.hint == f"keys of your own begin with `x-`: `x-{key}`"
        assert finding.fix is None


@pytest.mark.parametrize(
    "text,place",
    [("", "1:1-1"), ("---\nrole: PA\n---\n", "1:1-4"), ("\n---\nname: \n---\n", "3:1-5"), ("\n---\n---\n", "2:1-4")],
)
def test_a_missing_field_is_missed_at_its_key_or_the_fence(text: str, place: str) -> None:
    finding = missing("contact", "name", read(text, "a.md"), "a.md")
    assert said(finding) == f"K107 error {place} `name` is missing, and every contact note needs it"
    assert finding.hint == "add a line `name: …`"


def test_settings_stand_in_the_journal_alone() -> None:
    found = decoded("minutes: 25\nnudges: 2\nname: Robin\ntitle: T", "journal")
    assert found.settings == {"minutes": 25, "nudges": 2}
    assert found.values == {"name": "Robin", "title": "T"}
    assert decoded("minutes: 25", "meeting").values == {"minutes": 25}


@pytest.mark.parametrize("text", ["Europe/Berlin", "UTC", "America", "x" * 5000, "", "\ud800", "Europe/\x00"])
def test_time_zones_are_those_of_the_database(text: str) -> None:
    assert is_timezone(text) == (text in ("Europe/Berlin", "UTC"))
