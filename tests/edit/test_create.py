"""New notes: complete, readable, and saying exactly what was typed."""

import re
import unicodedata
from typing import get_args

import frontmatter
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.edit.create import MAX_SLUG, choose_id, file_of, new_note, slug
from kith.errors import JournalError
from kith.load import fold_id, parse_note
from kith.model import Contact, Kind, Meeting
from kith.schema import FIELDS
from kith.schema.fields import example_of

FILE = "contacts/x.md"
HOSTILE = [
    "Null", "~", "yes", "#ai", "a: b", "- x", "[x]", "{{ name }}", "{x", "it's", 'say "x"', "back\\slash", "&x", "*x", "!x", "%x",  # noqa: E501
    "@x", "`x`", "2026-11-03", "10:30", "02134", "1e5", "0x1f", "=", "<<", "---", "🎉", "עדן כהן", "عمر خيام", "名前 太郎", "e\u0301",  # noqa: E501
    "x" * 300, "a # b", "trailing:", "? x", "| x", "> x", "\u202ertl\u202c", "<b>x</b>", "[[dana-lee]]", ": x", "a,b", "k: {v}",  # noqa: E501
]  # fmt: skip
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=40)


@pytest.mark.parametrize("kind", get_args(Kind))
def test_a_note_of_every_kind_says_all_its_fields(kind: Kind) -> None:
    file = "journal.md" if kind == "journal" else file_of(kind, "x")
    values = {spec.name: example_of(spec) for spec in FIELDS[kind]}
    parsed = parse_note(file, new_note(kind, file, values))
    assert parsed.findings == ()
    assert parsed.note is not None
    assert set(parsed.note.places) >= set(values) - {"settings"}


@pytest.mark.parametrize("kind", get_args(Kind))
def test_a_note_with_what_it_needs_has_no_findings(kind: Kind) -> None:
    file = "journal.md" if kind == "journal" else file_of(kind, "x")
    values = {spec.name: example_of(spec) for spec in FIELDS[kind] if spec.required}
    assert parse_note(file, new_note(kind, file, values)).findings == ()


@pytest.mark.parametrize("text", HOSTILE)
def test_what_is_typed_is_what_is_read(text: str) -> None:
    data = new_note("contact", FILE, {"name": text, "role": text, "tags": [text, "x"], "phone": [text]})
    note = parse_note(FILE, data).note
    assert isinstance(note, Contact)
    assert (note.name, note.role, note.tags, note.phone) == (text, text, (text, "x"), (text,))
    elsewhere = frontmatter.loads(data.decode())
    assert str(elsewhere["name"]) == text or text in ("10:30", "2026-11-03")


@given(TEXTS)
def test_any_line_is_kept_or_refused(text: str) -> None:
    try:
        data = new_note("contact", FILE, {"name": text, "tags": [text, "x"]})
    except JournalError:
        assert re.search(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]", text) or not text.strip()
        return
    note = parse_note(FILE, data).note
    assert isinstance(note, Contact)
    assert (note.name, note.tags) == (text.strip(), (text.strip(), "x"))


@pytest.mark.parametrize("text", ["a\nb", "a\rb", "a\x00", "a\ud800", "a\u2028b", "a\x85b"])
def test_what_no_line_can_hold_is_refused(text: str) -> None:
    with pytest.raises(JournalError):
        new_note("contact", FILE, {"name": text})


@pytest.mark.parametrize(
    "values,said",
    [
        ({}, "`name` is missing"),
        ({"name": "  "}, "`name` is missing"),
        ({"name": "A", "level": "chief"}, "`chief` is nothing"),
        ({"name": "A", "email": ["ann"]}, "does not look like an address"),
        ({"name": "A", "closed": "2026-02-30"}, "there is no day"),
        ({"name": "A", "timezone": "Mars/Olympus"}, "no time zone"),
    ],
)
def test_what_a_field_cannot_say_is_refused(values: dict[str, str | list[str]], said: str) -> None:
    with pytest.raises(JournalError, match=said):
        new_note("contact", FILE, values)


def test_words_that_fields_read_need_no_quotes() -> None:
    values = {"contacts": "[[dana-lee]]", "date": "2026-11-03", "time": "9:30", "minutes": "20", "private": "yes"}
    text = new_note("meeting", "meetings/x.md", values).decode()
    assert "date: 2026-11-03\ntime: 9:30\nminutes: 20\n" in text
    assert "private: yes\n" in text
    note = parse_note("meetings/x.md", text.encode()).note
    assert isinstance(note, Meeting)
    assert (note.minutes, note.private) == (20, True)


TEMPLATE = b"""---
name: {{ name }}
role:
x-met: "{{ added }}"
x-rank: {{rank}}
tags: [a]
# mine
---

# {{name}} ({{ unknown }})
"""


def test_a_template_of_your_own_is_filled() -> None:
    values = {"name": "O: 'x'", "role": "yes", "added": "2026-11-23", "tags": ["b", "c"], "via": "[[sam]]"}
    text = new_note("contact", FILE, values, template=TEMPLATE.replace(b"\n", b"\r\n")).decode()
    assert text.replace("\r\n", "\n") == (
        '---\nname: "O: \'x\'"\nrole: "yes"\nx-met: 2026-11-23\nx-rank:\ntags: [b, c]\n# mine\nadded: 2026-11-23\n'
        "via: \"[[sam]]\"\n---\n\n# O: 'x' ({{ unknown }})\n"
    )


def test_the_placeholders_of_a_letter_are_its_own() -> None:
    template = b"---\nfor:\nsubject:\n---\n\nDear {{ person.called }}, {{ subject }}\n"
    text = new_note("letter", "letters/x.md", {"for": "nudge", "subject": "Hi"}, template=template).decode()
    assert text.endswith("\n\nDear {{ person.called }}, {{ subject }}\n")


@pytest.mark.parametrize("template", [b"---\nrole: a: b\n---\n", b"caf\xe9", b"---\nname: x\nrolle: y\n---\n"])
def test_a_template_with_errors_is_named(template: bytes) -> None:
    with pytest.raises(JournalError, match=r"templates/contact\.md"):
        new_note("contact", FILE, {"name": "A"}, template=template)


@pytest.mark.parametrize(
    "text,id_",
    [
        ("Dana Lee", "dana-lee"),
        ("José María O'Neil", "josé-maría-oneil"),
        ("Dr. Ann (PhD), M.D.", "dr-ann-phd-m-d"),
        ("İstanbul Straße", "istanbul-strasse"),
        ("عمر خيام", "عمر-خيام"),
        ("हिन्दी नाम", "हिन्दी-नाम"),
        ("../../etc/passwd", "etc-passwd"),
        ("a\\b:c?d*e", "a-b-c-d-e"),
        ("🎉", ""),
        ("  . ", ""),
    ],
)
def test_a_name_becomes_an_id(text: str, id_: str) -> None:
    assert slug(text) == id_


@given(TEXTS | st.text(max_size=200))
def test_an_id_travels(text: str) -> None:
    made = slug(text)
    assert made == fold_id(made) == unicodedata.normalize("NFC", made)
    assert len(made) <= MAX_SLUG
    assert len(f"{made}.md".encode()) < 200
    assert not made.startswith("-")
    assert not made.endswith("-")
    assert "--" not in made
    assert not re.search(r"[A-Z\s/\\:*?\"<>|.]", made)
    assert slug(made) == made


@pytest.mark.parametrize(
    "wanted,taken,id_",
    [
        (["Dana Lee"], [], "dana-lee"),
        (["Dana Lee", "Dana Lee mercy"], ["dana-lee"], "dana-lee-mercy"),
        (["Dana Lee", "dana lee"], ["dana-lee", "dana-lee-2"], "dana-lee-3"),
        (["CON", "con alder"], [], "con-alder"),
        (["aux"], [], "aux-2"),
        (["🎉", "🎉 alder"], [], "alder"),
        (["x" * 200], ["x" * 80], "x" * 75 + "-2"),
        (["🎉"], [], "somebody"),
        (["🎉"], ["somebody"], "somebody-2"),
    ],
)
def test_an_id_that_is_taken_gets_a_readable_end(wanted: list[str], taken: list[str], id_: str) -> None:
    assert choose_id(wanted, taken.__contains__, "somebody") == id_
