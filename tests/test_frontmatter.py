"""Front matter: fields with exact places, literal text, and the corrected line where YAML cannot read one."""

from pathlib import Path

import frontmatter as library
import pytest
import yaml

from kith.diagnostics import Finding
from kith.frontmatter import FrontMatterError, Handler, Mapping, Scalar, Sequence, mending, quote, read, reading, split
from tests.checks.cases import apply_edits

ENDS_BADLY = "which opens a list or mapping that does not end well"


def block(yaml_text: str, body: str = "") -> str:
    """Return a note with this front matter."""
    return f"---\n{yaml_text}\n---\n{body}"


def texts(yaml_text: str) -> dict[str, object]:
    """Return the keys of a block with the text of their values, lists as lists."""

    def text_of(node: object) -> object:
        if isinstance(node, Sequence):
            return [text_of(item) for item in node.items]
        assert isinstance(node, Scalar)
        return node.text

    front = read(block(yaml_text), "a.md")
    assert front.readable, front.findings
    return {field.key: text_of(field.value) for field in front.fields}


def refusal(yaml_text: str) -> Finding:
    """Return the one finding of a block that cannot be read; its values are not guessed at."""
    front = read(block(yaml_text), "a.md")
    assert not front.readable
    assert front.fields == ()
    (finding,) = front.findings
    assert finding.severity == "error"
    return finding


def said(finding: Finding) -> str:
    """Return the code, the place and the message of a finding."""
    place = finding.place
    end = f"{place.end_column}" if place.end_line == place.line else f"{place.end_line}:{place.end_column}"
    return f"{finding.code} {place.line}:{place.column}-{end} {finding.message}"


def mended(yaml_text: str, finding: Finding) -> str:
    """Return the block with the fix of a finding."""
    assert finding.fix is not None
    text = apply_edits(block(yaml_text), finding.fix.edits)
    return text.removeprefix("---\n").removesuffix("\n---\n")


# --- where front matter begins and ends ------------------------------------------------------------------------------


def test_front_matter_stands_between_the_fences() -> None:
    front = read("---\nname: Dana\n---\n\nBody\n---\nmore\n", "a.md")
    assert (front.first_line, front.last_line, front.body_line) == (1, 3, 4)
    assert front.body == "\nBody\n---\nmore\n"
    assert [field.key for field in front.fields] == ["name"]


def test_blank_lines_above_and_spaces_behind_the_fence_do_not_count() -> None:
    front = read("\n \n---  \n\nname: Dana\n---\t\nBody", "a.md")
    assert (front.first_line, front.last_line, front.body_line, front.body) == (3, 6, 7, "Body")
    assert str(front.fields[0].place) == "a.md:5:1"


def test_dots_close_a_block_too() -> None:
    assert read("---\nname: Dana\n...\nBody", "a.md").body == "Body"


@pytest.mark.parametrize(
    "text", ["", "\n\n", "Hello", "Hello\n---\nname: Dana\n---\n", "----\na: b\n---\n", " ---\na\n"]
)
def test_a_note_may_have_no_front_matter(text: str) -> None:
    front = read(text, "a.md")
    assert (front.fields, front.body, front.body_line, front.first_line, front.last_line) == ((), text, 1, 0, 0)
    assert front.readable
    assert front.findings == ()


def test_a_fence_within_a_block_of_text_closes_nothing() -> None:
    assert texts("notes: |\n  above\n  ---\n  below\nname: Dana") == {"notes": "above\n---\nbelow\n", "name": "Dana"}


def test_an_unclosed_fence_is_found_and_no_text_is_lost() -> None:
    text = "\n---\nname: Dana\n\nBody\n"
    front = read(text, "a.md")
    assert not front.readable
    assert (front.body, front.body_line) == (text, 1)
    assert [said(finding) for finding in front.findings] == [
        "K102 2:1-4 the front matter that begins here has no closing `---`"
    ]


@pytest.mark.parametrize("yaml_text", ["", "\n", "# only a comment", "   ", "--- # a document\n"])
def test_empty_front_matter_has_no_fields(yaml_text: str) -> None:
    front = read(block(yaml_text, "Body"), "a.md")
    assert (front.fields, front.readable, front.findings, front.body) == ((), True, (), "Body")


def test_text_between_two_dividing_lines_is_not_dropped() -> None:
    finding = refusal("Hello there\nand more")
    assert said(finding) == "K104 2:1-12 the front matter is not a list of keys and values"
    assert "begin the note with another line" in finding.hint


@pytest.mark.parametrize(
    "yaml_text,expected",
    [
        ("- a\n- b", "K104 2:1-4 the front matter is not a list of keys and values"),
        ("[a, b]: c", "K104 2:1-10 a key has to be a word"),
        ("{{name}}: Dana", "K104 2:1-15 a key has to be a word"),
        ("? a\n: b\n--- c", "K101 4:1-6 a second YAML document begins here"),
        ("--- # one\n--- {name: Dana}", "K101 3:1-17 a second YAML document begins here"),
    ],
)
def test_a_block_is_one_mapping(yaml_text: str, expected: str) -> None:
    assert said(refusal(yaml_text)) == expected


# --- values are literal, and know their place ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        *("NO", "Yes", "on", "Null", "~", "+1 555 0100", "+15550100", "02134", "0123456", "10:30", "1_000", "0x1F"),
        *("1e5", ".inf", "2026-11-03", "2026-11-03 10:00", "=", "<<", "a: b".replace(": ", ":"), "C#", "don't"),
        *("1" * 5000, "日本語", "e\u0301", "👩‍💻 b", "a -- b", "https://x.example/a#b"),
    ],
)
def test_a_scalar_keeps_its_text(text: str) -> None:
    assert texts(f"name: {text}") == {"name": text}
    assert texts(f'name: "{text}"') == {"name": text}
    assert texts(f"- {text}".join(["tags:\n", "\n"]).rstrip()) == {"tags": [text]}


@pytest.mark.parametrize("key", ["content", "handler", "on", "2024", "~", "null", "true", "x y", "'q'", "3.5"])
def test_any_word_may_be_a_key(key: str) -> None:
    assert texts(f"{key}: 1") == {key.strip("'"): "1"}


def places(yaml_text: str) -> list[str]:
    """Return each key and each value of a block with its span."""
    found = []

    def add(name: str, node: object) -> None:
        place = node.place  # type: ignore[attr-defined]
        found.append(f"{name} {place.line}:{place.column}-{place.end_line}:{place.end_column}")
        for item in getattr(node, "items", ()):
            add(f"{name}/", item)

    for field in read(block(yaml_text), "a.md").fields:
        add(field.key, field)
        add("=", field.value)
    return found


@pytest.mark.parametrize("loader", ["C", "pure"])
def test_places_count_characters_from_the_top_of_the_file(loader: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if loader == "pure":  # where PyYAML was installed without its C library
        monkeypatch.setattr(reading, "LOADER", yaml.SafeLoader)
    assert places("👩: é👩 b\nq: 'it''s'\nempty:\nflow: [a, \"b\"]\nlist:\n  - x\n  - y z\n\nlast: 1  # why") == [
        *("👩 2:1-2:2", "= 2:4-2:8", "q 3:1-3:2", "= 3:4-3:11", "empty 4:1-4:6", "= 4:7-4:7"),
        *("flow 5:1-5:5", "= 5:7-5:15", "=/ 5:8-5:9", "=/ 5:11-5:14"),
        *("list 6:1-6:5", "= 7:3-8:8", "=/ 7:5-7:6", "=/ 8:5-8:8", "last 10:1-10:5", "= 10:7-10:8"),
    ]


def test_places_of_values_over_several_lines_stay_within_the_block() -> None:
    assert places("a: one\n  two\nb: |\n  three\n  four") == ["a 2:1-2:2", "= 2:4-3:6", "b 4:1-4:2", "= 4:4-6:7"]
    assert places("b: >\n  three\n\n\nc: 1")[:2] == ["b 2:1-2:2", "= 2:4-6:1"]
    assert places("a:\n  - - x\n    - y\nb: {c: d}") == [
        *("a 2:1-2:2", "= 3:3-4:8", "=/ 3:5-4:8", "=// 3:7-3:8", "=// 4:7-4:8", "b 5:1-5:2", "= 5:4-5:10"),
    ]


def test_plain_and_quoted_values_are_told_apart() -> None:
    values = [field.value for field in read(block("a: ~\nb: '~'\nc: |\n  ~"), "a.md").fields]
    assert [isinstance(value, Scalar) and value.plain for value in values] == [True, False, False]


def test_a_list_knows_whether_it_has_brackets() -> None:
    flow, dashes = (field.value for field in read(block("a: [[x]]\nb:\n- x"), "a.md").fields)
    assert isinstance(flow, Sequence)
    assert isinstance(dashes, Sequence)
    assert (flow.flow, dashes.flow) == (True, False)


def test_a_mapping_keeps_what_stands_in_the_file() -> None:
    sources = [field.value for field in read(block("a: {{title}}\nb:\n  c: d\n  e: f\ng: 1"), "a.md").fields][:2]
    assert [isinstance(value, Mapping) and value.source for value in sources] == ["{{title}}", "c: d\n  e: f"]


# --- what is refused, and what is only found --------------------------------------------------------------------------


def test_of_a_key_given_twice_the_first_counts() -> None:
    front = read(block("name: Dana\nrole: PA\nname: Dan\nname: D"), "a.md")
    assert texts("name: Dana\nrole: PA\nname: Dan") == {"name": "Dana", "role": "PA"}
    assert [said(finding) for finding in front.findings] == [
        "K105 4:1-5 `name` was given already on line 2, and that one counts",
        "K105 5:1-5 `name` was given already on line 2, and that one counts",
    ]


@pytest.mark.parametrize(
    "yaml_text,expected,fixed",
    [
        ("a: &x b", "K110 2:4-8 `&x` is read by YAML as an anchor, which a note cannot have", 'a: "&x b"'),
        ("b: *x", "K110 2:4-6 `*x` is read by YAML as an alias, which a note cannot have", 'b: "*x"'),
        ("b: !x c # why", "K110 2:4-8 `!x` is read by YAML as a tag, which a note cannot have", 'b: "!x c" # why'),
        ("a:\n  - *x", "K110 3:5-7 `*x` is read by YAML as an alias, which a note cannot have", 'a:\n  - "*x"'),
        ("<<: *x", "K110 2:5-7 `*x` is read by YAML as an alias, which a note cannot have", '<<: "*x"'),
        ("&k a: b", "K110 2:1-5 `&k` is read by YAML as an anchor, which a note cannot have", None),
        ("a:\n  !x\n  b: c", "K110 3:3-4:3 `!x` is read by YAML as a tag, which a note cannot have", None),
        (
            "!!map\na: b",
            "K110 2:1-3:1 `tag:yaml.org,2002:map` is read by YAML as a tag, which a note cannot have",
            None,
        ),
    ],
)
def test_anchors_aliases_and_tags_are_refused(yaml_text: str, expected: str, fixed: str | None) -> None:
    finding = refusal(yaml_text)
    assert said(finding) == expected
    assert (finding.fix and mended(yaml_text, finding)) == fixed
    if fixed:
        assert read(block(fixed), "a.md").readable


def test_a_bomb_is_refused_before_it_can_cost_anything() -> None:
    bomb = "a: &a [x, x]\n" + "\n".join(
        f"{new}: &{new} [*{old}, *{old}]" for old, new in zip("abcd", "bcde", strict=True)
    )
    assert refusal(bomb).code == "K110"
    assert refusal("a: &a [*a]").code == "K110"


@pytest.mark.parametrize(
    "yaml_text",
    [
        "a: " + "[" * 50_000,
        "a: [[[[x]]]]",
        "a: " + "{b: " * 9000,
        "- " * 1000,
        "a:\n " + "- " * 1000,
        "[" * 30_000 + "]" * 30_000,
    ],
    ids=["brackets", "four", "braces", "dashes", "dashes in a key", "a tower"],
)
def test_depth_is_refused(yaml_text: str) -> None:
    assert refusal(yaml_text).code in ("K111", "K104")


def test_too_deep_points_at_the_opening() -> None:
    assert said(refusal("name: x\na: [[[[x]]]]")) == "K111 3:7-8 the value is nested too deep"
    assert texts("a: [[[x]]]") == {"a": [[["x"]]]}


@pytest.mark.parametrize("start", ["", "\n"])
def test_a_front_matter_beyond_all_measure_is_refused(start: str) -> None:
    finding = refusal(start + "a: " + "[" * 100_000)
    assert said(finding).startswith(f"K113 2:1-{1 if start else 2} the front matter has 10000")


@pytest.mark.parametrize("sign", ["\x85", "\u2028", "\u2029"])
def test_invisible_line_separators_are_found_once_with_a_fix_for_all(sign: str) -> None:
    text = f"name: Dana{sign}Lee\nrole: a{sign}b"
    front = read(block(text), "a.md")
    assert [field.value.text for field in front.fields if isinstance(field.value, Scalar)] == ["Dana Lee", "a b"]
    (finding,) = front.findings
    number = f"U+{ord(sign):04X}"
    assert (
        said(finding)
        == f"K115 2:11-12 an invisible line separator, {number}, stands in the front matter, and 1 more below"
    )
    assert mended(text, finding) == "name: Dana Lee\nrole: a b"
    (finding,) = read(block(f"name: Dana{sign}Lee"), "a.md").findings
    assert finding.message.endswith("stands in the front matter")


@pytest.mark.parametrize(
    "yaml_text,expected,fixed",
    [
        (
            "tags: #ai",
            "K114 2:7-10 `#ai` is read by YAML as a comment, and nothing is left of the value",
            'tags: "#ai"',
        ),
        (
            "tags:\n  - #ai\n  - b",
            "K114 3:5-8 `#ai` is read by YAML as a comment, and nothing is left of the value",
            'tags:\n  - "#ai"\n  - b',
        ),
        (
            "role: nurse #2 ",
            "K114 2:7-15 `#2` is read by YAML as a comment, and all that is left is `nurse`",
            'role: "nurse #2" ',
        ),
        (
            'role: say "hi" #2',
            'K114 2:7-18 `#2` is read by YAML as a comment, and all that is left is `say "hi"`',
            "role: 'say \"hi\" #2'",
        ),
    ],
)
def test_a_value_that_became_a_comment_is_found(yaml_text: str, expected: str, fixed: str) -> None:
    (finding,) = read(block(yaml_text), "a.md").findings
    assert said(finding) == expected
    assert mended(yaml_text, finding) == fixed
    assert read(block(fixed), "a.md").findings == ()


@pytest.mark.parametrize(
    "yaml_text", ["tags: # ai", "role: nurse # since 2021", "tags:\n#ai\n- b", "a: 'b' #c", "a: b#c"]
)
def test_a_comment_is_a_comment(yaml_text: str) -> None:
    assert read(block(yaml_text), "a.md").findings == ()


def test_a_note_with_a_value_over_two_lines_and_a_comment_is_left_alone() -> None:
    assert read(block("a: b\n  c #d"), "a.md").findings == ()


# --- the corrected line ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "yaml_text,expected,fixed",
    [
        (
            "role: nurse: nights",
            "K101 2:7-20 the value `nurse: nights` holds a colon and a space, so YAML wants it in quotes",
            'role: "nurse: nights"',
        ),
        (
            'title: Coffee: with "Ann"  # why',
            'K101 2:8-26 the value `Coffee: with "Ann"` holds a colon and a space, so YAML wants it in quotes',
            "title: 'Coffee: with \"Ann\"'  # why",
        ),
        (
            "name: Dana\nrole: it's: a\nlevel: peer",
            "K101 3:7-14 the value `it's: a` holds a colon and a space, so YAML wants it in quotes",
            'name: Dana\nrole: "it\'s: a"\nlevel: peer',
        ),
        ("name: @ann", "K101 2:7-11 the value `@ann` begins with `@`, so YAML wants it in quotes", 'name: "@ann"'),
        (
            "name: `ann",
            "K101 2:7-11 the value ``ann` begins with a backtick, so YAML wants it in quotes",
            'name: "`ann"',
        ),
        ("name: %a", "K101 2:7-9 the value `%a` begins with `%`, so YAML wants it in quotes", 'name: "%a"'),
        ("name: *a*", "K101 2:7-10 the value `*a*` begins with `*`, so YAML wants it in quotes", 'name: "*a*"'),
        (
            "role: - nurse",
            "K101 2:7-14 the value `- nurse` begins with `-`, so YAML wants it in quotes",
            'role: "- nurse"',
        ),
        (
            'name: "Dana" Lee',
            'K101 2:7-17 the value `"Dana" Lee` has text behind its closing quote, or no closing quote',
            "name: '\"Dana\" Lee'",
        ),
        (
            'name: "Dana Lee',
            'K101 2:7-16 the value `"Dana Lee` has text behind its closing quote, or no closing quote',
            'name: "Dana Lee"',
        ),
        (
            "name: 'it's'",
            "K101 2:7-13 the value `'it's'` has text behind its closing quote, or no closing quote",
            "name: \"'it's'\"",
        ),
        (
            "tags: [a, b\nname: Dana",
            f"K101 2:7-12 the value `[a, b` begins with `[`, {ENDS_BADLY}",
            "tags: [a, b]\nname: Dana",
        ),
        (
            "tags: [#ai, b]",
            f"K101 2:7-15 the value `[#ai, b]` begins with `[`, {ENDS_BADLY}",
            'tags: ["#ai", b]',
        ),
        (
            "paths: [[a]], [[b|B]]",
            f"K101 2:8-22 the value `[[a]], [[b|B]]` begins with `[`, {ENDS_BADLY}",
            'paths: ["[[a]]", "[[b|B]]"]',
        ),
        (
            "via: [[a]] and so on",
            f"K101 2:6-21 the value `[[a]] and so on` begins with `[`, {ENDS_BADLY}",
            'via: "[[a]] and so on"',
        ),
        (
            "subject: {{person.name}}, thank you",
            f"K101 2:10-36 the value `{{{{person.name}}}}, thank you` begins with `{{`, {ENDS_BADLY}",
            'subject: "{{person.name}}, thank you"',
        ),
        (
            "card: ![[card.png]]",
            "K101 2:7-20 the value `![[card.png]]` begins with `!`, so YAML wants it in quotes",
            'card: "![[card.png]]"',
        ),
        ("name:Dana\nrole: PA", "K101 2:6-6 a space is missing behind `name:`", "name: Dana\nrole: PA"),
        ("name:Dana", "K101 2:6-6 a space is missing behind `name:`", "name: Dana"),
        (
            "role: PA\nname:Dana\nlevel: peer",
            "K101 3:6-6 a space is missing behind `name:`",
            "role: PA\nname: Dana\nlevel: peer",
        ),
        ("a: 'b\n", "K101 2:4-6 the value `'b` has text behind its closing quote, or no closing quote", "a: 'b'\n"),
        (
            "\trole: PA",
            "K101 2:1-2 a tab (`→`) stands where YAML takes spaces only",
            "  role: PA",
        ),
        (
            "name: Dana\n\trole: PA",
            "K101 3:1-2 a tab (`→`) stands where YAML takes spaces only",
            "name: Dana\nrole: PA",
        ),
        (
            "name: Dana\nrole:\xa0PA\nlevel: peer",
            "K101 3:1-9 a no-break space, which looks like any other, stands where YAML takes plain spaces only",
            "name: Dana\nrole: PA\nlevel: peer",
        ),
        (
            "tags:\n  - a: b: c",
            "K101 3:5-12 the value `a: b: c` holds a colon and a space, so YAML wants it in quotes",
            'tags:\n  - "a: b: c"',
        ),
        (
            "name: ? a: b: c",
            "K101 2:7-16 the value `? a: b: c` begins with `?`, so YAML wants it in quotes",
            'name: "? a: b: c"',
        ),
    ],
)
def test_a_yaml_error_comes_with_the_corrected_line(yaml_text: str, expected: str, fixed: str) -> None:
    finding = refusal(yaml_text)
    assert said(finding) == expected
    assert mended(yaml_text, finding) == fixed
    assert read(block(fixed), "a.md").readable


@pytest.mark.parametrize(
    "yaml_text,place,hint",
    [
        ("name: Dana\n}", "3:1", "look for a missing quote, bracket or colon here or on the line above"),
        ("name: “Dana”\n}", "3:1", "look for a missing quote, bracket or colon here or on the line above"),
        ("name: Dana\n}”", "3:1", "use straight quotes, not curly ones"),
        ("a: [\n  b\n", "4:1", "look for a missing quote, bracket or colon here or on the line above"),
        ("a: b\nc\nd: e\nf: g", "4:1", "look for a missing quote, bracket or colon here or on the line above"),
    ],
)
def test_a_yaml_error_without_a_correction_has_a_place_and_advice(yaml_text: str, place: str, hint: str) -> None:
    finding = refusal(yaml_text)
    assert finding.message.startswith("the front matter is not valid YAML: ")
    assert (finding.code, finding.fix) == ("K101", None)
    assert (str(finding.place).removeprefix("a.md:"), finding.hint) == (place, hint)


def test_what_yaml_cannot_even_read_is_an_error_at_the_top() -> None:
    assert said(refusal("name: a\x00b")).startswith("K101 2:1-2 the front matter is not valid YAML: ")
    assert said(refusal("name: a\ud800b")).startswith("K101 2:1-2 the front matter is not valid YAML: ")


@pytest.mark.parametrize("value", ["a", 'say "hi"', "it's", "both ' and \"", "back\\slash", "a: b", "#x", ""])
def test_quote_gives_back_what_it_was_given(value: str) -> None:
    assert texts(f"a: {quote(value)}") == {"a": value}


@pytest.mark.parametrize("line", ["", "   ", "# comment", "word", "name:", "'q': v", "[a]: b"])
def test_lines_without_a_value_have_no_corrections(line: str) -> None:
    assert list(mending.corrections(line)) == []
    assert mending.quoting_fix(line, "a.md", 1) is None


def test_of_two_corrections_the_surer_one_comes_first() -> None:
    assert [mending.apply(one, "\t- a:b") for one in mending.corrections("\t- a:b")] == [
        "  - a:b",
        "- a:b",
        '\t- "a:b"',
    ]


# --- for others ------------------------------------------------------------------------------------------------------


NOTE = """---
name: Dana Lee
on: 2026-11-03
2024: yes
country: NO
zip: 02134
phone: +15550100
time: 10:30
took: 20
half: -0.5
tags: [ai, null, ~, true, False, "true"]
nothing:
---

Body with a line:

---

and more
"""


def test_python_frontmatter_reads_a_note_with_our_handler(tmp_path: Path) -> None:
    path = tmp_path / "dana-lee.md"
    path.write_text(NOTE, encoding="utf-8")
    post = library.load(str(path), handler=Handler())
    assert post.metadata == {
        "name": "Dana Lee",
        "on": "2026-11-03",
        "2024": "yes",
        "country": "NO",
        "zip": "02134",
        "phone": "+15550100",
        "time": "10:30",
        "took": 20,
        "half": -0.5,
        "tags": ["ai", None, None, True, False, "true"],
        "nothing": None,
    }
    assert post.content == "Body with a line:\n\n---\n\nand more"


@pytest.mark.parametrize("newline", ["\r\n", "\r"])
def test_handler_takes_any_newline_and_a_byte_order_mark(newline: str) -> None:
    text = "\ufeff" + NOTE.replace("\n", newline)
    assert Handler().detect(text)
    assert library.parse(text, handler=Handler())[0] == library.parse(NOTE, handler=Handler())[0]


def test_reserved_keys_are_only_keys() -> None:
    metadata, _ = library.parse("---\ncontent: a\nhandler: b\nself: c\n---\n", handler=Handler())
    assert metadata == {"content": "a", "handler": "b", "self": "c"}


def test_handler_leaves_a_text_without_front_matter_alone() -> None:
    assert not Handler().detect("{\n")
    post = library.loads("{\nHello\n", handler=Handler())
    assert (post.metadata, post.content) == ({}, "{\nHello")


@pytest.mark.parametrize(
    "text,message",
    [
        ("---\nname: Dana\n", "the front matter has no closing `---`"),
        (
            "---\nname: a: b\n---\n",
            "front matter:1:7: the value `a: b` holds a colon and a space, so YAML wants it in quotes",
        ),
        ("---\na: 1\na: 2\n---\n", "front matter:2:1: `a` was given already on line 1, and that one counts"),
        ("---\na: {b: c}\n---\n", "front matter:1:4: a value cannot be a mapping"),
        ("---\nHello\n---\n", "front matter:1:1: the front matter is not a list of keys and values"),
    ],
)
def test_errors_are_not_swallowed(text: str, message: str) -> None:
    assert Handler().detect(text)
    with pytest.raises(FrontMatterError) as caught:
        library.loads(text, handler=Handler())
    assert str(caught.value) == message


def test_a_warning_does_not_keep_others_from_reading() -> None:
    assert library.parse("---\na: #b\n---\n", handler=Handler())[0] == {"a": None}


def test_handler_refuses_to_write() -> None:
    post = library.loads(NOTE, handler=Handler())
    with pytest.raises(FrontMatterError, match="edit the lines that change"):
        library.dumps(post)


def test_split_gives_the_lines_on_which_the_parts_begin() -> None:
    parts = split("\n---\na: b\n---\nBody")
    assert (parts.yaml, parts.yaml_line, parts.body, parts.body_line, parts.closed) == ("a: b", 3, "Body", 5, True)
