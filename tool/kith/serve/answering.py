"""Requests to answers. Every answer comes from memory: a request cannot name anything that is not part of the site."""

import ipaddress
import re
import socketserver
from collections.abc import Mapping
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote_to_bytes

import msgspec

from kith.serve.showing import Shown, Stage, plain_page

OWN = "__kith/"  # addresses of the preview itself; no page of a site begins like this
HEARTBEAT = 15.0  # seconds after which a silent line is used, so that a reader who has gone is noticed
STALLED = 30.0  # seconds for which a reader may neither send nor take anything

_OWN_FILES = {"preview.js": "text/javascript", "preview.css": "text/css"}
_TYPES = {
    "html": "text/html; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "ics": "text/calendar; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "md": "text/plain; charset=utf-8",
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
    "svg": "image/svg+xml",
    "avif": "image/avif",
}
_POLICY = re.compile(rb'(<meta http-equiv="Content-Security-Policy" content=")([^"]*)(">)')
_LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})


class Answer(msgspec.Struct, frozen=True):
    """An answer to be sent whole."""

    status: HTTPStatus
    body: bytes
    type: str = "text/plain; charset=utf-8"
    headers: Mapping[str, str] = {}


def refusal(hosts: list[str], allowed: frozenset[str], target: str) -> Answer | None:
    """Why a request is not looked at further, if it is not: a page elsewhere must not read the notes under its name."""
    if len(hosts) != 1:
        return Answer(HTTPStatus.BAD_REQUEST, b"One Host is needed.\n")
    if not is_allowed(hosts[0], allowed):
        return Answer(HTTPStatus.MISDIRECTED_REQUEST, b"This journal is not served under that name.\n")
    if not target.startswith("/"):
        return Answer(HTTPStatus.BAD_REQUEST, b"The address of a page is needed.\n")
    return None


def is_allowed(host: str, allowed: frozenset[str]) -> bool:
    """Whether a Host header names this machine; `*` in `allowed` stands for every numeric address."""
    match = re.fullmatch(r"(?:\[([^\[\]]*)\]|([^:\[\]]*))(?::\d{1,5})?", host.strip().lower())
    name = (match[1] or match[2] or "").removesuffix(".") if match else ""
    if name in _LOCAL or name in allowed:
        return bool(name)
    if "*" not in allowed:
        return False
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def address_of(target: str) -> str | None:
    """The address in the site that a request's target means; None where it can mean none."""
    path = target.partition("?")[0].partition("#")[0].removeprefix("/")
    try:
        address = unquote_to_bytes(path).decode("utf-8")
    except UnicodeDecodeError:
        return None
    return address or "index.html"


def answer(shown: Shown, target: str) -> Answer:
    """The answer to a request that is allowed. Addresses are looked up, never followed."""
    address = address_of(target)
    if address is not None and address.startswith(OWN):
        return _own(address.removeprefix(OWN))
    if address is not None and (data := shown.site.get(address)) is not None:
        type_ = _TYPES.get(address.rpartition(".")[2].lower(), "application/octet-stream")
        if address.startswith("attachments/"):
            # a document that somebody sent must not act in the name of the journal
            active = type_.startswith("text/html") or address.lower().endswith(("svg", "xml", "xhtml"))
            return Answer(HTTPStatus.OK, data, type_, {"Content-Security-Policy": "sandbox"} if active else {})
        if type_.startswith("text/html"):
            data = with_preview(data, shown.digest(address))
        return Answer(HTTPStatus.OK, data, type_)
    if address == "favicon.ico":  # every browser asks for one
        return Answer(HTTPStatus.NO_CONTENT, b"")
    if not shown.site:
        page = plain_page("There is no site yet", "It appears here as soon as one can be made.")
        return Answer(HTTPStatus.SERVICE_UNAVAILABLE, with_preview(page, shown.digest(address or "")), _TYPES["html"])
    page = plain_page("There is no such page", '<a href="/">Today</a> leads on.')
    return Answer(HTTPStatus.NOT_FOUND, with_preview(page, shown.digest(address or "")), _TYPES["html"])


def _own(name: str) -> Answer:
    if name not in _OWN_FILES:
        return Answer(HTTPStatus.NOT_FOUND, b"There is no such file.\n")
    return Answer(HTTPStatus.OK, Path(__file__).with_name(name).read_bytes(), f"{_OWN_FILES[name]}; charset=utf-8")


def with_preview(page: bytes, digest: str) -> bytes:
    """A page with the script that reloads it, which its policy then allows."""
    page = _POLICY.sub(lambda match: match[1] + _opened(match[2].decode()).encode() + match[3], page, count=1)
    head = (
        f'<link rel="stylesheet" href="/{OWN}preview.css">\n'
        f'<script defer src="/{OWN}preview.js" data-shows="{digest}"></script>\n</head>'
    )
    return page.replace(b"</head>", head.encode(), 1)


def _opened(policy: str) -> str:
    """A content security policy under which the preview's own script and style work, and nothing else that did not."""
    directives = {name: rest for name, _, rest in (part.strip().partition(" ") for part in policy.split(";")) if name}
    for name in ("script-src", "style-src", "connect-src"):
        sources = [source for source in directives.get(name, "").split() if source != "'none'"]
        directives[name] = " ".join(dict.fromkeys(["'self'", *sources]))
    return "; ".join(f"{name} {sources}" for name, sources in directives.items())


def event(shown: Shown, address: str) -> bytes:
    """The event that tells a page what is shown at its address now, and what is wrong (see `Shown`)."""
    value = {
        "shows": shown.digest(address),
        "troubles": shown.troubles,
        "more": shown.more,
        "checked": shown.is_checked,
    }
    return b"data: " + msgspec.json.encode(value) + b"\n\n"


class Server(ThreadingHTTPServer):
    """The server of one stage. Each reader has a thread, none of which keeps the process alive."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 64

    def __init__(self, host: str, port: int, stage: Stage, allowed: frozenset[str]) -> None:
        self.stage = stage
        self.allowed = allowed
        if ":" in host:
            import socket

            self.address_family = socket.AF_INET6
        super().__init__((host, port), _Handler)

    def server_bind(self) -> None:
        """Take the port without asking the network for this machine's name, which can take seconds."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = str(self.server_address[0]), int(self.server_address[1])

    def handle_error(self, request: object, client_address: object) -> None:
        """A reader who goes away in mid-answer is nothing to report; our own mistakes are."""
        import sys

        if not isinstance(sys.exc_info()[1], OSError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]  # as it came


class _Handler(BaseHTTPRequestHandler):
    """One connection."""

    server: Server
    protocol_version = "HTTP/1.1"
    wbufsize = 65536  # without it headers and body go out apart, and each answer waits 40 ms
    timeout = STALLED
    server_version = "kith"
    sys_version = ""

    def do_GET(self) -> None:
        """Answer with a file of the site."""
        self._respond()

    def do_HEAD(self) -> None:
        """Answer as to GET, without the body."""
        self._respond()

    def _refuse_method(self) -> None:
        self.close_connection = True
        self._send(Answer(HTTPStatus.METHOD_NOT_ALLOWED, b"This is for reading.\n", headers={"Allow": "GET, HEAD"}))

    do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = _refuse_method  # noqa: N815 - so the library calls them

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the signature is the library's
        """Say nothing: the terminal is for what goes wrong."""

    def _respond(self) -> None:
        if "Content-Length" in self.headers or "Transfer-Encoding" in self.headers:
            self.close_connection = True  # what comes along is not read, so nothing behind it is a request
        hosts = self.headers.get_all("Host") or []
        refused = refusal(hosts, self.server.allowed, self.path)
        if refused is not None:
            self.close_connection = True
            self._send(refused)
        elif self.path.startswith(f"/{OWN}events?page=") and self.command == "GET":
            self._send_events(address_of(self.path.partition("?page=")[2]) or "")
        else:
            with self.server.stage.answering() as shown:
                found = answer(shown, self.path)
            self._send(found)

    def _send(self, found: Answer) -> None:
        self.send_response(found.status)
        self.send_header("Content-Type", found.type)
        self.send_header("Content-Length", str(len(found.body)))
        for name, value in found.headers.items():
            self.send_header(name, value)
        self._send_common_headers()
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(found.body)

    def _send_common_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Referrer-Policy", "no-referrer")
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        self.send_header("Content-Security-Policy", "frame-ancestors 'none'")

    def _send_events(self, address: str) -> None:
        """Tell a page of every build until it goes."""
        self.close_connection = True
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self._send_common_headers()
        self.end_headers()
        stage = self.server.stage
        number = -1
        while not stage.is_over:
            line = b": \n\n"
            if stage.wait(number, HEARTBEAT):
                with stage.answering() as shown:
                    number, line = shown.number, event(shown, address)
            self.wfile.write(line)
            self.wfile.flush()
