"""The site with live preview: watch the notes, build again when they change, tell the browser.

The process has one thread that watches, one for each reader, and the main one, which builds. `watching` turns events of
the file system into one signal for each change, `building` makes the site in memory, `showing` holds what is shown, and
`answering` speaks HTTP. Nothing is written but the cache.
"""

import gc
import ipaddress
import socket
import threading
from collections.abc import Callable, Collection
from datetime import date
from pathlib import Path

import msgspec

from kith.cache import Cache
from kith.errors import JournalError
from kith.load import ParsedFile
from kith.serve.answering import Server
from kith.serve.building import Builder
from kith.serve.showing import Stage
from kith.serve.watching import FEW, TICK, Burst, Polling, Watcher, watch

__all__ = ["HOST", "PORT", "Address", "serve"]

HOST = "127.0.0.1"
PORT = 4343
_UNTIDY = 50  # builds in a row after which their garbage is collected without waiting for a quiet moment
_NEXT = 20  # ports tried after a default one that is taken


class Address(msgspec.Struct, frozen=True):
    """Where to listen. Without `port`, the usual one or the next that is free; 0 is any. `names` are further hosts."""

    host: str = HOST
    port: int | None = None
    names: tuple[str, ...] = ()


class Preview:
    """A server that is running, what it shows, and what it waits for."""

    def __init__(self, root: Path, today: Callable[[], date], address: Address, say: Callable[[str], None]) -> None:
        self.root = root
        self.today = today
        self.say = say
        self.stage = Stage()
        self.server = open_server(address, self.stage)
        self.burst = Burst()
        self.builder = Builder(root, self.stage, Cache(root, ParsedFile), say)
        self.day: date | None = None
        self.watcher: Watcher | None = None
        self.untidy = 0

    @property
    def url(self) -> str:
        """The address of the first page."""
        host = str(self.server.server_address[0])
        if ipaddress.ip_address(host).is_unspecified:
            host = "::1" if ":" in host else HOST
        return f"http://{f'[{host}]' if ':' in host else host}:{self.server.server_port}/"

    def start(self, poll: float | None) -> None:
        """Build for the first time, then answer, and watch from before the build."""
        self.watcher = watch(self.root, self.burst, poll, self.say)
        threading.Thread(target=self.server.serve_forever, args=(0.1,), name="kith-server", daemon=True).start()
        self.build()

    def build(self, touched: Collection[str] = ()) -> None:
        """Build the day's site, and keep for the next time what was parsed; `touched` are all files that changed."""
        self.day = self.today()
        self.builder.build(self.day, touched)
        self.builder.cache.keep()
        self.untidy += 1
        if self.untidy >= _UNTIDY:
            self.tidy()

    def step(self, seconds: float = TICK) -> bool:
        """Wait for a change and build again; False where there was none for so long."""
        touched = self.burst.wait(seconds)
        assert self.watcher is not None  # noqa: S101 - `start` comes first
        state = self.watcher.check()
        if state == "broken":
            self.watcher.close()
            self.watcher = Polling(self.root, self.burst, 1.0)
            self.say(f"the system has stopped telling of changes; watching {self.watcher.name}")
        if touched or state != "same" or self.today() != self.day or self.builder.has_missed():
            self.build(touched if state == "same" and len(touched) <= FEW else ())
            return True
        self.tidy()
        return False

    def tidy(self) -> None:
        """Free what builds have left behind. That takes a moment, so it is done when nobody waits for a page."""
        if self.untidy:
            gc.collect()
            self.untidy = 0

    def close(self) -> None:
        """End everything at once; readers are cut off."""
        self.stage.end()
        if self.watcher is not None:
            self.watcher.close()
        self.server.shutdown()
        self.server.server_close()


def serve(
    root: Path,
    today: Callable[[], date],
    address: Address,
    *,
    say: Callable[[str], None],
    ready: Callable[[str, str], None],
    poll: float | None = None,
) -> None:
    """Serve the journal at `root` until the person interrupts it; raises JournalError where the port is taken.

    `ready` is told the URL and how changes are noticed once the first build is shown. `poll` is in seconds.
    """
    preview = Preview(root, today, address, say)
    try:
        preview.start(poll)
        assert preview.watcher is not None  # noqa: S101 - see start
        ready(preview.url, preview.watcher.name)
        while True:
            preview.step()
    finally:
        preview.close()


def open_server(address: Address, stage: Stage) -> Server:
    """A server at an address; raises JournalError where it cannot be had."""
    wanted = [address.port] if address.port is not None else [*range(PORT, PORT + _NEXT), 0]
    error: OSError | None = None
    for port in wanted:
        try:
            return Server(address.host, port, stage, allowed_names(address))
        except socket.gaierror:
            raise JournalError(f"there is no address `{address.host}`", "--host 127.0.0.1") from None
        except OSError as refused:
            error = refused
    assert error is not None  # noqa: S101 - at least one port was tried
    where = f"{address.host}:{address.port if address.port is not None else PORT}"
    raise JournalError(f"{where} cannot be served at: {error.strerror or error}", "name another --port")


def allowed_names(address: Address) -> frozenset[str]:
    """The hosts that a request may name besides this machine's own; `*` stands for every numeric address."""
    names = {name.lower() for name in address.names}
    if not is_loopback(address.host):
        names |= {"*", socket.gethostname().lower(), address.host.lower()}
    return frozenset(names)


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach a host."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"
