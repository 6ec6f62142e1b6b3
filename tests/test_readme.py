"""The README: its reference is generated from the code, and its commands exist."""

import inspect
import re
from collections.abc import Callable, Iterator, Mapping

import pytest

from kith.checks import CHECKS
from kith.cli import COMMANDS
from kith.diagnostics import SEVERITIES
from kith.followups import RULES
from kith.letters.language import LISTS, MEANINGS, NAMES
from kith.model import CHANNELS, FOLDERS, LABELS, LOG_KINDS
from kith.schema import FIELDS, SETTINGS, FieldSpec, default_of
from tests.conftest import UPDATE, describe_difference
from tests.run import ROOT
from tests.test_sources import table

README = ROOT / "README.md"
_BLOCK = re.compile(r"(<!-- generated: (?P<name>[\w-]+) -->\n)(?P<text>.*?)(<!-- end -->)", re.DOTALL)


def _summary(module: object) -> str:
    return (inspect.getdoc(module) or "").split("\n\n", 1)[0].replace("\n", " ")


def _fields() -> Iterator[str]:
    settings = {spec.name for spec in SETTINGS}
    folder_of = {kind: f"{folder}/" for folder, kind in FOLDERS.items()} | {"journal": "journal.md"}
    for kind, specs in FIELDS.items():
        yield f"\n**{kind}** (`{folder_of[kind]}`)\n"
        yield "| key | takes | |"
        yield "|---|---|---|"
        for spec in specs:
            if kind != "journal" or spec.name not in settings:
                name = f"**{spec.name}**" if spec.required else spec.name
                yield f"| {name} | {_takes(spec)} | {spec.doc} |"


def _takes(spec: FieldSpec) -> str:
    what = " · ".join(spec.choices) if spec.choices and len(spec.choices) < 20 else spec.type.replace("-", " or ", 1)
    what = {"yes or no": "yes or no", "choice": "a rule or log kind"}.get(what, what)
    return f"{what}, one or several" if spec.many else what


def _settings() -> Iterator[str]:
    yield "| setting | default | |"
    yield "|---|---|---|"
    for spec in SETTINGS:
        yield f"| `{spec.name}` | `{default_of(spec)}` | {spec.doc} |"


def _rules() -> Iterator[str]:
    yield "| rule | when it comes up | from |"
    yield "|---|---|---|"
    for rule in RULES:
        yield f"| `{rule.NAME}` | {_summary(rule)} | {rule.SOURCE} |"


def _log() -> Iterator[str]:
    yield "| kind | |"
    yield "|---|---|"
    for kind, meaning in LOG_KINDS.items():
        yield f"| `{kind}` | {meaning} |"
    yield f"\nChannels: {', '.join(f'`{channel}`' for channel in CHANNELS)}."


def _labels() -> Iterator[str]:
    yield ", ".join(f"`{label}:`" for label in LABELS)


def _letters() -> Iterator[str]:
    yield "| name | | with |"
    yield "|---|---|---|"
    for name, kind in NAMES.items():
        parts = ", ".join(f"`{part}`" for part in LISTS.get(name, kind).__struct_fields__)
        yield f"| `{name}` | {MEANINGS[name]} | {f'each {parts}' if name in LISTS else parts} |"


def _findings() -> Iterator[str]:
    counts = {severity: sum(severity == check.SEVERITY for check in CHECKS) for severity in SEVERITIES}
    yield (
        f"{len(CHECKS)} things are looked for: {counts['error']} are errors, {counts['warning']} warnings and "
        f"{counts['info']} remarks."
    )


def _commands() -> Iterator[str]:
    yield "| command | |"
    yield "|---|---|"
    for name, line in COMMANDS.items():
        yield f"| `kith {name}` | {line} |"


def _tour() -> Iterator[str]:
    """The transcript of a first evening, without its heading and the sign of stderr."""
    transcript = (ROOT / "tests" / "cli" / "first-evening.md").read_text(encoding="utf-8")
    shown = transcript.partition("\n\n")[2].replace("/here/", "~/")
    yield re.sub(r"^2> ", "", shown, flags=re.MULTILINE).rstrip()


GENERATED: Mapping[str, Callable[[], Iterator[str]]] = {
    "tour": _tour,
    "fields": _fields,
    "settings": _settings,
    "rules": _rules,
    "log": _log,
    "labels": _labels,
    "letters": _letters,
    "findings": _findings,
    "commands": _commands,
    "sources": table,
}


def test_the_reference_says_what_the_code_says(pytestconfig: pytest.Config) -> None:
    before = README.read_text(encoding="utf-8")
    names = [match["name"] for match in _BLOCK.finditer(before)]
    assert sorted(names) == sorted(GENERATED)

    def block(match: re.Match[str]) -> str:
        return match[1] + "\n".join(GENERATED[match["name"]]()) + "\n" + match[4]

    after = _BLOCK.sub(block, before)
    if after != before and pytestconfig.getoption(UPDATE):
        README.write_text(after, encoding="utf-8")
    elif after != before:
        pytest.fail(describe_difference("README.md", before, after), pytrace=False)


def test_every_command_that_the_readme_shows_exists() -> None:
    shown = set(re.findall(r"^\$ kith (?:-C \S+ )?([a-z]+)", README.read_text(encoding="utf-8"), re.MULTILINE))
    assert shown
    assert shown <= set(COMMANDS)


@pytest.mark.parametrize("name", ["LICENSE", "CHANGELOG.md", ".github/CONTRIBUTING.md"])
def test_what_the_readme_leads_to_exists(name: str) -> None:
    assert f"({name})" in README.read_text(encoding="utf-8")
    assert (ROOT / name).is_file()
