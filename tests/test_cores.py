"""Work on several cores is the work of one, whatever becomes of the others."""

import os
import subprocess
import sys

import pytest

from kith import cores

SCRIPT = """
import os, sys
from kith import cores
cores._count_cores = lambda: 3
first = os.getpid()

def double(number):
    if os.getpid() != first and number == {deadly}:
        {death}
    return (number * 2, os.getpid())

found = cores.spread(double, list(range(100)), tuple[int, int], 10)
assert [number for number, _ in found] == list(range(0, 200, 2)), found
print(len({{process for _, process in found}}))
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="processes are forked on Linux alone")
@pytest.mark.parametrize(
    "death,processes", [("pass", 3), ("raise ValueError", 2), ("os._exit(9)", 2), ("os.kill(os.getpid(), 9)", 2)]
)
def test_parts_are_put_together_in_order(death: str, processes: int) -> None:
    script = SCRIPT.format(deadly=50, death=death)
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False, env=os.environ)
    assert (done.stdout.strip(), done.stderr, done.returncode) == (str(processes), "", 0)


def test_a_mistake_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cores, "_count_cores", lambda: 1)
    with pytest.raises(ZeroDivisionError):
        cores.spread(lambda number: 1 // number, range(3), int, 1)
