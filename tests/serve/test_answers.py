"""Who asks for what: only this machine, only what is in the site, only reading."""

import http.client
import json
import socket
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from kith.errors import JournalError
from kith.serve import Address, Preview, allowed_names, open_server
from kith.serve.answering import _Handler, address_of, answer, is_allowed, with_preview
from kith.serve.showing import Shown, Stage
from tests.serve.running import TODAY, Running

SITE = {
    "index.html": b"<html><head></head><body>Today</body></html>",
    "contacts/\u00e9.html": b"<html><head></head></html>",
    "attachments/a.html": b"<script>1</script>",
    "attachments/a.svg": b"<svg/>",
    "attachments/a.png": b"\x89PNG",
    "css/a.css": b"a{}",
}


def ask(port: int, target: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], bytes]:
    """Ask the server, byte for byte."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.putrequest(method, target, skip_host="Host" in headers)
    for name, value in headers.items():
        connection.putheader(name, value)
    connection.endheaders()
    response = connection.getresponse()
    data = response.read()
    connection.close()
    return response.status, dict(response.getheaders()), data


def say(port: int, text: bytes) -> bytes:
    """Send bytes as they are, and return the first line of the answer."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(text)
        return connection.recv(1000).partition(b"\r\n")[0]


# --- who -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "host,fits",
    [
        ("127.0.0.1", True),
        ("127.0.0.1:4343", True),
        ("localhost:1", True),
        ("LOCALHOST.", True),
        ("[::1]:4343", True),
        ("evil.example", False),
        ("evil.example:4343", False),
        ("127.0.0.1.evil.example", False),
        ("localhost.evil.example", False),
        ("127.0.0.1@evil.example", False),
        ("192.168.1.7", False),
        ("2130706433", False),
        ("0x7f.1", False),
        ("", False),
        (":4343", False),
        ("localhost:4343:1", False),
        ("localhost\t.evil", False),
        ("[evil", False),
    ],
)
def test_only_names_of_this_machine_are_answered(host: str, fits: bool) -> None:  # noqa: FBT001 - a case
    assert is_allowed(host, frozenset()) is fits


def test_a_named_host_is_answered_and_every_number_where_all_may_read() -> None:
    assert is_allowed("box.example:80", frozenset({"box.example"}))
    names = allowed_names(Address("0.0.0.0"))  # noqa: S104 - the point
    assert is_allowed("192.168.1.7:4343", names)
    assert is_allowed(socket.gethostname(), names)
    assert not is_allowed("evil.example", names)
    assert allowed_names(Address()) == frozenset()


def test_a_hostile_host_learns_nothing(shared: Running) -> None:
    for target in ("/", "/contacts.html", "/__kith/preview.js", "/__kith/events?page=/", "/nowhere"):
        status, _, body = ask(shared.port, target, Host="evil.example")
        assert status == 421
        assert b"dana" not in body.lower()


@pytest.mark.parametrize(
    "request_,status",
    [
        (b"GET / HTTP/1.1\r\n\r\n", b"400"),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n", b"400"),
        (b"GET http://evil.example/ HTTP/1.1\r\nHost: localhost\r\n\r\n", b"400"),
        (b"GET /\x00 HTTP/1.1\r\nHost: localhost\r\n\r\n", b"404"),
        (b"GET /" + b"a" * 70000 + b" HTTP/1.1\r\n", b"414"),
        (b"BREW / HTTP/1.1\r\nHost: localhost\r\n\r\n", b"501"),
        (b"GET / HTTP/9.9\r\nHost: localhost\r\n\r\n", b"505"),
    ],
)
def test_broken_requests_are_refused(shared: Running, request_: bytes, status: bytes) -> None:
    assert status in say(shared.port, request_)
    assert ask(shared.port, "/")[0] == 200


@pytest.mark.parametrize("length", [b"Content-Length: 50", b"Transfer-Encoding: chunked"])
def test_what_comes_along_is_no_request(shared: Running, length: bytes) -> None:
    with socket.create_connection(("127.0.0.1", shared.port), timeout=10) as connection:
        connection.sendall(b"GET /css/none.css HTTP/1.1\r\nHost: localhost\r\n" + length + b"\r\n\r\n")
        connection.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
        found = b""
        with suppress(ConnectionResetError):  # what was not read is thrown away with the connection
            while data := connection.recv(65536):
                found += data
    assert found.count(b"HTTP/1.1 ") <= 1
    assert b"200 OK" not in found


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
def test_nothing_but_reading(shared: Running, method: str) -> None:
    status, headers, _ = ask(shared.port, "/", method)
    assert (status, headers["Allow"]) == (405, "GET, HEAD")


# --- what ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "target",
    [
        "/../journal.md",
        "/%2e%2e/journal.md",
        "/%2e%2e%2fjournal.md",
        "/%252e%252e/journal.md",
        "/%c0%ae%c0%ae/journal.md",
        "/contacts/..%2f..%2fjournal.md",
        "/..%5cjournal.md",
        "//etc/passwd",
        "/%2fetc/passwd",
        "/contacts/%2e%2e/index.html",
        "/./index.html",
        "/index.html%00.png",
        "/%ff",
        "/%",
        "/contacts",
        "/journal.md",
        "/.kith/cache.sqlite",
        "/.git/config",
        "/__kith/../index.html",
        "/__kith/preview.py",
        "/__kith/__init__.py",
        "/__kith/events",
    ],
)
def test_nothing_outside_the_site(shared: Running, target: str) -> None:
    status, _, body = ask(shared.port, target)
    assert status == 404
    assert b"root:" not in body


def test_a_link_out_of_the_journal_is_not_followed(running: Running, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    (running.root / "attachments").mkdir(exist_ok=True)
    (running.root / "attachments" / "out.txt").symlink_to(tmp_path / "secret.txt")
    (running.root / "attachments" / "folder").symlink_to(tmp_path)
    (running.root / "contacts" / "out.md").symlink_to(tmp_path / "secret.txt")
    (running.root / "contacts" / "loop").symlink_to(running.root / "contacts")
    (running.root / "organizations" / "folder").symlink_to(tmp_path)
    assert running.settle(lambda: running.builds > 1)
    assert running.site == running.from_nothing()
    for target in (
        "attachments/out.txt",
        "attachments/folder/secret.txt",
        "contacts/out.html",
        "contacts/loop/sam.html",
    ):
        status, _, body = ask(running.port, f"/{target}")
        assert (status, b"secret" in body) == (404, False)


def test_a_page_comes_with_the_preview_and_nothing_is_kept(shared: Running) -> None:
    status, headers, body = ask(shared.port, "/contacts/dana-lee.html")
    assert status == 200
    assert headers["Content-Type"] == "text/html; charset=utf-8"
    assert headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "Access-Control-Allow-Origin" not in headers
    assert b"/__kith/preview.js" in body
    assert b"__kith" not in shared.site["contacts/dana-lee.html"]
    status, headers, nothing = ask(shared.port, "/contacts/dana-lee.html", "HEAD")
    assert (status, int(headers["Content-Length"]), nothing) == (200, len(body), b"")


def test_addresses_are_those_of_the_site() -> None:
    shown = Shown(1, SITE)
    assert address_of("/?q=x") == "index.html"
    assert answer(shown, "/contacts/%C3%A9.html?x#y").status == 200
    assert answer(shown, "/css/a.css").type.startswith("text/css")
    assert answer(shown, "/nowhere").status == 404
    assert answer(Shown(), "/").status == 503


def test_what_somebody_sent_does_not_act_in_the_journals_name() -> None:
    shown = Shown(1, SITE)
    for name in ("a.html", "a.svg"):
        found = answer(shown, f"/attachments/{name}")
        assert found.headers == {"Content-Security-Policy": "sandbox"}
        assert b"__kith" not in found.body
    assert answer(shown, "/attachments/a.png").headers == {}


def test_the_policy_allows_the_preview_and_no_more() -> None:
    page = b"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-x'\"></head>"
    made = with_preview(page, "0").decode()
    assert "default-src 'none'; style-src 'self' 'sha256-x'; script-src 'self'; connect-src 'self'\"" in made


# --- builds --------------------------------------------------------------------------------------------------------


def events(port: int, page: str, count: int) -> list[dict[str, Any]]:
    """Return the next so many events for a page, those that tell what is wrong with it."""
    return [event for event in all_events(port, page, count) if event["checked"]]


def all_events(port: int, page: str, count: int) -> list[dict[str, Any]]:
    """Return the next events for a page, until so many have told what is wrong with it."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("GET", f"/__kith/events?page={page}")
    response = connection.getresponse()
    found: list[dict[str, Any]] = []
    while sum(event["checked"] for event in found) < count:
        line = response.readline()
        if line.startswith(b"data: "):
            found.append(json.loads(line[6:]))
    connection.close()
    return found


def test_a_page_learns_when_it_has_changed_and_what_is_wrong(running: Running) -> None:
    found: list[dict[str, Any]] = []
    other: list[dict[str, Any]] = []
    page, path = "/contacts/dana-lee.html", "/paths.html"
    threads = [
        threading.Thread(target=lambda: found.extend(events(running.port, page, 4)), daemon=True),
        threading.Thread(target=lambda: other.extend(events(running.port, path, 4)), daemon=True),
    ]
    for thread in threads:
        thread.start()
    time.sleep(0.5)
    note = running.root / "contacts/dana-lee.md"
    text = note.read_text(encoding="utf-8")
    for changed in (f"{text}\nShe keeps bees.\n", text.replace("name:", "nmae:", 1), text):
        builds = running.builds
        note.write_text(changed, encoding="utf-8")
        assert running.settle(lambda: running.builds > builds)  # noqa: B023 - at once
    for thread in threads:
        thread.join(20)
    shows = [one["shows"] for one in found]
    assert shows[0] != shows[1]
    assert shows[0] == shows[3]
    assert [bool(one["troubles"]) for one in found] == [False, False, True, False]
    assert found[2]["troubles"][0]["place"].startswith("contacts/dana-lee.md:")
    assert other[0]["shows"] == other[1]["shows"]


def test_a_page_is_shown_before_it_is_known_what_is_wrong(running: Running) -> None:
    found: list[dict[str, Any]] = []
    port, page = running.port, "/contacts/dana-lee.html"
    thread = threading.Thread(target=lambda: found.extend(all_events(port, page, 3)), daemon=True)
    thread.start()
    time.sleep(0.5)
    note = running.root / "contacts/dana-lee.md"
    text = note.read_text(encoding="utf-8")
    broken = text.replace("name: Dana Lee", "name: Dana Leah Lee\nvia: '[[no-one]]'")
    for changed in (broken, text):
        builds = running.builds
        note.write_text(changed, encoding="utf-8")
        assert running.settle(lambda: running.builds > builds)  # noqa: B023 - at once
    thread.join(20)
    assert [(one["checked"], bool(one["troubles"])) for one in found] == [
        *((True, False), (False, False), (True, True), (False, True), (True, False))
    ]
    shows = [one["shows"] for one in found]
    assert shows[0] != shows[1] == shows[2]
    assert shows[3] == shows[4] == shows[0]


def test_what_can_wait_lets_readers_go_first() -> None:
    stage = Stage()
    begun, done = threading.Event(), threading.Event()

    def read() -> None:
        with stage.answering():
            begun.set()
            time.sleep(0.3)
            done.set()

    threading.Thread(target=read, daemon=True).start()
    begun.wait(10)
    stage.let_read()
    assert done.is_set()
    with stage.answering():  # one that never ends does not keep it for ever
        stage.let_read()


def test_a_broken_first_build_is_said_and_waited_for(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def collide(*_: object) -> None:
        raise JournalError("the site cannot hold both", "rename one of them")

    with monkeypatch.context() as patched:
        patched.setattr("kith.serve.building.preview_site", collide)
        preview = Preview(root, lambda: TODAY, Address(port=0), print)
        preview.start(None)
    try:
        status, _, body = ask(preview.server.server_port, "/")
        assert status == 503
        assert b"/__kith/preview.js" in body
        (event,) = events(preview.server.server_port, "/", 1)
        assert event["troubles"][0]["message"] == "the site cannot hold both"
        preview.build()
        assert ask(preview.server.server_port, "/")[0] == 200
    finally:
        preview.close()


def test_a_mistake_of_ours_keeps_the_last_site(running: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    before = dict(running.site)
    with monkeypatch.context() as patched:
        patched.setattr("kith.serve.building.preview_site", lambda *_: 1 / 0)
        running.preview.build()
    assert running.site == before
    assert "mistake" in running.preview.stage.shown.troubles[0].message
    assert any("ZeroDivisionError" in line for line in running.said)
    running.preview.build()
    assert running.preview.stage.shown.troubles == ()


def test_a_mistake_in_a_check_is_said_on_the_new_site(running: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    note = running.root / "contacts/dana-lee.md"
    with monkeypatch.context() as patched:
        patched.setattr("kith.serve.building.troubles_of", lambda *_: 1 / 0)
        note.write_bytes(note.read_bytes() + b"\nShe keeps bees.\n")
        assert running.settle(lambda: b"keeps bees" in running.site["contacts/dana-lee.html"])
    assert "mistake" in running.preview.stage.shown.troubles[0].message
    assert any("ZeroDivisionError" in line for line in running.said)
    running.preview.build()
    assert running.preview.stage.shown.troubles == ()


def test_a_page_that_we_fail_to_make_says_so(running: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        patched.setattr("kith.render.render_page", lambda *_: 1 / 0)
        status, _, body = ask(running.port, "/tags.html")
        assert status == 200
        assert b"This page cannot be shown" in body
        assert b"/__kith/preview.js" in body
        assert any("ZeroDivisionError" in line for line in running.said)
        assert ask(running.port, "/nowhere.html")[0] == 404
    assert b"This page cannot be shown" not in ask(running.port, "/tags.html")[2]


def test_what_builds_leave_behind_is_collected(running: Running) -> None:
    running.ending = True
    running.thread.join(10)  # else it tidies up as well
    running.preview.untidy = 49
    running.preview.build()
    assert running.preview.untidy == 0


def test_twenty_tabs_and_some_that_stall(running: Running) -> None:
    stalled = [socket.create_connection(("127.0.0.1", running.port)) for _ in range(10)]
    for number, connection in enumerate(stalled):
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1024)
        asks = b"GET /contacts.html HTTP/1.1\r\nHost: localhost\r\n\r\n" * 50  # and none of it is read
        connection.sendall((b"", b"GET / HTTP/1.1\r\nHost: loc", asks)[number % 3])
    found: list[dict[str, Any]] = []
    tabs = [
        threading.Thread(target=lambda: found.extend(events(running.port, "/contacts/dana-lee.html", 2)), daemon=True)
        for _ in range(20)
    ]
    for tab in tabs:
        tab.start()
    time.sleep(0.5)
    begin = time.monotonic()
    assert ask(running.port, "/")[0] == 200
    assert time.monotonic() - begin < 5
    note = running.root / "contacts/dana-lee.md"
    note.write_text(note.read_text(encoding="utf-8") + "\nShe keeps bees.\n", encoding="utf-8")
    for tab in tabs:
        tab.join(20)
    assert len(found) == 40
    assert len({one["shows"] for one in found}) == 2
    for connection in stalled:
        connection.close()


def test_a_reader_that_takes_nothing_is_left_and_holds_up_nobody(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_Handler, "timeout", 0.5)
    threads = threading.active_count()
    (running.root / "attachments").mkdir(exist_ok=True)
    (running.root / "attachments" / "film.bin").write_bytes(bytes(20_000_000))  # more than the system keeps for anybody
    assert running.settle(lambda: "attachments/film.bin" in running.site)
    readers = [socket.create_connection(("127.0.0.1", running.port)) for _ in range(5)]
    for reader in readers:
        reader.sendall(b"GET /attachments/film.bin HTTP/1.1\r\nHost: localhost\r\n\r\n")
    assert ask(running.port, "/")[0] == 200
    assert running.settle(lambda: threading.active_count() <= threads)
    for reader in readers:
        reader.close()


# --- ports ---------------------------------------------------------------------------------------------------------


def test_a_busy_default_port_is_passed_over_and_a_busy_named_one_is_an_error() -> None:
    first = open_server(Address(), Stage())
    second = open_server(Address(), Stage())
    try:
        assert first.server_port != second.server_port
        with pytest.raises(JournalError, match=f"127.0.0.1:{first.server_port} cannot be served at"):
            open_server(Address(port=first.server_port), Stage())
    finally:
        first.server_close()
        second.server_close()
    with pytest.raises(JournalError, match="there is no address"):
        open_server(Address("nowhere.invalid"), Stage())
