"""After `forget` no file tells of the person, and nothing else is gone."""

import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kith.edit.forget import card_of, find_traces, plan_forget
from kith.edit.plan import outcome
from kith.errors import JournalError
from kith.load import read_journal
from tests.edit.journals import IDS, JOURNAL, journals, read

CARD = (
    "---\nname: Dana Lee\ncalled: Dee\naliases: [D. Lee, Danuta Lee]\nemail: [dana.lee@mercy.example, dl@x.example]\n"
    "phone: +1 (555) 010-0142\nwebsite: https://dana.example/\ncard: card.png\n---\n"
)


def forget(files: dict[str, bytes], id_: str, cards: dict[str, bytes] | None = None) -> dict[str, bytes]:
    """Return the files of a journal after forgetting a person."""
    journal = read_journal(files, frozenset(cards or ()))[0]
    return outcome(files, plan_forget(journal, files, journal.contacts[id_], cards or {}).changes)


@settings(max_examples=20)
@given(journals(), st.sampled_from(IDS))
def test_no_file_tells_of_the_person_and_no_other_note_is_lost(files: dict[str, bytes], id_: str) -> None:
    before = read(files)
    contact = before.contacts[id_]
    after = forget(files, id_)
    words = [contact.name, contact.id, *contact.aliases, *contact.email]
    for file, data in after.items():
        text = unicodedata.normalize("NFC", data.decode("utf-8-sig")).casefold()
        assert not [word for word in words if word.casefold() in text], file
        assert id_ not in file
    journal, findings = read_journal(after)
    assert len(journal.notes()) == len(before.notes()) - 1
    assert {one.message for one in findings if one.severity == "error"} <= {
        one.message for one in read_journal(files)[1] if one.severity == "error"
    }


@settings(max_examples=20)
@given(journals())
def test_a_file_that_does_not_tell_of_the_person_keeps_its_bytes(files: dict[str, bytes]) -> None:
    files["contacts/ann-green.md"] = b"---\nname: Ann Green\nemail: a@x.example\n---\n"
    after = forget(files, "ann-green")
    assert after == {file: data for file, data in files.items() if file != "contacts/ann-green.md"}


def test_addresses_numbers_pages_and_names_go_in_every_spelling() -> None:
    text = (
        "---\ntitle: T\n---\nMail DANA.LEE@mercy.example or call 555.010.0142, +15550100142; see https://dana.example.\n"
        "Dana\nLee, DANUTA  LEE and Dana said so; Dee too. Lee's desk. Danae and leeward stay.\n"
    )
    files = {"journal.md": JOURNAL, "contacts/dana-lee.md": CARD.encode(), "questions/q.md": text.encode()}
    after = forget(files, "dana-lee")["questions/q.md"].decode()
    assert not re.search(r"(?i)\bdana\b|\blee\b|\bdee\b|0142|dana\.example", after)
    assert "Danae and leeward stay." in after
    assert after.count("\n") == text.count("\n")


def test_a_name_that_is_somebody_elses_too_stays_with_them() -> None:
    other = b"---\nname: Dana Kim\n---\nWorks with [[dana-lee]] at Lee & Sons.\n"
    files = {"journal.md": JOURNAL, "contacts/dana-lee.md": CARD.encode(), "contacts/dana-kim.md": other}
    journal = read(files)
    assert find_traces(journal, files, journal.contacts["dana-lee"]).shared == {"Dana": "contacts/dana-kim.md"}
    after = forget(files, "dana-lee")["contacts/dana-kim.md"]
    assert after == b"---\nname: Dana Kim\n---\nWorks with (forgotten) at (forgotten) & Sons.\n"


def test_a_name_that_is_a_word_goes_only_near_the_person() -> None:
    files = {
        "journal.md": JOURNAL,
        "contacts/will-rose.md": b"---\nname: Will Rose\n---\nHe will write.\n",
        "contacts/ann.md": b"---\nname: Ann\n---\n[[will-rose]] says: Will is tired. He will sleep.\n",
        "contacts/bob.md": b"---\nname: Bob\n---\nWill he write? He will.\n",
    }
    after = forget(files, "will-rose")
    assert after["contacts/ann.md"].endswith(b"(forgotten) says: (forgotten) is tired. He will sleep.\n")
    assert after["contacts/bob.md"] == files["contacts/bob.md"]


def test_fields_inbox_items_and_meetings_let_go_of_the_person() -> None:
    files = {
        "journal.md": JOURNAL,
        "contacts/dana-lee.md": b"---\nname: Dana Lee\n---\n",
        "contacts/sam.md": b"---\nname: Sam\nvia: '[[dana-lee]]'\n---\n- referral: Dana Lee, nurse\n",
        "meetings/2026-11-03-dana-lee.md": b"---\nstatus: held\n---\n- [ ] promise: send Dana a card\n",
        "meetings/2026-11-04-both.md": b"---\ncontacts:\n  - sam # s\n  - dana-lee\n---\n[[2026-11-03-dana-lee]]\n",
        "inbox.md": b"- 2026-11-04 dana-lee thank-you\n  - pro: x\n- call [her](contacts/dana-lee.md) and [[sam]]\n",
    }
    after = forget(files, "dana-lee")
    assert after["contacts/sam.md"] == b"---\nname: Sam\n---\n- [-] referral: (forgotten), nurse\n"
    assert after["meetings/2026-11-03-forgotten.md"].endswith(b"- [-] promise: send (forgotten) a card\n")
    assert b"[[2026-11-03-forgotten]]" in after["meetings/2026-11-04-both.md"]
    assert read(after).meetings["2026-11-04-both"].contact_ids == ("sam",)
    assert after["inbox.md"] == b"- call (forgotten) and [[sam]]\n"


def test_card_goes_unless_another_note_shows_it() -> None:
    files = {"journal.md": JOURNAL, "contacts/dana-lee.md": CARD.encode()}
    journal = read_journal(files, frozenset({"attachments/card.png"}))[0]
    assert card_of(journal, journal.contacts["dana-lee"]) == {"attachments/card.png"}
    shown = {**files, "paths/p.md": b"---\ntitle: P\n---\n![[card.png]]\n"}
    journal = read_journal(shown, frozenset({"attachments/card.png"}))[0]
    assert not card_of(journal, journal.contacts["dana-lee"])
    cards = {"attachments/card.png": b"picture"}
    changes = plan_forget(read_journal(files, frozenset(cards))[0], files, journal.contacts["dana-lee"], cards).changes
    assert [(change.path, change.after) for change in changes] == [
        ("contacts/dana-lee.md", None),
        ("attachments/card.png", None),
    ]


def test_a_file_that_cannot_be_read_and_tells_of_the_person_stops_it() -> None:
    files = {
        "journal.md": JOURNAL,
        "contacts/dana-lee.md": CARD.encode(),
        "contacts/x.md": b"---\nname: [\n---\nDana Lee\n",
    }
    with pytest.raises(JournalError, match=r"contacts/x\.md tells of the person"):
        forget(files, "dana-lee")
