"""A command at a real terminal, for the tests of what is asked and answered."""

import os
import pty
import select
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

CTRL_C, CTRL_D, RETURN = "\x03", "\x04", "\r"
PATIENCE = 20.0  # seconds; a machine may be busy

# The pseudo-terminal becomes the controlling one, so that Ctrl-C interrupts.
_START = "import os, runpy; os.close(os.open(os.ttyname(0), os.O_RDWR)); runpy.run_module('kith', run_name='__main__')"


class Terminal:
    """Runs `kith` with a terminal for stdin, stdout and stderr; `shown` is all that it has written."""

    def __init__(self, arguments: list[str], folder: Path, variables: Mapping[str, str]) -> None:
        self.ours, theirs = pty.openpty()
        environment = {**os.environ, "TERM": "dumb", "NO_COLOR": "1", **variables}
        command = [sys.executable, "-c", _START, *arguments]
        self.running = subprocess.Popen(
            command, cwd=folder, env=environment, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True
        )
        os.close(theirs)
        self.shown = ""
        self.seen = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.running.poll() is None:
            self.running.kill()
        self.running.wait()
        os.close(self.ours)

    def expect(self, text: str) -> None:
        """Wait until `text` has been written behind what was expected before."""
        limit = time.monotonic() + PATIENCE
        while (at := self.shown.find(text, self.seen)) < 0:
            assert self._read(limit), f"`{text}` was not written:\n{self.shown[self.seen :]}"
        self.seen = at + len(text)

    def type(self, text: str) -> None:
        """Type something."""
        os.write(self.ours, text.encode())

    def answer(self, question: str, text: str) -> None:
        """Wait for a question and answer it with a line."""
        self.expect(question)
        self.type(text + RETURN)

    def press(self, question: str, key: str) -> None:
        """Wait for a question and answer it with one key."""
        self.expect(question)
        self.expect(": ")
        self.hit(key)

    def hit(self, key: str) -> None:
        """Type one key, once the command has had the time to wait for it: readline misses a signal just before."""
        time.sleep(0.1)
        self.type(key)

    def end(self) -> int:
        """Read to the end and return the exit code."""
        limit = time.monotonic() + PATIENCE
        while self._read(limit):
            pass
        return self.running.wait(PATIENCE)

    def _read(self, limit: float) -> bool:
        """Take in what has been written; whether there may be more."""
        ready, _, _ = select.select([self.ours], [], [], max(limit - time.monotonic(), 0))
        if not ready:
            return False
        try:
            data = os.read(self.ours, 65536)
        except OSError:  # Linux: the other side is closed
            return False
        self.shown += data.decode(errors="replace").replace("\r\n", "\n")
        return bool(data)
