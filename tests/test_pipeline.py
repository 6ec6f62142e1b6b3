"""From files and a day to findings, follow-ups and the site: the same from the same notes, everywhere."""

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kith.diagnostics import sort_key
from kith.errors import JournalError
from kith.history import NOTHING, History, read_history
from kith.load import Loaded, read_attachments, read_journal
from kith.pipeline import CALENDAR, Review, Texts, build_public_site, build_site, refuse_collisions, review

TODAY = date(2026, 11, 23)
NOTES = {
    "journal.md": b"---\ntitle: J\nname: Robin\n---\n",
    "contacts/dana-lee.md": b"---\nname: Dana Lee\nrool: nurse\nvia: '[[nobody]]'\n---\n",
    "attachments/card.png": b"\x89PNG",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a folder with a small journal."""
    for name, data in NOTES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(data)
    return tmp_path


def test_findings_of_reading_and_of_checking_come_together_in_order(root: Path) -> None:
    (root / "attachments" / "card.png").unlink()
    (root / "contacts" / "zed.md").write_bytes(b"---\nname: Zed\ncard: card.png\n---\n")
    findings = review(root, TODAY).findings
    assert list(findings) == sorted(findings, key=sort_key)
    assert {"unknown-key", "unknown-link", "missing-attachment"} <= {finding.name for finding in findings}


def test_errors_are_those_findings_that_keep_a_site_back(root: Path) -> None:
    reviewed = review(root, TODAY)
    assert [finding.code for finding in reviewed.errors] == ["K203"]
    assert len(reviewed.findings) > 1


def test_text_in_place_of_a_file_counts(root: Path) -> None:
    reviewed = review(root, TODAY, instead={"contacts/dana-lee.md": b"---\nname: Dana\n---\n", "contacts/new.md": b""})
    assert reviewed.journal.contacts["dana-lee"].name == "Dana"
    assert "contacts/new.md" in reviewed.files
    assert {finding.place.file for finding in reviewed.findings} == {"contacts/new.md"}


def test_notes_are_parsed_once_where_somebody_remembers(root: Path) -> None:
    remembered: dict[tuple[str, bytes], object] = {}
    first = review(root, TODAY, remembered)  # type: ignore[arg-type]  # any mapping will do
    known = dict(remembered)
    assert len(known) == 2
    assert review(root, TODAY, remembered).journal == first.journal  # type: ignore[arg-type]
    assert remembered == known


def test_texts_are_those_that_can_be_decoded() -> None:
    texts = Texts({"a.md": b"\xef\xbb\xbfone\r\ntwo", "b.md": b"\xff"})
    assert dict(texts) == {"a.md": "one\ntwo"}
    assert (len(texts), "b.md" in texts, "c.md" in texts, texts.get("b.md")) == (1, False, False, None)


def test_site_has_pages_styles_calendar_and_attachments(demo: Path) -> None:
    site = demo_site(demo)
    assert {"index.html", "contacts.html", "contacts/dana-lee.html", CALENDAR, "attachments/dana-lee-card.svg"} <= set(
        site
    )
    assert any(name.startswith("css/") for name in site)
    assert not any(name.startswith("templates/") for name in site)


def test_public_site_has_figures_and_styles_alone(demo: Path) -> None:
    site, leaks = build_public_site(review(demo, TODAY))
    assert leaks == ()
    assert {name for name in site if not name.startswith("css/")} == {"index.html"}
    assert b"Ruth Feld" not in site["index.html"]


def demo_site(demo: Path, history: History = NOTHING) -> dict[str, bytes]:
    reviewed = replace(review(demo, TODAY), history=history)
    return dict(build_site(reviewed, read_attachments(demo, reviewed.journal.attachments)))


def test_site_and_follow_ups_do_not_depend_on_the_order_of_files(demo: Path) -> None:
    first = review(demo, TODAY)
    attachments = read_attachments(demo, first.journal.attachments)
    names = list(first.files)
    random.Random(3).shuffle(names)  # noqa: S311 - the same order in every run
    files = {name: first.files[name] for name in names}
    journal, findings = read_journal(files, first.journal.attachments)
    second = Review(Loaded(journal, findings, files), TODAY)
    assert second.followups == first.followups
    assert second.findings == first.findings
    assert build_site(second, dict(sorted(attachments.items(), reverse=True))) == build_site(first, attachments)


# --- addresses -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "made,attachments,named",
    [
        ([("a.html", "the page"), ("a.html", "the page")], [], ["`a.html`"]),
        (
            [("Tags/Ä.html", "the page"), ("tags/a\u0308.html", "the page")],
            [],
            ["`Tags/Ä.html`", "`tags/a\u0308.html`"],
        ),
        ([("calendar.ics", "the calendar")], ["Calendar.ics"], ["the calendar", "the attachment at `Calendar.ics`"]),
        ([], ["attachments/A.png", "attachments/a.png"], ["`attachments/A.png`", "`attachments/a.png`"]),
    ],
)
def test_two_things_with_one_address_are_both_named(
    made: list[tuple[str, str]], attachments: list[str], named: list[str]
) -> None:
    with pytest.raises(JournalError) as caught:
        refuse_collisions(made, attachments)
    assert all(name in str(caught.value) for name in named)


def test_addresses_that_differ_are_let_be() -> None:
    refuse_collisions([("a.html", "the page"), ("b.html", "the page")], ["attachments/a.html"])


# --- the command, from outside ---------------------------------------------------------------------------------------


def build(journal: Path, output: Path, variables: Mapping[str, str]) -> dict[str, bytes]:
    """Build a site with a process of its own and return all its files."""
    command = [sys.executable, "-m", "kith", "build", "--today", TODAY.isoformat(), "--output", str(output)]
    kept = {name: value for name, value in os.environ.items() if name not in ("TZ", "LC_ALL", "LANG", "KITH_TODAY")}
    subprocess.run(command, cwd=journal, check=True, capture_output=True, env={**kept, **variables})
    return {path.relative_to(output).as_posix(): path.read_bytes() for path in output.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    "variables",
    [
        {"TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "1"},
        {"TZ": "Pacific/Pago_Pago", "PYTHONHASHSEED": "2"},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8"},
    ],
    ids=lambda variables: next(iter(variables.values())),
)
def test_built_site_has_the_same_bytes_everywhere(demo: Path, tmp_path: Path, variables: dict[str, str]) -> None:
    site = demo_site(demo, read_history(demo))
    found = build(demo, tmp_path / "site", variables)
    assert sorted(found) == sorted([*site, ".gitignore", ".kith-site.json"])
    assert {name: found[name] for name in site} == site


def test_site_does_not_depend_on_the_folder_or_on_when_files_were_written(demo: Path, tmp_path: Path) -> None:
    copy = tmp_path / "a b" / "ü#x%"
    shutil.copytree(demo, copy, ignore=shutil.ignore_patterns("_site", ".kith"))
    for path in copy.rglob("*.md"):
        os.utime(path, (0, 0))
    assert demo_site(copy) == demo_site(demo)


def test_nothing_of_the_machine_or_the_clock_is_in_the_site(demo: Path) -> None:
    for name, data in demo_site(demo).items():
        assert str(demo).encode() not in data, name
