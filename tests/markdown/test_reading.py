"""Bodies: headings with their parts, list items, links, and what their authors should know, all with exact places."""

import pytest

from kith.markdown import Document, classify_target, is_wikilink, read, wikilink_target
from kith.markdown.reading import ListItem


def items(document: Document) -> list[str]:
    """Return each item with its places, nested ones indented."""

    def lines(found: tuple[ListItem, ...], indent: str) -> list[str]:
        shown = []
        for item in found:
            box = f"[{item.box}]" if item.box else ""
            start = f"{item.line}:{item.column}" + (f"/{item.text_column}" if item.box else "")
            end = f"{item.end_line}:{item.end_column}" + (
                f" to {item.last_line}" if item.last_line > item.end_line else ""
            )
            shown.append(f"{indent}{item.bullet}{box} {item.text} @{start}-{end}")
            shown += lines(item.nested, indent + "  ")
        return shown

    return lines(document.items, "")


# --- headings --------------------------------------------------------------------------------------------------------


def test_a_part_reaches_to_the_next_heading_of_its_level_or_above() -> None:
    document = read("intro\n# A\na\n### B\nb\n## C\nc\n\nD\n=\nd\n")
    assert [(h.title, h.level, h.line, h.column, h.first, h.last) for h in document.headings] == [
        ("A", 1, 2, 3, 3, 9),
        ("B", 3, 4, 5, 5, 6),
        ("C", 2, 6, 4, 7, 9),
        ("D", 1, 9, 1, 11, 13),
    ]


@pytest.mark.parametrize(
    "text", ["> # quoted", "- # in a list", "    # code", "```\n# code\n```", "#no", "[^1]: # note"]
)
def test_headings_stand_outside_quotations_lists_and_code(text: str) -> None:
    assert read(text).headings == ()


@pytest.mark.parametrize(
    "text,target",
    [
        ("## [[dana-lee]]", "dana-lee"),
        ("## [[dana-lee|Dana]] ##", "dana-lee"),
        ("## [[dana-lee]] <!-- late -->", "dana-lee"),
        ("## [[dana-lee]] and [[sam]]", None),
        ("## with [[dana-lee]]", None),
        ("## Dana", None),
        ("##", None),
    ],
)
def test_a_heading_may_be_a_link(text: str, target: str | None) -> None:
    (heading,) = read(text).headings
    assert (heading.link and heading.link.target) == target


def test_items_know_the_headings_they_stand_under() -> None:
    document = read("- a\n\n# A\n- b\n\n## B\n- c\n\n# C\n- d\n")
    assert [item.headings for item in document.items] == [(), (0,), (0, 1), (2,)]


# --- items -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text,expected",
    [
        ("- a", ["- a @1:3-1:4"]),
        ("* a\n+ b\n1. c\n2) d", ["* a @1:3-1:4", "+ b @2:3-2:4", "1. c @3:4-3:5", "2) d @4:4-4:5"]),
        (
            "- [ ] a\n- [x] b\n- [X] c\n- [-] d",
            ["-[ ] a @1:3/7-1:8", "-[x] b @2:3/7-2:8", "-[x] c @3:3/7-3:8", "-[-] d @4:3/7-4:8"],
        ),
        ("- [x]\n- [ ]  ", ["-[x]  @1:3/6-1:6", "-[ ]  @2:3/6-2:6"]),
        (
            "- [x]a\n- [y] b\n- [](c)\n- [x](d)",
            ["- [x]a @1:3-1:7", "- [y] b @2:3-2:8", "- [](c) @3:3-3:8", "- [x](d) @4:3-4:9"],
        ),
        ("1. 1", ["1. 1 @1:4-1:5"]),
        ("- - a\n- + b", ["- a @1:5-1:6", "+ b @2:5-2:6"]),
        ("-\ta  \n  b\n", ["- a b @1:3-2:4"]),
        ("- a\nlazy\n", ["- a lazy @1:3-2:5"]),
        ("- a\n\n  more\n\n\n- b", ["- a @1:3-1:4 to 3", "- b @6:3-6:4"]),
        (
            "- a\n  - b\n    - c\n  - d\n- e",
            ["- a @1:3-1:4 to 4", "  - b @2:5-2:6 to 3", "    - c @3:7-3:8", "  - d @4:5-4:6", "- e @5:3-5:4"],
        ),
        ("-\n- ```\n  a\n  ```\n-\n  - b", ["- b @6:5-6:6"]),
        ("- # heading\n  text", ["- text @2:3-2:7"]),
        ("- a\n  - b\n\n  text", ["- a @1:3-1:4 to 4", "  - b @2:5-2:6"]),
        ("  * a\n\n\n   text", ["* a @1:5-1:6"]),
    ],
)
def test_items_with_their_places(text: str, expected: list[str]) -> None:
    assert items(read(text)) == expected


@pytest.mark.parametrize(
    "text", ["> - a\n>   - b", "- > - a", "```\n- a\n```", "    - a", "[^1]: text\n\n    - a", "a\n-b\n-"]
)
def test_items_stand_outside_quotations_footnotes_and_code(text: str) -> None:
    assert items(read(text)) == []


def test_a_quotation_within_an_item_is_below_it() -> None:
    (item,) = read("- a\n  > - b\n\n  c").items
    assert (item.text, item.nested, item.below) == ("a", (), "> - b\n\nc")


def test_what_stands_below_an_item_loses_its_indentation() -> None:
    outer, _ = read("- q\n  - one\n    two\n\n    three\n\n  four\n\n\n- r").items
    assert outer.below == "- one\n  two\n\n  three\n\nfour"
    assert outer.nested[0].below == "three"


def test_places_of_an_item_beside_comments() -> None:
    document = read("- <!-- x --> [ ] a <!-- y --> b")
    (item,) = document.items
    assert (item.text, item.box) == ("a b", " ")
    assert [document.column(1, column) for column in (item.column, item.text_column, item.end_column - 1)] == [
        14,
        18,
        31,
    ]
    assert document.column(2, 5) == 5


# --- links -----------------------------------------------------------------------------------------------------------


def links(text: str) -> list[str]:
    """Return each link with its place."""
    return [f"{x.kind} {x.target}|{x.label} {x.line}:{x.column}+{x.length}" for x in read(text).links]


@pytest.mark.parametrize(
    "text,expected",
    [
        ("[[dana-lee]] and\nthen [[Sam|Sam O.]]", ["wiki dana-lee| 1:1+12", "wiki Sam|Sam O. 2:6+14"]),
        ("[[contacts/dana-lee#Log]]", ["wiki contacts/dana-lee#Log| 1:1+25"]),
        ("![[card.png]] ![[a|b]]", ["embed card.png| 1:1+13", "embed a|b 1:15+8"]),
        ("[a [b](c) d](e)", ["link c|b 1:8+1"]),
        ("[Dana *Lee*](../contacts/dana-lee.md#Log)", ["link ../contacts/dana-lee.md#Log|Dana Lee 1:14+27"]),
        ("[a](b%20c.pdf) [d](<e f.pdf>)", ["link b c.pdf|a 1:5+9", "link e f.pdf|d 1:21+7"]),
        (
            "![p](a.png) <https://x.example> <d@x.example>",
            [
                "image a.png|p 1:6+5",
                "link https://x.example|https://x.example 1:14+17",
                "link mailto:d@x.example|d@x.example 1:34+11",
            ],
        ),
        ("[a](x&#32;y)[c](d)", ["link x y|a 1:2+1", "link d|c 1:17+1"]),
        ("b [b](b) [b](b)", ["link b|b 1:7+1", "link b|b 1:14+1"]),
        ("[a][r]\n\n[r]: /url", ["link /url|a 1:2+1"]),
        ("[![alt](p.png)](t.pdf)", ["link t.pdf|alt 1:17+5", "image p.png|alt 1:1+22"]),
        ("[a\nb](c&amp;d)", ["link c&d|a b 1:1+2"]),
        ("[](x&amp;y)", ["link x&y| 1:1+11"]),
        (
            "> [[a]]\n\n- x\n\n  [[b]]\n\n| [[c]] |\n|-|\n| [[d\\|D]] |\n\n[^1]: [[e]]",
            ["wiki a| 1:3+5", "wiki b| 5:3+5", "wiki c| 7:3+5", "wiki d|D 9:1+12", "wiki e| 11:7+5"],
        ),
        ("`[[a]]` \\[[b]] [[ ]] [[]] [[#x]] [[a\nb]] [x [[c]]](d)", ["wiki c| 2:8+5"]),
        ("    [[code]]\n\n```\n[[a]]\n```\n<!-- [[b]] -->", []),
        ("[[" + "x" * 300 + "]] [[" + "y" * 301 + "]]", ["wiki " + "x" * 300 + "| 1:1+304"]),
    ],
)
def test_links_with_their_places(text: str, expected: list[str]) -> None:
    assert links(text) == expected


def test_items_hold_the_links_of_their_own_paragraph() -> None:
    (item,) = read("- [[a]] x\n  - [[b]]\n\n  [[c]]").items
    assert [link.target for link in item.links] == ["a"]
    assert [link.target for link in item.nested[0].links] == ["b"]


@pytest.mark.parametrize(
    "target,expected",
    [
        *[
            (t, "web")
            for t in ("https://x.example", "HTTP://x", "mailto:a@b.example", "tel:+1555", "http:x", "h\nttps://x")
        ],
        *[
            (t, "relative")
            for t in ("a.png", "../a.md", "#x", "?q", "", "a/b:c", "1:2", "%6aavascript:x", "ａ:b", ".:a")
        ],
        *[
            (t, "blocked")
            for t in ("javascript:x", "JaVaScript:x", "java\tscript:x", " javascript:x", "\x01javascript:x")
        ],
        *[(t, "blocked") for t in ("data:text/html,x", "vbscript:x", "file:///etc", "blob:x", "ftp://x", "x-y.z+1:a")],
        *[
            (t, "blocked")
            for t in ("//host/x", "/\\host", "\\\\host", "/etc/passwd", "/", "\t//host", "c:\\x", "a\x85b:c")
        ],
    ],
)
def test_addresses_are_judged_by_an_allow_list(target: str, expected: str) -> None:
    assert classify_target(target) == expected


@pytest.mark.parametrize(
    "target,name",
    [
        ("dana-lee", "dana-lee"),
        ("contacts/dana-lee#Log", "dana-lee"),
        ("dana-lee.md", "dana-lee"),
        ("#x", ""),
        (" a / b ", "b"),
    ],
)
def test_what_a_wikilink_means(target: str, name: str) -> None:
    assert wikilink_target(target) == name


def test_a_text_may_be_one_wikilink_and_nothing_else() -> None:
    match = is_wikilink(" [[a|b]] ")
    assert match is not None
    assert match.groups() == ("a", "b")
    assert is_wikilink("[[a]] b") is is_wikilink("[[a]][[b]]") is is_wikilink("a") is None


# --- oddities --------------------------------------------------------------------------------------------------------


def oddities(text: str) -> list[str]:
    """Return each oddity with its place."""
    return [f"{x.kind} {x.text} {x.line}:{x.column}+{x.length}" for x in read(text).oddities]


@pytest.mark.parametrize(
    "text,expected",
    [
        ("a <b>b</b>\n<script>x", ["raw-html <b> 1:3+3", "raw-html </b> 1:7+4", "raw-html <script> 2:1+8"]),
        ("- <img src=x onerror=y>", ["raw-html <img src=x onerror=y> 1:3+21"]),
        ("`<b>` \\<b> &lt;b&gt; <3 a < b <!-- <i> -->\n\n    <b>", []),
        ("![p](https://x.example/a.png) [p](https://x.example)", ["remote-image https://x.example/a.png 1:6+23"]),
        (
            "[a](javascript:x) ![b](data:image/png;base64,AA) [c](//host)",
            [
                "blocked-link javascript:x 1:5+12",
                "blocked-link data:image/png;base64,AA 1:24+24",
                "blocked-link //host 1:54+6",
            ],
        ),
        (
            "[a](javascript&colon;x) <vbscript:x>",
            ["blocked-link javascript:x 1:2+1", "blocked-link vbscript:x 1:26+10"],
        ),
        ("\n  " + "[x" * 500, ["tangle [x[x[x[x[x[x[x[x[x[x 2:3+20"]),
        ("[" + "]" * 400, ["tangle []]]]]]]]]]]]]]]]]]] 1:1+20"]),
        ("![x](y)" * 101, ["tangle ![x](y)![x](y)![x](y 1:1+20"]),
        ("<" + "*a" * 2001, ["tangle <*a*a*a*a*a*a*a*a*a* 1:1+20"]),
        ("<" + "`a" * 2001, ["tangle <`a`a`a`a`a`a`a`a`a` 1:1+20"]),
        ("<a" * 401, ["tangle <a<a<a<a<a<a<a<a<a<a 1:1+20"]),
        ("[a] " * 60, []),
        ("[[a]] " * 1000, []),
        ("> " * 60 + "a", ["tangle > > > > > > > > > >  1:1+20"]),
        ("> " * 59 + "a", []),
    ],
)
def test_oddities_with_their_places(text: str, expected: list[str]) -> None:
    assert oddities(text) == expected


def test_two_hundred_lists_within_each_other_are_one_oddity() -> None:
    assert oddities("".join("  " * depth + "- x\n" for depth in range(200))) == ["tangle - x 30:59+3"]


@pytest.mark.parametrize(
    "text", ["", "\n", "\x00", "\ufffd", "a" * 1_000_000, "[" * 100_000, "- " * 5000, "|" * 9999, "*" * 99999]
)
def test_any_text_gives_a_document(text: str) -> None:
    assert read(text).source == text
