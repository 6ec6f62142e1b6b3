"""What the server shows: the last good site, and what is wrong. It is replaced whole: nobody sees half a build."""

import hashlib
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from html import escape

import msgspec

from kith.diagnostics import Finding, count_by_severity

_UNASKED = 0.05  # seconds without a request after which the readers have what they want
_LONGEST = 2.0  # seconds for which work that can wait lets readers go first
_MOST = 20  # findings that the overlay lists; the page of problems has them all


class Trouble(msgspec.Struct, frozen=True):
    """One thing that the overlay says: what, where, the line of the note it is about, and what to do."""

    message: str
    place: str = ""
    line: str = ""
    hint: str = ""


class Shown(msgspec.Struct, frozen=True):
    """One state of the server. `number` counts them, `common` is a hash of what all pages share.

    `troubles` are those of the last build where it `is_checked`, else still those of the one before: a site is shown
    before it is known what is wrong with it.
    """

    number: int = 0
    site: Mapping[str, bytes] = {}
    common: str = ""
    troubles: tuple[Trouble, ...] = ()
    more: str = ""
    is_checked: bool = False

    def digest(self, address: str) -> str:
        """A hash of what a page shows, styles, scripts and pictures too; another hash means that it should reload."""
        page = hashlib.blake2b(self.site.get(address, b""), digest_size=8).hexdigest()
        return f"{page}{self.common}"


class Stage:
    """What is shown now; whoever waits learns when it changes. `reading` counts the readers that are being answered."""

    def __init__(self) -> None:
        self.changed = threading.Condition()
        self.shown = Shown()
        self.reading = 0
        self.answered = 0
        self.is_over = False

    def show(self, site: Mapping[str, bytes]) -> None:
        """Show a new site; what is wrong with it is told later."""
        common = _digest_of_common(site)
        with self.changed:
            before = self.shown
            self.shown = Shown(before.number + 1, site, common, before.troubles, before.more)
            self.changed.notify_all()

    def tell(self, troubles: tuple[Trouble, ...], more: str = "") -> None:
        """Say what is wrong with the site that is shown, or why there is no new one."""
        with self.changed:
            before = self.shown
            self.shown = Shown(before.number + 1, before.site, before.common, troubles, more, is_checked=True)
            self.changed.notify_all()

    @contextmanager
    def answering(self) -> Iterator[Shown]:
        """What is shown, for an answer that is made meanwhile."""
        with self.changed:
            self.reading += 1
        try:
            yield self.shown
        finally:
            with self.changed:
                self.reading -= 1
                self.answered += 1
                self.changed.notify_all()

    def let_read(self) -> None:
        """Wait until nobody has asked for a page for a moment: other work would slow down who makes one."""
        ending = time.monotonic() + _LONGEST
        seen = -1
        with self.changed:
            while (self.reading or self.answered != seen) and (left := ending - time.monotonic()) > 0:
                seen = self.answered
                self.changed.wait_for(lambda: self.answered != seen, min(_UNASKED, left))  # noqa: B023 - awaited here

    def wait(self, number: int, seconds: float) -> bool:
        """Wait until what is shown is not `number` any more; False where that takes longer than `seconds`."""
        with self.changed:
            self.changed.wait_for(lambda: self.shown.number != number or self.is_over, seconds)
            return self.shown.number != number and not self.is_over

    def end(self) -> None:
        """Let nobody wait any longer."""
        with self.changed:
            self.is_over = True
            self.changed.notify_all()


def plain_page(title: str, sentence: str) -> bytes:
    """A page of one sentence, in HTML."""
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{escape(title)}</title>\n</head>\n<body>\n<h1>{escape(title)}</h1>\n<p>{sentence}</p>\n</body>\n</html>\n"
    ).encode()


def _digest_of_common(site: Mapping[str, bytes]) -> str:
    """A hash of what is no page and no data of the search."""
    digest = hashlib.blake2b(digest_size=8)
    for address in sorted(site):
        if address.startswith(("css/", "scripts/", "attachments/")):
            data = site[address]
            digest.update(f"{address} {len(data)}\n".encode("utf-8", "surrogateescape"))
            digest.update(data)
    return digest.hexdigest()


def troubles_of(findings: tuple[Finding, ...], sources: Mapping[str, str]) -> tuple[tuple[Trouble, ...], str]:
    """What the overlay says of the errors among findings, and the sentence that counts what it leaves out."""
    errors = [finding for finding in findings if finding.severity == "error"]
    warnings = count_by_severity(findings)["warning"]
    left = [f"{len(errors) - _MOST} more errors"] if len(errors) > _MOST else []
    if warnings:
        left.append(f"{warnings} {'warning' if warnings == 1 else 'warnings'}")
    troubles = tuple(Trouble(one.message, str(one.place), _line(one, sources), one.hint) for one in errors[:_MOST])
    return troubles, f"And {' and '.join(left)}." if left else ""


def _line(finding: Finding, sources: Mapping[str, str]) -> str:
    lines = sources.get(finding.place.file, "").split("\n")
    return lines[finding.place.line - 1] if finding.place.line <= len(lines) else ""
