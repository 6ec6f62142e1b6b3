"""What the rules read: a journal on a day, with what several of them need worked out once."""

import re
import shlex
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import repeat

import msgspec

from kith.dates import Duration, long_date, shift
from kith.model import TASK, Contact, Event, Item, Journal, Meeting, Settings
from kith.study.items import counts_from, is_open, items_on
from kith.study.referrals import Introduction, Named, introductions, named_people, referrers
from kith.study.thanks import Second, read_second
from kith.study.timeline import Ask, History, Timeline, read_timeline
from kith.study.words import join_words, plain_item

NUDGE_TOO_LATE = timedelta(days=28)  # a nudge later than this comes out of the blue, and gives way to letting go
WAITING_WITHIN = Duration(14, "d")

_BOXED = frozenset({"promise", "waiting", TASK})  # what ticking a box settles
_SAFE = re.compile(r"[\w./:@%+][\w./:@%+-]*")
_WORD = re.compile(r"[\w’'-]*\w[\w’'-]*")
_PHRASE = re.compile(r"[\w’'-]+(?: [\w’'-]+)*")
# These tell nothing of what an item is about.
_LITTLE = frozenset(
    {
        *("a", "about", "after", "again", "all", "an", "and", "another", "any", "anything", "are", "as", "at"),
        *("be", "because", "before", "being", "between", "but", "by", "can", "could", "do", "during", "every"),
        *("everything", "for", "from", "has", "have", "he", "her", "him", "his", "how", "i", "if", "in"),
        *("into", "is", "it", "its", "me", "might", "my", "no", "not", "of", "on", "one", "or", "other", "our"),
        *("out", "she", "should", "so", "somebody", "someone", "something", "that", "the", "their", "them"),
        *("there", "these", "they", "thing", "things", "this", "those", "through", "to", "too", "until", "up"),
        *("us", "was", "we", "were", "what", "when", "where", "whether", "which", "while", "who", "with"),
        *("within", "without", "would", "you", "your"),
    }
)
_MOST_WORDS = 24  # of an item that are tried when it is to be told from the others
_LONGEST_PHRASE = 4
# Characters of all open items among which an item is looked for. A list longer than that is cheaper to name by line:
# to look for each of its items in all of it would take the square of its length.
_MOST_TEXT = 20_000
_PRONOUNS = {"she": ("she", "her", "her"), "he": ("he", "him", "his")}


class World(msgspec.Struct, frozen=True):
    """A journal on a day.

    `seconds` are the second thank-yous of those for whom anything may be due; `introduced` and `referrer` say who led
    to whom; `items_of` are the items that concern a person, `open_items` those still to be done, all of them as they
    stand on the day. `wording` has the words of a person's open items, and under `""` of those that concern nobody.
    """

    journal: Journal
    today: date
    timeline: Timeline
    seconds: Mapping[str, Second | None]
    introduced: Mapping[str, tuple[Introduction, ...]]
    referrer: Mapping[str, str]
    named: tuple[Named, ...]
    open_items: tuple[Item, ...]
    items_of: Mapping[str, tuple[Item, ...]]
    wording: Mapping[str, str]

    @property
    def settings(self) -> Settings:
        """The settings of the journal."""
        return self.journal.settings

    @property
    def active(self) -> Iterator[History]:
        """The histories of those for whom anything may be due."""
        return (history for history in self.timeline.histories.values() if history.active)

    def history(self, id_: str) -> History:
        """What has happened with a person."""
        return self.timeline.histories[id_]

    def people(self, meeting: Meeting) -> tuple[str, ...]:
        """The ids of a meeting's contacts, in the note's order, without those whose card cannot be read."""
        return tuple(id_ for id_ in meeting.contact_ids if id_ in self.journal.contacts)

    def present(self, ids: tuple[str, ...]) -> tuple[str, ...]:
        """Those of some people for whom something may be shown today; all of them where there is nobody else."""
        return tuple(filter(self._is_present, ids)) or ids

    def _is_present(self, id_: str) -> bool:
        history = self.history(id_)
        snooze = history.contact.snooze
        return history.active and (snooze is None or snooze <= self.today)

    def call(self, id_: str) -> str:
        """How you address a person."""
        return self.journal.contacts[id_].address

    def names(self, ids: tuple[str, ...]) -> str:
        """How you address several people, `""` for none; those for whom nothing is shown are left out."""
        return join_words([self.call(id_) for id_ in self.present(ids)]) if ids else ""

    def party(self, meeting: Meeting) -> str:
        """How you address the people of a meeting, those without a card by name, `""` for none."""
        readable = self.people(meeting)
        names = [self.call(ref.id) if ref.id in readable else ref.label or ref.text for ref in meeting.contacts]
        return join_words(names) if names else ""

    def day(self, day: date) -> str:
        """A day in words, without the year when it is this one."""
        return long_date(day, self.today)

    def text(self, item: Item) -> str:
        """The text of an item without its markup and its full stop."""
        return plain_item(item, self.journal).rstrip(". ")

    def item_due(self, item: Item, within: Duration) -> date:
        """The day an item is due: its own, else `within` after the day it counts from, else today."""
        if item.due is not None:
            return item.due
        day = counts_from(item, self.journal)
        return self.today if day is None else shift(day, within)

    def item_event(self, item: Item) -> Event:
        """The day an item counts from, and its line."""
        return Event(counts_from(item, self.journal) or item.due or self.today, item.place)

    def awaited(self, item: Item) -> frozenset[str]:
        """The people whom a `waiting` promises to introduce: those it links to who have not been introduced since."""
        since = counts_from(item, self.journal)
        people = {link.id for link in item.links if link.id in self.journal.contacts}
        return frozenset(
            id_
            for id_ in people
            if id_ is not None
            and id_ not in item.contacts
            and not any(since is None or line.date >= since for line in self.introduced.get(id_, ()))
        )

    def is_kept(self, waiting: Item) -> bool:
        """Whether a `waiting` promised introductions, and all were made."""
        people = {link.id for link in waiting.links if link.id in self.journal.contacts} - set(waiting.contacts)
        return bool(people) and not self.awaited(waiting)

    def nudge_due(self, history: History, ask: Ask) -> date:
        """The day to ask again; one that was put off by `snooze` is not late before that is over."""
        due = shift(ask.newest.date, self.settings.nudge_after)
        snooze = history.contact.snooze
        return due if snooze is None else max(due, snooze)


def read_world(journal: Journal, today: date, timeline: Timeline | None = None) -> World:
    """Work out what the rules need; `timeline` is that of the day, where it was read already."""
    timeline = timeline or read_timeline(journal, today)
    items: dict[str, list[Item]] = {}
    open_items = []
    for item in map(_with_readable, items_on(journal, today), repeat(journal)):
        if is_open(item, today):
            open_items.append(item)
        for id_ in item.contacts:
            items.setdefault(id_, []).append(item)
    return World(
        journal=journal,
        today=today,
        timeline=timeline,
        seconds={
            id_: read_second(history, journal.settings.second_thank_you_after)
            for id_, history in timeline.histories.items()
            if history.active
        },
        introduced=introductions(timeline),
        referrer=referrers(timeline),
        named=tuple(
            msgspec.structs.replace(one, item=_with_readable(one.item, journal)) for one in named_people(journal, today)
        ),
        open_items=tuple(open_items),
        items_of={id_: tuple(found) for id_, found in items.items()},
        wording=_wording(open_items, journal),
    )


def _with_readable(item: Item, journal: Journal) -> Item:
    """The item without the people whose card cannot be read: nothing is known of them, not even whether to write."""
    if not journal.unreadable:
        return item
    kept = tuple(id_ for id_ in item.contacts if id_ in journal.contacts)
    return item if kept == item.contacts else msgspec.structs.replace(item, contacts=kept)


# --- words ---------------------------------------------------------------------------------------------------------


def quoted(text: str) -> str:
    """A word for the shell, as it is where that is safe."""
    return text if _SAFE.fullmatch(text) else in_quotes(text)


def in_quotes(text: str) -> str:
    """A text for the shell, in double quotes where they are enough."""
    return shlex.quote(text) if re.search(r'["$`\\!]', text) else f'"{text}"'


def sentence(text: str) -> str:
    """A text with its full stop, unless it has one or another."""
    return text if text.endswith((".", "!", "?", "…", ":")) else f"{text}."


def with_text(beginning: str, text: str) -> str:
    """`Keep your promise: send the panel.`, or the beginning alone where the item has no text."""
    return f"{beginning}: {sentence(text)}" if text else f"{beginning}."


def pronouns(contact: Contact) -> tuple[str, str, str]:
    """Subject, object and possessive: `she`, `her`, `her`; `they`, `them`, `their` where the card does not say."""
    return _PRONOUNS.get(contact.pronouns.casefold().split("/")[0].strip(), ("they", "them", "their"))


def by_email(contact: Contact) -> str:
    """The end of a command that writes to somebody whose address is known."""
    return " --by email" if contact.email else ""


def meeting_day(world: World, meeting: Meeting) -> str:
    """`on 24 November at 14:30`."""
    at = f" at {meeting.time:%H:%M}" if meeting.time else ""
    return f"on {world.day(meeting.date)}{at}"


# --- boxes ---------------------------------------------------------------------------------------------------------


def done_command(world: World, item: Item) -> str:
    """The command that ticks an item's box: by its fewest words, else by its line."""
    who = world.present(item.contacts)[0] if item.contacts else ""
    words = fewest_words(world, item, who)
    if not words:
        return f"kith done {quoted(f'{item.place.file}:{item.place.line}')}"
    return f"kith done {quoted(who)} {in_quotes(words)}" if who else f"kith done {in_quotes(words)}"


def fewest_words(world: World, item: Item, who: str) -> str:
    """The fewest words of an item that no other open item of `who` holds, the most telling of these; `""` for none."""
    pool = world.wording[who]
    if len(pool) > _MOST_TEXT:
        return ""
    own = _folded(item, world.journal)
    names = set(_WORD.findall(world.journal.contacts[who].name + " " + world.call(who))) if who else set()
    for phrases in _phrases(world.text(item)):
        # they have to stand in the note, where a name may be a link
        written = [one for one in phrases if one.casefold() in item.text.casefold()]
        unique = [one for one in written if own.count(one.casefold()) == pool.count(one.casefold())]
        if unique:
            # of equals the last: what is to be done comes before what it is done to
            unique.reverse()
            return max(unique, key=lambda one: (not set(_WORD.findall(one)) & names, _is_telling(one), len(one)))
    return ""


def _phrases(text: str) -> Iterator[list[str]]:
    """The words of a text, then two words together, and so on, where nothing stands between them but a space."""
    words = list(_WORD.finditer(text))[:_MOST_WORDS]
    for count in range(1, min(len(words), _LONGEST_PHRASE) + 1):
        pieces = (text[words[i].start() : words[i + count - 1].end()] for i in range(len(words) - count + 1))
        yield [piece for piece in pieces if _PHRASE.fullmatch(piece)]


def _is_telling(phrase: str) -> bool:
    """Whether it is neither a little word nor a number."""
    return phrase.casefold() not in _LITTLE and any(letter.isalpha() for letter in phrase)


def _wording(items: list[Item], journal: Journal) -> dict[str, str]:
    """The words of the open items of everybody with a box to tick, and of nobody (`""`)."""
    wanted = {who for item in items if item.label in _BOXED for who in item.contacts or ("",)}
    found: dict[str, list[str]] = {who: [] for who in wanted}
    for item in items:
        for who in item.contacts or ("",):
            if who in wanted:
                found[who].append(_folded(item, journal))
    return {who: "\n".join(texts) for who, texts in found.items()}


def _folded(item: Item, journal: Journal) -> str:
    """The text of an item as it is written and as it reads."""
    text = plain_item(item, journal)
    return (item.text if text == item.text else f"{item.text}\n{text}").casefold()
