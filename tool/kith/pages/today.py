"""Today: the page one opens in the morning."""

import datetime as dt
from collections.abc import Iterable, Iterator

import msgspec

from kith.dates import Duration, long_date, shift, weekday_name
from kith.diagnostics import SEVERITIES, count_by_severity
from kith.followups.agenda import Agenda, agenda
from kith.model import Meeting
from kith.pages.drafts import what_is_due
from kith.pages.parts import Bar, Command, Due, Frame, Link, Page, Person, TaskBlock
from kith.pages.runsheet import sheet_link
from kith.pages.tasks import block_of
from kith.pages.view import View
from kith.pages.words import (
    counted,
    dotted,
    due_on,
    listed,
    minutes_line,
    number,
    said,
    talked,
    upper_first,
    weekday_date,
)
from kith.pages.world import World, people_title
from kith.study.forecast import open_leads
from kith.study.funnel import funnel
from kith.study.timeline import Moment

WITHIN = Duration(60, "d")  # what a page built today still holds when it is read two months later
_BAR = 118
_HEADINGS = {
    "1": "Somebody waits",
    "2": "A good moment",
    "3": "When you have an hour",
    "soon": "Coming up",
    "later": "Later",
}


class MeetingSoon(msgspec.Struct, frozen=True):
    """A meeting within 48 hours: `when` is day and time, `how` place and minutes, `lacks` what to prepare."""

    link: Link
    when: str
    due: Due
    how: str
    lacks: str
    sheet: Link | None


class MeetingAhead(msgspec.Struct, frozen=True):
    """A meeting among the next ones, with the way to its run sheet where it has one."""

    link: Link
    meta: str
    sheet: Link | None


class Group(msgspec.Struct, frozen=True):
    """Blocks under one heading. `name` is `1`, `2`, `3` (the weight of what is due), `soon` or `later` (folded)."""

    name: str
    heading: str
    count: str
    blocks: tuple[TaskBlock, ...]


class Leads(msgspec.Struct, frozen=True):
    """The people left to ask: as many filled dots as there are, hollow ones up to the reserve."""

    filled: int
    hollow: int
    words: str
    people: tuple[Link, ...]


class Build(msgspec.Struct, frozen=True):
    """What this page alone says of the build: notes, day, problems, calendar, pocket."""

    notes: str
    iso: str
    day: str
    problems: Link
    calendar: str
    pocket: str


class Today(msgspec.Struct, frozen=True):
    """What `today.html` shows.

    `horizon` is the number of days that count as coming up. `counts` and `ahead` (with the day until
    which it is so, `until`) are the standfirst. `hidden` are lines
    about what is left out, each with the command that shows it. `empty` stands where there is nothing at all to do.
    """

    frame: Frame
    weekday: str
    day: str
    horizon: int
    counts: str
    ahead: str
    until: str
    soon: tuple[MeetingSoon, ...]
    groups: tuple[Group, ...]
    hidden: tuple[Command, ...]
    inbox: tuple[str, ...]
    empty: Command | None
    meetings: tuple[MeetingAhead, ...]
    funnel: tuple[Bar, ...]
    leads: Leads
    lately: tuple[Person, ...]
    build: Build


def pages(world: World) -> Iterator[Page]:
    """The page of the day."""
    view = View(world, "index.html", "index.html")

    def shown() -> object:
        return (
            what_is_due(world),
            world.journal.inbox,
            [(id_, state.status, state.ahead) for id_, state in world.timeline.meetings.items()],
            (_funnel(world), _leads(view), _lately(view)),
            len(world.journal.notes()),
            [finding.severity for finding in world.findings],
        )

    yield view.page("today.html", lambda: _today(view), shown)


def _today(view: View) -> Today:
    world = view.world
    plan = agenda(world.followups, world.background, within=WITHIN)
    horizon = (shift(world.today, world.journal.settings.horizon) - world.today).days
    blocks = tuple(block_of(block, view) for block in plan.blocks)
    soon = tuple(_soon(meeting, view) for meeting in meetings_ahead(world) if (meeting.date - world.today).days <= 2)
    ahead = next(meetings_ahead(world), None)
    return Today(
        frame=view.frame("Today"),
        weekday=weekday_name(world.today),
        day=long_date(world.today),
        horizon=horizon,
        counts=_counts(due for block in blocks for due in _dues(block)),
        ahead=_next_meeting(ahead, world) if ahead else "",
        until=ahead.date.isoformat() if ahead else "",
        soon=soon,
        groups=_groups(blocks, world.today, horizon),
        hidden=_hidden(plan),
        inbox=tuple(line.text for line in world.journal.inbox),
        empty=_empty(world) if not blocks or not world.journal.contacts else None,
        meetings=tuple(_meeting(meeting, view) for meeting in list(meetings_ahead(world))[:5]),
        funnel=_funnel(world),
        leads=_leads(view),
        lately=_lately(view),
        build=_build(view),
    )


def _dues(block: TaskBlock) -> Iterator[Due]:
    return (task.due for task in (*block.tasks, *block.later))


def _counts(dues: Iterable[Due]) -> str:
    """`Five things are late and five are for today.` `relabel.js` says the same by the reader's clock."""
    states = [due.state for due in dues]
    late, now = states.count("overdue"), states.count("today")
    if late and now:
        return f"{upper_first(_things(late))} late and {number(now)} {'is' if now == 1 else 'are'} for today."
    if late:
        return f"{upper_first(_things(late))} late."
    return f"{upper_first(_things(now))} for today." if now else "Nothing is due today."


def _things(count: int) -> str:
    return f"{counted(count, 'thing')} {'is' if count == 1 else 'are'}"


def _groups(blocks: Iterable[TaskBlock], today: dt.date, horizon: int) -> tuple[Group, ...]:
    found: dict[str, list[TaskBlock]] = {name: [] for name in _HEADINGS}
    last = today + dt.timedelta(days=horizon)
    for block in blocks:
        due = [task.due for task in block.tasks if task.due.iso <= today.isoformat()]
        if due:
            found[str(min(one.weight for one in due))].append(block)
        else:
            first = min(task.due.iso for task in block.tasks)
            found["soon" if first <= last.isoformat() else "later"].append(block)
    return tuple(Group(name, _HEADINGS[name], _people(blocks), tuple(blocks)) for name, blocks in found.items())


def _people(blocks: list[TaskBlock]) -> str:
    """`3 people, and your list`."""
    people = sum(bool(block.person.href) for block in blocks)
    words = [f"{people} {'person' if people == 1 else 'people'}"] if people else []
    return ", and ".join([*words, *(["your list"] if people < len(blocks) else [])])


def _hidden(plan: Agenda) -> tuple[Command, ...]:
    lines = []
    if plan.hidden_late:
        line = (
            f"{upper_first(counted(plan.hidden_late, 'more thing'))} {'is' if plan.hidden_late == 1 else 'are'} late."
        )
        lines.append(Command(f"{line} Begin with these.", "kith due --all"))
    if plan.hidden_reach_outs:
        verb = "waits" if plan.hidden_reach_outs == 1 else "wait"
        line = f"{upper_first(counted(plan.hidden_reach_outs, 'more person', 'more people'))} {verb} to be asked."
        lines.append(Command(line, "kith due --rule reach-out"))
    return tuple(lines)


def _empty(world: World) -> Command:
    if not world.journal.contacts:
        line = "No one is on your list yet. Begin with somebody you know: family, a neighbour, a professor, a coworker."
        return Command(line, 'kith new contact "Sam Ortiz" --source supervisor')
    return Command("Nothing is waiting for you, and nothing will be for two months.", "kith due --within 1y")


# --- meetings ------------------------------------------------------------------------------------------------------


def meetings_ahead(world: World) -> Iterator[Meeting]:
    """The meetings planned for today and later, the next one first."""
    states = [state.meeting for state in world.timeline.meetings.values() if state.ahead]
    return iter(sorted(states, key=lambda one: (one.date, str(one.time or ""), one.id)))


def _next_meeting(meeting: Meeting, world: World) -> str:
    """`You meet Hana Kimura on Tuesday, 24 November.` No word of it grows old before that day."""
    verb = "You go to" if meeting.mode == "event" and meeting.where else "You meet"
    if meeting.mode == "email":
        verb = "Questions go to"
    day = f"{weekday_name(meeting.date)}, {long_date(meeting.date, world.today)}"
    return f"{verb} {people_title(meeting, world.journal)} on {day}."


def _soon(meeting: Meeting, view: View) -> MeetingSoon:
    world = view.world
    at = f", {meeting.time:%H:%M}" if meeting.time else ""
    title = people_title(meeting, world.journal)
    lacks = next((one.action for one in world.followups if one.rule == "prepare" and meeting.id in one.subject), "")
    return MeetingSoon(
        link=view.link(meeting.id, title),
        when=f"{weekday_name(meeting.date)}, {long_date(meeting.date, world.today)}{at}",
        due=due_on(meeting.date, world.today, 1),
        how=dotted(talked(meeting, "planned"), minutes_line(meeting), meeting.where if meeting.where != title else ""),
        lacks=lacks,
        sheet=sheet_link(meeting, view),
    )


def _meeting(meeting: Meeting, view: View) -> MeetingAhead:
    at = f", {meeting.time:%H:%M}" if meeting.time else ""
    day = f"{weekday_date(meeting.date, view.world.today)}{at}"
    title = people_title(meeting, view.world.journal)
    where = meeting.where if meeting.where != title else ""
    return MeetingAhead(view.link(meeting.id, title), dotted(day, where), sheet_link(meeting, view))


# --- figures -------------------------------------------------------------------------------------------------------


def _funnel(world: World) -> tuple[Bar, ...]:
    steps = funnel(world.timeline)
    counts = {
        "on the list": steps.listed,
        "asked": steps.contacted,
        "answered": steps.replied,
        "met": steps.met,
        "thanked": steps.thanked,
    }
    return tuple(Bar(Link(name), count, _BAR * count // max(steps.listed, 1)) for name, count in counts.items())


def _leads(view: View) -> Leads:
    world = view.world
    people = open_leads(world.timeline)
    reserve = world.journal.settings.lead_reserve
    words = (
        f"{upper_first(number(len(people)))} of {number(reserve)}"
        if len(people) < reserve
        else counted(len(people), "person", "people")
    )
    return Leads(
        filled=min(len(people), 12),
        hollow=max(reserve - len(people), 0),
        words=upper_first(words),
        people=tuple(view.link(contact.id) for contact in people[:6]),
    )


def _lately(view: View) -> tuple[Person, ...]:
    """The five newest things that happened; a conversation with several people is one."""
    found: dict[tuple[str, int], tuple[Moment, list[str]]] = {}
    for id_, history in view.world.timeline.histories.items():
        for moment in history.moments[-5:]:
            found.setdefault((moment.place.file, moment.place.line), (moment, []))[1].append(id_)
    newest = sorted(found.values(), key=lambda one: (one[0].date, one[0].place.file), reverse=True)[:5]
    return tuple(_happened(moment, ids, view) for moment, ids in newest)


def _happened(moment: Moment, ids: list[str], view: View) -> Person:
    world = view.world
    day = world.short(moment.date)
    if moment.meeting is not None:
        status = world.timeline.meetings[moment.meeting.id].status
        names = listed([world.title(id_) for id_ in ids])
        return Person(view.link(moment.meeting.id, names), dotted(day, talked(moment.meeting, status).lower()))
    what = said(moment.kind, moment.entry.channel if moment.entry else "")
    return Person(view.link(ids[0]), dotted(day, what))


def _build(view: View) -> Build:
    world = view.world
    counts = count_by_severity(world.findings)
    words = [counted(counts[severity], severity) for severity in SEVERITIES if counts[severity]]
    count = len(world.journal.notes())
    return Build(
        notes=f"{count} note" if count == 1 else f"{count} notes",
        iso=world.today.isoformat(),
        day=long_date(world.today),
        problems=Link(f"Problems: {listed(words) or 'none'}", view.to("problems.html")),
        calendar=view.to("calendar.ics"),
        pocket=view.to("pocket.html"),
    )
