"""The journal: everything by date, the newest first, and a calendar of it."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator

import msgspec

from kith.dates import MONTHS, long_date
from kith.model import FROM_THEM
from kith.pages.parts import Bar, Command, Event, Frame, Link, Page
from kith.pages.story import log_event, meeting_event
from kith.pages.view import View
from kith.pages.words import counted, upper_first
from kith.pages.world import World

_BAR = 110
_CELL = 20
_MONTHS_SHOWN = 12


class Cell(msgspec.Struct, frozen=True):
    """A day of the calendar: where its dot lies, and `talk`, `planned`, `two`, `one` or nothing."""

    x: int
    y: int
    kind: str


class MonthLabel(msgspec.Struct, frozen=True):
    """The name of a month over the column in which it begins."""

    x: int
    text: str


class Calendar(msgspec.Struct, frozen=True):
    """The calendar: one column a week, one row a day. `today_x` is negative where the day of the build is outside."""

    title: str
    width: int
    height: int
    labels: tuple[MonthLabel, ...]
    cells: tuple[Cell, ...]
    today_x: int
    today_y: int


class Month(msgspec.Struct, frozen=True):
    """One month: its name, its place on the page, how much there is, and the events, newest first."""

    id: str
    name: str
    count: str
    events: tuple[Event, ...]


class Diary(msgspec.Struct, frozen=True):
    """What `journal.html` and the pages of years show. `years` lead to the pages of whole years."""

    frame: Frame
    title: str
    since: str
    standfirst: str
    calendar: Calendar | None
    months: tuple[Month, ...]
    bars: tuple[Bar, ...]
    kinds: tuple[Bar, ...]
    years: tuple[Link, ...]
    empty: Command | None


class _Dated(msgspec.Struct, frozen=True):
    """An event that is still a note: the day, what orders it within the day, a contact's id or a meeting's."""

    day: dt.date
    order: tuple[str, str, int]
    id: str
    entry: int


def pages(world: World) -> Iterator[Page]:
    """The last twelve months, and where there is more than that a page for each year."""
    dated = _dated(world)
    start = _month_start(max((one.day for one in dated), default=world.today), _MONTHS_SHOWN - 1)
    recent = [one for one in dated if one.day >= start]
    years = sorted({one.day.year for one in dated}, reverse=True) if len(recent) < len(dated) else []
    yield _page(View(world, "journal.html", "journal.html"), "Journal", recent, years)
    for year in years:
        view = View(world, f"journal/{year}.html", "journal.html")
        yield _page(view, f"Journal of {year}", [one for one in dated if one.day.year == year], years)


def _dated(world: World) -> list[_Dated]:
    """Everything that happened or is arranged, the newest first."""
    found = [
        _Dated(moment.date, (contact_id, "", moment.entry.order), contact_id, index)
        for contact_id, history in world.timeline.histories.items()
        for index, moment in enumerate(history.moments)
        if moment.entry is not None
    ]
    for id_, state in world.timeline.meetings.items():
        found.append(_Dated(state.meeting.date, ("\uffff", str(state.meeting.time or ""), 0), id_, -1))
    return sorted(found, key=lambda one: (one.day, one.order), reverse=True)


def _page(view: View, title: str, shown: list[_Dated], years: list[int]) -> Page:
    world = view.world

    def all_shown() -> object:
        return title, world.today, [_told(one, world) for one in shown], years

    return view.page("journal.html", lambda: _diary(view, title, shown, years), all_shown)


def _told(one: _Dated, world: World) -> object:
    """What the page tells of an event, for its key."""
    if one.entry < 0:
        state = world.timeline.meetings[one.id]
        return world.stories[one.id], state.status, state.ahead
    entry = world.timeline.histories[one.id].moments[one.entry].entry
    assert entry is not None  # noqa: S101 - a line of a log is an entry
    return (
        one.id,
        world.title(one.id),
        one.day,
        entry.kind,
        entry.channel,
        entry.text,
        world.leads_in(entry.text, one.id),
    )


def _diary(view: View, title: str, shown: list[_Dated], years: list[int]) -> Diary:
    world = view.world
    held = sum(one.entry < 0 and world.timeline.meetings[one.id].status == "held" for one in shown)
    lines = sum(one.entry >= 0 for one in shown)
    first = shown[-1].day if shown else world.today
    around = counted(lines, "line of the log", "letters, calls and chance meetings")
    standfirst = f"{upper_first(counted(held, 'conversation'))}, and {around} around them."
    months = tuple(_months(view, shown))
    return Diary(
        frame=view.frame(title),
        title=title,
        since=long_date(first, world.today) if shown else "",
        standfirst=standfirst if shown else "",
        calendar=_calendar(world, shown) if shown else None,
        months=months,
        bars=_month_bars(months),
        kinds=_kind_bars(world, shown),
        years=tuple(Link(str(year), view.to(f"journal/{year}.html")) for year in years),
        empty=None
        if shown
        else Command("Nothing has happened yet.", 'kith new contact "Sam Ortiz" --source supervisor'),
    )


def _months(view: View, shown: list[_Dated]) -> Iterator[Month]:
    by_month: dict[tuple[int, int], list[_Dated]] = {}
    for one in shown:
        by_month.setdefault((one.day.year, one.day.month), []).append(one)
    for (year, month), found in by_month.items():
        talks = sum(one.entry < 0 for one in found)
        words = [counted(talks, "conversation")] if talks else []
        words += [counted(len(found) - talks, "entry", "entries")] if len(found) > talks else []
        yield Month(
            id=f"m{year}-{month:02}",
            name=f"{MONTHS[month - 1]} {year}",
            count=", ".join(words),
            events=tuple(_event(one, view) for one in found),
        )


def _event(one: _Dated, view: View) -> Event:
    world = view.world
    if one.entry < 0:
        return meeting_event(world.timeline.meetings[one.id], view, who=True)
    history = world.timeline.histories[one.id]
    entry = history.moments[one.entry].entry
    assert entry is not None  # noqa: S101 - a line of a log is an entry
    return log_event(entry, history.contact, view, who=True)


# --- figures -------------------------------------------------------------------------------------------------------


def _month_bars(months: tuple[Month, ...]) -> tuple[Bar, ...]:
    most = max((len(month.events) for month in months), default=1)
    return tuple(
        Bar(Link(month.name.partition(" ")[0], f"#{month.id}"), len(month.events), _BAR * len(month.events) // most)
        for month in months
    )


def _kind_bars(world: World, shown: list[_Dated]) -> tuple[Bar, ...]:
    """How often each kind of log line was written, the most frequent first."""
    counts = Counter(world.timeline.histories[one.id].moments[one.entry].kind for one in shown if one.entry >= 0)
    most = max(counts.values(), default=1)
    kinds = sorted(counts, key=lambda kind: (kind in FROM_THEM, -counts[kind], kind))
    return tuple(Bar(Link(kind), counts[kind], _BAR * counts[kind] // most) for kind in kinds)


def _calendar(world: World, shown: list[_Dated]) -> Calendar:
    """The weeks from the first day shown to the last or the day of the build, one column each."""
    days = {one.day for one in shown}
    last = max(days)
    first = min(days)
    if last - world.today < dt.timedelta(days=366) and first <= world.today:
        last = max(last, min(world.today, first + dt.timedelta(days=371)))
    monday = first - dt.timedelta(days=first.weekday())
    weeks = (last - monday).days // 7 + 1
    kinds = _day_kinds(world, shown)
    cells = []
    for offset in range(weeks * 7):
        x, y = _position(offset)
        cells.append(Cell(x, y, kinds.get(monday + dt.timedelta(days=offset), "")))
    now = (world.today - monday).days
    x, y = _position(now) if 0 <= now < weeks * 7 else (-1, -1)
    return Calendar(
        title=_calendar_title(world, shown, monday, weeks),
        width=weeks * _CELL + 34,
        height=7 * _CELL + 24,
        labels=tuple(_labels(monday, weeks)),
        cells=tuple(cells),
        today_x=x,
        today_y=y,
    )


def _position(offset: int) -> tuple[int, int]:
    """The middle of the cell of a day, counted from the first Monday."""
    return 32 + offset // 7 * _CELL, 28 + offset % 7 * _CELL


def _day_kinds(world: World, shown: list[_Dated]) -> dict[dt.date, str]:
    counts = Counter(one.day for one in shown)
    kinds = {day: "two" if count > 1 else "one" for day, count in counts.items()}
    for one in shown:
        if one.entry < 0:
            state = world.timeline.meetings[one.id]
            if state.status == "held":
                kinds[one.day] = "talk"
            elif state.ahead and kinds[one.day] != "talk":
                kinds[one.day] = "planned"
    return kinds


def _labels(monday: dt.date, weeks: int) -> Iterator[MonthLabel]:
    """The months, each over the first week that begins in it; the first only where it has room."""
    before = 0
    for week in range(weeks):
        day = monday + dt.timedelta(days=7 * week + 6)
        if day.month != before:
            yield MonthLabel(27 + week * _CELL, MONTHS[day.month - 1][:3])
            before = day.month


def _calendar_title(world: World, shown: list[_Dated], monday: dt.date, weeks: int) -> str:
    held = sum(one.entry < 0 and world.timeline.meetings[one.id].status == "held" for one in shown)
    end = monday + dt.timedelta(days=weeks * 7 - 1)
    days = f"Calendar from {long_date(monday, world.today)} to {long_date(end, world.today)}"
    return f"{days}: one column a week, one row a day. {upper_first(counted(held, 'conversation'))}."


def _month_start(day: dt.date, back: int) -> dt.date:
    """The first day of the month some months before."""
    month = day.year * 12 + day.month - 1 - back
    return dt.date(max(month // 12, 1), month % 12 + 1, 1)
