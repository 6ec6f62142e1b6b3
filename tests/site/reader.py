"""Somebody who opens the pages of a site from the disk, and remembers what the browser complained about."""

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Dialog, Page, ViewportSize

from tests.site.kinds import TODAY

DESK = ViewportSize(width=1280, height=720)


class Reader:
    """One tab. `complaints` is what the browser said, and each request that leaves the folder of the site."""

    def __init__(self, browser: Browser, site: Path, **options: object) -> None:
        self.site = site
        self.context = browser.new_context(**options)  # type: ignore[arg-type]  # playwright names each option
        self.page: Page = self.context.new_page()
        self.complaints: list[str] = []
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", lambda request: self.judge(request.url))
        self.page.on("dialog", self.dismiss)
        self.on(TODAY)

    def judge(self, url: str) -> None:
        """Complain of a request that leaves the folder."""
        if not url.startswith(self.site.as_uri()):
            self.complaints.append(url)

    def dismiss(self, dialog: Dialog) -> None:
        """Complain of a dialog, and close it."""
        self.complaints.append(f"{dialog.type}: {dialog.message}")
        dialog.dismiss()

    def on(self, day: dt.date) -> None:
        """Set the reader's clock to the noon of a day."""
        self.page.clock.set_fixed_time(dt.datetime.combine(day, dt.time(12)))

    def open(self, address: str) -> Page:
        """Open the page at an address."""
        self.page.goto(f"{self.site.as_uri()}/{address}")
        return self.page

    def begin(self) -> None:
        """Sit down anew, as nobody has read before: a tab is dear, so the tests share one."""
        self.page.goto("about:blank")
        self.page.set_viewport_size(DESK)
        self.page.emulate_media(color_scheme="light")
        self.on(TODAY)
        self.complaints.clear()


def write_site(site: Mapping[str, bytes], folder: Path) -> Path:
    """Write a site to a folder and return that."""
    for address, data in site.items():
        path = folder / address
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder


def violations(page: Page, **options: object) -> list[tuple[str, str]]:
    """Return what axe has to say about a page; it may not fetch the styles, which the browser has applied."""
    always = {"preload": False, "resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
    found = Axe().run(page, options={**always, **options}).response["violations"]
    return [(one["id"], one["nodes"][0]["html"]) for one in found]
