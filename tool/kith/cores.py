"""Pure work on all cores, a part at a time, each part in a process of its own.

The processes are forks, so that what is worked on need not be sent to them, and live for one part alone: what a part
needs besides is given back with its process. Where they cannot start, or would be dangerous (in a process with several
threads), or not worth it, one core does it all: the result is the same.
"""

import os
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Generic, TypeVar

import msgspec

if TYPE_CHECKING:  # 18 ms, so it is imported where processes are started
    from multiprocessing.connection import Connection

T = TypeVar("T")
R = TypeVar("R")

# A part pays for its process, and is small besides: a process copies what it looks at, and all end at the same time.
_PART = 500  # pieces
_PARTS = 16  # for each core, where these are larger: a process of much memory takes long to start


def spread(work: Callable[[T], R], pieces: Sequence[T], kind: type[R], least: int) -> list[R]:
    """The result of `work` for each piece, in order; results are sent as msgpack of `kind`.

    Fewer than `least` pieces are not worth a process. The first piece is worked on here: what it loads, all have.
    """
    count = min(_count_cores(), len(pieces) // least)
    if count < 2:
        return [work(piece) for piece in pieces]
    first, rest = work(pieces[0]), pieces[1:]
    size = max(min(_PART, -(-len(rest) // count)), -(-len(rest) // (count * _PARTS)))
    parts = [rest[start : start + size] for start in range(0, len(rest), size)]
    done = dict(_work_on(work, parts, kind, count))
    return [first, *(result for number in range(len(parts)) for result in done[number])]


def _count_cores() -> int:
    """How many processes may work at once; 1 where none may be forked."""
    if not sys.platform.startswith("linux") or threading.active_count() > 1:
        return 1
    return os.cpu_count() or 1


def _work_on(
    work: Callable[[T], R], parts: Sequence[Sequence[T]], kind: type[R], count: int
) -> Iterator[tuple[int, list[R]]]:
    """Yield the number of each part and its results as they come; `count` parts are worked on at once."""
    from multiprocessing.connection import wait

    waiting = enumerate(parts)
    working: dict[object, tuple[int, _Process[T, R]]] = {}
    try:
        while True:
            for number, part in waiting:
                process = _Process(work, part, kind)
                working[process.end] = number, process
                if len(working) == count:
                    break
            if not working:
                return
            for end in wait([process.end for _, process in working.values()]):
                number, process = working.pop(end)
                yield number, process.result()
    finally:  # whoever is interrupted leaves nobody working
        for _, process in working.values():
            process.stop()


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
        self.stop()
        return [self.work(piece) for piece in self.part] if made is None else made

    def stop(self) -> None:
        """End the process, which has nothing more to say."""
        self.end.close()
        if self.process is not None and self.process.pid is not None:
            self.process.kill()
            self.process.join()


def _work(work: Callable[[T], R], part: Sequence[T], end: "Connection") -> None:
    """Do a part and send the results; whatever goes wrong goes wrong again, and is told, where it is done once more."""
    try:
        end.send_bytes(msgspec.msgpack.encode([work(piece) for piece in part]))
    except BaseException:  # noqa: BLE001 - see above
        os._exit(1)
    os._exit(0)
