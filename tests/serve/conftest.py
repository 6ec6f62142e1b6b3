"""Previews of a copy of the demo journal."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from kith.serve import watching
from tests.serve.running import Running


@pytest.fixture(autouse=True)
def _patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a burst have gaps: the machine that runs the tests may be busy with other things."""
    monkeypatch.setattr(watching, "AT_ONCE", 0.15)
    monkeypatch.setattr(watching, "QUIET", 0.4)
    monkeypatch.setattr(watching, "LONGEST", 10.0)


@pytest.fixture
def root(tmp_path: Path, demo: Path) -> Path:
    """Return a copy of the demo journal."""
    return shutil.copytree(demo, tmp_path / "journal", ignore=shutil.ignore_patterns("_site", ".kith"))


@pytest.fixture(params=[None, 0.1], ids=["events", "polling"])
def anyhow(root: Path, request: pytest.FixtureRequest) -> Iterator[Running]:
    """Return a preview that is told of changes, and one that looks for them."""
    running = Running(root, request.param)
    yield running
    running.close()


@pytest.fixture
def running(root: Path) -> Iterator[Running]:
    """Return a preview that is told of changes."""
    running = Running(root)
    yield running
    running.close()


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory, demo: Path) -> Iterator[Running]:
    """Return a preview that several tests ask and none changes."""
    running = Running(shutil.copytree(demo, tmp_path_factory.mktemp("shared") / "journal"))
    yield running
    running.close()
