"""The site of the demo journal on the disk, in a folder with an awkward name, and those who read it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.site.kinds import make_sites
from tests.site.reader import DESK, Reader, write_site


@pytest.fixture(scope="session")
def site(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the sites of the demo journal."""
    return write_site(make_sites(demo), tmp_path_factory.mktemp("a b#ü%") / "site")


@pytest.fixture(scope="session")
def _shared(chromium: Browser, site: Path) -> Iterator[Reader]:
    made = Reader(chromium, site, permissions=["clipboard-read", "clipboard-write"])
    yield made
    made.context.close()


@pytest.fixture
def reader(_shared: Reader) -> Iterator[Reader]:
    """Return a reader on the day of the build, who must have nothing to complain about in the end."""
    _shared.begin()
    yield _shared
    assert _shared.complaints == []


@pytest.fixture(scope="session")
def _shared_bare(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.fixture
def bare(_shared_bare: Page) -> Page:
    """Return a tab without scripts."""
    _shared_bare.set_viewport_size(DESK)
    return _shared_bare
