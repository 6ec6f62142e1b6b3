"""What to do next, for whom, and why.

`followups` is pure and deterministic: a function of the notes and the day. One file a rule; `RULES` lists them. Dates
count from what happened, never from when it was typed; of several events the newest decides; nothing is due for people
whose matter is closed or parked, or before their `snooze`.
"""

import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Literal, Protocol

import msgspec

from kith.followups import (
    answer,
    debrief,
    find_people,
    keep_in_touch,
    let_go,
    nudge,
    prepare,
    promise,
    reach_out,
    schedule,
    second_thank_you,
    task,
    tell_referrer,
    thank_you,
    waiting,
    write_down,
)
from kith.followups.world import World, read_world
from kith.model import FollowUp, Journal, Letter
from kith.study.timeline import Timeline


class Rule(Protocol):
    """A rule is a module: its documentation on top, four constants, and a function from the world to follow-ups."""

    NAME: str
    SOURCE: str
    LOG_KIND: str  # the log line that settles it, "" where none does

    @property
    def WEIGHT(self) -> Literal[1, 2, 3]:  # noqa: N802  # a constant of the module
        """1: somebody waits; 2: a good moment; 3: when you have an hour."""

    def followups(self, world: World) -> Iterator[FollowUp]:
        """The follow-ups of this rule."""


RULES: tuple[Rule, ...] = (
    answer,
    reach_out,
    nudge,
    let_go,
    schedule,
    prepare,
    debrief,
    thank_you,
    second_thank_you,
    tell_referrer,
    keep_in_touch,
    promise,
    waiting,
    task,
    write_down,
    find_people,
)


def followups(journal: Journal, today: date, timeline: Timeline | None = None) -> tuple[FollowUp, ...]:
    """All follow-ups of a journal on a day, however far ahead: sorted by due, contact, rule, file and line.

    `timeline` is that of the day, where it was read already.
    """
    return _followups(read_world(journal, today, timeline), reveal=False)


def next_due(
    journal: Journal, today: date, timeline: Timeline | None = None, shown: tuple[FollowUp, ...] | None = None
) -> Mapping[str, date]:
    """The day on which each person comes up next; what `snooze` and `pause` hide counts at the day it returns.

    `shown` are the follow-ups of the day, where they were worked out already: they are all where nothing is hidden.
    """
    if shown is None or _is_anything_hidden(journal, today):
        shown = _followups(read_world(journal, today, timeline), reveal=True)
    found: dict[str, date] = {}
    for followup in shown:
        for id_ in followup.contacts:
            # what several people share is due by the first of them; for each it returns with their own snooze
            due = max(followup.due, journal.contacts[id_].snooze or date.min)
            found[id_] = min(due, found.get(id_, due))
    return found


def _is_anything_hidden(journal: Journal, today: date) -> bool:
    returns = (journal.owner.pause, *(contact.snooze for contact in journal.contacts.values()))
    return any(day is not None and day > today for day in returns)


def _followups(world: World, *, reveal: bool) -> tuple[FollowUp, ...]:
    letters = _letters(world.journal)
    found = (
        _with_letter(shown, rule, letters, world)
        for rule in RULES
        for followup in rule.followups(world)
        if (shown := _shown(followup, world, reveal=reveal)) is not None
    )
    return tuple(sorted(found, key=_sort_key))


def _sort_key(followup: FollowUp) -> tuple[date, tuple[str, ...], str, str, int, str]:
    place = followup.event.place
    file = unicodedata.normalize("NFC", place.file)
    return (followup.due, followup.contacts, followup.rule, file, place.line, followup.action)


def _shown(followup: FollowUp, world: World, *, reveal: bool) -> FollowUp | None:
    """The follow-up without those for whom nothing may be due, None where nobody is left (2.3, As of).

    `reveal` keeps what `snooze` and `pause` hide, at the day it returns.
    """
    due, today = followup.due, world.today
    pause = world.journal.owner.pause
    if pause is not None and followup.weight > 1 and today < pause:
        if not reveal:
            return None
        due = max(due, pause)
    if not followup.contacts:
        return msgspec.structs.replace(followup, due=due)
    kept: dict[str, date] = {}
    for id_ in followup.contacts:
        history = world.history(id_)
        snooze = history.contact.snooze
        if history.active and (reveal or snooze is None or snooze <= today):
            kept[id_] = due if snooze is None else max(due, snooze)
    if not kept and followup.rule != write_down.NAME:
        return None
    # somebody who is not snoozed is not kept waiting by somebody who is
    return msgspec.structs.replace(followup, contacts=tuple(kept), due=min(kept.values(), default=due))


def _letters(journal: Journal) -> dict[str, list[Letter]]:
    found: dict[str, list[Letter]] = {}
    for letter in journal.letters.values():
        found.setdefault(letter.serves, []).append(letter)
    return found


def _with_letter(followup: FollowUp, rule: Rule, letters: dict[str, list[Letter]], world: World) -> FollowUp:
    """The follow-up with the letter that serves it: of several the one whose `when` fits, then by id."""
    if not followup.contacts:
        return followup
    contact = world.journal.contacts[followup.contacts[0]]
    when = "referred" if contact.via is not None or contact.id in world.referrer else "not-referred"
    serving = [*letters.get(rule.NAME, ()), *letters.get(rule.LOG_KIND, ())]
    fitting = [letter for letter in serving if letter.when in ("", when)]
    if not fitting:
        return followup
    own = [letter for letter in fitting if letter.serves == rule.NAME] or fitting
    best = min(own, key=lambda letter: (letter.when != when, letter.id))
    return msgspec.structs.replace(followup, letter=best.id)
