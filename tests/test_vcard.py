"""Cards for an address book, read back by the library that other programs use."""

from typing import Any

import pytest
import vobject

from kith.formats.vcard import write_vcard
from kith.load import read_journal


def card_of(front: str, organization: str = "") -> Any:  # noqa: ANN401 - vobject has no types
    """Return the card of a contact, read back."""
    files = {"journal.md": b"---\ntitle: J\nname: R\n---\n", "contacts/a.md": f"---\n{front}---\n".encode()}
    if organization:
        files["organizations/o.md"] = organization.encode()
    journal, _ = read_journal(files)
    written = write_vcard(journal.contacts["a"], journal)
    assert all(len(line) <= 75 for line in written.split(b"\r\n"))
    return vobject.readOne(written.decode())


def test_a_card_holds_all_addresses() -> None:
    card = card_of(
        "name: Dana van Lee\ncalled: Dee\nrole: PA; nights\nemail: [a@x.example, b@x.example]\nphone: +1 555 0142\n"
        "website: https://dana.example\norganization: '[[o]]'\n",
        "---\nname: Mercy, Alder\n---\n",
    )
    assert card.version.value == "3.0"
    assert card.fn.value == "Dana van Lee"
    assert (card.n.value.given, card.n.value.family) == ("Dana van", "Lee")
    assert card.nickname.value == "Dee"
    assert card.title.value == "PA; nights"
    assert card.org.value == ["Mercy, Alder"]
    assert [one.value for one in card.contents["email"]] == ["a@x.example", "b@x.example"]
    assert card.tel.value == "+1 555 0142"
    assert card.url.value == "https://dana.example"


@pytest.mark.parametrize("name", ["李雷", "ש" * 300, "A" * 400, "Zoë O’Neill-d’Arc 🙂"])
def test_names_of_any_length_and_script(name: str) -> None:
    card = card_of(f"name: {name}\n")
    assert card.fn.value == name
    assert "org" not in card.contents


def test_an_organisation_without_a_file_and_lines_that_would_begin_others() -> None:
    card = card_of('name: "Kim\\nEMAIL:x@x.example"\norganization: Alder; Works\nrole: "a\\u0001b"\n')
    assert "email" not in card.contents
    assert card.org.value == ["Alder; Works"]
    assert card.title.value == "a b"
