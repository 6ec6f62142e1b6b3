"""Bodies as HTML: what is shown, and that nothing a note holds becomes a tag, an attribute or an address of its own."""

from html import escape
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith import markdown
from kith.markdown import Target, inline_html, plain, to_html
from kith.markdown.parsing import WORDS, parser, parser_for
from kith.markdown.rendering import resolve_nothing

KNOWN = {
    ("wiki", "dana-lee"): Target("contacts/dana-lee.html", "Dana Lee"),
    ("wiki", "unnamed"): Target("contacts/unnamed.html"),
    ("wiki", "hidden"): Target("", "somebody"),
    ("wiki", "elsewhere"): Target("https://x.example/a?b&c", "Elsewhere"),
    ("embed", "card.png"): Target("../attachments/card.png"),
    ("embed", "resume.pdf"): Target("attachments/resume.pdf", "my resume"),
    ("file", "a b.png"): Target("attachments/a%20b.png"),
    ("file", "hidden.pdf"): Target(""),
}


NOT_LOADED = "(a picture from elsewhere, not loaded)"


def resolve(kind: str, target: str) -> Target | None:
    """Know a few targets."""
    return KNOWN.get((kind, target))


def html(text: str) -> str:
    """Return the HTML of a body without the newlines between its blocks."""
    return to_html(text, resolve).replace("\n", "")


@pytest.mark.parametrize(
    "text,expected",
    [
        ("a *b* **c** ~~d~~ `e<f`", "<p>a <em>b</em> <strong>c</strong> <s>d</s> <code>e&lt;f</code></p>"),
        ("a  \nb\\\nc", "<p>a<br />b<br />c</p>"),
        ("# A\n### B", "<h3>A</h3><h5>B</h5>"),
        ("#### A\n###### B", "<h3>A</h3><h5>B</h5>"),
        ("<b onclick=x>a</b>", "<p>&lt;b onclick=x&gt;a&lt;/b&gt;</p>"),
        ("<div>\n\n*a*\n</div>", "<p>&lt;div&gt;</p><p><em>a</em>&lt;/div&gt;</p>"),
        ("a <!-- b --> c\n\n%%d\n\ne%%", "<p>a  c</p>"),
        ("```js evil\nx<y\n```", "<pre><code>x&lt;y</code></pre>"),
        ("    <!-- code -->", "<pre><code>&lt;!-- code --&gt;</code></pre>"),
        ("3. a\n4. b", '<ol start="3"><li>a</li><li>b</li></ol>'),
        ("> q\n\n---", "<blockquote><p>q</p></blockquote><hr />"),
        ("\x00", "<p>\ufffd</p>"),
    ],
)
def test_markdown(text: str, expected: str) -> None:
    assert html(text) == expected


def test_headings_begin_at_the_level_of_the_page() -> None:
    assert to_html("# A\n###### B", level=2) == "<h2>A</h2>\n<h6>B</h6>\n"
    assert to_html("## A\n### B", level=6) == "<h6>A</h6>\n<h6>B</h6>\n"


@pytest.mark.parametrize(
    "text,expected",
    [
        ("- [ ] a", '<span class="box"></span><span class="unseen">(open)</span> a'),
        ("- [X] a", '<span class="box done"></span><span class="unseen">(done)</span> a'),
        ("- [-] a", '<span class="box not"></span><span class="unseen">(not for me)</span> a'),
        ("- [x]", '<span class="box done"></span><span class="unseen">(done)</span> '),
        ("1. [x] *a*", '<span class="box done"></span><span class="unseen">(done)</span> <em>a</em>'),
    ],
)
def test_boxes_are_shown_and_said(text: str, expected: str) -> None:
    (list_tag,) = ({"1": "ol", "-": "ul"}[text[0]],)
    assert html(text) == f'<{list_tag}><li class="task-item">{expected}</li></{list_tag}>'


@pytest.mark.parametrize("text", ["[x] a", "- a [x]", "- *[x] a*", "- [x](hidden.pdf)", "- a\n\n  [x] b", "- [x]a"])
def test_a_box_stands_first_in_an_item(text: str) -> None:
    assert "box" not in html(text)


def test_a_box_may_stand_in_a_loose_list() -> None:
    assert html("- [x] a\n\n- [ ] b").count('<li class="task-item">') == 2


def test_tables_align_by_class() -> None:
    assert html("| a | b | c | d |\n|:-|:-:|-:|-|\n| 1 | 2 | 3 | 4 |") == (
        '<table><thead><tr><th class="align-left">a</th><th class="align-center">b</th><th class="align-right">c</th>'
        '<th>d</th></tr></thead><tbody><tr><td class="align-left">1</td><td class="align-center">2</td>'
        '<td class="align-right">3</td><td>4</td></tr></tbody></table>'
    )


def test_footnotes_have_ids_of_their_document() -> None:
    text = "a[^1]\n\n[^1]: note"
    assert html(text) == (
        '<p>a<sup class="footnote-ref"><a href="#fn1" id="fnref1">[1]</a></sup></p><hr class="footnotes-sep" />'
        '<section class="footnotes"><ol class="footnotes-list"><li id="fn1" class="footnote-item"><p>note '
        '<a href="#fnref1" class="footnote-backref">↩︎</a></p></li></ol></section>'
    )
    assert 'id="fn-dana-lee-1"' in to_html(text, doc_id="dana-lee")
    assert 'id="fn-&quot;&gt;-1"' in to_html(text, doc_id='">')
    assert html("^[inline] [^2]") == "<p>^[inline] [^2]</p>"


@pytest.mark.parametrize(
    "text,expected",
    [
        ("[[dana-lee]]", '<a href="contacts/dana-lee.html">Dana Lee</a>'),
        ("[[dana-lee|she]]", '<a href="contacts/dana-lee.html">she</a>'),
        ("[[unnamed]]", '<a href="contacts/unnamed.html">unnamed</a>'),
        ("[[elsewhere]]", '<a href="https://x.example/a?b&amp;c" rel="noopener noreferrer">Elsewhere</a>'),
        ("[[hidden]] [[hidden|he]]", "somebody he"),
        (
            "[[nobody]] [[contacts/nobody#Log|<N>]]",
            '<span class="no-link">nobody</span> <span class="no-link">&lt;N&gt;</span>',
        ),
        ("![[card.png]]", '<img src="../attachments/card.png" alt="card.png" loading="lazy">'),
        ("![[card.png|her card]]", '<img src="../attachments/card.png" alt="her card" loading="lazy">'),
        ("![[resume.pdf]]", '<a href="attachments/resume.pdf">my resume</a>'),
        ("![[nobody.png]]", '<span class="no-link">nobody.png</span>'),
        ("[[#Log]] [[]]", "[[#Log]] [[]]"),
        ("[a](https://x.example/?a&b)", '<a href="https://x.example/?a&amp;b" rel="noopener noreferrer">a</a>'),
        ('[a](https://x.example "title")', '<a href="https://x.example" rel="noopener noreferrer">a</a>'),
        ("<d@x.example>", '<a href="mailto:d@x.example" rel="noopener noreferrer">d@x.example</a>'),
        ("[a](#here)", '<a href="#here">a</a>'),
        ("[a](<a b.png>)", '<a href="attachments/a%20b.png">a</a>'),
        ("[a](hidden.pdf) [*b*](c)", '<span class="no-link">a</span> <span class="no-link"><em>b</em></span>'),
        ("[a](javascript:x) [b](//h)", '<span class="no-link">a</span> <span class="no-link">b</span>'),
        ("![*p*](a%20b.png)", '<img src="attachments/a%20b.png" alt="p" loading="lazy">'),
        (
            "![](https://x.example/p)",
            f'<a href="https://x.example/p" rel="noopener noreferrer">picture {NOT_LOADED}</a>',
        ),
        ("[a <d@x.example> b](#here)", '<a href="#here">a d@x.example b</a>'),
        (
            "[a <d@x.example> b](nowhere)",
            '<span class="no-link">a <a href="mailto:d@x.example" rel="noopener noreferrer">d@x.example</a> b</span>',
        ),
        ("[![p](https://x.example/p)](#a)", f'<a href="#a">p {NOT_LOADED}</a>'),
        ("![p](data:image/png;base64,AA)", '<span class="no-link">p</span>'),
        (
            "![](nothing.png) ![q](hidden.pdf)",
            '<span class="no-link">nothing.png</span> <span class="no-link">q</span>',
        ),
    ],
)
def test_links_and_pictures(text: str, expected: str) -> None:
    assert html(text) == f"<p>{expected}</p>"
    assert inline_html(text, resolve) == expected


def test_without_a_resolver_no_link_leads_anywhere() -> None:
    assert to_html("[[a]] [b](c)") == '<p><span class="no-link">a</span> <span class="no-link">b</span></p>\n'
    assert inline_html("[[a]]") == '<span class="no-link">a</span>'


def test_a_tangled_paragraph_is_shown_as_it_is() -> None:
    tangle = "[" * 60 + "<b>*x*"
    assert to_html(tangle + "\n\n*y*") == f"<p>\n{'[' * 60}&lt;b&gt;*x*</p>\n<p><em>y</em></p>\n"
    assert inline_html(tangle) == "[" * 60 + "&lt;b&gt;*x*"
    assert plain(tangle) == tangle


def test_nesting_without_end_is_shown_as_it_is() -> None:
    text = "> " * 100 + "*<b>*"
    assert to_html(text) == "<pre>" + "&gt; " * 100 + "*&lt;b&gt;*</pre>\n"


@pytest.mark.parametrize(
    "text,expected",
    [
        ("no markup, none", "no markup, none"),
        ("*a* **b** ~~c~~ `d` \\*e\\* &amp;", "a b c d *e* &"),
        ("[[dana-lee]] [[x|Y]] ![[card.png]]", "dana-lee Y card.png"),
        ("[a *b*](https://x) ![alt](p) <https://x.example>", "a b alt https://x.example"),
        ("a\nb  \nc*", "a b c*"),
        ("<b>", "<b>"),
    ],
)
def test_plain_text_has_no_markup(text: str, expected: str) -> None:
    assert plain(text) == expected


def test_plain_text_may_name_those_it_links_to() -> None:
    assert plain("met [[dana-lee]]", lambda target: target.upper()) == "met DANA-LEE"


# --- nothing gets out ------------------------------------------------------------------------------------------------

BARE = ["p", "em", "strong", "s", "code", "pre", "br", "blockquote", "ul", "table", "thead", "tbody", "tr"]
BARE += [f"h{level}" for level in range(1, 7)]
ALLOWED: dict[str, set[str]] = {
    **{tag: set() for tag in BARE},
    "a": {"href", "rel", "id", "class"},
    "hr": {"class"},
    "img": {"src", "alt", "loading"},
    "li": {"class", "id"},
    "ol": {"start", "class"},
    "section": {"class"},
    "span": {"class"},
    "sup": {"class"},
    "td": {"class"},
    "th": {"class"},
}
CLASSES = {
    *("box", "done", "not", "unseen", "task-item", "no-link", "align-left", "align-center", "align-right"),
    *("footnote-ref", "footnotes-sep", "footnotes", "footnotes-list", "footnote-item", "footnote-backref"),
}
VOID = {"br", "hr", "img"}


class Inspector(HTMLParser):
    """Asserts that HTML holds nothing but allowed tags, attributes and addresses, properly nested."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Check a tag."""
        assert tag in ALLOWED, tag
        assert len({name for name, _ in attrs}) == len(attrs)
        for name, shown in attrs:
            assert name in ALLOWED[tag], (tag, name)
            assert shown is not None
            if name in ("href", "src"):
                assert shown.startswith(("#", "https:", "http:", "mailto:", "tel:", "safe/")), shown
                assert tag == "a" or shown.startswith("safe/"), shown
            if name == "class":
                assert set(shown.split()) <= CLASSES
            if name == "start":
                assert shown.isdecimal()
        assert not (tag == "a" and "a" in self.open), "a link within a link"
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Check that tags nest."""
        if tag not in VOID:
            assert self.open
            assert self.open.pop() == tag

    def handle_comment(self, data: str) -> None:
        """There are none."""
        raise AssertionError(data)

    def handle_decl(self, decl: str) -> None:
        """There are none."""
        raise AssertionError(decl)

    def handle_pi(self, data: str) -> None:
        """There are none."""
        raise AssertionError(data)

    def unknown_decl(self, data: str) -> None:
        """There are none."""
        raise AssertionError(data)


def inspect(text: str) -> None:
    """Assert that a body and a line become harmless HTML, with a resolver that knows every target."""

    def knows_all(kind: str, target: str) -> Target | None:
        return Target(f"safe/{kind}.png", f'<i title="{target}">')

    for shown in (
        to_html(text, knows_all, doc_id='x"><b>'),
        inline_html(text, knows_all),
        to_html(text),
        inline_html(text),
    ):
        inspector = Inspector()
        inspector.feed(shown)
        inspector.close()
        assert inspector.open == []
    plain(text)


URLS = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\tscript:alert(1)",
    "java&#10;script:alert(1)",
    "&#106;avascript:alert(1)",
    "&#x6A;avascript:alert(1)",
    "javascript&colon;alert(1)",
    "javascript&#58;alert(1)",
    "\x01javascript:alert(1)",
    "&#1;javascript:alert(1)",
    "%6Aavascript:alert(1)",
    "javascript%3Aalert(1)",
    " javascript:alert(1)",
    "\\javascript:alert(1)",
    "javascript\\:alert(1)",
    "vbscript:msgbox(1)",
    "data:text/html,<script>",
    "data:image/svg+xml;base64,PHN2Zz4=",
    "data:image/png;base64,AA",
    "file:///etc/passwd",
    "blob:https://x/1",
    "ftp://x.example",
    "//host.example/x",
    "/\\host.example",
    "\\\\host.example",
    "/etc/passwd",
    "///x",
    "https:javascript:alert(1)",
    'http://x" onmouseover="alert(1)',
    "http://x' onmouseover='alert(1)",
    "http://x%22%20onclick=alert(1)",
    "http://x><script>",
    "mailto:a@b.example?subject=<b>",
    'tel:"><b>',
    "view-source:x",
    "intent://x",
    "jar:http://x!/",
    "ws://x",
    "about:blank",
    "livescript:x",
    "mocha:x",
    "feed:javascript:alert(1)",
    "ｊavascript:alert(1)",
    "javascript\u200b:alert(1)",
    "x:expression(1)",
    "safe/../..",
    "..\\..\\x",
    '#"><b>',
    "?<script>",
    "https://[::1]/<b>",
    "https://x.example/\u202e",
]
SHAPES = ["[a]({})", "[a](<{}>)", "![a]({})", "<{}>", "[a][r]\n\n[r]: {}", "[[{}]]", "![[{}|x]]", '[a]({} "t")', "{}"]
AROUND = [
    "{}",
    "a {} b",
    "- {}\n  - {}",
    "> {}",
    "| a |\n|-|\n| {} |",
    "[x]({})",
    "# {}\n{}",
    "*{}*",
    "[[{}]]",
    "a[^1]\n\n[^1]: {}",
]
RAW = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//x></SCRIPT>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<iframe src=javascript:alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "<math><mtext><b>",
    "<!DOCTYPE html>",
    "<?php x ?>",
    "<![CDATA[x]]>",
    "<!-- x",
    "<!--><script>",
    "<!-- --><script>",
    "%%<script>",
    "</p><script>",
    "<style>*{x:expression(1)}</style>",
    "<body onload=x>",
    "<input autofocus onfocus=x>",
    "<details open ontoggle=x>",
    "<a\nhref=x\nonclick=y>",
    "<b/x",
    "<x:script>",
    "< script>",
    "<\x00script>",
    "&lt;script&gt;",
    "&#60;script&#62;",
    '"><script>',
    "'><script>",
    "`<script>`",
    "``<b>`",
    "```<script>\n<b>",
    '~~~"><b>\n<c>',
    '```"onclick=x\n```',
    "    <script>",
    "\t<b>",
    "# <b>",
    "<b>\n===",
    "- <b>",
    "- [ ] <b onclick=x>",
    '- [x] "><b>',
    "1. <b>",
    "> <b>",
    '| <b> | "> |\n|:-:|-|\n| <i> | [[<u>]] |',
    '|a|\n|:-|\n|"><b>|',
    "[^<b>]: <i>\n\n[^<b>]",
    '[^"><b>]\n\n[^"><b>]: x',
    "[<b>]: x\n\n[<b>]",
    "[a]: <b>\n\n[a]",
    '["><b>](x)',
    '!["><b>](x)',
    "![<b>](x '\"><i>')",
    '[a](x "\\"><b>")',
    '[[a|"><b>]]',
    '[["><b>]]',
    '![["><b>.png]]',
    '![[x.png|" onerror="y]]',
    "[[a\\|<b>]]",
    "[[javascript:x|a]]",
    "[a [b](c) d](e)",
    "[![a](b)](c)",
    "![a ![b](c) d](e)",
    "[[[a]]](b)",
    "[a [[b]] c](d)",
    "[![[a]]](b)",
    "<https://x<b>>",
    "*<b>*",
    '**"**<b>',
    "~~<s>~~",
    "\\<b>",
    "\\\\<b>",
    "&amp;lt;b&amp;gt;",
    "\u2028<script>\u2029",
    "\ufeff<script>",
    "<" * 500,
    "<b>" * 500,
    "[" * 500 + "<b>",
    "> " * 80 + "<b>",
    "- " * 80 + "<b>",
    "*" * 3000 + "<b>",
    '<a@b.example"onclick=x>',
    '<http://x" onclick=x>',
    '[a](<x"y>)',
    '[a](x"y)',
    "[a](x'y)",
    "![a](x`y)",
    "- [x] [a](javascript:x)",
    "- [ ] [[b]]",
    "a\n- [-] \n<b>",
    "999999999. a",
    "0. [ ] a",
    '[a](#"onclick=x)',
    "[a](#x'y)",
    "![[a.svg]]",
    "&quot;&gt;&lt;b&gt;",
]


@pytest.mark.parametrize("url", URLS)
def test_no_address_gets_out(url: str) -> None:
    for shape in SHAPES:
        inspect(shape.replace("{}", url))


@pytest.mark.parametrize("text", RAW)
def test_no_tag_gets_out(text: str) -> None:
    for shape in (
        "{}",
        "a {} b",
        "- {}\n  - {}",
        "> {}",
        "| a |\n|-|\n| {} |",
        "[x]({})",
        "# {}\n{}",
        "*{}*",
        "[[{}]]",
        "a[^1]\n\n[^1]: {}",
    ):
        inspect(shape.replace("{}", text))


def test_there_are_enough_of_them() -> None:
    assert len(set(URLS)) * len(SHAPES) + len(set(RAW)) > 500


PARTS = st.sampled_from(
    [
        *URLS,
        *RAW,
        "[",
        "]",
        "(",
        ")",
        "![",
        "[[",
        "]]",
        "<",
        ">",
        '"',
        "'",
        "`",
        "*",
        "_",
        "|",
        "\n",
        "\n\n",
        "- ",
        "    ",
        "\\",
        "&",
        ";",
        "#",
        ":",
        "[^1]",
        "[^1]: ",
        "~~",
        "%%",
        "<!--",
        "-->",
    ]
)


@given(st.lists(PARTS, max_size=12).map("".join))
def test_no_mixture_gets_out(text: str) -> None:
    inspect(text)


@given(st.text(max_size=80))
def test_no_text_gets_out(text: str) -> None:
    inspect(text)


RULED = st.sampled_from(
    ["---", "===", "* * *", "***a***", "a|b", "|-|", "> ", "~~~", "<a:b>", "&amp;", "\\*", "\t", " "]
)


@given(st.lists(st.one_of(PARTS, RULED, st.just("\n")), max_size=20).map("".join))
def test_rules_that_are_left_out_would_find_nothing(text: str) -> None:
    assert parser_for(text).parse(text, {}) == parser().parse(text, {})


@given(st.sampled_from(["", "[ ] ", "[x] ", "[-]\t"]), st.from_regex(WORDS, fullmatch=True))
def test_words_are_one_text(box: str, words: str) -> None:
    children: list[Any] = []
    parser().inline.parse(box + words, parser(), {}, children)
    assert [(child.type, child.content) for child in children] == [("text", box + words)]
    assert inline_html(words) == escape(words)
    assert to_html(words) == markdown._render(words, resolve_nothing, 3, "")
