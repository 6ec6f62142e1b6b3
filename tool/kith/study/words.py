"""Words for numbers, lists and lines, which sentences of several modules share."""

from collections.abc import Iterable

from kith.load import fold_name
from kith.markdown import plain
from kith.markdown.links import WIKILINK
from kith.model import Item, Journal

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def join_words(words: Iterable[str]) -> str:
    """`Ann`, `Ann and Bo`, `Ann, Bo and Cy`."""
    *head, last = words
    return f"{', '.join(head)} and {last}" if head else last


def number_word(count: int) -> str:
    """`three`; figures beyond ten."""
    return _NUMBERS[count] if count < len(_NUMBERS) else str(count)


def plain_names(text: str, journal: Journal) -> str:
    """One line without its markup; a link to somebody is their name."""
    return " ".join(plain(text, lambda target: _name_of(target, journal)).split())


def plain_item(item: Item, journal: Journal) -> str:
    """The text of an item without its markup; a link to somebody is their name."""
    return " ".join(item.readable.split()) if item.readable else plain_names(item.text, journal)


def with_names(text: str, journal: Journal) -> str:
    """A text as it stands, but for links to somebody, which are their names."""
    return WIKILINK.sub(lambda match: (match[2] or "").strip() or _name_of(match[1].strip(), journal), text)


def _name_of(target: str, journal: Journal) -> str:
    ids = journal.names.get(fold_name(target), ())
    contact = journal.contacts.get(ids[0]) if ids else None
    return contact.name if contact is not None else target
