"""Pages: what each file of the site shows, decided here, and shown by the templates in `site_template/`.

One module for each kind of page; each has typed contexts and a function `pages(world)` that yields a `Page` for every
address. A page has a key, a hash of all that it shows, so that it is composed and rendered only when that changed.
To add a page: a context and its function here, its module in `KINDS`, a template, the regenerated snapshot. `public` is
the one page of a public site.
"""

import datetime as dt
from collections.abc import Callable, Mapping

from kith.diagnostics import Finding
from kith.history import NOTHING, History
from kith.model import FollowUp, Journal
from kith.pages import (
    advice,
    contact,
    contacts,
    diary,
    insights,
    meetings,
    network,
    organizations,
    paths,
    pocket,
    problems,
    public,
    questions,
    runsheet,
    search,
    tags,
    today,
)
from kith.pages.parts import Asset, Page
from kith.pages.world import Given, World
from kith.study.timeline import Timeline, read_timeline

__all__ = ["KINDS", "Asset", "Page", "make_pages", "make_public_pages"]

KINDS = (
    today,
    diary,
    contacts,
    contact,
    meetings,
    runsheet,
    organizations,
    paths,
    questions,
    advice,
    network,
    insights,
    tags,
    problems,
    search,
    pocket,
)


def make_pages(  # noqa: PLR0913 - a site is made from all that the notes add up to
    journal: Journal,
    timeline: Timeline,
    followups: Callable[[], tuple[FollowUp, ...]],
    findings: Callable[[], tuple[Finding, ...]],
    today: dt.date,
    *,
    sources: Mapping[str, str] = {},
    attachments: frozenset[str] = frozenset(),
    history: History = NOTHING,
) -> tuple[Page, ...]:
    """The pages of a journal read on `today`.

    `followups` and `findings` are asked for by pages that show them. `sources` are the texts of notes by path, for the
    excerpts of findings; `attachments` the paths of files that the site will hold under the same names; `history` is
    what git knows of the notes.
    """
    assert timeline.today == today  # noqa: S101 - the two are one day
    given = Given(followups, findings, sources, attachments, history)
    world = World(journal, timeline, given)
    return tuple(page for kind in KINDS for page in kind.pages(world))


def make_public_pages(redacted: Journal, today: dt.date) -> tuple[Page, ...]:
    """The pages for others' eyes, of a journal without names and words."""
    return tuple(public.pages(World(redacted, read_timeline(redacted, today), Given())))
