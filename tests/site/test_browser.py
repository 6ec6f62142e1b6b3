"""The site in a real browser, opened from the disk out of a folder with an awkward name."""

import datetime as dt
import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin

import pytest
from playwright.sync_api import Page, expect

from kith.followups.agenda import when_words
from kith.load import Loaded, read_journal
from kith.pipeline import Review, build_site
from tests.site.kinds import KINDS, TODAY
from tests.site.reader import Reader, violations, write_site

PHONE = 360


def pages_printed(page: Page, paper: str) -> int:
    """Return how many pages of paper the page takes."""
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(format=paper)))


@pytest.mark.parametrize("paper", ["A4", "Letter"])
@pytest.mark.parametrize("kind", ["runsheet", "people-sheet"])
def test_a_run_sheet_is_one_page_of_paper(kind: str, paper: str, reader: Reader) -> None:
    page = reader.open(KINDS[kind])
    # ten questions, the longest that fit on a line
    page.evaluate(
        """() => {
        const rows = [...document.querySelectorAll(".clock li")].filter((row) => row.querySelector(".rule"));
        const last = rows.at(-1);
        for (let count = rows.length; last && count < 10; count += 1) last.after(last.cloneNode(true));
        while (document.querySelectorAll(".clock .rule").length > 11) document.querySelector(".rule + .rule").remove();
    }"""
    )
    assert pages_printed(page, paper) == 1


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_page_is_accessible_and_fits_a_small_phone(kind: str, reader: Reader) -> None:
    page = reader.open(KINDS[kind])
    if details := page.query_selector("details"):
        details.evaluate("one => { one.open = true; }")
    assert violations(page) == []
    page.emulate_media(color_scheme="dark")
    assert violations(page, runOnly=["color-contrast"]) == []  # nothing but the colours is another in the dark
    page.set_viewport_size({"width": PHONE, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE


def test_long_words_and_other_scripts_stay_on_a_small_phone(reader: Reader, tmp_path: Path) -> None:
    name = f"Maximiliana {'Wolfeschlegelsteinhausenbergerdorff' * 2} ليلى 王小明"
    note = f"---\nname: {name}\nrole: {'Donaudampfschifffahrt' * 4}\norganization: {'x' * 90}\nadded: 2026-09-01\n---\n"
    notes = {
        "journal.md": "---\ntitle: يوميات\nname: Robin\n---\n",
        "contacts/m.md": f"{note}\n## Log\n\n- 2026-10-01 outreach: {'不' * 200} {'supercalifragilistic' * 9}\n",
        "meetings/2026-10-20-m.md": f"---\nstatus: held\nplace: {'x' * 90}\n---\n\n- pro: {'y' * 90}\n",
    }
    files = {path: text.encode() for path, text in notes.items()}
    journal, findings = read_journal(files)
    site = write_site(build_site(Review(Loaded(journal, findings, files), TODAY), {}), tmp_path)
    reader.page.set_viewport_size({"width": PHONE, "height": 740})
    for address in ("index", "contacts", "contacts/m", "meetings/2026-10-20-m", "journal", "organizations"):
        reader.page.goto(f"{site.as_uri()}/{address}.html")
        assert reader.page.evaluate("document.documentElement.scrollWidth") == PHONE, address
    reader.complaints.clear()  # it is another folder


@pytest.mark.parametrize("kind", KINDS)
def test_pages_read_the_same_without_scripts(kind: str, reader: Reader, bare: Page) -> None:
    bare.goto(f"{reader.site.as_uri()}/{KINDS[kind]}")
    without = bare.locator("main").inner_text().split()
    assert len(without) > 5
    assert set(without) - set(reader.open(KINDS[kind]).locator("main").inner_text().split()) == set()


class Links(HTMLParser):
    """Collects what a page links to, and its ids."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: set[str] = set()
        self.feed(html)

    def handle_starttag(self, _tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take what leads somewhere."""
        self.links += [value or "" for name, value in attrs if name in ("href", "src", "action")]
        self.ids |= {value or "" for name, value in attrs if name == "id"}


def test_no_link_is_broken(site: Path) -> None:
    pages = {path: Links(path.read_text(encoding="utf-8")) for path in sorted(site.rglob("*.html"))}
    assert len(pages) > 60
    for path, page in pages.items():
        for link in page.links:
            if link.startswith(("https://", "mailto:", "tel:")):
                continue
            assert not link.startswith(("/", "http:", "file:")), (path, link)
            target, anchor = urldefrag(urljoin(path.as_uri(), link))
            file = Path(unquote(target.removeprefix("file://")))
            assert file.is_file(), (path.name, link)
            assert not anchor or anchor in pages[file].ids, (path.name, link)


# --- the reader's own clock ------------------------------------------------------------------------------------------


def test_on_the_day_of_the_build_nothing_is_relabelled(reader: Reader, site: Path) -> None:
    page = reader.open("index.html")
    built = (site / "index.html").read_text(encoding="utf-8")
    for words in page.locator("time[data-due] .words").all_inner_texts():
        assert words in built
    assert page.locator(".stale").count() == 0


@pytest.mark.parametrize("days", [1, 2, 5, 40])
def test_a_page_read_later_says_what_a_page_built_later_says(days: int, reader: Reader) -> None:
    later = TODAY + dt.timedelta(days=days)
    reader.on(later)
    for address in ("index.html", "contacts.html", "contacts/dana-lee.html"):
        said = reader.open(address).eval_on_selector_all(
            "time[data-due]", "all => all.map(one => [one.dateTime, one.dataset.weight, one.textContent])"
        )
        assert said
        for due, weight, words in said:
            assert words == when_words(dt.date.fromisoformat(due), int(weight), later)


def test_a_page_read_later_is_regrouped(reader: Reader) -> None:
    reader.on(TODAY + dt.timedelta(days=9))
    page = reader.open("index.html")
    expect(page.locator(".stale")).to_contain_text("built 9 days ago")
    expect(page.locator(".stale code")).to_have_text("kith build")
    for group in ("1", "2", "3"):
        section = page.locator(f"[data-group='{group}']")
        for person in section.locator("[data-person]").all():
            states = person.locator(":scope > .tasks > [data-task]").evaluate_all(
                "all => all.map(one => one.dataset.state)"
            )
            labels = person.locator(":scope > .tasks .words").all_inner_texts()
            assert states
            assert any(state != "upcoming" for state in states) or any(label.startswith("since") for label in labels)
    assert page.locator(".soon").is_hidden()
    assert "late" in page.locator("[data-counts]").inner_text()


@pytest.mark.parametrize("days,stale", [(2, False), (3, True), (-1, False)])
def test_a_page_is_old_after_three_days(days: int, stale: bool, reader: Reader) -> None:  # noqa: FBT001 - a case
    reader.on(TODAY + dt.timedelta(days=days))
    assert (reader.open("index.html").locator(".stale").count() == 1) is stale


# --- tables ----------------------------------------------------------------------------------------------------------


def test_a_table_sorts_by_keyboard(reader: Reader) -> None:
    page = reader.open("contacts.html")
    name = page.get_by_role("button", name="Name", exact=True)
    name.focus()
    page.keyboard.press("Enter")
    names = page.locator("tbody th a").all_inner_texts()
    assert names == sorted(names, key=str.casefold)
    expect(page.locator("thead th").first).to_have_attribute("aria-sort", "ascending")
    page.keyboard.press("Enter")
    assert page.locator("tbody th a").all_inner_texts() == names[::-1]
    stage = page.get_by_role("button", name="Stage")
    stage.focus()
    page.keyboard.press("Space")
    assert page.locator("tbody tr").first.get_attribute("data-stage") in ("closed", "parked")


def test_a_table_is_narrowed_by_keyboard(reader: Reader) -> None:
    page = reader.open("contacts.html")
    everybody = page.locator("tbody tr").count()
    page.get_by_label("Anything in a row").focus()
    page.keyboard.type("mércy phys")
    shown = page.locator("tbody tr:not([hidden])")
    assert 0 < shown.count() < everybody
    expect(page.locator("output")).to_have_text(f"{shown.count()} {'person' if shown.count() == 1 else 'people'}")
    page.get_by_label("Anything in a row").fill("")
    page.get_by_label("Stage").select_option("lead")
    assert all(stage == "lead" for stage in shown.evaluate_all("rows => rows.map(row => row.dataset.stage)"))


def test_a_table_stands_again_as_its_address_says(reader: Reader) -> None:
    page = reader.open("contacts.html")
    page.get_by_label("Stage").select_option("met")
    page.get_by_label("Anything in a row").fill("nur")
    page.get_by_role("button", name="Name", exact=True).click()
    page.get_by_role("button", name="Name", exact=True).click()
    shown = page.locator("tbody tr:visible th a").all_inner_texts()
    assert shown == sorted(shown, key=str.casefold, reverse=True)
    assert len(shown) > 1
    assert page.url.endswith("?stage=met&words=nur&sort=-Name")
    page.reload()
    assert page.locator("tbody tr:visible th a").all_inner_texts() == shown
    page.get_by_role("button", name="Clear").click()
    expect(page.get_by_label("Stage")).to_have_value("")
    expect(page.get_by_label("Anything in a row")).to_be_focused()
    assert page.url.endswith("contacts.html?sort=-Name")
    expect(reader.open("contacts.html?stage=gone&sort=no").locator("output")).to_have_text("21 people")


def test_of_a_long_table_the_rest_is_shown_when_asked_for(reader: Reader) -> None:
    page = reader.open("contacts.html")
    page.route("**/contacts.html", lambda route: route.fulfill(body=long_table(reader.site), content_type="text/html"))
    page.reload()
    page.unroute_all()
    rows = page.locator("tbody tr")
    assert rows.count() == 150
    assert page.locator("tbody tr:visible").count() == 100
    expect(page.locator("output")).to_have_text("150 people")
    page.get_by_role("button", name="Show all 150").click()
    assert page.locator("tbody tr:visible").count() == 150
    expect(rows.nth(100).locator("a").first).to_be_focused()
    expect(page.get_by_role("button", name="Show all")).to_be_hidden()


def long_table(site: Path) -> str:
    """Return the page of contacts with more rows than are shown at first."""
    head, *rows = (site / "contacts.html").read_text(encoding="utf-8").split("<tr ")
    last = rows[-1].partition("</tr>")[2]
    return "<tr ".join([head, *(rows[:-1] * 8)[:150]]) + last


# --- search ----------------------------------------------------------------------------------------------------------


def test_search_finds_and_opens_by_keyboard(reader: Reader) -> None:
    page = reader.open("contacts/sam-ortiz.html")
    page.keyboard.press("Control+k")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.type("dàna l")
    first = page.get_by_role("option").first
    expect(first).to_contain_text("Dana Lee")
    expect(first).to_have_attribute("aria-selected", "true")
    assert [one.casefold() for one in first.locator("mark").all_inner_texts()][:1] == ["dana"]
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("option").nth(1)).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowUp")
    assert violations(page) == []
    page.keyboard.press("Enter")
    page.wait_for_url("**/contacts/dana-lee.html")


def test_search_closes_and_finds_words_of_answers(reader: Reader) -> None:
    page = reader.open("index.html")
    page.locator("#q").fill("third night")
    expect(page.get_by_role("option").filter(has_text="What weighs on you most?").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    page.locator("#q").fill("the")
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("option", name="All ")).to_have_attribute("aria-selected", "true")
    page.locator("#q").fill("xyzzy")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(page.locator("form.find [role=status]")).to_have_text("0 results")


def test_the_page_of_search_shows_all_results(reader: Reader) -> None:
    page = reader.open("index.html")
    page.locator("#q").fill("night")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=night")
    page = reader.open("search.html?q=night%20%3Cb%3E")
    expect(page.locator(".standfirst")).to_have_text("Nothing holds “night <b>”.")
    page.goto(f"{reader.site.as_uri()}/search.html?q=night")
    expect(page.locator(".hits.all a").first).to_be_visible()
    assert page.locator(".hits.all mark").count() >= page.locator(".hits.all a").count() / 2


# --- commands --------------------------------------------------------------------------------------------------------


def test_commands_are_copied(reader: Reader) -> None:
    page = reader.open("index.html")
    button = page.locator(".cmd button").first
    command = page.locator(".cmd code").first.inner_text()
    expect(button).to_have_attribute("aria-label", f"Copy the command: {command}")
    button.click()
    expect(button).to_have_text("Copied")


def test_a_letter_is_copied_and_leads_to_a_mail_program(reader: Reader) -> None:
    page = reader.open("index.html")
    page.locator("details:not(.letter)").evaluate_all("all => all.forEach((one) => { one.open = true; })")
    letter = page.locator("details.letter").first
    letter.locator("summary").click()
    text = letter.locator(".text").inner_text()
    letter.get_by_role("button", name="Copy the letter").click()
    expect(letter.get_by_role("button")).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()").split() == text.split()
    sent = page.locator("details.letter a[href^='mailto:']").first.get_attribute("href") or ""
    assert "?subject=" in sent
    assert " " not in sent
    assert violations(page) == []


def test_sections_open_on_a_small_screen_without_scripts(bare: Page, site: Path) -> None:
    bare.set_viewport_size({"width": PHONE, "height": 740})
    bare.goto(f"{site.as_uri()}/index.html")
    expect(bare.get_by_role("link", name="Journal", exact=True)).to_be_hidden()
    bare.get_by_role("button", name="Sections").click()
    bare.get_by_role("link", name="Journal", exact=True).click()
    expect(bare.get_by_role("heading", level=1)).to_have_text("Journal")
