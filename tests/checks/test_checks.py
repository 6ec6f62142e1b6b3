"""Every finding, by the cases in the Markdown files beside this one (`cases.py` says how they are read)."""

import ast
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from kith import checks
from kith.diagnostics import SEVERITIES, Finding
from kith.diagnostics.report import Report, to_text
from kith.load import load_journal
from tests.checks.cases import (
    FOLDER,
    JOURNAL,
    TODAY,
    Case,
    apply_edits,
    case_files,
    describe,
    read_cases,
    with_expectation,
)
from tests.conftest import UPDATE, describe_difference
from tests.run import ROOT

PACKAGE = ROOT / "tool" / "kith"
CATALOGUE = FOLDER / "CATALOGUE.md"
FAMILIES = {
    "K0": "Files and their encoding",
    "K1": "Front matter",
    "K2": "Links and identity",
    "K3": "Dates",
    "K4": "People and manners",
    "K5": "Safety and privacy",
    "K9": "Settings",
}
CASES = [
    pytest.param(path, case.title, id=f"{path.stem}: {case.title}")
    for path in case_files()
    for case in read_cases(path.read_text(encoding="utf-8"))[1]
]


def all_cases() -> Iterator[tuple[Path, Case]]:
    """Yield every case with its file."""
    for path in case_files():
        for case in read_cases(path.read_text(encoding="utf-8"))[1]:
            yield path, case


def write(path: Path, text: str) -> None:
    """Write a file at once, so that tests that run beside this one never see half of it."""
    if not path.is_file() or path.read_text(encoding="utf-8") != text:
        draft = path.with_suffix(f".{os.getpid()}")
        draft.write_text(text, encoding="utf-8", newline="\n")
        draft.replace(path)


@pytest.mark.parametrize("path,title", CASES)
def test_findings_are_as_stated(path: Path, title: str, pytestconfig: pytest.Config) -> None:
    head, cases = read_cases(path.read_text(encoding="utf-8"))
    if pytestconfig.getoption(UPDATE):
        parts = [with_expectation(case, describe(case.run())) for case in cases]
        write(path, (head + "".join(parts)).rstrip() + "\n")
        return
    (case,) = (one for one in cases if one.title == title)
    assert describe(case.run()) == case.expected


@pytest.mark.parametrize("path,title", CASES)
def test_fixes_mend(path: Path, title: str) -> None:
    (case,) = (one for one in read_cases(path.read_text(encoding="utf-8"))[1] if one.title == title)
    before = case.run()
    for finding in before:
        if finding.fix is None:
            continue
        texts = case.texts()
        for file in {edit.place.file for edit in finding.fix.edits}:
            edits = tuple(edit for edit in finding.fix.edits if edit.place.file == file)
            texts[file] = apply_edits(texts[file], edits)
        files = {**case.files, **{name: text.encode() for name, text in texts.items()}}
        after = Case(title, "", files, case.attachments, today=case.today).run()
        assert count_like(finding, after) < count_like(finding, before)
        # a block that could not be read hid what else is wrong in it
        assert count_errors(after) <= count_errors(before) or finding.code in ("K101", "K110")


def count_like(finding: Finding, findings: Iterable[Finding]) -> int:
    """Return how many findings say the same."""
    return sum((one.code, one.message) == (finding.code, finding.message) for one in findings)


def count_errors(findings: Iterable[Finding]) -> int:
    """Return how many findings are errors."""
    return sum(one.severity == "error" for one in findings)


@pytest.mark.parametrize("path", case_files(), ids=lambda path: path.stem)
def test_a_file_has_a_bad_and_a_good_case(path: Path) -> None:
    head, cases = read_cases(path.read_text(encoding="utf-8"))
    code = path.stem.partition("-")[0]
    titles = [case.title for case in cases]
    assert head.startswith(f"# {path.stem.replace('-', ' ', 1)}\n\n")
    assert len(head.strip().splitlines()) > 1
    assert len(titles) == len(set(titles))
    found = [[line.partition(" ")[0] for line in (case.expected or "").splitlines()] for case in cases]
    assert any(code in codes for codes in found)
    assert any(code not in codes for codes in found)


def test_findings_are_those_of_their_modules() -> None:
    for _, case in all_cases():
        for finding in case.run():
            module = checks.find_check(finding.code)
            assert module is not None
            assert (finding.name, finding.severity) == (module.NAME, module.SEVERITY)
            assert finding.message[0] in "`…" or finding.message[0].islower()
            assert not finding.message.endswith(".")


# --- the modules -----------------------------------------------------------------------------------------------------


def test_codes_are_unique_and_in_order() -> None:
    codes = [module.CODE for module in checks.CHECKS]
    assert codes == sorted(set(codes))
    assert len({module.NAME for module in checks.CHECKS}) == len(codes)


def test_every_file_is_registered() -> None:
    files = {path.stem for path in (PACKAGE / "checks").glob("*.py")} - {"__init__"}
    assert {module.NAME.replace("-", "_") for module in checks.CHECKS} == files


def test_every_check_has_cases() -> None:
    assert {f"{module.CODE}-{module.NAME}" for module in checks.CHECKS} == {path.stem for path in case_files()}


def module_id(module: checks.Documented) -> str:
    """Return the name of a test's parameter."""
    return module.CODE


@pytest.mark.parametrize("module", checks.CHECKS, ids=module_id)
def test_a_module_has_the_shape(module: checks.Documented) -> None:
    source = (PACKAGE / "checks" / f"{module.NAME.replace('-', '_')}.py").read_text(encoding="utf-8")
    tree = ast.parse(source)
    assigned = [ast.unparse(node) for node in tree.body if isinstance(node, ast.Assign | ast.AnnAssign)]
    assert assigned[:3] == [
        f"CODE = '{module.CODE}'",
        f"NAME = '{module.NAME}'",
        f"SEVERITY: Severity = '{module.SEVERITY}'",
    ]
    assert module.SEVERITY in SEVERITIES
    assert module.CODE[:2] in FAMILIES
    public = [node.name for node in tree.body if isinstance(node, ast.FunctionDef) and node.name[0] != "_"]
    assert public == (["check"] if isinstance(module, checks.Check) else [])


@pytest.mark.parametrize("module", checks.CHECKS, ids=module_id)
def test_a_module_is_documented(module: checks.Documented) -> None:
    doc = module.__doc__ or ""
    sections = re.findall(r"^## (.+)$", doc, re.MULTILINE)
    assert sections in (["Why", "Bad", "Good"], ["Why", "Bad", "Good", "Source"])
    assert checks.summary(module).endswith(".")
    assert doc.split("\n")[1] == ""
    assert all(part.strip() for part in re.split(r"^## .+$", doc, flags=re.MULTILINE))
    if "Source" in sections:
        assert re.search(r"\b00[0-4]\b", doc.partition("## Source")[2])


# What cannot be printed, or would fill pages: the documentation describes it in words.
DESCRIBED = {"K001", "K002", "K003", "K004", "K006", "K007", "K008", "K012", "K113", "K115"}
_PATH = re.compile(r"(?:journal|inbox)\.md|[a-z]+/[^:>\n]*\.\w+")


def read_example(doc: str, section: str) -> Case | None:
    """Return the journal that a section of the documentation shows, None where it describes one in words."""
    part = re.split(r"^## ", doc.partition(f"## {section}\n")[2], flags=re.MULTILINE)[0]
    files: dict[str, bytes] = {}
    name = ""
    for line in part.strip("\n").split("\n"):
        row = line.removeprefix("    ")
        if _PATH.fullmatch(row):
            name = row
            files[name] = b""
        elif not name:
            return None
        else:
            files[name] += f"{row}\n".encode()
    attachments = {path: data for path, data in files.items() if path.startswith("attachments/")}
    notes = {path: data for path, data in files.items() if path not in attachments}
    return Case(section, "", {"journal.md": JOURNAL, **notes}, attachments)


@pytest.mark.parametrize("module", checks.CHECKS, ids=module_id)
def test_examples_in_the_documentation_are_true(module: checks.Documented) -> None:
    bad, good = (read_example(module.__doc__ or "", section) for section in ("Bad", "Good"))
    assert (bad is None) == (module.CODE in DESCRIBED)
    if bad is not None:
        assert {finding.code for finding in bad.run()} == {module.CODE}
    if good is not None:
        assert describe(good.run()) == "none\n"


BELOW = {"frontmatter", "markdown", "schema", "conventions", "load", "diagnostics"}


def raised() -> Iterator[tuple[str, str, str, str]]:
    """Yield the code, name and severity of each literal finding below rank 6, with its file."""
    for path in sorted(PACKAGE.rglob("*.py")):
        if not BELOW & set(path.relative_to(PACKAGE).with_suffix("").parts) or path.name == "report.py":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            words = [
                one.value if isinstance(one, ast.Constant) and isinstance(one.value, str) else ""
                for one in (
                    node.elts if isinstance(node, ast.Tuple) else (node.args if isinstance(node, ast.Call) else ())
                )
            ]
            for code, name, severity in zip(words, [*words[1:], ""], [*words[2:], "", ""], strict=False):
                if re.fullmatch(r"K\d{3}", code):
                    yield code, name, severity, path.name


def test_codes_raised_below_are_documented() -> None:
    found = list(raised())
    documented = {module.CODE: module for module in checks.CHECKS}
    for code, name, severity, file in found:
        assert code in documented, f"{file} raises {code}"
        module = documented[code]
        assert not isinstance(module, checks.Check), f"{file} raises {code}, which has a check"
        assert name in (module.NAME, ""), f"{file} calls {code} {name}"
        assert severity in (*SEVERITIES, "") or not name
        assert severity in (module.SEVERITY, "") or severity not in SEVERITIES
    without = {module.CODE for module in checks.CHECKS if not isinstance(module, checks.Check)}
    assert without == {code for code, *_ in found}


# --- explaining ------------------------------------------------------------------------------------------------------


def test_explain_takes_codes_and_names() -> None:
    text = checks.explain("K209")
    assert text is not None
    assert text.startswith("# K209 missing-attachment (warning)\n\nA card or a resume")
    assert checks.explain(" k209 ") == checks.explain("Missing-Attachment") == text
    assert checks.explain("K999") is None


def test_findings_are_sorted_and_said_once() -> None:
    (journal,) = (case for _, case in all_cases() if case.title == "several at once")
    found = journal.run()
    assert len(found) == len(set(found)) > 1


def test_demo_journal_has_no_findings(demo: Path) -> None:
    loaded = load_journal(demo)
    found = (*loaded.findings, *checks.check(loaded.journal, TODAY))
    assert describe(found) == "none\n"


# --- the catalogue ---------------------------------------------------------------------------------------------------


def test_catalogue_shows_every_message(pytestconfig: pytest.Config) -> None:
    text = make_catalogue()
    if pytestconfig.getoption(UPDATE):
        write(CATALOGUE, text)
    else:
        before = CATALOGUE.read_text(encoding="utf-8") if CATALOGUE.is_file() else None
        assert before == text, describe_difference(CATALOGUE.name, before, text)


def make_catalogue() -> str:
    """Return a page with each message once, as `kith check` prints it."""
    shown: dict[str, dict[str, str]] = {module.CODE: {} for module in checks.CHECKS}
    for path, case in all_cases():
        code = path.stem.partition("-")[0]
        texts = case.texts()
        for finding in case.run():
            if finding.code == code:
                shown[code].setdefault(shape_of(finding), print_finding(finding, texts))
    lines = ["# What `kith check` says", ""]
    lines += [
        "Every message with an example, generated from the cases beside this file. `kith explain CODE` says more.",
        "",
    ]
    family = ""
    for module in checks.CHECKS:
        if module.CODE[:2] != family:
            family = module.CODE[:2]
            lines += [f"## {FAMILIES[family]}", ""]
        lines += [
            f"### {module.CODE} {module.NAME}",
            "",
            f"{module.SEVERITY.capitalize()}. {checks.summary(module)}",
            "",
        ]
        lines += [f"```text\n{text}\n```\n" for text in shown[module.CODE].values()]
    return "\n".join(lines)


def shape_of(finding: Finding) -> str:
    """Return what is the same in all findings of one message: the text without what is quoted."""
    return re.sub(r"`[^`]*`|\d+", "…", f"{finding.message}|{finding.hint}")


def print_finding(finding: Finding, texts: dict[str, str]) -> str:
    """Return a finding as a terminal shows it, without the summary."""
    return to_text(Report((finding,), texts)).rstrip().rpartition("\n")[0].rstrip()
