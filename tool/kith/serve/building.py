"""One build after the other, each from what the last one knew."""

import os
import traceback
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date
from pathlib import Path

from kith.cache import Cache
from kith.errors import JournalError
from kith.history import read_history
from kith.load import Listing, Loaded, ParsedFile, list_files, load_journal, look_again, read_attachments
from kith.markdown import forget_unasked, keep_rendered
from kith.pipeline import Review, preview_site
from kith.render import Preview
from kith.serve.showing import Stage, Trouble, plain_page, troubles_of
from kith.study.timeline import Timeline

_RENDERED = 200_000  # pieces of text that are kept rendered: those of some ten thousand notes
_RECENT = 50  # builds for which they are kept when no page asks for them
_OUR_FAULT = "kith itself made a mistake; the terminal says more. The page may be as it was before."


class Careful(Mapping[str, bytes]):
    """A site whose pages may fail to be made by a mistake of ours: the terminal says how, and the page that it did."""

    def __init__(self, site: Mapping[str, bytes], say: Callable[[str], None]) -> None:
        self.site = site
        self.say = say

    def __getitem__(self, address: str) -> bytes:
        if address not in self.site:
            raise KeyError(address)
        try:
            return self.site[address]
        except Exception:  # noqa: BLE001 - see above
            self.say(traceback.format_exc().rstrip())
            return plain_page("This page cannot be shown", "kith itself made a mistake; the terminal says more.")

    def __iter__(self) -> Iterator[str]:
        return iter(self.site)

    def __len__(self) -> int:
        return len(self.site)


class Builder:
    """Builds a journal again and again, and keeps notes, pages and attachments that have not changed.

    Pages are made when somebody looks at them: who writes waits for one page, not for all.
    """

    def __init__(self, root: Path, stage: Stage, cache: Cache[ParsedFile], say: Callable[[str], None]) -> None:
        self.root = root
        self.stage = stage
        self.cache = cache
        self.say = say
        self.listing: Listing | None = None
        self.is_sure = True
        self.loaded: Loaded | None = None
        self.timeline: Timeline | None = None
        self.site: Preview | None = None
        self.attachments: dict[str, tuple[str, bytes]] = {}
        self.last_words = ""
        self.builds = 0
        keep_rendered(_RENDERED)

    def build(self, today: date, touched: Collection[str] = ()) -> None:
        """Build the journal as it is on a day and show it, or what keeps it from being built.

        Where files were `touched`, only those are looked at; `has_missed` tells later whether that was right.
        """
        last = self.stage.shown  # to free a site takes a moment, so that waits for the end
        self.builds += 1
        if self.builds % _RECENT == 0:
            forget_unasked()
        try:
            refuse_absent(self.root)
            listing = self.list_files(touched)
            loaded = load_journal(self.root, self.cache, listing=listing, before=self.loaded)
            reviewed = Review(loaded, today, self.cache, read_history(self.root), before=self.timeline)
            site = preview_site(reviewed, self.read_attachments(loaded.journal.attachments), self.site)
            self.stage.show(Careful(site, self.say))
            self.site, self.loaded, self.timeline = site, loaded, reviewed.timeline
            self.stage.let_read()
            troubles, more = troubles_of(reviewed.findings, reviewed.sources)
        except JournalError as error:
            troubles, more = (Trouble(str(error), hint=error.hint),), ""
        except Exception:  # noqa: BLE001 - a mistake of ours must not end the preview of somebody who is writing
            troubles, more = (Trouble(_OUR_FAULT),), ""
            self.say(traceback.format_exc().rstrip())
        self.tell(troubles, more)
        del last

    def list_files(self, touched: Collection[str]) -> Listing:
        """The files of the journal, of which only those that were touched are looked at, if they are notes."""
        again = look_again(self.listing, touched) if self.listing is not None and touched else None
        self.is_sure = again is None
        self.listing = again or list_files(self.root)
        return self.listing

    def has_missed(self) -> bool:
        """Whether a file has changed without being named, since all were looked at last."""
        if self.is_sure or self.listing is None:
            return False
        self.is_sure = True
        return list_files(self.root).state != self.listing.state

    def tell(self, troubles: tuple[Trouble, ...], more: str) -> None:
        """Say what is wrong on the pages, and once on the terminal, which also says when that is mended."""
        self.stage.tell(troubles, more)
        lines = [": ".join(filter(None, (one.place, one.message))) for one in troubles]
        words = "\n".join([*lines, *([more] if lines and more else [])])
        if words != self.last_words:
            self.say(words or "mended")
        self.last_words = words

    def read_attachments(self, paths: frozenset[str]) -> Mapping[str, bytes]:
        """The bytes of the attachments; those of files that have not changed are not read again."""
        stamps = {file: stamp for file in sorted(paths) if (stamp := _stamp_of(self.root / file))}
        new = frozenset(file for file, stamp in stamps.items() if self.attachments.get(file, ("",))[0] != stamp)
        read = read_attachments(self.root, new)
        kept = {file: self.attachments[file] for file in stamps if file not in new}
        self.attachments = {**kept, **{file: (stamps[file], data) for file, data in read.items()}}
        return {file: self.attachments[file][1] for file in sorted(self.attachments)}


def refuse_absent(root: Path) -> None:
    """Raise JournalError where there is no journal any more: its folder may come back, as from another name."""
    if not root.is_dir():
        raise JournalError(f"the folder of the journal is gone: {root}", "what is shown is as it was")


def _stamp_of(path: Path) -> str:
    """What tells whether a file has changed; empty where it is not there."""
    try:
        found = os.stat(path)  # noqa: PTH116 - one call, as elsewhere
    except OSError:
        return ""
    return f"{found.st_size} {found.st_mtime_ns} {found.st_ctime_ns} {found.st_ino}"
