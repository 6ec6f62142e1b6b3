"""In a real browser: edit and see it change, break a note and be told, mend it and read on."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.serve.running import Running

NOTE = "contacts/dana-lee.md"


@pytest.fixture
def tab(chromium: Browser, running: Running) -> Iterator[Page]:
    """Return a tab that shows the page of a person, and fails where a script does."""
    page = chromium.new_page(viewport={"width": 1000, "height": 500}, reduced_motion="reduce")
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    page.goto(f"http://127.0.0.1:{running.port}/contacts/dana-lee.html")
    page.wait_for_load_state()
    yield page
    page.close()
    assert wrong == []


def write(running: Running, change: Callable[[str], str]) -> None:
    """Save a note."""
    path = running.root / NOTE
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")


def test_edit_break_and_mend(running: Running, tab: Page) -> None:
    write(running, lambda text: f"{text}\nShe keeps bees.\n")
    tab.get_by_text("She keeps bees.").wait_for()
    assert tab.locator("#kith-troubles").count() == 0
    hostile = "<img src=x onerror=alert(1)>"
    write(running, lambda text: text.replace("name: Dana Lee", f"name: Dana Lee\nvia: '[[{hostile}]]'"))
    overlay = tab.locator("#kith-troubles")
    overlay.wait_for()
    assert hostile in overlay.inner_text()
    assert "contacts/dana-lee.md:" in overlay.inner_text()
    assert overlay.locator("img").count() == 0
    tab.keyboard.press("Escape")
    overlay.wait_for(state="detached")
    write(running, lambda text: text.replace(hostile, f"other {hostile}"))
    overlay.wait_for()
    write(running, lambda text: text.replace(f"\nvia: '[[other {hostile}]]'", ""))
    overlay.wait_for(state="detached")
    tab.get_by_text("She keeps bees.").wait_for()


def test_scroll_filters_and_order_stay(running: Running, tab: Page) -> None:
    tab.set_viewport_size({"width": 900, "height": 220})
    tab.goto(f"http://127.0.0.1:{running.port}/contacts.html")
    search = tab.locator("form.filters input[type=search]")
    search.fill("a")
    tab.locator("th button").first.click()
    tab.evaluate("scrollTo(0, 100)")
    scrolled = tab.evaluate("scrollY")
    count = tab.locator("form.filters output").inner_text()
    tab.evaluate("window.before = true")
    write(running, lambda text: text.replace("name: Dana Lee", "name: Dana Leah Lee"))
    tab.get_by_text("Dana Leah Lee").first.wait_for()
    assert search.input_value() == "a"
    assert tab.locator("form.filters output").inner_text() == count
    assert tab.locator("th[aria-sort=ascending]").count() == 1
    assert tab.evaluate("scrollY") == scrolled > 0


def test_a_page_that_did_not_change_does_not_reload(running: Running, tab: Page) -> None:
    tab.goto(f"http://127.0.0.1:{running.port}/tags.html")
    tab.evaluate("window.before = true")
    builds = running.builds
    write(running, lambda text: f"{text}\nShe keeps bees.\n")
    assert running.settle(lambda: running.builds > builds)
    assert tab.evaluate("window.before") is True


def test_a_hidden_tab_holds_no_connection_and_catches_up(running: Running, tab: Page) -> None:
    hide = """hidden => {
        Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
        document.dispatchEvent(new Event("visibilitychange"));
    }"""
    tab.evaluate(hide, True)  # noqa: FBT003 - the argument of the script
    builds = running.builds
    write(running, lambda text: f"{text}\nShe keeps bees.\n")
    assert running.settle(lambda: running.builds > builds)
    assert tab.get_by_text("She keeps bees.").count() == 0
    tab.evaluate(hide, False)  # noqa: FBT003 - see above
    tab.get_by_text("She keeps bees.").wait_for()
