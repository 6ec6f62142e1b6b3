"""Measure kith on generated journals, beside the programs of `rivals.py`: `.venv/bin/python tests/bench/run.py`.

Those are Hugo, Eleventy, Pelican and MkDocs, each where its command is on PATH. Each row is the median of several runs;
the programs run in turn, so that a busy minute slows all. Nothing is asserted: the numbers are for reading, and for
comparing on one machine. `--notes 100000 --against` measures kith by itself, and `--soak 2000` how it bears many edits.
"""

import argparse
import os
import platform
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from tests.bench.rivals import RIVALS, Rival, make_site  # noqa: E402 - the script is started by its path

GENERATE = Path(__file__).with_name("generate.py")
TODAY = "2026-11-22"  # the day on which the generated journals end
# A process that may not write its byte-code compiles every module again, which no user's does.
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
SENTENCE = "One more thing came to mind"
SAMPLE = 0.05  # seconds between looks at the memory of a process
PATIENCE = 120  # seconds to wait for a page of a server
YARDSTICK = "hugo"


@dataclass(frozen=True)
class Run:
    """One finished process; its memory is that of all its processes together, shared pages counted once."""

    seconds: float
    megabytes: float
    exit_code: int


@dataclass(frozen=True)
class Task:
    """What is measured: a command, where it is run, and what has to be so before each run.

    `yardstick` is the row that it is compared to, if that is there.
    """

    title: str
    command: list[str]
    prepare: Callable[[], None] = lambda: None
    folder: Path | None = None
    yardstick: str = ""


def main() -> int:
    """Print how long each command takes, in a bare process and on journals of each size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--notes", type=int, nargs="+", default=[1000, 10_000], metavar="N")
    parser.add_argument("--runs", type=int, default=5, help="the median of so many is shown")
    names = [rival.name for rival in RIVALS]
    parser.add_argument(
        "--against", nargs="*", choices=names, default=names, help="all that are installed, if not given"
    )
    parser.add_argument("--soak", type=int, metavar="N", help="instead, make so many edits in a row under kith serve")
    options = parser.parse_args()
    kith = shutil.which("kith", path=str(Path(sys.executable).parent))
    if kith is None:
        print("kith is not installed beside this interpreter; `python3 tests/run.py` makes .venv", file=sys.stderr)
        return 2
    if options.soak:
        from tests.bench.soak import soak  # imports kith: a large parent would count in the memory of each process

        print(describe_machine([]), flush=True)
        return soak(kith, options.soak)
    wanted = [rival for rival in RIVALS if rival.name in options.against]
    rivals = [rival for rival in wanted if rival.find()]
    print(describe_machine(rivals), flush=True)
    for rival in wanted:
        if rival not in rivals:
            print(f"{rival.name} is not installed and is left out", flush=True)
    race([Task("python -c pass", [sys.executable, "-c", "pass"]), Task("kith --help", [kith, "--help"])], options.runs)
    for notes in options.notes:
        with tempfile.TemporaryDirectory() as folder:
            journal = Path(folder, "journal")
            make_journal(journal, notes)
            print(f"\n{notes:,} notes", flush=True)
            sites = {rival: Path(folder, rival.name) for rival in rivals}
            for rival, site in sites.items():
                make_site(rival, journal, site)
            race([*kith_tasks(kith, journal), *rival_tasks(sites)], options.runs)
            follow(kith, journal, sites, options.runs)
    return 0


def kith_tasks(kith: str, journal: Path) -> Iterator[Task]:
    """Yield what is measured of kith on one journal."""
    command = [kith, "-C", str(journal), "--today", TODAY]
    for word in ("check", "due"):
        yield Task(f"kith {word}, from nothing", [*command, word], lambda: forget(journal))
        yield Task(f"kith {word}", [*command, word])
    build = Task("kith build", [*command, "build", "--keep-going"])
    yield from both_builds(build, lambda: forget(journal), lambda: edit(newest_meeting(journal)))


def rival_tasks(sites: Mapping[Rival, Path]) -> Iterator[Task]:
    """Yield what is measured of the others, each on its own copy of the notes."""
    for rival, site in sites.items():
        build = Task(f"{rival.name} build", rival.command(rival.build), folder=site)
        yield from both_builds(build, partial(forget, site), partial(edit, newest_meeting(site / "content")))


def both_builds(build: Task, forget: Callable[[], None], edit: Callable[[], None]) -> Iterator[Task]:
    """Yield a build from nothing and one after an edit."""
    for how, prepare in (("from nothing", forget), ("one edit", edit)):
        yardstick = f"{YARDSTICK} build, {how}"
        yield replace(build, title=f"{build.title}, {how}", prepare=prepare, yardstick=yardstick)


def race(several: list[Task], runs: int) -> None:
    """Run each task once to warm up and for its memory, then all in turn so many times; print a row for each."""
    memory: dict[str, float] = {}
    seconds: dict[str, list[float]] = {task.title: [] for task in several}
    failed: dict[str, int] = {}
    for turn in range(runs + 1):
        for task in several:
            task.prepare()
            done = run(task, sampled=turn == 0)
            if turn:
                seconds[task.title].append(done.seconds)
            else:
                memory[task.title] = done.megabytes
            failed[task.title] = max(failed.get(task.title, 0), done.exit_code)
    medians = {title: statistics.median(each) for title, each in seconds.items()}
    for task in several:
        row = f"{task.title:<40}{medians[task.title]:>9.3f} s{memory[task.title]:>8.0f} MB"
        if task.yardstick in medians and task.yardstick != task.title:
            ratio, share = medians[task.title] / medians[task.yardstick], memory[task.title] / memory[task.yardstick]
            row += f"   {ratio:.2f} of Hugo's time, {share:.2f} of its memory"
        print(row + (f"   exit {failed[task.title]}" if failed[task.title] else ""), flush=True)


def run(task: Task, *, sampled: bool = False) -> Run:
    """Run a command to its end and return what it took; looking at its memory slows it a little."""
    nowhere = subprocess.DEVNULL
    begin = time.perf_counter()
    process = subprocess.Popen(task.command, cwd=task.folder, stdout=nowhere, stderr=nowhere, env=ENVIRONMENT)
    peak = [0.0]
    if sampled:
        watcher = threading.Thread(target=watch_memory, args=(process.pid, peak), daemon=True)
        watcher.start()
    _, status, used = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - begin
    process.returncode = os.waitstatus_to_exitcode(status)
    return Run(seconds, max(peak[0], used.ru_maxrss / 1024), process.returncode)  # Linux counts kilobytes


def watch_memory(process: int, peak: list[float]) -> None:
    """Keep the largest memory of a process and its children in `peak`, in MB, until it has ended."""
    while Path(f"/proc/{process}").exists():
        peak[0] = max(peak[0], sum(memory_of(one) for one in family(process)))
        time.sleep(SAMPLE)


def family(process: int) -> Iterator[int]:
    """Yield a process and all below it."""
    yield process
    with suppress(OSError):
        for child in Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii").split():
            yield from family(int(child))


def memory_of(process: int) -> float:
    """Return the memory of a process in MB, what it shares with others in parts."""
    with suppress(OSError):
        for line in Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii").splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    return 0.0


# --- from saving a note to seeing it ---------------------------------------------------------------------------------


def follow(kith: str, journal: Path, sites: Mapping[Rival, Path], runs: int) -> None:
    """Print how long it takes from saving a note until each server gives out the new page."""
    command = [kith, "-C", str(journal), "--today", TODAY, "serve", "--port", "{port}"]
    servers = [(Task("kith serve", command), newest_meeting(journal))]
    for rival, site in sites.items():
        server = Task(f"{rival.name} serve", rival.command(rival.serve), folder=site)
        servers.append((server, newest_meeting(site / "content")))
    for server, note in servers:
        with running(server) as url:
            page = f"{url}/meetings/{note.stem}.html"
            try:
                wait_for(page, b"<html")
                times = [time_one_save(note, page) for _ in range(runs + 1)][1:]
                shown = f"{statistics.median(times):>9.3f} s"
            except TimeoutError:  # as Pelican, where it was building when the note was saved
                shown = f"not in {PATIENCE} s"
        print(f"{f'{server.title}, save to new page':<40}{shown}", flush=True)


@contextmanager
def running(server: Task) -> Iterator[str]:
    """Run a server at a free port and yield its URL; in the end it is stopped with all that it started."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    command = [word.replace("{port}", port) for word in server.command]
    nowhere = subprocess.DEVNULL
    process = subprocess.Popen(
        command, cwd=server.folder, stdout=nowhere, stderr=nowhere, env=ENVIRONMENT, start_new_session=True
    )
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait()


def time_one_save(note: Path, url: str) -> float:
    """Save a note with a new sentence and return the seconds until the page has it."""
    time.sleep(0.5)
    mark = f"{SENTENCE} at {time.monotonic_ns()}"
    begin = time.perf_counter()
    edit(note, mark)
    wait_for(url, mark.encode())
    return time.perf_counter() - begin


def wait_for(url: str, text: bytes) -> None:
    """Ask for a page until it holds a text; raises TimeoutError where it does not."""
    ending = time.monotonic() + PATIENCE
    while time.monotonic() < ending:
        with suppress(OSError), urllib.request.urlopen(url, timeout=60) as page:  # noqa: S310 - our own server
            if text in page.read():
                return
        time.sleep(0.003)
    raise TimeoutError(url)


# --- journals --------------------------------------------------------------------------------------------------------


def make_journal(journal: Path, notes: int) -> None:
    """Generate a journal and commit it, as a real one is."""
    subprocess.run([sys.executable, str(GENERATE), "--notes", str(notes), str(journal)], check=True)
    git = ["git", "-C", str(journal), "-c", "user.name=bench", "-c", "user.email=bench@mail.example"]
    for arguments in (["init", "--quiet"], ["add", "."], ["commit", "--quiet", "--message", "journal: as generated"]):
        subprocess.run([*git, *arguments], check=True, env=without_git_settings(ENVIRONMENT))


def without_git_settings(environment: Mapping[str, str]) -> dict[str, str]:
    """Return an environment in which git reads nobody's own settings, such as hooks or signing."""
    return {**environment, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}


def forget(folder: Path) -> None:
    """Remove what kith, or one of the others, has made in a folder."""
    for name in ("_site", ".kith", "public", "cache"):
        shutil.rmtree(folder / name, ignore_errors=True)


def newest_meeting(notes: Path) -> Path:
    """Return the note of the last meeting."""
    return max((notes / "meetings").glob("2*.md"))


def edit(note: Path, sentence: str = SENTENCE) -> None:
    """Add a sentence to one note."""
    with note.open("a", encoding="utf-8") as file:
        file.write(f"\n{sentence}.\n")


def describe_machine(rivals: Sequence[Rival]) -> str:
    """Return the day, the machine, the interpreter and the others in one line."""
    cpu = platform.processor() or platform.machine()
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    model = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), cpu)
    now = datetime.now().astimezone().date()
    machine = f"{now}, {model}, {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"
    return ", ".join([machine, *(rival.describe() for rival in rivals)])


if __name__ == "__main__":
    sys.exit(main())
