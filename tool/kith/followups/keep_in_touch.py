"""A long silence with somebody you met who is glad to hear from you.

**Due** `cadence` (else `keep-in-touch-every`) after the last contact, while no meeting is ahead. It gives reasons to
write: their advice that you followed, promises, things you could offer. Family and friends are left out unless their
card sets a `cadence`; `receptive: no`, `cadence: never` and a `declined` without a word since silence it. **Settled
by** any contact.

Source: 000 (every few months), 002 (stay in touch if they seem receptive).
"""

from collections.abc import Iterator
from typing import Final

from kith.dates import Duration, shift
from kith.followups.world import World, quoted
from kith.model import ADVICE_LABELS, Contact, Event, FollowUp
from kith.study.items import is_open
from kith.study.timeline import ASK_KINDS, MEETING, History, Moment

NAME = "keep-in-touch"
WEIGHT: Final = 2
SOURCE = "000, 002"
LOG_KIND = "hello"

_OWN_CIRCLE = ("family", "friend")
_HEARD_AGAIN = frozenset({"reply", "heard", "got", "introduced", "met", MEETING})
_REASONS = 3


def followups(world: World) -> Iterator[FollowUp]:
    for history in world.active:
        cadence = _cadence(history.contact, world)
        if cadence is None or not history.is_met or history.meetings_ahead or _has_declined(history):
            continue
        last = next(moment for moment in reversed(history.moments) if moment.kind not in ASK_KINDS)
        id_ = history.contact.id
        reasons = _reasons(world, history, last)
        because = f" A reason to write: {reasons[0]}." if reasons else ""
        every = f"Every {_words(cadence)}, as you set; last" if history.contact.cadence else "Last contact"
        yield FollowUp(
            rule=NAME,
            contacts=(id_,),
            due=shift(last.date, cadence),
            weight=WEIGHT,
            action=f"Say hello to {world.call(id_)}.",
            why=f"{every} on {world.day(last.date)}.{because}",
            source=SOURCE,
            event=Event(last.date, last.place),
            settle=f"kith log {quoted(id_)} hello",
            details=reasons,
        )


def _cadence(contact: Contact, world: World) -> Duration | None:
    """How long a silence may last, None where silence is all right."""
    if contact.receptive is False or contact.cadence == "never":
        return None
    if contact.cadence is not None:
        return contact.cadence
    return None if contact.source in _OWN_CIRCLE else world.settings.keep_in_touch_every


def _has_declined(history: History) -> bool:
    declined = history.newest({"declined"})
    return declined is not None and not history.any_after(declined, _HEARD_AGAIN)


def _words(cadence: Duration) -> str:
    unit = {"d": "day", "w": "week", "mo": "month", "y": "year"}[cadence.unit]
    return unit if cadence.count == 1 else f"{cadence.count} {unit}s"


def _reasons(world: World, history: History, last: Moment) -> tuple[str, ...]:
    """What there is to write about: advice followed since, promises, offers."""
    found = []
    for item in world.items_of.get(history.contact.id, ()):
        still_open = is_open(item, world.today)
        followed = item.label in ADVICE_LABELS and item.state == "done" and not still_open
        if (followed and (item.done is None or item.done >= last.date)) or (
            still_open and item.label in ("promise", "offer")
        ):
            text = f"“{world.text(item)}”"
            found.append(f"{text} is done" if followed else f"your {item.label}, {text}")
    return tuple(found[:_REASONS])
