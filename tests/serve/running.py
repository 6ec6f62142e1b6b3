"""A preview that runs inside a test."""

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from kith.history import read_history
from kith.load import read_attachments
from kith.pipeline import build_site, review
from kith.serve import Address, Preview

TODAY = date(2026, 11, 22)


class Running:
    """A preview with its own thread in place of the main one. `said` is what it wrote to the terminal."""

    def __init__(self, root: Path, poll: float | None = None) -> None:
        self.root = root
        self.day = TODAY
        self.said: list[str] = []
        self.preview = Preview(root, lambda: self.day, Address(port=0), self.said.append)
        self.preview.start(poll)
        self.ending = False
        self.thread = threading.Thread(target=self.run, daemon=True)
        self.thread.start()

    def run(self) -> None:
        """Build again whenever something changes."""
        while not self.ending:
            self.preview.step(0.1)

    @property
    def builds(self) -> int:
        """How often it was built, the first time included."""
        return self.preview.builder.builds

    @property
    def site(self) -> Mapping[str, bytes]:
        """What is shown; its pages are made when they are looked at."""
        return self.preview.stage.shown.site

    @property
    def port(self) -> int:
        """Where it listens."""
        return self.preview.server.server_port

    def from_nothing(self) -> Mapping[str, bytes]:
        """Build the journal without anything that was known before."""
        reviewed = replace(review(self.root, self.day), history=read_history(self.root))
        return build_site(reviewed, read_attachments(self.root, reviewed.journal.attachments))

    def settle(self, until: Callable[[], bool], seconds: float = 20.0) -> bool:
        """Wait until something is so, and then until nothing has been built for a while; say whether it is so."""
        ending = time.monotonic() + seconds
        while not until() and time.monotonic() < ending:
            time.sleep(0.01)
        builds = -1
        while builds != self.builds or not self.preview.stage.shown.is_checked:
            builds = self.builds
            time.sleep(0.8)
        return until()

    def close(self) -> None:
        """End it."""
        self.ending = True
        self.thread.join(10)
        self.preview.close()
