"""Files and a day to findings, follow-ups and the site: the one door for the command line, `serve` and `lsp`."""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from kith.diagnostics import Finding, sort_key
from kith.errors import JournalError
from kith.followups.agenda import Background, read_background
from kith.history import NOTHING, History
from kith.load import Loaded, Remembered, Unread, decode, load_journal
from kith.model import FollowUp, Journal
from kith.study.timeline import Timeline

if TYPE_CHECKING:  # imported where a site is made, since most commands make none
    from kith.pages.leaks import Leak
    from kith.pages.parts import Page
    from kith.render import Preview, Site

CALENDAR = "calendar.ics"
# what the calendar says of a follow-up
_SHOWN = ("rule", "contacts", "subject", "due", "weight", "action", "why", "details", "settle")


class Texts(Mapping[str, str]):
    """The texts of notes by path, decoded when they are looked at; a note that cannot be decoded is absent."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self._files = files
        self._last: tuple[str, str | None] = ("", None)  # what is shown of one note is shown in a row

    def __getitem__(self, file: str) -> str:
        if file != self._last[0]:
            self._last = file, decode(self._files[file], file)[0]
        if (text := self._last[1]) is None:
            raise KeyError(file)
        return text

    def __iter__(self) -> Iterator[str]:
        return (file for file in self._files if file in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __contains__(self, file: object) -> bool:
        return isinstance(file, str) and file in self._files and self.get(file) is not None


class Conclusions(msgspec.Struct, frozen=True):
    """What follows from a journal on a day, each part None where nobody has asked for it."""

    findings: tuple[Finding, ...] | None = None
    followups: tuple[FollowUp, ...] | None = None
    background: Background | None = None


NOTHING_KNOWN = Conclusions()


@dataclass(frozen=True)
class Review:
    """A journal on a day and what follows from it; each part is worked out when it is first asked for.

    `history` is what git knows; only pages tell of it. `known` was concluded before from the same notes on the same
    day; `before` is an earlier timeline, perhaps of other notes.
    """

    loaded: Loaded | Unread
    today: date
    remembered: Remembered | None = None
    history: History = NOTHING
    known: Conclusions = NOTHING_KNOWN
    before: Timeline | None = None

    @property
    def journal(self) -> Journal:
        """The notes."""
        return self.loaded.journal

    @property
    def files(self) -> Mapping[str, bytes]:
        """The bytes of the notes by path."""
        return self.loaded.files

    @cached_property
    def sources(self) -> Mapping[str, str]:
        """The texts of the notes by path."""
        return Texts(self.loaded.files)

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """Everything that is wrong, sorted by place."""
        if self.known.findings is not None:
            return self.known.findings
        from kith.checks import check_timeline

        found = check_timeline(self.timeline)
        return tuple(sorted({*self.loaded.findings, *found}, key=sort_key))

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that keep a site from being published."""
        return tuple(finding for finding in self.findings if finding.severity == "error")

    @cached_property
    def timeline(self) -> Timeline:
        """What happened, person by person."""
        from kith.study.timeline import read_timeline

        return read_timeline(self.journal, self.today, self.before)

    @cached_property
    def followups(self) -> tuple[FollowUp, ...]:
        """What to do next, sorted by day."""
        if self.known.followups is not None:
            return self.known.followups
        from kith.followups import followups

        return followups(self.journal, self.today, self.timeline)

    @cached_property
    def background(self) -> "Background":
        """What an agenda of the follow-ups is made from besides them."""
        return self.known.background or read_background(self.timeline)

    @property
    def conclusions(self) -> Conclusions:
        """What was concluded so far."""
        parts = Conclusions.__struct_fields__
        return Conclusions(*(vars(self).get(part, getattr(self.known, part)) for part in parts))


def review(
    root: Path, today: date, remembered: Remembered | None = None, instead: Mapping[str, bytes] | None = None
) -> Review:
    """The journal in the folder `root` on a day; `instead` holds what counts in place of files."""
    return Review(load_journal(root, remembered, instead), today, remembered)


def build_site(reviewed: Review, attachments: Mapping[str, bytes]) -> "Site":
    """The whole site by address; raises JournalError where two things want one address.

    `attachments` are the bytes of files by path.
    """
    from kith import assets
    from kith.render import Site

    return Site(_compose(reviewed, attachments), assets.template_files(), attachments)


def preview_site(reviewed: Review, attachments: Mapping[str, bytes], before: "Preview | None" = None) -> "Preview":
    """The same site, which holds the pages that were looked at; `before` is an earlier one."""
    from kith import assets
    from kith.render import Preview

    return Preview(_compose(reviewed, attachments), assets.template_files(), attachments, before)


def _compose(reviewed: Review, attachments: Mapping[str, bytes]) -> tuple["Page", ...]:
    """The pages of the site and the calendar; raises JournalError where two things want one address."""
    from kith.pages import make_pages

    pages = make_pages(
        reviewed.journal,
        reviewed.timeline,
        lambda: reviewed.followups,
        lambda: reviewed.findings,
        reviewed.today,
        sources=reviewed.sources,
        attachments=frozenset(attachments),
        history=reviewed.history,
    )
    refuse_collisions([*((page.address, "the page") for page in pages), (CALENDAR, "the calendar")], attachments)
    return (*pages, _calendar(reviewed))


def build_public_site(reviewed: Review) -> tuple[dict[str, bytes], tuple["Leak", ...]]:
    """The site for others' eyes by address, and what of the notes it would tell all the same: then nobody may see it.

    It has neither scripts nor attachments, findings nor a calendar.
    """
    from kith import assets
    from kith.pages import make_public_pages
    from kith.pages.leaks import find_leaks
    from kith.render import Site
    from kith.study.redaction import redact

    templates = {path: data for path, data in assets.template_files().items() if not path.startswith("scripts/")}

    def build(journal: Journal) -> dict[str, bytes]:
        return dict(Site(make_public_pages(redact(journal), reviewed.today), templates))

    site = build(reviewed.journal)
    return site, find_leaks(site, reviewed.journal, build)


def _calendar(reviewed: Review) -> "Page":
    """The calendar, as a page that needs no template."""
    from kith.formats.icalendar import write_calendar
    from kith.pages.parts import Asset, Page

    journal, timeline = reviewed.journal, reviewed.timeline

    def shown() -> object:
        states = [
            (one.id, one.date, one.time, one.timezone, one.took, one.minutes, one.where, one.mode, one.contacts, status)
            for one, status in ((state.meeting, state.status) for state in timeline.meetings.values())
        ]
        names = {contact.id: contact.name for contact in journal.contacts.values()}
        due = [
            (*(getattr(one, name) for name in _SHOWN), one.event.date, one.event.place.file)
            for one in reviewed.followups
        ]
        return journal.owner, states, names, due

    return Page(CALENDAR, "", shown, lambda: Asset(write_calendar(timeline, reviewed.followups)))


def refuse_collisions(made: Iterable[tuple[str, str]], attachments: Iterable[str]) -> None:
    """Raise JournalError, naming both, where two things want one address on a disk that folds case."""
    taken: dict[str, str] = {}
    for address, what in (*made, *((file, "the attachment") for file in attachments)):
        folded = unicodedata.normalize("NFC", unicodedata.normalize("NFC", address).casefold())
        described = f"{what} at `{address}`"
        if folded in taken:
            raise JournalError(f"the site cannot hold both {taken[folded]} and {described}", "rename one of them")
        taken[folded] = described
