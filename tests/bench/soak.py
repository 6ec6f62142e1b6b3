"""Edit the demo journal many times in a row under `kith serve`, and see that it stays right and does not grow.

The server is a process of its own that hears of each edit from the system, as at somebody's desk, and a browser's tab
looks at what it shows. What it gives out at the end is compared with a site made from nothing, byte by byte.
"""

import json
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPResponse
from pathlib import Path
from urllib.parse import quote

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from kith.load import read_attachments  # noqa: E402 - run.py is started by its path
from kith.pipeline import build_site, review  # noqa: E402
from kith.serve.answering import OWN, answer  # noqa: E402
from kith.serve.showing import Stage  # noqa: E402
from tests.bench.generate import TODAY  # noqa: E402
from tests.test_incremental import EDITS, Files, read_demo  # noqa: E402

BACK = 50  # edits after which the notes are put back as they were, as by a checkout: else they would grow, not kith
PATIENCE = 60.0  # seconds within which an edit is shown


class Served:
    """A server, and the tab that listens to it."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        assert process.stdout is not None
        self.process = process
        self.url = process.stdout.readline().split()[1]
        self.events: HTTPResponse = urllib.request.urlopen(f"{self.url}{OWN}events?page=/", timeout=PATIENCE)  # noqa: S310 - our own
        self.shown = self.await_event()

    def await_event(self) -> str:
        """Return what the first page shows when its next build is done; raises TimeoutError where none comes."""
        while line := self.events.readline():
            if line.startswith(b"data: ") and (event := json.loads(line[6:]))["checked"]:
                return str(event["shows"])
        raise TimeoutError("the server has ended")

    def get(self, address: str) -> bytes:
        """Return what is given out at an address, found or not."""
        try:
            with urllib.request.urlopen(self.url + quote(address), timeout=PATIENCE) as page:  # noqa: S310 - our own
                return bytes(page.read())
        except urllib.error.HTTPError as missing:
            return missing.read()

    def size(self) -> tuple[float, int]:
        """Return the memory of the process in MB, and how many threads it has."""
        text = Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii")
        found = dict(re.findall(r"(?m)^(VmRSS|Threads):\s+(\d+)", text))
        return int(found["VmRSS"]) / 1024, int(found["Threads"])


def soak(kith: str, edits: int, seed: int = 1) -> int:
    """Print memory and threads after each tenth of the edits, and which addresses differ at the end; 1 if any do."""
    with tempfile.TemporaryDirectory() as folder:
        journal = Path(folder, "journal")
        shutil.copytree(ROOT / "content", journal, ignore=shutil.ignore_patterns("_site", ".kith"))
        with serving(kith, journal) as served:
            print(f"{edits:,} edits under kith serve, seed {seed}\n{'edits':>8}{'MB':>9}{'threads':>9}{'s/edit':>9}")
            begin = time.monotonic()
            for number in edit_in_a_row(journal, served, edits, random.Random(seed)):
                if number % max(edits // 10, 1) == 0:
                    megabytes, threads = served.size()
                    each = (time.monotonic() - begin) / number
                    print(f"{number:>8,}{megabytes:>9.1f}{threads:>9}{each:>9.3f}", flush=True)
            count, differing = compare(journal, served)
        print(
            f"{count} addresses compared with a site made from nothing, {len(differing)} differ", *differing, sep="\n"
        )
        return 1 if differing else 0


@contextmanager
def serving(kith: str, journal: Path) -> Iterator[Served]:
    """Run the command on a journal."""
    command = [kith, "-C", str(journal), "--today", str(TODAY), "serve", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        try:
            yield Served(process)
        finally:
            process.terminate()


def edit_in_a_row(journal: Path, served: Served, edits: int, rng: random.Random) -> Iterator[int]:
    """Make so many edits, each once the last one is shown, and yield the number of each."""
    original = read_demo(journal)
    files = dict(original)
    for number in range(1, edits + 1):
        before = dict(files)
        while files == before:  # some leave everything as it is
            if number % BACK == 0 and files != original:
                files = dict(original)
            else:
                rng.choice(EDITS)(files, rng)
        save(journal, before, files)
        served.await_event()
        for name in ("index.html", *changed(before, files)):
            served.get(name.replace(".md", ".html"))
        yield number


def changed(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> list[str]:
    """Return the names of files that are there before or after and not the same."""
    return sorted(name for name in {*before, *after} if before.get(name) != after.get(name))


def save(journal: Path, before: Files, after: Files) -> None:
    """Write what has changed."""
    for name in changed(before, after):
        path = journal / name
        if name in after:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(after[name])
        else:
            path.unlink()


def compare(journal: Path, served: Served) -> tuple[int, list[str]]:
    """Return how many addresses there are, and those at which something else is served than a new server would."""
    reviewed = review(journal, TODAY)
    stage = Stage()
    stage.show(build_site(reviewed, read_attachments(journal, reviewed.journal.attachments)))
    wanted = {address: answer(stage.shown, quote(f"/{address}")).body for address in stage.shown.site}
    ending = time.monotonic() + PATIENCE
    while True:  # the last edit may have been heard of in two parts
        differing = [address for address, body in wanted.items() if served.get(address) != body]
        if not differing or time.monotonic() > ending:
            return len(wanted), differing
