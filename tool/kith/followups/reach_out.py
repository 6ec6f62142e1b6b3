"""A person on your list whom you have asked for nothing yet.

**Due** the day after somebody introduced you; else three days after the newest chance encounter or letter of theirs;
else seven days after the first meeting that named them; else `reach-out-within` after you wrote them down; else
today. It waits while somebody's promised introduction is not yet due, and does not come up while their letter is
unanswered or while all their paths are ruled out or paused. **Settled by** `outreach`, `asked` or a meeting. People
near to you can be asked for names as well as for twenty minutes.

Source: 000 (reach out to potential contacts), 004 (begin with those you know; a referral is the best way in).
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Final

from kith.dates import shift
from kith.followups.world import WAITING_WITHIN, World, by_email, quoted
from kith.model import Contact, Event, FollowUp
from kith.study.forecast import NEAR
from kith.study.referrals import Named
from kith.study.timeline import History, is_lead, is_passed_over

NAME = "reach-out"
WEIGHT: Final = 3
SOURCE = "000, 004"
LOG_KIND = "outreach"

AFTER_INTRODUCTION = timedelta(days=1)
AFTER_MEETING_THEM = timedelta(days=3)
AFTER_BEING_NAMED = timedelta(days=7)


def followups(world: World) -> Iterator[FollowUp]:
    naming = _first_naming(world)
    waits = _waits(world)
    for history in world.active:
        contact = history.contact
        awaits_answer = history.open_letter(world.today) is not None
        if not is_lead(history) or is_passed_over(world.journal, contact) or awaits_answer:
            continue
        due, event, why = _due(world, history, naming)
        if (wait := waits.get(contact.id)) is not None and wait > due:
            due, why = wait, f"{why} An introduction is promised until then."
        yield FollowUp(
            rule=NAME,
            contacts=(contact.id,),
            due=due,
            weight=WEIGHT,
            action=_action(world, contact),
            why=why,
            source=SOURCE,
            event=event,
            settle=f"kith log {quoted(contact.id)} outreach{by_email(contact)}",
        )


def _action(world: World, contact: Contact) -> str:
    who = world.call(contact.id)
    if contact.source in NEAR:
        return f"Ask {who} for {world.settings.minutes} minutes, or for names."
    return f"Reach out to {who} for the first time."


def _due(world: World, history: History, naming: Mapping[str, Named]) -> tuple[date, Event, str]:
    """When to write, what it counts from, and why."""
    contact = history.contact
    if lines := world.introduced.get(contact.id):
        line = lines[-1]
        why = f"{world.call(line.by)} connected you on {world.day(line.date)}."
        return line.date + AFTER_INTRODUCTION, Event(line.date, line.place), why
    if (met := history.newest({"met", "heard"})) is not None:
        why = f"You met on {world.day(met.date)}." if met.kind == "met" else f"They wrote on {world.day(met.date)}."
        return met.date + AFTER_MEETING_THEM, Event(met.date, met.place), why
    if (named := naming.get(contact.id)) is not None and named.item.day is not None:
        day = named.item.day
        by = f"{world.call(named.item.contacts[0])} named" if named.item.contacts else "You heard of"
        why = f"{by} {world.call(contact.id)} on {world.day(day)}."
        if day > world.today:
            why = f"The meeting of {world.day(day)} names {world.call(contact.id)}."
        return day + AFTER_BEING_NAMED, Event(day, named.item.place), why
    if contact.added is not None:
        due = shift(contact.added, world.settings.reach_out_within)
        event = Event(contact.added, contact.place_of("added"))
        return due, event, f"On your list since {world.day(contact.added)}."
    return world.today, Event(world.today, contact.place_of("name")), "On your list, and not asked yet."


def _first_naming(world: World) -> Mapping[str, Named]:
    """For each person the item of the first meeting that named them."""
    found: dict[str, Named] = {}
    for named in world.named:
        day = named.item.day
        if named.id is None or day is None or named.item.note not in world.journal.meetings:
            continue
        first = found.get(named.id)
        if first is None or (day, named.item.place) < (first.item.day, first.item.place):
            found[named.id] = named
    return found


def _waits(world: World) -> Mapping[str, date]:
    """For each person the day until which somebody's promised introduction is awaited."""
    found: dict[str, date] = {}
    for item in world.open_items:
        if item.label == "waiting":
            due = world.item_due(item, WAITING_WITHIN)
            if due > world.today:
                for id_ in world.awaited(item):
                    found[id_] = max(due, found.get(id_, due))
    return found
