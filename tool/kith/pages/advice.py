"""Advice: what people told you to do, by who gave it and by what became of it."""

from collections.abc import Iterator

import msgspec

from kith.pages.items import check_of
from kith.pages.parts import Check, Command, Frame, Link, Page
from kith.pages.view import View
from kith.pages.words import counted, number, share, upper_first
from kith.pages.world import World
from kith.study.ledger import Advice, advice_by_giver

_STATES = (("open", "Open"), ("done", "Done"), ("not for me", "Not for me"))


class Giver(msgspec.Struct, frozen=True):
    """One person's advice and how much of it was followed."""

    link: Link
    count: str
    checks: tuple[Check, ...]


class State(msgspec.Struct, frozen=True):
    """The advice of one state."""

    id: str
    heading: str
    count: int
    checks: tuple[Check, ...]


class AdvicePage(msgspec.Struct, frozen=True):
    """What `advice.html` shows: all advice by state, and again by who gave it."""

    frame: Frame
    count: str
    standfirst: str
    states: tuple[State, ...]
    givers: tuple[Giver, ...]
    empty: Command | None


def pages(world: World) -> Iterator[Page]:
    """The ledger."""
    view = View(world, "advice.html", "advice.html")

    def shown() -> object:
        return world.today, world.ledger, world.items_shown(advice.item for advice in world.ledger)

    yield view.page("advice.html", lambda: _context(world.ledger, view), shown)


def _context(ledger: tuple[Advice, ...], view: View) -> AdvicePage:
    count = len(ledger)
    givers = {giver: given for giver, given in advice_by_giver(ledger).items() if giver}
    return AdvicePage(
        frame=view.frame("Advice"),
        count=f"{count} {'piece' if count == 1 else 'pieces'}",
        standfirst=_standfirst(ledger, len(givers)),
        states=tuple(_state(word, heading, ledger, view) for word, heading in _STATES),
        givers=tuple(_giver(giver, given, view) for giver, given in givers.items()),
        empty=None if ledger else Command("Nobody has advised you yet: a line `- [ ] read: …` is advice.", "kith due"),
    )


def _standfirst(ledger: tuple[Advice, ...], givers: int) -> str:
    if not ledger:
        return ""
    done = sum(advice.state == "done" for advice in ledger)
    still = sum(advice.state == "open" for advice in ledger)
    people = f" from {counted(givers, 'person', 'people')}" if givers else ""
    became = f"{number(done) if done else 'none'} done, {number(still) if still else 'none'} open"
    return f"{upper_first(counted(len(ledger), 'piece'))} of advice{people}: {became}."


def _state(word: str, heading: str, ledger: tuple[Advice, ...], view: View) -> State:
    found = [advice for advice in ledger if advice.state == word]
    if word == "done":
        found.sort(key=lambda advice: (advice.done is not None, advice.done, advice.item.place), reverse=True)
    checks = tuple(check_of(advice.item, view, who=True) for advice in found)
    return State(word.replace(" ", "-"), heading, len(found), checks)


def _giver(giver: str, given: tuple[Advice, ...], view: View) -> Giver:
    done = sum(advice.state == "done" for advice in given)
    checks = tuple(check_of(advice.item, view) for advice in given)
    return Giver(view.link(giver), f"{share(done, len(given))} done", checks)
