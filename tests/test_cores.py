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
print(len({{process for _, process in found}}), sum(process == first for _, process in found))
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="processes are forked on Linux alone")
@pytest.mark.parametrize(
    "death,found",
    [("pass", "4 1"), ("raise ValueError", "3 34"), ("os._exit(9)", "3 34"), ("os.kill(os.getpid(), 9)", "3 34")],
)
def test_parts_are_put_together_in_order(death: str, found: str) -> None:
    """The first piece is done here, and so is, of three parts of 33 pieces, the one that comes to nothing."""
    script = SCRIPT.format(deadly=50, death=death)
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False, env=os.environ)
    assert (done.stdout.strip(), done.stderr, done.returncode) == (found, "", 0)


INTERRUPTED = """
import multiprocessing, os, time
from kith import cores
cores._count_cores = lambda: 2

def work(number):
    if number < 51:  # the first piece and the first part
        time.sleep(60 * bool(number))
        return 0
    raise KeyboardInterrupt

try:
    cores.spread(work, list(range(100)), int, 10)
except KeyboardInterrupt:
    print(len(multiprocessing.active_children()))
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="processes are forked on Linux alone")
def test_who_is_interrupted_leaves_nobody_working() -> None:
    """The second part ends at once and is interrupted where it is done once more, while the first one sleeps."""
    done = subprocess.run(
        [sys.executable, "-c", INTERRUPTED], capture_output=True, text=True, check=False, env=os.environ, timeout=50
    )
    assert (done.stdout.strip(), done.stderr, done.returncode) == ("0", "", 0)


def test_a_mistake_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cores, "_count_cores", lambda: 1)
    with pytest.raises(ZeroDivisionError):
        cores.spread(lambda number: 1 // number, range(3), int, 1)
