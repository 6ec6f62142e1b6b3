"""Fixtures that many tests share: the demo journal, a browser, and snapshots that can be regenerated."""

import difflib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.run import NO_BROWSER, ROOT, find_chromium

SNAPSHOTS = ROOT / "tests" / "snapshots"
UPDATE = "--snapshot-update"

# The same examples in every run; `--hypothesis-profile=explore` looks for new ones.
hypothesis.settings.register_profile("kith", derandomize=True, deadline=None, database=None, max_examples=40)
hypothesis.settings.register_profile("explore", deadline=None, max_examples=1000)
hypothesis.settings.load_profile("kith")

used_snapshots = pytest.StashKey[set[str]]()
stale_snapshots = pytest.StashKey[list[str]]()
incomplete = pytest.StashKey[bool]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Declare the two options of this suite."""
    parser.addoption(UPDATE, action="store_true", help="write what the tests produce to tests/snapshots/")
    parser.addoption(NO_BROWSER, action="store_true", help="leave out the tests that need Chromium")


def pytest_configure(config: pytest.Config) -> None:
    """Begin to count the snapshots that are used."""
    config.stash[used_snapshots] = set()
    config.stash[stale_snapshots] = []
    config.stash[incomplete] = False


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what needs a browser, where that was asked for."""
    if config.getoption(NO_BROWSER):
        without = [item for item in items if "chromium" not in getattr(item, "fixturenames", ())]
        config.hook.pytest_deselected(items=[item for item in items if item not in without])
        items[:] = without


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Return a Chromium; root has to start it with `--no-sandbox`."""
    path = find_chromium()
    if path is None:
        pytest.fail(f"no Chromium: set $KITH_CHROMIUM, or leave these tests out with {NO_BROWSER}")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def demo() -> Path:
    """Return the folder of the demo journal, to be read only."""
    return ROOT / "content"


@pytest.fixture
def snapshot(pytestconfig: pytest.Config) -> Callable[[str, str], None]:
    """Return a function that compares a text with `tests/snapshots/NAME`."""

    def compare(name: str, text: str) -> None:
        pytestconfig.stash[used_snapshots].add(name)
        path = SNAPSHOTS / name
        before = path.read_bytes().decode() if path.is_file() else None
        if before == text:
            return
        if pytestconfig.getoption(UPDATE):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())
        else:
            pytest.fail(describe_difference(name, before, text), pytrace=False)

    return compare


def describe_difference(name: str, before: str | None, after: str) -> str:
    """Say how a text differs from its snapshot, and how to accept it."""
    if before is None:
        return f"there is no snapshot {name} yet; write it with {UPDATE}"
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), f"snapshot {name}", "now", lineterm="", n=2)
    shown = "\n".join(lines) or "only the line ends differ"
    return f"{shown}\n\nif this is what it should be: {UPDATE}"


# --- snapshots that no test uses any more: counted in each worker, judged by the process that started them -----------


def pytest_deselected(items: list[pytest.Item]) -> None:
    """Remember that not all tests ran."""
    for item in items:
        item.config.stash[incomplete] = True


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:  # noqa: ANN401 - pytest-xdist has no types
    """Take over what a worker of pytest-xdist has counted; one that crashed has counted nothing."""
    output = getattr(node, "workeroutput", {})
    node.config.stash[used_snapshots].update(output.get("snapshots", ()))
    node.config.stash[incomplete] |= output.get("incomplete", True)


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Fail a complete run that leaves snapshots unused, or remove them when updating."""
    config = session.config
    used = config.stash[used_snapshots]
    if hasattr(config, "workeroutput"):
        config.workeroutput["snapshots"] = sorted(used)
        config.workeroutput["incomplete"] = config.stash[incomplete]
    elif exitstatus == pytest.ExitCode.OK and ran_everything(config):
        stale = list(find_stale(used))
        if config.getoption(UPDATE):
            for name in stale:
                (SNAPSHOTS / name).unlink()
        elif stale:
            config.stash[stale_snapshots] = stale
            session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Name the snapshots that no test uses."""
    for name in config.stash[stale_snapshots]:
        terminalreporter.write_line(f"no test uses tests/snapshots/{name}; {UPDATE} removes it", red=True)


def ran_everything(config: pytest.Config) -> bool:
    """Say whether every test of the suite ran: nothing named, deselected, ignored, skipped or only collected."""
    options = config.option
    narrowed = options.collectonly or options.ignore or options.ignore_glob or config.stash[incomplete]
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    skipped = reporter is not None and reporter.stats.get("skipped")
    return config.args_source is pytest.Config.ArgsSource.TESTPATHS and not narrowed and not skipped


def find_stale(used: set[str]) -> Iterable[str]:
    """Yield the names of the snapshots that were not used."""
    for path in sorted(SNAPSHOTS.rglob("*")):
        name = path.relative_to(SNAPSHOTS).as_posix()
        if path.is_file() and name not in used:
            yield name
