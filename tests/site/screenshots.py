#!/usr/bin/env python3
"""Pictures of every kind of page, to be looked at all at once: `.venv/bin/python tests/site/screenshots.py OUT`.

OUT/index.html shows them side by side: light, dark, 390 pixels wide, and printed on A4. `--pictures` also writes those
of the README to `.github/pictures/`.
"""

import argparse
import datetime as dt
import html
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from tests.run import find_chromium  # noqa: E402 - the script is started by its path
from tests.site.kinds import KINDS, TODAY, make_sites  # noqa: E402

WAYS: Mapping[str, Mapping[str, object]] = {
    "light": {"color_scheme": "light", "viewport": {"width": 1280, "height": 900}},
    "dark": {"color_scheme": "dark", "viewport": {"width": 1280, "height": 900}},
    "390": {"color_scheme": "light", "viewport": {"width": 390, "height": 844}},
    "print": {"color_scheme": "light", "viewport": {"width": 718, "height": 1016}},  # A4 without its margins
}
README = ("today", "contact", "path")
TALLEST = 6000  # pixels of a page beyond which a picture shows no more
_HEAD = (
    '<!doctype html><meta charset="utf-8"><title>kith, page by page</title><style>'
    "body{font:14px system-ui;margin:2rem;background:#ddd}section{display:flex;gap:1rem;overflow-x:auto}"
    "figure{margin:0}img{height:480px;width:auto;max-width:none;border:1px solid #999;object-fit:cover;"
    "object-position:top}</style>"
)


def main(arguments: list[str]) -> int:
    """Build the site of the demo journal and take all pictures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition(":")[0])
    parser.add_argument("out", type=Path)
    parser.add_argument("--only", action="append", choices=sorted(KINDS), help="this kind of page only")
    parser.add_argument("--pictures", action="store_true", help="also write the pictures of the README")
    given = parser.parse_args(arguments)
    site = write_site(given.out / "site")
    kinds = {name: KINDS[name] for name in given.only or KINDS}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox"])
        for name in WAYS:
            take(browser, name, kinds, site, given.out)
        if given.pictures:
            take_pictures(browser, site, ROOT / ".github" / "pictures")
        browser.close()
    (given.out / "index.html").write_text(_HEAD + "".join(contact_sheet(kinds)), encoding="utf-8")
    return 0


def write_site(folder: Path) -> Path:
    """Write the sites of the demo journal, as they are on its day."""
    for address, data in make_sites(ROOT / "content").items():
        path = folder / address
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder


def on_the_day(browser: Browser, options: Mapping[str, object]) -> Page:
    """Open a page whose clock stands on the day of the build."""
    page = browser.new_context(**options).new_page()  # type: ignore[arg-type]  # playwright names each option
    page.clock.set_fixed_time(dt.datetime.combine(TODAY, dt.time(12)))
    return page


def take(browser: Browser, way: str, kinds: Mapping[str, str], site: Path, out: Path) -> None:
    """Take the pictures of one way to look at pages."""
    page = on_the_day(browser, WAYS[way])
    if way == "print":
        page.emulate_media(media="print")
    for name, address in kinds.items():
        page.goto(f"{site.as_uri()}/{address}")
        size = page.viewport_size or {"width": 1280, "height": 900}
        height = min(int(page.evaluate("document.documentElement.scrollHeight")), TALLEST)
        clip = {"x": 0, "y": 0, "width": size["width"], "height": max(height, size["height"])}
        page.screenshot(path=out / f"{name}-{way}.png", full_page=True, clip=clip)  # type: ignore[arg-type]  # a dict
        if way == "print":
            page.pdf(path=out / f"{name}.pdf", format="A4", prefer_css_page_size=False)
    page.context.close()


def take_pictures(browser: Browser, site: Path, folder: Path) -> None:
    """Take the pictures of the README."""
    folder.mkdir(parents=True, exist_ok=True)
    page = on_the_day(browser, WAYS["light"])
    for name in README:
        page.goto(f"{site.as_uri()}/{KINDS[name]}")
        page.screenshot(path=folder / f"{name}.png", clip={"x": 0, "y": 0, "width": 1280, "height": 860})
    page.context.close()


def contact_sheet(kinds: Mapping[str, str]) -> Iterator[str]:
    """Yield the sheet that shows all pictures."""
    for name, address in kinds.items():
        yield f"<h2>{html.escape(name)}</h2><section>"
        for way in WAYS:
            picture = f"{name}-{way}.png"
            yield f'<figure><a href="{picture}"><img src="{picture}" alt="{name}, {way}" loading="lazy"></a></figure>'
        yield f'</section><p><a href="site/{address}">the page</a>, <a href="{name}.pdf">printed</a></p>'


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
