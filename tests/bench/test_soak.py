"""A few edits in a row under `kith serve` end with what a new server gives out."""

import shutil
import sys
from pathlib import Path

import pytest

from tests.bench.soak import soak


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory and threads are read from /proc")
def test_a_short_soak(capsys: pytest.CaptureFixture[str]) -> None:
    kith = shutil.which("kith", path=str(Path(sys.executable).parent))
    assert kith is not None
    assert soak(kith, 20) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[-1].endswith(" compared with a site made from nothing, 0 differ")
    assert len(said) == 13
