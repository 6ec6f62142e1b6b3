"""Insights: small figures about the practice. One dot is one person; under five it says "too few to tell"."""

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from kith.model import LEVELS
from kith.pages.parts import Bar, Command, Count, Frame, Link, Page, count_of
from kith.pages.view import View
from kith.pages.words import CHANNEL_WORDS, SOURCE_WORDS, counted, listed, number, upper_first
from kith.pages.world import World, people_title
from kith.study.exchange import Exchange, add_exchanges
from kith.study.funnel import funnel
from kith.study.rates import (
    Minutes,
    Rate,
    Request,
    Week,
    list_mix,
    minutes,
    pace,
    rate_of,
    rates_by,
    requests,
)

WEEKS = 26
_UNIT, _BASE = 15, 112
_PITCH, _MOST_DISCS = 14, 10  # from disc to disc; where a week has more, all are smaller
_OFTEN = 1.5  # conversations a week from which they are counted by the week
_NARROW, _WIDE, _SHEET = 40, 92, 1064  # a week is as wide as the sheet lets it be, within reason
_LEFT, _WIDTH = 116, 150  # of the scale from 0 to 100 %
_MINUTE = 4.7  # pixels
_MINUTES_LEFT = 92
_MOST_ROWS = 14
_FAR_OVER = 10  # minutes beyond what was agreed that are marked


class WeekShown(msgspec.Struct, frozen=True):
    """A week of the pace figure: where its bar stands, how high it is, and where each conversation's disc is."""

    x: int
    y: int
    height: int
    written: int
    discs: tuple[float, ...]
    label: str
    current: bool


class Pace(msgspec.Struct, frozen=True):
    """The pace by week; `numbers` says the same in words. `above` is what it needs over its usual height."""

    heading: str
    width: int
    above: int
    radius: float
    weeks: tuple[WeekShown, ...]
    numbers: str


class RateRow(msgspec.Struct, frozen=True):
    """A reply rate: `low`, `high` and `at` are pixels of the interval and the share, None where too few."""

    name: str
    y: int
    count: str
    low: float | None
    high: float | None
    at: float | None


class Rates(msgspec.Struct, frozen=True):
    """Reply rates side by side."""

    id: str
    heading: str
    note: str
    height: int
    rows: tuple[RateRow, ...]


class MinutesRow(msgspec.Struct, frozen=True):
    """A conversation's minutes: pixels of what was agreed and taken, and the difference in words."""

    name: str
    y: int
    agreed: float
    took: float
    over: str
    far: bool


class MinutesFigure(msgspec.Struct, frozen=True):
    """Agreed and actual minutes; `limit` is the pixel of the most you ask for."""

    heading: str
    height: int
    width: int
    limit: float
    ticks: tuple[tuple[float, str], ...]
    rows: tuple[MinutesRow, ...]


class Counts(msgspec.Struct, frozen=True):
    """A heading and counts; `more` is a sentence below."""

    heading: str
    note: str
    counts: tuple[Count, ...]
    more: str


class Exchanged(msgspec.Struct, frozen=True):
    """What passed both ways."""

    heading: str
    note: str
    bars: tuple[Bar, ...]
    more: str


class Insights(msgspec.Struct, frozen=True):
    """What `insights.html` shows."""

    frame: Frame
    aside: str
    standfirst: str
    pace: Pace | None
    funnel_heading: str
    funnel: tuple[Bar, ...]
    minutes: MinutesFigure | None
    rates: tuple[Rates, ...]
    mix: Counts
    exchange: Exchanged
    empty: Command | None


def pages(world: World) -> Iterator[Page]:
    """The figures."""
    view = View(world, "insights.html", "insights.html")

    def shown() -> object:
        histories = world.timeline.histories
        stories = [world.stories[id_] for id_ in (*histories, *world.journal.meetings)]
        stages = [(id_, history.stage, _passed(world.exchanges[id_])) for id_, history in histories.items()]
        return stories, stages, world.journal.settings, world.today

    yield view.page("insights.html", lambda: insights_of(view), shown)


def _passed(exchange: Exchange) -> tuple[int, ...]:
    return exchange.asked, exchange.they_gave, exchange.you_gave, len(exchange.offers)


def insights_of(view: View) -> Insights:
    """The figures, as a page shows them."""
    world = view.world
    timeline = world.timeline
    weeks = pace(timeline)
    found = requests(timeline)
    held = minutes(timeline)
    steps = funnel(timeline)
    talks = sum(state.status == "held" and state.meeting.mode != "event" for state in timeline.meetings.values())
    return Insights(
        frame=view.frame("Insights"),
        aside=upper_first(counted(len(weeks), "week")) if weeks else "",
        standfirst=_standfirst(len(weeks), steps.listed, talks),
        pace=_pace(weeks[-WEEKS:], view) if weeks else None,
        funnel_heading=_funnel_heading(steps.contacted, steps.replied),
        funnel=bars(
            ("on the list", steps.listed),
            ("asked", steps.contacted),
            ("answered", steps.replied),
            ("met", steps.met),
            ("thanked", steps.thanked),
        ),
        minutes=_minutes(held[-_MOST_ROWS:], view) if held else None,
        rates=tuple(_both_rates(found)),
        mix=_mix(list_mix(timeline.histories.values())[0]),
        exchange=_exchange(view),
        empty=None if weeks else Command("Nothing has happened yet that could be counted.", "kith due"),
    )


def _standfirst(weeks: int, people: int, talks: int) -> str:
    if not weeks:
        return ""
    return (
        f"{upper_first(counted(weeks, 'week'))}, {counted(people, 'person', 'people')}, "
        f"{counted(talks, 'conversation')}. Small numbers are shown as counts, and where they cannot tell you "
        "anything, they say so."
    )


def _funnel_heading(asked: int, answered: int) -> str:
    if asked == 0:
        return "Nobody has been asked yet"
    if asked == answered:
        return "Everybody you asked has answered"
    verb = "has" if answered == 1 else "have"
    return f"{upper_first(number(answered) if answered else 'none')} of the {number(asked)} you asked {verb} answered"


def bars(*steps: tuple[str, int]) -> tuple[Bar, ...]:
    """Counts with bars as long as they are large."""
    most = max(count for _, count in steps) or 1
    return tuple(Bar(Link(name), count, round(110 * count / most)) for name, count in steps)


# --- pace ----------------------------------------------------------------------------------------------------------


def _pace(weeks: Sequence[Week], view: View) -> Pace:
    world = view.world
    held = sum(week.held for week in weeks)
    # a week of forty letters or conversations must not leave the page
    pitch = min(_PITCH, _MOST_DISCS * _PITCH / max(1, *(week.held for week in weeks)))
    unit = min(_UNIT, 90 / max(1, *(week.written + week.held for week in weeks)))
    step = min(_WIDE, max(_NARROW, _SHEET // len(weeks)))
    shown = []
    for index, week in enumerate(weeks):
        x = 20 + step * index
        height = round(unit * week.written)
        discs = tuple(round(_BASE - height - 12 - pitch * place, 1) for place in range(week.held))
        first = index == 0 or week.monday.day <= 7
        label = world.short(week.monday) if first else str(week.monday.day)
        shown.append(WeekShown(x, _BASE - height, height, week.written, discs, label, index == len(weeks) - 1))
    written = ", ".join(str(week.written) for week in weeks)
    talked = ", ".join(str(week.held) for week in weeks)
    numbers = f"By week from {world.short(weeks[0].monday)}: letters {written}; conversations {talked}."
    top = min((y for week in shown for y in week.discs), default=_BASE)
    return Pace(
        heading=_pace_heading(held, len(weeks)),
        width=40 + step * len(weeks),
        above=max(0, round(_PITCH - top)),
        radius=min(6, round(pitch * 3 / 7, 1)),
        weeks=tuple(shown),
        numbers=numbers,
    )


def _pace_heading(held: int, weeks: int) -> str:
    if held == 0:
        return "No conversation yet"
    if held / weeks >= _OFTEN:
        return f"You have about {number(round(held / weeks))} conversations a week"
    every = round(weeks / held)
    if every <= 1:
        return "You talk with someone about every week"
    return f"You talk with someone about every {'second week' if every == 2 else f'{number(every)} weeks'}"


# --- rates ---------------------------------------------------------------------------------------------------------


def _both_rates(found: tuple[Request, ...]) -> Iterator[Rates]:
    by_source = rates_by(found, lambda one: one.contact.source)
    names = {**SOURCE_WORDS, "": "not said"}
    heading = _rate_heading(rate_of(found), "request", "requests")
    note = "By how you found them. The line is the range in which the true rate may lie (95 %)."
    yield _rates("source", heading, note, by_source, {key: names.get(key, key.replace("-", " ")) for key in by_source})
    by_channel = rates_by(found, lambda one: one.channel)
    words = {key: CHANNEL_WORDS.get(key, f"by {key}" if key else "not said").removeprefix("by ") for key in by_channel}
    first = next(iter(by_channel.items()), None)
    heading = "No request yet"
    if first is not None:
        name = {"email": ("email", "emails"), "letter": ("letter", "letters")}.get(first[0], ("request", "requests"))
        heading = _rate_heading(first[1], *name)
    yield _rates("channel", heading, "By channel of the first message.", by_channel, words)


def _rate_heading(rate: Rate, one: str, many: str) -> str:
    if rate.n == 0:
        return "No request yet"
    verb = "was" if rate.hits == 1 else "were"
    return f"{upper_first(number(rate.hits) if rate.hits else 'none')} of {counted(rate.n, one, many)} {verb} answered"


def _rates(id_: str, heading: str, note: str, rates: Mapping[str, Rate], names: Mapping[str, str]) -> Rates:
    shown = list(rates.items())[:_MOST_ROWS]
    rows = []
    for index, (key, rate) in enumerate(shown):
        low, high = rate.interval
        telling = rate.is_telling
        rows.append(
            RateRow(
                name=names[key],
                y=16 + 26 * index,
                count=f"{rate.hits} of {rate.n}",
                low=round(_LEFT + _WIDTH * low, 1) if telling else None,
                high=round(_LEFT + _WIDTH * high, 1) if telling else None,
                at=round(_LEFT + _WIDTH * rate.hits / rate.n, 1) if telling else None,
            )
        )
    return Rates(id_, heading, note, 26 * len(rows) + 34, tuple(rows))


# --- minutes -------------------------------------------------------------------------------------------------------


def _minutes(held: Sequence[Minutes], view: View) -> MinutesFigure:
    world = view.world
    most = max(60, *(max(one.agreed, one.took) for one in held)) if any(one.took > 40 for one in held) else 40
    scale = _MINUTE * 40 / most
    rows = tuple(_minutes_row(one, index, scale, view) for index, one in enumerate(held))
    over = sum(one.took - one.agreed for one in held)
    heading = "You keep to the time you asked for" if over <= 0 else "You stay longer than you asked for"
    ticks = tuple(
        (round(_MINUTES_LEFT + scale * tick, 1), str(tick) if tick < most else f"{tick} min")
        for tick in range(0, most + 1, 10 if most <= 60 else 30)
    )
    limit = round(_MINUTES_LEFT + scale * min(world.journal.settings.minutes_max, most), 1)
    return MinutesFigure(heading, 26 * len(rows) + 34, 336, limit, ticks, rows)


def _minutes_row(one: Minutes, index: int, scale: float, view: View) -> MinutesRow:
    world = view.world
    name = people_title(world.journal.meetings[one.meeting], world.journal)
    difference = one.took - one.agreed
    return MinutesRow(
        name=name if len(name) <= 14 else f"{name[:13].rstrip()}…",
        y=16 + 26 * index,
        agreed=round(_MINUTES_LEFT + scale * one.agreed, 1),
        took=round(_MINUTES_LEFT + scale * one.took, 1),
        over="+0" if difference == 0 else f"+{difference}" if difference > 0 else f"−{-difference}",
        far=difference >= _FAR_OVER,
    )


# --- counts --------------------------------------------------------------------------------------------------------


def _mix(levels: Mapping[str, int]) -> Counts:
    counts = tuple(count_of(level, levels.get(level, 0)) for level in LEVELS)
    total = sum(levels.values())
    peers, above = levels.get("peer", 0), levels.get("manager", 0) + levels.get("executive", 0)
    heading = "Who is on the list"
    if total and 2 * peers >= total:
        heading = "Mostly peers, as it should be early on"
    elif above > peers:
        heading = "More managers than peers: those who do the work know it best"
    return Counts(heading, "By where they stand (004).", counts, f"{levels['']} not said." if levels.get("") else "")


def _exchange(view: View) -> Exchanged:
    world = view.world
    each = world.exchanges
    total = add_exchanges(each.values())
    given_to = sum(one.you_gave > 0 for one in each.values())
    offers = [(world.title(id_), len(one.offers)) for id_, one in each.items() if one.offers]
    names = listed([name for name, _ in offers[:4]])
    more = f"Something to offer still: {names}." if names else ""
    heading = "You have asked for nothing yet"
    if total.asked:
        times = round(total.asked / total.you_gave) if total.you_gave else 0
        heading = (
            "You have given as much as you asked"
            if times == 1
            else f"You have asked {number(times)} times as much as you gave"
        )
        if not total.you_gave:
            heading = f"You have asked {counted(total.asked, 'time')}, and given nothing back yet"
    passed = bars(
        ("you asked", total.asked),
        ("they gave", total.they_gave),
        ("you gave", total.you_gave),
        ("gave to", given_to),
    )
    return Exchanged(heading, "Requests, what people gave, what you gave, and to how many.", passed, more)
