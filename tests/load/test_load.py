"""Reading a journal as a whole: sorted findings, memory, and the same result however files are ordered."""

from pathlib import Path

from kith.load import ParsedFile, load_journal, parse_note, read_journal
from kith.model import Journal

FILES = {
    "journal.md": b"---\ntitle: T\nname: Robin\n---\n",
    "contacts/b.md": b"---\nnmae: B\nname: B\n---\n[[zzz]]\n",
    "contacts/a.md": b"---\nname: A\nvia: b\n---\n## Log\n- 2026-11-03 met\n* x\n",
    "contacts/a.txt": b"",
    "contacts/c (conflicted copy).md": b"",
    "README.md": b"not ours",
    "inbox.md": b"- 2026-11-04 a met\n- <b>\n",
}


def test_findings_are_sorted_by_place() -> None:
    journal, findings = read_journal(FILES, frozenset({"attachments/a.png"}))
    assert [f"{finding.code} {finding.place}" for finding in findings] == [
        "K401 contacts/a.md:7:3",
        "K010 contacts/a.txt:1:1",
        "K106 contacts/b.md:2:1",
        "K201 contacts/b.md:5:1",
        "K011 contacts/c (conflicted copy).md:1:1",
        "K501 inbox.md:2:3",
    ]
    assert list(journal.contacts) == ["a", "b"]
    assert journal.attachments == {"attachments/a.png"}
    assert [one.text for one in journal.inbox] == ["<b>"]


def test_the_order_of_files_changes_nothing() -> None:
    expected = read_journal(FILES)
    assert read_journal(dict(reversed(FILES.items()))) == expected
    assert read_journal(dict(sorted(FILES.items()))) == expected


def test_no_files_are_an_empty_journal() -> None:
    journal, findings = read_journal({})
    assert (journal.notes(), findings) == ((journal.owner,), ())


def test_what_was_parsed_before_is_not_parsed_again() -> None:
    remembered: dict[tuple[str, bytes], ParsedFile] = {}
    expected = read_journal(FILES, remembered=remembered)
    assert sorted(file for file, _ in remembered) == ["contacts/a.md", "contacts/b.md", "inbox.md", "journal.md"]
    marked = parse_note("contacts/a.md", b"---\nname: Remembered\n---\n")
    remembered["contacts/a.md", FILES["contacts/a.md"]] = marked
    journal, _ = read_journal(FILES, remembered=remembered)
    assert journal.contacts["a"].name == "Remembered"
    changed = {**FILES, "contacts/a.md": b"---\nname: Changed\n---\n"}
    assert read_journal(changed, remembered=remembered)[0].contacts["a"].name == "Changed"
    assert read_journal(FILES) == expected


def test_notes_that_are_known_need_no_bytes() -> None:
    known = {"contacts/a.md": parse_note("contacts/a.md", FILES["contacts/a.md"])}
    assert read_journal({**FILES, "contacts/a.md": b"never looked at"}, known=known) == read_journal(FILES)


def test_a_folder_gives_the_same_journal_as_its_files(tmp_path: Path) -> None:
    for file, data in FILES.items():
        (tmp_path / file).parent.mkdir(exist_ok=True)
        (tmp_path / file).write_bytes(data)
    loaded = load_journal(tmp_path)
    assert (loaded.journal, loaded.findings) == read_journal(FILES)
    assert dict(loaded.files) == {file: data for file, data in FILES.items() if file != "README.md"}


def test_what_an_editor_has_counts_in_place_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "contacts").mkdir()
    (tmp_path / "contacts/a.md").write_bytes(FILES["contacts/a.md"])
    loaded = load_journal(tmp_path, instead={"contacts/a.md": b"---\nname: Edited\n---\n", "journal.md": b""})
    assert loaded.journal.contacts["a"].name == "Edited"
    assert loaded.files["contacts/a.md"] == b"---\nname: Edited\n---\n"
    assert "journal.md" in loaded.files


def test_the_demo_journal_is_read_without_a_finding(demo: Path) -> None:
    loaded = load_journal(demo)
    assert loaded.findings == ()
    journal: Journal = loaded.journal
    assert len(journal.notes()) + 1 == len(loaded.files)  # and the inbox
