"""What is installed is what git tracks: the package, the templates and the demo journal, and nothing else."""

import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder

from tests.run import ROOT

PLACES = {"tool/kith/": "kith/", "site_template/": "kith/site_template/", "content/": "kith/content/"}
NEEDED_TO_BUILD = ["pyproject.toml", "README.md", "LICENSE", ".gitignore"]
# What work in a checkout leaves behind, and a wheel must not carry away.
LITTER = [
    "content/_site/index.html",
    "content/_site/.gitignore",
    "content/_public/index.html",
    "content/.kith/cache.sqlite",
    "content/.DS_Store",
    "content/contacts/.dana-lee.md.swp",
    "content/contacts/dana-lee.md~",
    "site_template/_site/index.html",
    "tool/kith/__pycache__/model.cpython-311.pyc",
    "tool/kith/.mypy_cache/3.11/cache.json",
]


@pytest.fixture(scope="module")
def tracked() -> list[str]:
    """Return the files that git tracks under the three folders which are installed."""
    command = ["git", "ls-files", "-z", "--", *PLACES]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode().split("\0")
    for folder in PLACES:
        assert any(name.startswith(folder) for name in listed), f"git tracks nothing in {folder}: `git add` it first"
    return [name for name in listed if name and (ROOT / name).exists()]


@pytest.fixture(scope="module")
def wheel(tracked: list[str], tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Build a wheel from a checkout in which somebody has worked, and return the names in it."""
    checkout = tmp_path_factory.mktemp("checkout")
    for name in [*tracked, *NEEDED_TO_BUILD]:
        target = checkout / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, target)
    for name in LITTER:
        target = checkout / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text("left behind", encoding="utf-8")
    return build(checkout, tmp_path_factory.mktemp("dist"))


def build(checkout: Path, into: Path) -> list[str]:
    """Build the wheel of a checkout and return the names in it."""
    (path,) = WheelBuilder(str(checkout)).build(directory=str(into), versions=["standard"])
    with zipfile.ZipFile(path) as archive:
        return archive.namelist()


def installed_as(name: str) -> str:
    """Return where a file of the checkout stands in the wheel."""
    folder = next(folder for folder in PLACES if name.startswith(folder))
    return PLACES[folder] + name.removeprefix(folder)


def test_wheel_holds_exactly_what_git_tracks(tracked: list[str], wheel: list[str]) -> None:
    installed = {name for name in wheel if ".dist-info/" not in name}
    expected = {installed_as(name) for name in tracked}
    assert sorted(installed - expected) == [], "in the wheel, but not tracked"
    assert sorted(expected - installed) == [], "tracked, but missing in the wheel"


def test_wheel_has_the_command_and_the_license(wheel: list[str]) -> None:
    described = {name.partition(".dist-info/")[2] for name in wheel if ".dist-info/" in name}
    assert described == {"METADATA", "RECORD", "WHEEL", "entry_points.txt", "licenses/LICENSE"}
