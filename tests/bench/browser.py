#!/usr/bin/env python3
"""Measure the site of a large journal in Chromium, from the disk: `.venv/bin/python tests/bench/browser.py`.

How long a keystroke takes in the search over everything and in the table of people, when a page is first painted,
whether it moves afterwards, and what it weighs without its content. Nothing is asserted: the numbers are for reading.
"""

import argparse
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from tests.run import find_chromium  # noqa: E402 - the script is started by its path
from tests.site.kinds import KINDS, make_sites  # noqa: E402
from tests.site.reader import write_site  # noqa: E402

TODAY = "2026-11-22"  # the day on which the generated journals end
QUERIES = ("night shift", "physician assistant", "zzzz", "most days end at four", "e", "hospice nurse")
VISITS = 5
# Types into a field key by key; for each, the milliseconds until the page is laid out again.
TYPE = """async ([selector, queries]) => {
    const input = document.querySelector(selector);
    const took = [];
    for (const query of queries) {
        for (let end = 1; end <= query.length; end += 1) {
            input.value = query.slice(0, end);
            const start = performance.now();
            input.dispatchEvent(new Event("input", { bubbles: true }));
            for (let turn = 0; turn < 4; turn += 1) await null;  // what waits for the index goes on
            document.body.offsetHeight;
            took.push(performance.now() - start);
            await new Promise((done) => setTimeout(done, 5));
        }
    }
    return took;
}"""
# When the page was first painted, and by how much it has moved since.
PAINTED = """() => new Promise((done) => {
    let moved = 0;
    new PerformanceObserver((list) => list.getEntries().forEach((one) => { moved += one.value; }))
        .observe({ type: "layout-shift", buffered: true });
    setTimeout(() => done([performance.getEntriesByName("first-contentful-paint")[0].startTime, moved]), 100);
})"""


def main() -> int:
    """Build the site of a generated journal and that of the demo, and print what they take in a browser."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition(":")[0])
    parser.add_argument("--notes", type=int, default=10_000, help="of the journal that is searched; 0 leaves that out")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox"])
        if options.notes:
            large = build(generate(Path(folder) / "large", options.notes), Path(folder) / "large-site")
            print(f"search over {options.notes} notes: {of_search(browser, large)}")
            print(f"table of people: {of_table(browser, large)}")
        demo = write_site(make_sites(ROOT / "content"), Path(folder) / "demo-site")
        for name, address in KINDS.items():
            print(f"{name}: {of_page(browser, demo, address)}")
        browser.close()
    return 0


def generate(folder: Path, notes: int) -> Path:
    """Write a journal of so many notes."""
    command = [sys.executable, str(Path(__file__).with_name("generate.py")), "--notes", str(notes), str(folder)]
    subprocess.run(command, check=True)
    return folder


def build(journal: Path, site: Path) -> Path:
    """Build the site of a journal."""
    kith = [sys.executable, "-m", "kith", "-C", str(journal), "--today", TODAY, "build", "--output", str(site)]
    subprocess.run(kith, check=True, capture_output=True)
    return site


def of_search(browser: Browser, site: Path) -> str:
    """Return what the index weighs and a keystroke takes."""
    page = open_page(browser, site, "tags.html")
    page.focus("#q")
    while not page.evaluate("window.KITH_SEARCH?.parts.length > window.KITH_SEARCH?.count"):
        page.wait_for_timeout(20)
    megabytes = sum(part.stat().st_size for part in (site / "assets").glob("search-index*.js")) / 1e6
    return f"index {megabytes:.1f} MB, {milliseconds(page.evaluate(TYPE, ['#q', QUERIES]))}"


def of_table(browser: Browser, site: Path) -> str:
    """Return what a keystroke takes in the filter of the people; 2,500 are left of more."""
    page = open_page(browser, site, "contacts.html", rows=2500)
    took = page.evaluate(TYPE, [".filters input", ("physician", "dana lee", "zz", "e")])
    return f"{page.locator('tbody tr').count()} rows, {milliseconds(took)}"


def milliseconds(took: list[float]) -> str:
    """Return how long keystrokes took, in words."""
    return f"a keystroke {statistics.median(took):.0f} ms in the median, {max(took):.0f} ms at most"


def of_page(browser: Browser, site: Path, address: str) -> str:
    """Return the first paint, the layout shift and the weight of a page."""
    page = open_page(browser, site, address)
    visits = []
    for _ in range(VISITS):
        page.goto(page.url)
        visits.append(page.evaluate(PAINTED))
    shared = page.eval_on_selector_all(
        "link[rel=stylesheet], script[src]", "all => all.map((one) => one.href || one.src)"
    )
    frame = page.evaluate(
        "document.documentElement.outerHTML.length - (document.querySelector('main')?.outerHTML.length ?? 0)"
    )
    weight = frame + sum((site / url.partition(f"{site.as_uri()}/")[2]).stat().st_size for url in shared)
    page.context.close()
    painted = statistics.median(first for first, _ in visits)
    moved = max(by for _, by in visits)
    return f"painted after {painted:.0f} ms, moved by {moved:.3f}, {weight / 1000:.0f} KB without its content"


def open_page(browser: Browser, site: Path, address: str, rows: int = 0) -> Page:
    """Open a page in a tab of its own; of a table with more rows so many are left before its scripts run."""
    page = browser.new_context(viewport={"width": 1280, "height": 800}).new_page()
    if rows:
        html = (site / address).read_text(encoding="utf-8").split("<tr ")
        last = html[-1].partition("</tr>")[2]
        (site / address).write_text("<tr ".join(html[: rows + 1]) + last, encoding="utf-8")
    page.goto(f"{site.as_uri()}/{address}")
    return page


if __name__ == "__main__":
    sys.exit(main())
