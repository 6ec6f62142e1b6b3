"""The same notes for each of the others: links are links, and each finds who names whom in its own way."""

from pathlib import Path

import pytest

from tests.bench.rivals import RIVALS, SITES, Rival, make_site

ORG = "---\nname: Alder Works\n---\n\nWhere [[dana-lee|Dana]] works.\n"
DANA = (
    '---\nname: Dana Lee\norganization: "[[alder-works]]"\npaths: ["[[botany]]"]\ntags: [york]\n---\n\n- one\n  - two\n'
)
PATH = "---\ntitle: Botany\nstatus: exploring\n---\n\nSee [[nobody]].\n"
DANA_HEAD = "name: Dana Lee\norganization: {0}alder-works{0}\npaths: {1}botany{2}\ntags: {3}\ntitle: Dana Lee\n"
YAML_HEAD = DANA_HEAD.format('"', '["', '"]', "[york]")
FOUR = "\n- one\n    - two\n"
EXPECTED = {
    "hugo": f'---\n{YAML_HEAD}paths_of: ["botany"]\nworks_at: ["alder-works"]\n---\n\n- one\n  - two\n',
    "eleventy": (
        f"---\n{YAML_HEAD}layout: note.njk\nfolder: contacts\nid: dana-lee\npermalink: contacts/dana-lee.html\n---\n"
        "\n- one\n  - two\n"
    ),
    "pelican": f"---\n{DANA_HEAD.format('', '', '', 'york')}---\n{FOUR}",
    "mkdocs": f"---\n{YAML_HEAD}---\n{FOUR}",
}


@pytest.mark.parametrize("rival", RIVALS, ids=lambda rival: rival.name)
def test_notes_are_written_as_each_reads_them(tmp_path: Path, rival: Rival) -> None:
    journal, site = tmp_path / "journal", tmp_path / "site"
    for name, text in {"organizations/alder-works": ORG, "contacts/dana-lee": DANA, "paths/botany": PATH}.items():
        (journal / name).parent.mkdir(parents=True)
        (journal / f"{name}.md").write_text(text, encoding="utf-8")
    make_site(rival, journal, site)
    notes = site / "content"
    assert (notes / "contacts/dana-lee.md").read_text(encoding="utf-8") == EXPECTED[rival.name]
    assert "Where [Dana](/contacts/dana-lee.html) works." in (notes / "organizations/alder-works.md").read_text()
    assert "See nobody." in (notes / "paths/botany.md").read_text(encoding="utf-8")
    assert (notes / "tags/york.md").exists() is (rival.name == "mkdocs")


def test_each_has_its_settings() -> None:
    assert {path.name for path in SITES.iterdir()} == {rival.name for rival in RIVALS}


def test_what_is_not_installed_is_not_found() -> None:
    assert Rival("no-such-program", "", "", "", str).find() is None
