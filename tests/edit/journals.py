"""Journals for the tests of what writes: people who link to each other in every form, in files of every manner."""

from collections.abc import Mapping

from hypothesis import strategies as st

from kith.load import read_journal
from kith.model import Journal

IDS = ("dana-lee", "sam-ortiz", "priya-shah", "zoë-álvarez")
NAMES = {"dana-lee": "Dana Lee", "sam-ortiz": "Sam Ortiz", "priya-shah": "Priya Shah", "zoë-álvarez": "Zoë Álvarez"}
JOURNAL = b"---\ntitle: A journal\nname: Robin Vale\n---\n"


def read(files: Mapping[str, bytes]) -> Journal:
    """Return the journal that files make up."""
    return read_journal(files)[0]


def body_links(id_: str) -> st.SearchStrategy[str]:
    """Return texts with a link to a person, in every form there is."""
    name = NAMES[id_]
    return st.sampled_from(
        [
            f"[[{id_}]]",
            f"[[{id_}|her]]",
            f"[[contacts/{id_}#Log]]",
            f"[[contacts/{id_}.md|{name}]]",
            f"![[{id_}]]",
            f"[[{id_.upper()}]]",
            f"[[{name}]]",
            f"[card](../contacts/{id_}.md)",
            f"[card](<../contacts/{id_}.md#log>)",
            f"`[[{id_}]]` and not code: [[{id_}]]",
            f"\\[[{id_}]]",
            f"<!-- [[{id_}]] --> then [[{id_}|x]] \t end",
            f"| a | [[{id_}]] |",
        ]
    )


def front_links(id_: str) -> st.SearchStrategy[str]:
    """Return values of a link field that lead to a person."""
    return st.sampled_from(
        [id_, f'"{id_}"', f"'[[{id_}]]'", f'"[[{id_}|D]]"', f"[[{id_}]]", f'"[[contacts/{id_}#x]]"', NAMES[id_]]
    )


@st.composite
def contacts(draw: st.DrawFn, id_: str) -> str:
    """Draw the text of a card."""
    others = [one for one in IDS if one != id_]
    lines = ["---", f"name: {NAMES[id_]}  # their name"]
    if draw(st.booleans()):
        lines.append(f"via: {draw(front_links(draw(st.sampled_from(others))))}  # who led me")
    mail = id_.replace("-", ".").encode("ascii", "ignore").decode()
    keys = [
        ["# a comment by itself"],
        ["tags: [a, b]", "tags:\n  - a\n  - b # b", "tags: a"],
        ["role: nurse # since May", "role: lab lead", "role: NO"],
        [f"email: {mail}@x.example", f"email: [{mail}@x.example, {mail}@y.example]"],
    ]
    lines += [draw(st.sampled_from(key)) for key in keys if draw(st.booleans())]
    if draw(st.booleans()):
        lines.append(f"x-friend: '[[{draw(st.sampled_from(others))}]]'")
    lines += ["---", "", *draw(st.lists(prose(others), max_size=3))]
    if draw(st.booleans()):
        days = sorted(draw(st.lists(st.integers(1, 28), min_size=1, max_size=4)))
        order = days if draw(st.booleans()) else days[::-1]
        lines += ["", "## Log", ""]
        for day in order:
            link = draw(body_links(draw(st.sampled_from(others))))
            lines.append(f"- 2026-10-{day:02d} update by email: told of {link}")
            if draw(st.booleans()):
                lines.append(f"  - pro: day {day} is calm")
    if draw(st.booleans()):
        lines += ["", "### Goals", "", draw(prose(others))]
    return "\n".join(lines)


def prose(ids: list[str]) -> st.SearchStrategy[str]:
    """Return lines that may link to people."""
    plain = st.sampled_from(
        ["", "Met at a fair.", "\ttabs\t", "- pro: calm", "- [ ] promise: a call due:2026-12-01", "é ü"]
    )
    linked = st.sampled_from(ids).flatmap(body_links)
    referral = st.sampled_from(ids).map(lambda id_: f"- referral: [[{id_}]], who knows")
    return st.one_of(plain, linked, linked.map(lambda text: f"- skill: seen by {text}"), referral)


@st.composite
def manners(draw: st.DrawFn, text: str) -> bytes:
    """Draw how a text is saved: newlines, byte order mark, final newline."""
    if draw(st.booleans()):
        text += "\n"
    text = text.replace("\n", draw(st.sampled_from(["\n", "\r\n"])))
    return (b"\xef\xbb\xbf" if draw(st.booleans()) else b"") + text.encode()


@st.composite
def journals(draw: st.DrawFn) -> dict[str, bytes]:
    """Draw the files of a journal."""
    files = {"journal.md": JOURNAL}
    for id_ in IDS:
        files[f"contacts/{id_}.md"] = draw(manners(draw(contacts(id_))))
    who = draw(st.sampled_from(IDS))
    link = draw(front_links(who))
    listed = draw(st.sampled_from([f"contacts: {link}", f"contacts:\n  - {link}\n  - {IDS[0]}", "mode: phone"]))
    lines = ["---", listed, "---", f"## [[{who}]]", "", *draw(st.lists(prose(list(IDS)), max_size=3))]
    files[f"meetings/2026-11-03-{who}.md"] = draw(manners("\n".join(lines)))
    jotted = draw(st.lists(st.sampled_from(IDS).map(lambda id_: f"- 2026-11-04 {id_} thank-you by email"), max_size=2))
    files["inbox.md"] = draw(manners("\n".join([*jotted, f"- call {draw(body_links(who))}"])))
    return files
