"""Keys are set, removed and added to, and every other line stays."""

from collections.abc import Callable

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from kith.edit.front import add_to_list, in_list, remove_key, scalar, set_key
from kith.edit.source import Source, front_matter, read_source
from kith.errors import JournalError
from kith.frontmatter import Scalar, Sequence

FILE = "contacts/dana-lee.md"
SIGNS = [*"a :#-'\"[],{}~1.e_\\\t%@`&*!|>?=<", "yes", "null", ": ", " #", "---"]
VALUES = st.text(st.characters(codec="utf-8"), max_size=20) | st.lists(st.sampled_from(SIGNS), max_size=6).map("".join)


def note(front: str) -> Source:
    return read_source(FILE, f"---\n{front}---\n\nBody: x\n".encode())


def shown(source: Source) -> str:
    return source.to_bytes().decode().removeprefix("---\n").removesuffix("---\n\nBody: x\n")


@given(VALUES)
@example("null")
@example("0x1F")
@example("1e5")
@example("2001-12-14 21:59:43")
@example("=")
@example("<<")
@example("1_000")
@example("12:30:45")
def test_a_text_is_read_as_itself_here_and_elsewhere(text: str) -> None:
    stripped = text.strip()
    for value in (scalar(stripped), in_list(stripped)):
        elsewhere = yaml.safe_load(f"key: [{value}]" if value is not scalar(stripped) else f"key: {value}")["key"]
        elsewhere = elsewhere[0] if isinstance(elsewhere, list) and elsewhere else elsewhere
        assert str(elsewhere) == stripped or value == stripped, value  # only a date or a time stays bare and is more
    field = front_matter(set_key(note("name: D\n"), "role", stripped)).fields[1]
    assert isinstance(field.value, Scalar)
    assert field.value.text == stripped


@given(st.lists(VALUES.map(str.strip).filter(bool), max_size=4))
def test_a_list_is_read_as_itself(values: list[str]) -> None:
    field = front_matter(set_key(note("name: D\n"), "tags", values)).fields[1]
    assert isinstance(field.value, Sequence)
    assert [item.text for item in field.value.items if isinstance(item, Scalar)] == values


@pytest.mark.parametrize(
    "before,after",
    [
        ("name: D\n", "name: D\nrole: new\n"),
        ("role: old\nname: D\n", "role: new\nname: D\n"),
        ("role: old   # why\n", "role: new   # why\n"),
        ("role: 'old'   # why\n", "role: new   # why\n"),
        ("role:\nname: D\n", "role: new\nname: D\n"),
        ("role:   # why\n", "role: new   # why\n"),
        ("role : old\n", "role : new\n"),
        ("role :\nname: D\n", "role : new\nname: D\n"),
        ('"role": old\n', '"role": new\n'),
        ("role:\n  old\nname: D\n", "role:\n  new\nname: D\n"),
        ('role: "old\n  and more"\nname: D\n', "role: new\nname: D\n"),
        ("role: |  # why\n  old\n\n  more\n\n# of the name\nname: D\n", "role: new  # why\n\n# of the name\nname: D\n"),
        ("role: >-\n  old\n", "role: new\n"),
        ("role:  # why\n  - a\n  - b\n# of the name\nname: D\n", "role: new  # why\n# of the name\nname: D\n"),
        ("role: [a,\n  b]  # why\nname: D\n", "role: new  # why\nname: D\n"),
        ("  name: D\n", "  name: D\n  role: new\n"),
        ("", "role: new\n"),
        ("# nothing yet\n", "# nothing yet\nrole: new\n"),
    ],
)
def test_setting_a_key(before: str, after: str) -> None:
    assert shown(set_key(note(before), "role", "new")) == after


def test_a_note_without_front_matter_gets_it() -> None:
    assert set_key(read_source(FILE, b"\n# Hi\n"), "role", "new").to_bytes() == b"---\nrole: new\n---\n\n# Hi\n"
    assert set_key(read_source(FILE, b""), "role", "new").to_bytes() == b"---\nrole: new\n---\n"


@pytest.mark.parametrize(
    "before,after",
    [
        ("role: old\nname: D\n", "name: D\n"),
        (
            "name: D\nrole: |\n  old\n\n  # a line of it\n\n# of the tags\ntags: a\n",
            "name: D\n\n# of the tags\ntags: a\n",
        ),
        ("role:\n- a\n- b  # last\n\n# of the name\nname: D\n", "\n# of the name\nname: D\n"),
        ("role: {a: 1}\nname: D\n", "name: D\n"),
        ("role:\nname: D\n", "name: D\n"),
        ("name: D\n", "name: D\n"),
    ],
)
def test_removing_a_key(before: str, after: str) -> None:
    assert shown(remove_key(note(before), "role")) == after


@pytest.mark.parametrize(
    "before,after",
    [
        ("name: D\n", "name: D\ntags: [new]\n"),
        ("tags:\n", "tags: [new]\n"),
        ("tags: ~\n", "tags: [new]\n"),
        ("tags: []\n", "tags: [new]\n"),
        ("tags: a\n", "tags: [a, new]\n"),
        ("tags: a, b\n", 'tags: ["a, b", new]\n'),
        ("tags: 'a'  # why\n", "tags: ['a', new]  # why\n"),
        ("tags: |\n  a\n", "tags: [a, new]\n"),
        ("tags: [a, b]\n", "tags: [a, b, new]\n"),
        ("tags: [a, b,]  # why\n", "tags: [a, b, new,]  # why\n"),
        ("tags: [\n  a,\n  b,  # why\n]\n", "tags: [\n  a,\n  b, new,  # why\n]\n"),
        ("tags:\n  - a\n  - b  # why\n\nname: D\n", "tags:\n  - a\n  - b  # why\n  - new\n\nname: D\n"),
        ("tags:\n- a\nname: D\n", "tags:\n- a\n- new\nname: D\n"),
        ("tags: [[a]]\n", 'tags: ["[[a]]", new]\n'),
    ],
)
def test_adding_to_a_list(before: str, after: str) -> None:
    assert shown(add_to_list(note(before), "tags", "new")) == after


@pytest.mark.parametrize(
    "before", ["role: a\nrole: b\n", "? role\n: a\n", "{role: a}\n", "role: &x a\nname: *x\n", "role: a: b\n"]
)
def test_what_cannot_be_changed_safely_is_refused(before: str) -> None:
    changes: list[Callable[[Source, str], Source]] = [lambda source, key: set_key(source, key, "c"), remove_key]
    for change in changes:
        try:
            after = change(note(before), "role")
        except JournalError:
            continue
        assert [field.key for field in front_matter(after).fields] in (["role"], [])
    with pytest.raises(JournalError):
        add_to_list(note("tags: {a: 1}\n"), "tags", "b")
