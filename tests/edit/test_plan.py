"""Plans as diffs."""

from kith.edit.plan import Change, Plan, show_diff


def diff(before: bytes | None, after: bytes | None, moved_to: str = "") -> str:
    return show_diff(Plan((Change("contacts/a.md", before, after, moved_to),)))


def test_a_change_is_a_unified_diff() -> None:
    assert diff(b"a\nb\n", b"a\nc\n") == "--- a/contacts/a.md\n+++ b/contacts/a.md\n@@ -1,2 +1,2 @@\n a\n-b\n+c\n"


def test_new_deleted_and_moved_files_are_told_apart() -> None:
    assert diff(None, b"a\n").startswith("--- /dev/null\n+++ b/contacts/a.md\n")
    assert diff(b"a\n", None).startswith("--- a/contacts/a.md\n+++ /dev/null\n")
    assert diff(b"a\n", b"a\n", "contacts/b.md") == "rename from contacts/a.md\nrename to contacts/b.md\n"


def test_a_missing_newline_is_said() -> None:
    assert diff(b"a", b"b").endswith("-a\n\\ No newline at end of file\n+b\n\\ No newline at end of file\n")


def test_lines_are_those_of_the_file() -> None:
    shown = diff("a\r\nb\u2028c\r\n".encode(), "a\r\nb\u2028c\r\nd\r\n".encode())
    assert shown.splitlines(keepends=True)[-1] == "+d\r\n"
    assert "+d\n" in diff(b"a\rb\r", b"a\rb\rd\r")
    assert "\\xe9" in diff(b"caf\xe9\n", b"x\n")


def test_a_plan_may_be_empty() -> None:
    assert Plan((Change("a.md", b"a", b"a"),)).is_empty()
    assert not Plan((Change("a.md", b"a", b"a", "b.md"),)).is_empty()
    assert not Plan((Change("a.md", b"a", b"b"),)).is_empty()
