"""Snapshots fail when they differ, and a complete run fails when one is left over."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.run import ROOT

TEST = """\
def test_greeting(snapshot):
    snapshot("greeting.txt", "hello\\n")
"""


@pytest.fixture
def suite(tmp_path: Path) -> Path:
    """Return a project with our conftest, one test, and the snapshot that it expects."""
    (tmp_path / "tests/snapshots").mkdir(parents=True)
    for name in ("pyproject.toml", "tests/conftest.py", "tests/run.py"):
        shutil.copy(ROOT / name, tmp_path / name)
    (tmp_path / "tests/test_greeting.py").write_text(TEST, encoding="utf-8")
    (tmp_path / "tests/snapshots/greeting.txt").write_bytes(b"hello\n")
    return tmp_path


def run_suite(suite: Path, *args: str) -> tuple[int, str]:
    """Run the tests of a project and return the exit code and what was printed."""
    command = [sys.executable, "-m", "pytest", "-q", *args]
    done = subprocess.run(command, cwd=suite, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout


def test_left_over_snapshot_fails_a_complete_run_with_workers(suite: Path) -> None:
    (suite / "tests/snapshots/farewell.txt").write_bytes(b"bye\n")
    code, said = run_suite(suite, "-n", "1")
    assert code == 1
    assert "no test uses tests/snapshots/farewell.txt" in said


def test_left_over_snapshot_is_no_matter_where_some_tests_did_not_run(suite: Path) -> None:
    (suite / "tests/snapshots/farewell.txt").write_bytes(b"bye\n")
    assert run_suite(suite, "tests/test_greeting.py")[0] == 0


def test_snapshots_fail_until_they_are_updated(suite: Path) -> None:
    snapshots = suite / "tests/snapshots"
    (snapshots / "greeting.txt").write_bytes(b"good evening\n")
    (snapshots / "farewell.txt").write_bytes(b"bye\n")
    code, said = run_suite(suite)
    assert code == 1
    assert "-good evening\n+hello\n" in said
    assert run_suite(suite, "--snapshot-update")[0] == 0
    assert {path.name: path.read_bytes() for path in snapshots.iterdir()} == {"greeting.txt": b"hello\n"}
