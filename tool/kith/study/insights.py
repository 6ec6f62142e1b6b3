"""The practice in figures: who was asked, who answered, how fast, how often, whom the list holds, how long it lasts.

`since` narrows everything to the people listed, the messages sent and the conversations held from that day on; the
forecast is always that of the day.
"""

from collections.abc import Mapping
from datetime import date
from statistics import median

import msgspec

from kith.study.forecast import Forecast, read_forecast
from kith.study.funnel import Funnel, funnel
from kith.study.rates import (
    Minutes,
    Rate,
    Request,
    Week,
    held_since,
    list_mix,
    minutes,
    pace,
    rate_of,
    rates_by,
    requests,
)
from kith.study.reasons import reason_of
from kith.study.referrals import referrers
from kith.study.timeline import History, Timeline


class Insights(msgspec.Struct, frozen=True):
    """All figures. `referred` is the funnel of those whom somebody led you to.

    `by_source`, `by_channel` and `by_reason` are reply rates; under `""` stand messages of which nothing is noted.
    `per_week` are conversations held a week, None where there were no weeks.
    """

    today: date
    since: date | None
    funnel: Funnel
    referred: Funnel
    replies: Rate
    by_source: Mapping[str, Rate]
    by_channel: Mapping[str, Rate]
    by_reason: Mapping[str, Rate]
    weeks: tuple[Week, ...]
    per_week: float | None
    held: int
    minutes: tuple[Minutes, ...]
    levels: Mapping[str, int]
    sources: Mapping[str, int]
    forecast: Forecast

    @property
    def over_time(self) -> int:
        """How many conversations took longer than was agreed."""
        return sum(one.took > one.agreed for one in self.minutes)

    @property
    def median_minutes(self) -> float | None:
        """The median of the minutes taken, None where none are known."""
        return median(one.took for one in self.minutes) if self.minutes else None


def read_insights(timeline: Timeline, since: date | None = None) -> Insights:
    """Work out all figures."""
    first = since or date.min
    parents = referrers(timeline)
    people = {
        id_: history for id_, history in timeline.histories.items() if since is None or was_listed(history, since)
    }
    narrowed = msgspec.structs.replace(timeline, histories=people)
    led = {id_: history for id_, history in people.items() if id_ in parents or history.contact.via is not None}
    sent = requests(timeline, first)
    weeks = pace(timeline, first)
    levels, sources = list_mix(people.values())

    def reason(request: Request) -> str:
        return reason_of(request, timeline.journal)

    return Insights(
        today=timeline.today,
        since=since,
        funnel=funnel(narrowed),
        referred=funnel(msgspec.structs.replace(timeline, histories=led)),
        replies=rate_of(sent),
        by_source=rates_by(sent, lambda request: request.contact.source),
        by_channel=rates_by(sent, lambda request: request.channel),
        by_reason=rates_by(sent, reason),
        weeks=weeks,
        per_week=sum(week.held for week in weeks) / len(weeks) if weeks else None,
        held=len(held_since(timeline, first)),
        minutes=minutes(timeline, first),
        levels=levels,
        sources=sources,
        forecast=read_forecast(timeline),
    )


def was_listed(history: History, since: date) -> bool:
    """Whether somebody came onto the list on a day or later: by `added`, else by what happened first."""
    first = history.contact.added or next((moment.date for moment in history.moments), None)
    return first is not None and first >= since
