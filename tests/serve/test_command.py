"""`kith serve` as a process: it says where it is, ends at once, and refuses in one line."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest


def start(root: Path, *options: str) -> "subprocess.Popen[str]":
    """Start the command on a journal."""
    command = [sys.executable, "-m", "kith", "-C", str(root), "--today", "2026-11-22", "serve", *options]
    own = {**os.environ, "NO_COLOR": "1"}
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=own)


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGINT for one process")
@pytest.mark.parametrize("options,how", [((), "by events"), (("--poll",), "by looking every 0.5 s")])
def test_it_says_where_it_is_and_ends_at_once(root: Path, options: tuple[str, ...], how: str) -> None:
    with start(root, "--port", "0", *options) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line.startswith("Serving http://127.0.0.1:")
        assert f"watching {root} {how}; Ctrl-C" in line
        reader = urllib.request.urlopen(f"{line.split()[1]}__kith/events?page=/", timeout=10)  # noqa: S310 - our own
        assert reader.readline().startswith(b"data: ")
        begin = time.monotonic()
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == 0
        assert time.monotonic() - begin < 5
        assert process.stderr is not None
        assert process.stderr.read().strip() == ""
        reader.close()
    assert not (root / "_site").exists()


def test_a_busy_port_is_one_line(root: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with start(root, "--port", str(port)) as process:
            said = process.communicate(timeout=60)[1].splitlines()
    assert process.returncode == 2
    assert said[0] == f"kith: 127.0.0.1:{port} cannot be served at: Address already in use"
    assert said[1:] == ["hint: name another --port"]


def test_what_becomes_readable_is_said(root: Path) -> None:
    with start(root, "--port", "0", "--host", "0.0.0.0") as process:  # noqa: S104 - the point
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.terminate()
        assert "everybody who reaches 0.0.0.0 can read this journal" in process.stderr.read()
