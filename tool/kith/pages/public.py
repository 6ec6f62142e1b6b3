"""The one page of a public site: how the search goes, in figures, for others to see.

It is made from a journal without names and words (`kith.study.redaction`), so it says nothing that a person typed. What
goes on with one person by days is left out even so: those who were there would know each other again.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import msgspec

from kith.dates import long_date
from kith.pages.insights import Insights, bars, insights_of
from kith.pages.network import Figure, branches, connected, draw
from kith.pages.parts import Bar, Branch, Page
from kith.pages.paths import Row, side_by_side
from kith.pages.view import View
from kith.pages.words import number, share
from kith.pages.world import World
from kith.study.items import items_on

ADDRESS = "index.html"
TITLE = "How the search goes"
_LEFT_OUT = "Names, places and every word of the notes are left out; “you” is whoever keeps the journal."
_SEVERAL = 3  # people, whose answers can be compared


class Counted(msgspec.Struct, frozen=True):
    """A heading and counts by name, with bars."""

    heading: str
    note: str
    bars: tuple[Bar, ...]


class Public(Insights, frozen=True, kw_only=True):
    """What `public.html` shows: the insights, what was learned, how far the questions got, paths side by side.

    `figure` and `forest` are who led to whom; None and empty where nobody led to anybody.
    """

    iso: str
    day: str
    learned: Counted
    coverage: Counted
    paths: tuple[Row, ...]
    figure: Figure | None
    forest: tuple[Branch, ...]


def pages(world: World) -> Iterator[Page]:
    """The page."""
    view = View(world, ADDRESS, "", alone=True)
    yield view.page(
        "public.html", lambda: _context(view), lambda: ([world.digests[id_] for id_ in world.notes], world.today)
    )


def _context(view: View) -> Public:
    world = view.world
    forest = tuple(connected(world.forest))
    insights = insights_of(view)
    shown: dict[str, Any] = msgspec.structs.asdict(insights)
    shown |= {"frame": view.frame(TITLE), "standfirst": f"{insights.standfirst} {_LEFT_OUT}".strip()}
    return Public(
        **shown,
        iso=world.today.isoformat(),
        day=long_date(world.today),
        learned=_learned(world),
        coverage=_coverage(world),
        paths=side_by_side(world.evidence, view),
        figure=_nameless(draw(forest, view)) if forest else None,
        forest=tuple(msgspec.structs.replace(branch, meta="") for branch in branches(forest, view)),
    )


def _nameless(figure: Figure) -> Figure:
    """The tree without what stands behind a name: whoever knows the people would know them by it."""
    return msgspec.structs.replace(figure, spots=tuple(msgspec.structs.replace(spot, meta="") for spot in figure.spots))


def _learned(world: World) -> Counted:
    said = Counter(item.label for item in items_on(world.journal, world.today))
    advice = world.ledger
    done = sum(one.state == "done" for one in advice)
    return Counted(
        f"Advice followed: {share(done, len(advice))}" if advice else "No advice yet",
        "What people said, and what became of it.",
        bars(
            ("for a path", said["pro"]),
            ("against one", said["con"]),
            ("skills", said["skill"]),
            ("trends", said["trend"]),
            ("insights", said["insight"]),
            ("advice", len(advice)),
            ("followed", done),
        ),
    )


def _coverage(world: World) -> Counted:
    questions = world.coverage.questions
    answered = [len(covered.answered_by) for covered in questions]
    some = sum(count > 0 for count in answered)
    return Counted(
        f"Questions answered: {share(some, len(questions))}" if questions else "No questions yet",
        "Of the bank of questions, and by how many people.",
        bars(
            ("in the bank", len(questions)),
            ("asked", sum(any(state != "planned" for state in one.cells.values()) for one in questions)),
            ("answered", some),
            (f"by {number(_SEVERAL)} or more", sum(count >= _SEVERAL for count in answered)),
        ),
    )
