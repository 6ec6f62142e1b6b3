"""Whether somebody who is written down is there already: by address, number or name. Never decided here, only shown."""

import re
import unicodedata
from collections.abc import Sequence

from kith.cli.choosing import describe_contact
from kith.cli.terminal import say
from kith.cli.writing import ask_or_refuse, can_ask
from kith.edit.create import Values, slug
from kith.followups.world import quoted
from kith.load import fold_name
from kith.model import Contact, Journal

_SHORTEST = 6  # digits of a number that tells people apart: fewer are an extension
_TITLES = frozenset({"dr", "mr", "mrs", "ms", "prof", "professor"})
_WORD = re.compile(r"\w+")
_QUESTION = "Is this another person?"


def show_doubles(journal: Journal, values: Values, *, force: bool) -> list[Contact]:
    """Show who has the name, an address or a number already, and go on only where somebody says so.

    People whose name is a part of this one, or the other way round, are asked about too; where nobody can be asked
    they are returned.
    """
    same, likely = _find(journal, values)
    if file := unreadable_card(journal, str(values["name"])):
        reason = f"`{file}` cannot be read, and may be theirs"
        ask_or_refuse(reason, _QUESTION, f"kith check {quoted(file)}", force=force)
    if same:
        rows = [f"{describe_contact(journal, journal.contacts[id_])} (same {' and '.join(why)})" for id_, why in same]
        hint = f"kith show {quoted(same[0][0])}"
        ask_or_refuse(f"{_count(rows)} there already", _QUESTION, hint, force=force, rows=rows)
    elif likely and not force:
        if not can_ask():
            return likely
        rows = [describe_contact(journal, one) for one in likely]
        hint = f"kith show {quoted(likely[0].id)}"
        ask_or_refuse(f"{_count(rows, 'a like name')} there already", _QUESTION, hint, force=False, rows=rows)
    return []


def unreadable_card(journal: Journal, name: str) -> str:
    """The file that a card of this name would have, where there is one that cannot be read; else `""`."""
    return next((journal.unreadable[one] for one in (fold_name(name), slug(name)) if one in journal.unreadable), "")


def find_likely(journal: Journal, name: str) -> list[Contact]:
    """The people of a like name."""
    return _find(journal, {"name": name})[1]


def say_likely(journal: Journal, likely: Sequence[Contact], id_: str) -> None:
    """Say on stderr how to join a new card with that of somebody of a like name."""
    for one in likely:
        say(f"{describe_contact(journal, one)}: if that is the same person, kith merge {quoted(one.id)} {quoted(id_)}")


def _find(journal: Journal, values: Values) -> tuple[list[tuple[str, list[str]]], list[Contact]]:
    """The ids of people who have it in common, with what that is; and people of a like name."""
    words = _words(str(values["name"]))
    called = journal.names.get(fold_name(str(values["name"])), ())
    emails = {one.strip().casefold() for one in values.get("email", ())}
    phones = {_digits(one) for one in values.get("phone", ())} - {""}
    same, likely = [], []
    for id_, contact in journal.contacts.items():
        theirs = [_words(one) for one in (contact.name, *contact.aliases)]
        found = {
            "name": id_ in called or (words and words in theirs),
            "email": emails & {one.casefold() for one in contact.email},
            "phone": phones & {_digits(one) for one in contact.phone},
        }
        if why := [what for what, it_is in found.items() if it_is]:
            same.append((id_, why))
        elif any(_is_part(words, one) or _is_part(one, words) for one in theirs):
            likely.append(contact)
    return same, likely


def _count(rows: Sequence[str], how: str = "this") -> str:
    like = f"like {how}" if how == "this" else f"of {how}"
    return f"somebody {like} is" if len(rows) == 1 else f"{len(rows)} people {like} are"


def _words(name: str) -> frozenset[str]:
    """The words of a name, in whatever order they are written, without titles and accents."""
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", name) if not unicodedata.combining(sign))
    words = frozenset(_WORD.findall(plain.casefold()))
    return words - _TITLES or words


def _is_part(few: frozenset[str], many: frozenset[str]) -> bool:
    """Whether each word of a name is one of another's, or its initial; initials alone are no name."""
    return any(len(word) > 1 for word in few) and all(
        word in many or (len(word) == 1 and any(one.startswith(word) for one in many)) for word in few
    )


def _digits(phone: str) -> str:
    digits = "".join(filter(str.isdigit, phone))
    return digits if len(digits) >= _SHORTEST else ""
