"""Pure work on all cores: each core does a part, in a process of its own.

The processes are forks, so that what is worked on need not be sent to them. Where they cannot start, or would be
dangerous (in a process with several threads), or not worth it, one core does it all: the result is the same.
"""

import os
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Generic, TypeVar

import msgspec

if TYPE_CHECKING:  # 18 ms, so it is imported where processes are started
    from multiprocessing.connection import Connection

T = TypeVar("T")
R = TypeVar("R")


def spread(work: Callable[[T], R], pieces: Sequence[T], kind: type[R], least: int) -> list[R]:
    """The result of `work` for each piece, in order; results are sent as msgpack of `kind`.

    Fewer than `least` pieces for each core are not worth a process.
    """
    count = min(_count_cores(), len(pieces) // least)
    if count < 2:
        return [work(piece) for piece in pieces]
    parts = [pieces[start::count] for start in range(count)]
    others = [_Process(work, part, kind) for part in parts[1:]]
    done = [[work(piece) for piece in parts[0]], *(other.result() for other in others)]
    found: list[R] = [done[place % count][place // count] for place in range(len(pieces))]
    return found


def _count_cores() -> int:
    """How many processes may work at once; 1 where none may be forked."""
    if not sys.platform.startswith("linux") or threading.active_count() > 1:
        return 1
    return os.cpu_count() or 1


class _Process(Generic[T, R]):
    """One part of the work, in a process where one can be had."""

    def __init__(self, work: Callable[[T], R], part: Sequence[T], kind: type[R]) -> None:
        self.work = work
        self.part = part
        self.decoder = msgspec.msgpack.Decoder(list[kind])  # type: ignore[valid-type]  # a type at run time
        self.process = None
        import multiprocessing

        fork = multiprocessing.get_context("fork")
        self.end, end = fork.Pipe(duplex=False)
        with suppress(OSError):  # no process is left, or no memory for one
            self.process = fork.Process(target=_work, args=(work, part, end), daemon=True)
            self.process.start()
        end.close()

    def result(self) -> list[R]:
        """What the process has made; done here where it has made nothing."""
        made: list[R] | None = None
        with suppress(EOFError, OSError, msgspec.MsgspecError):
            made = self.decoder.decode(self.end.recv_bytes())
        self.end.close()
        if self.process is not None and self.process.pid is not None:
            self.process.join()
        return [self.work(piece) for piece in self.part] if made is None else made


def _work(work: Callable[[T], R], part: Sequence[T], end: "Connection") -> None:
    """Do a part and send the results; whatever goes wrong goes wrong again, and is told, where it is done once more."""
    try:
        end.send_bytes(msgspec.msgpack.encode([work(piece) for piece in part]))
    except BaseException:  # noqa: BLE001 - see above
        os._exit(1)
    os._exit(0)
