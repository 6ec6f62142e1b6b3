"""The page for others' eyes, and the net below it: nothing that a person typed is ever in it."""

from collections.abc import Callable, Mapping
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith import assets
from kith.load import read_journal
from kith.model import Journal
from kith.pages import make_public_pages
from kith.pages.leaks import Told, disguise, find_leaks, search, words_of
from kith.pages.public import ADDRESS, Public
from kith.render import Site
from kith.study.redaction import redact
from tests.site.small import JOURNAL, TODAY, public_pages_of, tree_of
from tests.test_pages import BARE, person

TEMPLATES = {path: data for path, data in assets.template_files().items() if path.startswith("templates/")}


def shown(files: Mapping[str, str], today: date = TODAY) -> Public:
    """Return what the page shows."""
    page = public_pages_of(files, today)[ADDRESS].context()
    assert isinstance(page, Public)
    return page


def journal_of(files: Mapping[str, str]) -> Journal:
    """Return what files say."""
    return read_journal({path: text.encode() for path, text in files.items()})[0]


def build(journal: Journal) -> dict[str, bytes]:
    """Return the public site of a journal."""
    return dict(Site(make_public_pages(redact(journal), TODAY), TEMPLATES))


def counts(page: Public, which: str) -> dict[str, int]:
    """Return the counts of one figure by name."""
    return {bar.name.text: bar.count for bar in getattr(page, which).bars}


# --- the page --------------------------------------------------------------------------------------------------------


def test_there_is_one_page_that_leads_nowhere(snapshot: Callable[[str, str], None]) -> None:
    site = build(journal_of(JOURNAL))
    assert list(site) == [ADDRESS]
    html = site[ADDRESS].decode()
    tree = tree_of(html)  # fails where elements do not nest
    assert [line.split()[0] for line in html.split("href=")[1:]] == [
        *(
            '"css/icon.svg">',
            '"css/tokens.css">',
            '"css/layout.css">',
            '"css/content.css">',
            '"css/figures.css">',
            '"#main">Skip',
        )
    ]
    for forbidden in ("<script", " src=", " style=", "<style", "<form", "<nav", "mailto:", "tel:", "kith due"):
        assert forbidden not in html
    snapshot("site/public.html", html)
    snapshot("site/public.txt", tree)


def test_figures_count_what_was_said_and_asked() -> None:
    page = shown(
        {
            **BARE,
            "contacts/ann.md": person("Ann"),
            "questions/work.md": "---\ntitle: Work\n---\n\n- must: Why?\n- How?\n- Where?\n",
            "meetings/2026-10-04-ann.md": (
                "---\ntook: 20\n---\n\n## Questions\n\n- [x] Why?\n  - money\n- [x] How?\n\n## After\n\n"
                "- pro: a\n- con: b\n- con: c\n- skill: d\n- insight: e\n- [x] read: f\n- [ ] try: g\n- [-] join: h\n"
            ),
            "meetings/2026-12-04-ann.md": "---\n---\n\n## Questions\n\n- Where?\n",
        }
    )
    assert page.learned.heading == "Advice followed: one of three"
    assert counts(page, "learned") == {
        "for a path": 1,
        "against one": 2,
        "skills": 1,
        "trends": 0,
        "insights": 1,
        "advice": 3,
        "followed": 1,
    }
    assert page.coverage.heading == "Questions answered: one of three"
    assert counts(page, "coverage") == {"in the bank": 3, "asked": 2, "answered": 1, "by three or more": 0}


def test_without_advice_and_questions_it_says_so() -> None:
    page = shown(BARE)
    assert (page.learned.heading, page.coverage.heading) == ("No advice yet", "No questions yet")
    assert (page.paths, page.figure, page.forest) == ((), None, ())
    assert b"Nothing has happened yet" in build(journal_of(BARE))[ADDRESS]


def test_it_says_its_day() -> None:
    page = shown(JOURNAL)
    assert (page.iso, page.day) == ("2026-11-22", "22 November 2026")


def test_a_tree_has_numbers_in_place_of_people() -> None:
    page = shown(
        {
            **BARE,
            "contacts/ann.md": person("Ann", "role: nurse\nsource: family\nadded: 2026-09-01\nclosed: 2026-10-01\n"),
            "contacts/bob.md": person("Bob", "via: '[[ann]]'\nadded: 2026-09-02\n"),
            "contacts/cy.md": person("Cy", "added: 2026-09-03\n"),
        }
    )
    assert page.figure is not None
    assert [(spot.link.text, spot.link.href, spot.meta, spot.mark) for spot in page.figure.spots] == [
        ("Person 1", "", "", "lead"),
        ("Person 2", "", "", "lead"),
    ]
    assert [(branch.link.text, branch.link.href, branch.meta) for branch in page.forest] == [
        ("Person 1", "", ""),
        ("Person 2", "", ""),
    ]


# --- the net ---------------------------------------------------------------------------------------------------------

DANA = (
    Told("Dana Lee", "a.md"),
    Told("dana-lee", "a.md"),
    Told("d.lee@x.example", "a.md"),
    Told("+1 555 0142", "a.md"),
)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "<p>Dana Lee</p>",
            "<p>DANA\n  lee,</p>",
            "Dana <b>Lee</b>",
            "<b>Da</b>na Lee",
            "Dana&nbsp;Lee",
            "Dana&#32;Lee",
        ),
        *('<a href="Dana%20Lee">', '<a href="contacts/dana-lee.html">', "dana%2Dlee", "<i title='dana-lee'>"),
        *("d.lee@x.example", "d.lee&#64;x.example", "mailto:d.lee%40x.example?subject=a", "D.LEE<wbr>@x.example"),
        *("tel:+15550142", "(555) 0142", "1-555-0142", "0015550142", "%2B1555%200142"),
    ],
)
def test_a_word_is_found_however_it_is_written(text: str) -> None:
    assert len(search({"index.html": text.encode()}, DANA)) == 1


@pytest.mark.parametrize(
    "text", ["Dana Leeds", "Jordana Lee", "dana-leeds", "lee@x.example", "Dana. Lee", "555 014", "5550143", "", "Dana"]
)
def test_what_only_looks_like_a_word_is_not(text: str) -> None:
    assert search({"index.html": text.encode()}, DANA) == ()


def test_addresses_are_searched_and_bytes_that_are_no_text() -> None:
    site = {"dana-lee.html": b"", "b.css": b"\xffDana Lee\xff", "c.css": b""}
    assert [(leak.address, leak.told.word) for leak in search(site, DANA)] == [
        ("b.css", "Dana Lee"),
        ("dana-lee.html", "dana-lee"),
    ]


@pytest.mark.parametrize("name", ["Zoë", "Zoe\u0308", "李雷", "🦊 Fox", "O'Neil", "a.b (c)", "İpek", "X", "12"])
def test_names_of_any_script_are_found(name: str) -> None:
    for text in (name, name.upper(), f"<p>{name}</p>"):
        assert search({"a": text.encode()}, [Told(name, "")]), text


def test_everything_that_tells_of_somebody_is_known() -> None:
    files = {
        "journal.md": (
            "---\ntitle: Hunt\nname: Robin Vale\nemail: robin@x.example\nphone: 555 0001\nschool: Alder\n---\n"
        ),
        "contacts/ann-ek.md": (
            "---\nname: Ann Ek\ncalled: Annie\naliases: [Anna]\nemail: [a@x.example, b@x.example]\nphone: 555 0002\n"
            "website: https://www.ann.example/\nlinkedin: https://l.example/ann\nlocation: 5 High Street\n"
            "organization: Old Mill\nvia: Tom Fox\n---\n\n- referral: Zed Zane, a farrier\n"
        ),
        "contacts/broken.md": "---\nname: [\n---\n",
        "organizations/mercy.md": "---\nname: Mercy Hospital\naliases: [MH]\nlocation: Hill Road\n---\n",
        "paths/law.md": "---\ntitle: The law\naliases: [Bar]\n---\n",
        "meetings/2026-10-01-ann-ek.md": "---\nplace: The Mill\ncontacts: ['[[ann-ek|Ann E]]', Stranger]\n---\n",
        "letters/hello.md": "---\nfor: hello\nsubject: Hi\n---\n",
        "questions/first.md": "---\ntitle: First\n---\n",
    }
    told = {(one.word, one.file) for one in words_of(journal_of(files))}
    ann, robin = "contacts/ann-ek.md", "journal.md"
    assert told == {
        *((word, robin) for word in ("Hunt", "Robin Vale", "Robin", "Vale", "robin@x.example", "555 0001", "Alder")),
        *((word, ann) for word in ("ann-ek", "Ann Ek", "Ann", "Ek", "Annie", "Anna", "a@x.example", "b@x.example")),
        *((word, ann) for word in ("555 0002", "ann.example", "l.example/ann", "5 High Street", "Old Mill", "Tom Fox")),
        *(("Zed Zane", ann), ("broken", "contacts/broken.md"), ("hello", "letters/hello.md")),
        *((word, "organizations/mercy.md") for word in ("mercy", "Mercy Hospital", "MH", "Hill Road")),
        *((word, "paths/law.md") for word in ("law", "The law", "Bar")),
        *(("first", "questions/first.md"), ("First", "questions/first.md")),
        *(
            (word, "meetings/2026-10-01-ann-ek.md")
            for word in ("2026-10-01-ann-ek", "The Mill", "ann-ek", "Ann E", "Stranger")
        ),
    }


def test_a_page_that_tells_of_somebody_is_found_out() -> None:
    journal = journal_of({**BARE, "contacts/may.md": person("May", "added: 2026-05-01\n")})

    def careless(written: Journal) -> dict[str, bytes]:
        names = ", ".join(contact.name for contact in written.contacts.values())
        return {"a.html": f"As of 1 May: {names}".encode(), "b.html": names.encode(), "c.html": b"May"}

    leaks = find_leaks(careless(journal), journal, careless)
    assert {(leak.told.word, leak.told.file, leak.address) for leak in leaks} == {
        ("May", "contacts/may.md", "b.html"),
        ("may", "contacts/may.md", "b.html"),
    }


ORDINARY = (
    "May",
    "Will Person",
    "Path",
    "On The List",
    "person-1",
    "Person 2",
    "you",
    "Insights",
    "thank-you",
    "7",
    "email",
)


def test_words_of_the_page_itself_are_nobodys_name() -> None:
    files = dict(BARE)
    for number, name in enumerate(ORDINARY):
        files[f"contacts/{name.lower().replace(' ', '-')}.md"] = person(
            name, f"added: 2026-05-0{number % 9 + 1}\nsource: friend\n", "## Log\n\n- 2026-05-09 outreach by email\n"
        )
    journal = journal_of(files)
    site = build(journal)
    assert {leak.told.word for leak in search(site, words_of(journal))} >= {
        "May",
        "Path",
        "On The List",
        "you",
        "email",
    }
    assert find_leaks(site, journal, build) == ()


# --- laws ------------------------------------------------------------------------------------------------------------

_RARE = st.text(st.sampled_from("abcdefgjkqxz"), min_size=3, max_size=6).map(lambda text: f"zq{text}")
_WORDS = st.one_of(
    _RARE, st.sampled_from(("May", "Will", "Insights", "first", "Zoë", "李雷", "Ünal & Söhne", "O'Neil"))
)
_KINDS = st.sampled_from(("outreach by email", "reply", "met", "thank-you by letter", "introduced", "gave", "update"))


@st.composite
def journals(draw: st.DrawFn) -> tuple[dict[str, str], set[str]]:
    """Return a journal, and the rare words that are all over it."""
    rare: set[str] = set()

    def word() -> str:
        text = draw(_WORDS)
        if text.startswith("zq"):
            rare.add(text)
        return f"'{text.replace(chr(39), chr(39) * 2)}'"

    def prose() -> str:
        return " ".join(word() for _ in range(2))

    day = st.dates(date(2026, 1, 1), date(2026, 12, 31))
    files = {"journal.md": f"---\ntitle: {word()}\nname: {word()}\nemail: {draw(_RARE)}@x.example\n---\n\n{prose()}\n"}
    ids = draw(st.lists(_RARE, min_size=1, max_size=4, unique=True))
    rare.update(ids)
    for id_ in ids:
        number = draw(st.integers(1000000, 9999999))
        front = f"email: {id_}@{draw(_RARE)}.example\nphone: +1 555 {number}\nrole: {word()}\nlocation: {word()}\n"
        front += f"organization: {word()}\nvia: {draw(st.sampled_from([*ids, word()]))}\npaths: law\n"
        front += f"source: {draw(st.sampled_from(('family', 'cold', 'event')))}\n"
        front += f"private: {draw(st.sampled_from(('yes', 'no')))}\n"
        log = "".join(
            f"- {draw(day)} {draw(_KINDS)}: {prose()} [[{draw(st.sampled_from(ids))}]]\n"
            for _ in range(draw(st.integers(0, 3)))
        )
        items = f"- pro ({word()}): {prose()}\n- referral: {word()}, {word()}\n- [x] read: {prose()}\n"
        files[f"contacts/{id_}.md"] = f"---\nname: {word()}\n{front}---\n\n{prose()}\n\n{items}\n## Log\n\n{log}"
    for number in range(draw(st.integers(0, 3))):
        who = ", ".join(draw(st.lists(st.sampled_from(ids), max_size=2, unique=True)))
        files[f"meetings/m{number}-{draw(_RARE)}.md"] = (
            f"---\ncontacts: [{who}]\ndate: {draw(day)}\nminutes: 20\ntook: {draw(st.integers(5, 60))}\n"
            f"place: {word()}\n---\n\n## Questions\n\n- [x] Why?\n  - {prose()}\n- {prose()}\n\n## Said\n\n"
            f"- con ({word()}): {prose()}\n- skill: {prose()}\n"
        )
    files["paths/law.md"] = f"---\ntitle: {word()}\nquestion: {word()}\n---\n\n{prose()}\n"
    files["questions/bank.md"] = f"---\ntitle: {word()}\n---\n\n- Why?\n- {prose()}\n"
    return files, rare


@given(journals())
def test_nothing_that_was_typed_is_in_a_public_site(drawn: tuple[dict[str, str], set[str]]) -> None:
    files, rare = drawn
    journal = journal_of(files)
    site = build(journal)
    text = site[ADDRESS].decode().casefold()
    assert [word for word in rare if word in text] == []
    assert [one for contact in journal.contacts.values() for one in contact.email if one in text] == []
    assert find_leaks(site, journal, build) == ()


@given(journals())
def test_a_public_site_is_the_same_in_other_words(drawn: tuple[dict[str, str], set[str]]) -> None:
    journal = journal_of(drawn[0])
    assert build(journal) == build(disguise(journal))
