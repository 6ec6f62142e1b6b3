"""You met somebody, and the person who led you to them has not heard.

**Due** `tell-referrer-within` after the meeting; one for each referrer, naming everyone they led you to and you have
met, due by the earliest. Being in that meeting is hearing of it. Whoever led you to the referrer is named as an
option. **Settled by** an `update` to the referrer or a held meeting with them, on that day or later, or by any later
line of yours to them that links to the person met. It is asked also when the matter with the person met is closed, or
the referrer is not receptive.

Source: 000 (if you connect with these people, let the original contact know).
"""

from collections.abc import Iterator
from typing import Final

from kith.dates import shift
from kith.followups.world import World, quoted
from kith.model import Event, FollowUp
from kith.study.news import News, unheard_news
from kith.study.words import join_words

NAME = "tell-referrer"
WEIGHT: Final = 1
SOURCE = "000"
LOG_KIND = "update"


def followups(world: World) -> Iterator[FollowUp]:
    for referrer, met in unheard_news(world.timeline, world.referrer).items():
        if world.history(referrer).active:
            yield _followup(world, referrer, met)


def _followup(world: World, referrer: str, met: tuple[News, ...]) -> FollowUp:
    first, ids = met[0].first, tuple(one.met for one in met)
    who, above = world.call(referrer), world.referrer.get(referrer)
    names = join_words([world.journal.contacts[id_].name for id_ in ids])
    options = (
        [] if above is None or above in ids else [f"{world.call(above)}, who led you to {who}, might like to hear too"]
    )
    return FollowUp(
        rule=NAME,
        contacts=(referrer,),
        due=shift(first.date, world.settings.tell_referrer_within),
        weight=WEIGHT,
        action=f"Tell {who}, who led you to {names}, that you have met{' them' if len(ids) > 1 else ''}.",
        why=_why(world, referrer, met),
        source=SOURCE,
        event=Event(first.date, first.place),
        settle=f"kith log {quoted(referrer)} update",
        subject=ids,
        details=tuple(options),
    )


def _why(world: World, referrer: str, met: tuple[News, ...]) -> str:
    first, last = met[0].first.date, met[-1].first.date
    when = f"You met on {world.day(first)}" if first == last else f"You met the first of them on {world.day(first)}"
    heard = world.history(referrer).last_contact
    if heard is None or heard >= first:
        return f"{when}."
    return f"{when}; {world.call(referrer)} has not heard since {world.day(heard)}."
