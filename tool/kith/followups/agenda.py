"""Follow-ups as people read them: grouped by person, what one line settles together, never too many at once.

The rules of 2.3, "Shown to people": by weight, then date; a person is one block; what one log line would settle is one
entry; at most three people to reach out to; after a long absence the first five. Machine output keeps follow-ups apart.
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Literal

import msgspec

from kith.dates import Duration, count_days, half, long_date, shift
from kith.model import FollowUp
from kith.study.referrals import introductions
from kith.study.timeline import Timeline
from kith.study.words import join_words

TOGETHER = timedelta(days=10)
REACH_OUTS = 3
STILL_OF_INTEREST = timedelta(days=60)
MANY_LATE = 7
ABSENCE = timedelta(days=21)
FIRST_FEW = 5

# Which log lines settle which rules, among those that a line of yours may settle together with another.
_SETTLED_BY: Mapping[str, frozenset[str]] = {
    "answer": frozenset({"thank-you", "update", "hello"}),
    "thank-you": frozenset({"thank-you"}),
    "second-thank-you": frozenset({"thank-you", "update"}),
    "tell-referrer": frozenset({"update"}),
    "keep-in-touch": frozenset({"thank-you", "update", "hello"}),
}


class Entry(msgspec.Struct, frozen=True):
    """One thing to do: one follow-up, or several that one line settles, the first leading; `settles`: its commands."""

    followups: tuple[FollowUp, ...]
    action: str
    why: str
    due: date
    state: Literal["overdue", "today", "upcoming"]
    weight: int
    rule: str
    letter: str | None
    settles: tuple[str, ...]

    @property
    def settle(self) -> str:
        """The command that settles it, or the first of them."""
        return self.settles[0]

    @property
    def source(self) -> str:
        """The documents its reasons come from."""
        codes = {code for followup in self.followups for code in followup.source.split(", ")}
        return ", ".join(sorted(codes))

    @property
    def details(self) -> tuple[str, ...]:
        """The details of all its follow-ups."""
        return tuple(dict.fromkeys(detail for followup in self.followups for detail in followup.details))


class Block(msgspec.Struct, frozen=True):
    """One person's entries, or, where `contact` is None, those that concern nobody.

    `entries` are late or due today and shown in full; `later` make one line, or the block where there are no others.
    """

    contact: str | None
    entries: tuple[Entry, ...]
    later: tuple[Entry, ...]

    @property
    def first(self) -> Entry:
        """The most urgent entry."""
        return (self.entries or self.later)[0]


class Agenda(msgspec.Struct, frozen=True):
    """What to show. `hidden_late` counts what catching up leaves for later, `hidden_reach_outs` further people."""

    today: date
    blocks: tuple[Block, ...]
    hidden_late: int = 0
    hidden_reach_outs: int = 0


class Background(msgspec.Struct, frozen=True):
    """What an agenda asks of a journal besides its follow-ups, and whoever prints it.

    `names` are those of the contacts by id. Among `peers` are the contacts of that level, among `introduced` those whom
    somebody connected you with. `last` is the day of the newest thing that happened, None where nothing did.
    """

    today: date
    horizon: Duration
    second_thank_you_after: Duration
    names: Mapping[str, str]
    peers: frozenset[str]
    introduced: frozenset[str]
    last: date | None


def read_background(timeline: Timeline) -> Background:
    """The background of an agenda on the day of a timeline."""
    journal, settings = timeline.journal, timeline.journal.settings
    days = [history.moments[-1].date for history in timeline.histories.values() if history.moments]
    # an event may have nobody's name in it
    days += [state.meeting.date for state in timeline.meetings.values() if state.status == "held"]
    return Background(
        today=timeline.today,
        horizon=settings.horizon,
        second_thank_you_after=settings.second_thank_you_after,
        names={id_: contact.name for id_, contact in journal.contacts.items()},
        peers=frozenset(id_ for id_, contact in journal.contacts.items() if contact.level == "peer"),
        introduced=frozenset(introductions(timeline)),
        last=max(days, default=None),
    )


def agenda(
    items: Iterable[FollowUp],
    background: Background,
    *,
    within: Duration | None = None,
    everything: bool = False,
) -> Agenda:
    """Group follow-ups for a person to read: all that is late, and the rest `within` (else the horizon)."""
    today, interval = background.today, background.second_thank_you_after
    last = shift(today, within or background.horizon)
    shown = [item for item in items if item.due <= last]
    hidden_reach_outs = 0
    if not everything:
        shown, hidden_reach_outs = _fewer_reach_outs(shown, background)
    by_person: dict[str | None, list[FollowUp]] = {}
    for item in shown:
        by_person.setdefault(item.contacts[0] if item.contacts else None, []).append(item)
    blocks = [_block(who, found, today, interval) for who, found in by_person.items()]
    hidden_late = 0
    if not everything and _is_catching_up(shown, background):
        blocks, hidden_late = _first_few(blocks)
    # what concerns nobody comes last among equals
    blocks.sort(key=lambda block: (*_urgency(block.first), block.contact is None, block.contact or ""))
    return Agenda(today, tuple(blocks), hidden_late, hidden_reach_outs)


def when_words(due: date, weight: int, today: date) -> str:
    """`3 days late`, `today`, `tomorrow`, `in 5 days`; what can wait is never late but `since 9 November`."""
    days = (due - today).days
    if days < 0:
        return f"since {long_date(due, today)}" if weight == 3 else f"{count_days(-days)} late"
    return "today" if days == 0 else "tomorrow" if days == 1 else f"in {count_days(days)}"


def _urgency(entry: Entry) -> tuple[bool, int, date]:
    """What is late or due today before what is ahead; then by weight, then date."""
    return (entry.state == "upcoming", entry.weight, entry.due)


# --- entries -------------------------------------------------------------------------------------------------------


def _block(who: str | None, items: list[FollowUp], today: date, interval: Duration) -> Block:
    entries = sorted(_entries(items, today, interval), key=_urgency)
    return Block(
        who,
        tuple(entry for entry in entries if entry.state != "upcoming"),
        tuple(entry for entry in entries if entry.state == "upcoming"),
    )


class _Group(msgspec.Struct, frozen=True):
    """Follow-ups that go together, and the kinds of the log lines each of which settles them all."""

    items: tuple[FollowUp, ...]
    kinds: frozenset[str]


def _entries(items: list[FollowUp], today: date, interval: Duration) -> list[Entry]:
    """The follow-ups of one person, those together that one line settles or that one sentence asks for."""
    groups: list[_Group] = []
    named: dict[object, list[FollowUp]] = {}
    for item in sorted(items, key=lambda item: (item.weight, item.due, item.rule, item.event.place)):
        if item.rule == "write-down" and item.subject[1]:
            named.setdefault((item.subject[1], item.contacts, _whom(item)), []).append(item)
        elif item.rule in _SETTLED_BY:
            _join(groups, item, today, interval)
        else:
            groups.append(_Group((item,), frozenset()))
    written = [_Group(tuple(found), frozenset()) for found in named.values()]
    return [_entry(group, today) for group in (*groups, *written)]


def _join(groups: list[_Group], item: FollowUp, today: date, interval: Duration) -> None:
    """Add an item to the first group with which one line settles it, else to a new one."""
    for index, group in enumerate(groups):
        together = _Group((*group.items, item), group.kinds & _SETTLED_BY[item.rule])
        if _is_one(together, today, interval):
            groups[index] = together
            return
    groups.append(_Group((item,), _SETTLED_BY[item.rule]))


def _is_one(group: _Group, today: date, interval: Duration) -> bool:
    """Whether one line on the day of the first settles all, and they are due within ten days of each other."""
    days = [item.due for item in group.items]
    if not group.kinds or max(days) - min(days) > TOGETHER:
        return False
    written = max(min(days), today)
    # an update counts as the second from half the interval on; a thank-you may be the first, which has to wait for it
    return all(
        written >= (half(item.event.date, interval) if "update" in group.kinds else item.due)
        for item in group.items
        if item.rule == "second-thank-you"
    )


def _entry(group: _Group, today: date) -> Entry:
    items = group.items
    lead = items[0]
    # the command and the letter of the item whose own line settles the others; a second thank-you tells of all of them
    serving = [item for item in items if item.settle.rpartition(" ")[2] in group.kinds]
    main = next((item for item in serving if item.rule == "second-thank-you"), next(iter(serving), lead))
    due = min(item.due for item in items)
    action = " ".join(dict.fromkeys(item.action for item in items))
    if lead.rule == "write-down" and len(items) > 1:
        action = _write_down_all(items)
    if lead.rule == "reach-out" and today - due > STILL_OF_INTEREST:
        action += " Still of interest?"
    settles = tuple(dict.fromkeys(item.settle for item in items)) if lead.rule == "write-down" else (main.settle,)
    return Entry(
        followups=items,
        action=action,
        why=" ".join(dict.fromkeys(item.why for item in items)),
        due=due,
        state="overdue" if due < today else "today" if due == today else "upcoming",
        weight=lead.weight,
        rule=lead.rule,
        letter=main.letter,
        settles=settles,
    )


def _write_down_all(items: tuple[FollowUp, ...]) -> str:
    """One sentence for the people named in one meeting: `Write down Noor Haddad and Kim Lee, whom Priya named`."""
    return f"Write down {join_words([item.subject[0] for item in items])}{_whom(items[0])}"


def _whom(item: FollowUp) -> str:
    """The end of the sentence that asks to write somebody down: who named them."""
    return item.action.removeprefix(f"Write down {item.subject[0]}")


# --- not too many --------------------------------------------------------------------------------------------------


def _fewer_reach_outs(items: list[FollowUp], background: Background) -> tuple[list[FollowUp], int]:
    """At most three people to reach out to: introductions, then peers, then the oldest; and how many are left out."""
    reach_outs = [item for item in items if item.rule == "reach-out"]

    def rank(item: FollowUp) -> tuple[bool, bool, date, str]:
        who = item.contacts[0]
        return (who not in background.introduced, who not in background.peers, item.due, who)

    left_out = {item.contacts for item in sorted(reach_outs, key=rank)[REACH_OUTS:]}
    kept = [item for item in items if item.rule != "reach-out" or item.contacts not in left_out]
    return kept, len(left_out)


def _is_catching_up(items: list[FollowUp], background: Background) -> bool:
    """Whether much is late and nothing was written for three weeks."""
    today, last = background.today, background.last
    if sum(item.due < today and item.weight < 3 for item in items) <= MANY_LATE:
        return False
    return last is None or today - last >= ABSENCE


def _first_few(blocks: list[Block]) -> tuple[list[Block], int]:
    """The first five entries that are late or due today, and how many are left out."""
    due = sorted((entry for block in blocks for entry in block.entries), key=_urgency)
    kept = due[:FIRST_FEW]
    found = []
    for block in blocks:
        entries = tuple(entry for entry in block.entries if entry in kept)
        if entries:
            found.append(Block(block.contact, entries, ()))
    return found, len(due) - len(kept)
