"""The list of people to ask runs dry.

Fewer open leads than `lead-reserve` (recruiters are not counted, nor people parked or passed over for their paths). It
names the circles not tried yet, people never asked for names, and referrals that were not followed. **Due** today.
**Settled by** leads. `lead-reserve: 0` silences it.

Source: 001 (who you already know), 002 (at the end of the list, develop more contacts), 004 (your own network first).
"""

from collections.abc import Iterator
from typing import Final

from kith.diagnostics import Place
from kith.followups.world import World
from kith.model import Event, FollowUp
from kith.study.forecast import open_leads, read_forecast
from kith.study.words import number_word

NAME = "find-people"
WEIGHT: Final = 3
SOURCE = "002"
LOG_KIND = ""


def followups(world: World) -> Iterator[FollowUp]:
    reserve = world.settings.lead_reserve
    if len(open_leads(world.timeline)) >= reserve:
        return
    forecast = read_forecast(world.timeline)
    leads, details = len(forecast.leads), forecast.details
    left = "one lead is left" if leads == 1 else f"{number_word(leads)} leads are left"
    lack = reserve - leads
    more = "one more person" if lack == 1 else f"{number_word(lack)} more people"
    yield FollowUp(
        rule=NAME,
        contacts=(),
        due=world.today,
        weight=WEIGHT,
        action=f"Find {more} to talk to: {left}, {number_word(reserve)} {'is' if reserve == 1 else 'are'} the least.",
        why=" ".join(details) or "Everybody on the list has been asked.",
        source=SOURCE,
        event=Event(world.today, Place("journal.md")),
        settle="kith new contact",
        details=details,
    )
