"""Completion as the shells ask for it: by a process with the words in its environment."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest

from kith.checks import CHECKS
from kith.cli import COMMANDS, _kith
from kith.cli.completing import TABLE, complete, describe
from kith.cli.list import COLUMNS
from kith.followups import RULES
from kith.model import CLOSED_BECAUSE, LABELS, LOG_KINDS
from tests.conftest import UPDATE
from tests.run import ROOT

CODES = [check.CODE for check in CHECKS]
WORDS = {
    "kind": list(LOG_KINDS),
    "reason": list(CLOSED_BECAUSE),
    "filed_as": [*LOG_KINDS, *LABELS],
    "sort": list(dict.fromkeys(column.key for columns in COLUMNS.values() for column in columns)),
    "rules": [rule.NAME for rule in RULES],
    "select": CODES,
    "ignore": CODES,
    "what": [*CODES, *(rule.NAME for rule in RULES)],
}

NEXT = ",\n"

Ask = Callable[..., list[str]]


def make_table() -> str:
    """Return what stands in `commands.json`."""
    context = click.Context(_kith)
    commands = {name: _kith.get_command(context, name) for name in COMMANDS}
    program = describe(click.Command("kith", params=_kith.params), WORDS)
    program["options"] |= {"--help": None, "-h": None}
    rows = []
    for name, command in sorted(commands.items()):
        assert command is not None
        shape = describe(command, WORDS)
        shape["options"] = {key: its for key, its in shape["options"].items() if key not in program["options"]}
        rows.append(f'"{name}": {json.dumps(shape, ensure_ascii=False)}')
    return f'{{"kith": {json.dumps(program, ensure_ascii=False)},\n"commands": {{\n{NEXT.join(rows)}\n}}}}\n'


def test_table_says_what_the_commands_take(request: pytest.FixtureRequest) -> None:
    made = make_table()
    if request.config.getoption(UPDATE):
        TABLE.write_text(made, encoding="utf-8")
    assert TABLE.read_text(encoding="utf-8") == made, f"{TABLE.name} is made anew by {UPDATE}"


@pytest.fixture
def ask() -> Ask:
    """Return a function that asks as bash does: the words of a line, the last of them begun."""

    def ask(*words: str, by: str = "bash", **variables: str) -> list[str]:
        environment = {**os.environ, "_KITH_COMPLETE": f"{by}_complete", **variables}
        environment.pop("KITH_JOURNAL", None)
        environment.update(variables)
        line = " ".join(["kith", *words])
        if by != "fish":
            environment |= {"COMP_WORDS": line, "COMP_CWORD": str(len(words))}
        else:
            environment |= {"COMP_WORDS": " ".join(["kith", *words[:-1]]), "COMP_CWORD": words[-1]}
        command = [sys.executable, "-m", "kith"]
        done = subprocess.run(command, cwd=ROOT / "content", env=environment, capture_output=True, check=True)
        return done.stdout.decode().splitlines()

    return ask


def test_bash_completes_commands_ids_kinds_and_options(ask: Ask) -> None:
    assert "plain,check" in ask("c")
    assert ask("due", "dan") == ["plain,dana-lee"]
    assert ask("check", "--str") == ["plain,--strict"]
    assert ask("due", "--rule", "thank") == ["plain,thank-you"]
    assert ask("check", "--select", "K10") == [f"plain,{code}" for code in CODES if code.startswith("K10")]
    assert ask("list", "contacts", "--stage", "m") == ["plain,met"]
    assert ask("show", "2026-11-2") == ["plain,2026-11-20-priya-shah", "plain,2026-11-24-hana-kimura"]
    assert ask("check", "con") == ["file,con"]
    assert ask("log", "dana-lee", "thank") == ["plain,thank-you"]
    assert ask("close", "dana-lee", "no") == ["plain,no-reply"]
    assert ask("nothing", "x") == []


def test_zsh_and_fish_are_answered_in_their_manner(ask: Ask) -> None:
    assert ask("due", "dan", by="zsh") == ["plain", "dana-lee", "_"]
    assert ask("searc", by="zsh") == ["plain", "search", COMMANDS["search"]]
    assert "dana-lee" in "".join(ask("due", "dan", by="fish"))


def test_global_options_count_on_either_side(ask: Ask, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "content" / "contacts", tmp_path / "contacts")
    (tmp_path / "contacts" / "zoe.md").write_text("---\nname: Zoe\n---\n", encoding="utf-8")
    (tmp_path / "journal.md").write_text("---\ntitle: J\nname: R\n---\n", encoding="utf-8")
    assert ask("-C", str(tmp_path), "due", "z") == ["plain,zoe"]
    assert ask("due", f"-C{tmp_path}", "--why", "z") == ["plain,zoe"]
    assert ask("--today", "tom") == ["plain,tomorrow"]
    assert ask("due", "--format", "j") == ["plain,json"]


def test_a_value_may_stand_behind_an_equals_sign() -> None:
    table = json.loads(TABLE.read_text(encoding="utf-8"))
    found = complete(table, COMMANDS, ["due"], "--format=j")
    assert [item.value for item in found] == ["--format=json"]
    assert complete(table, COMMANDS, ["due", "--"], "--w") == []
    assert [item.value for item in complete(table, COMMANDS, ["due", "--why"], "--w")] == ["--within"]


def test_completion_imports_no_command() -> None:
    script = "import sys; from kith.cli import main; main([]); print(*sys.modules, file=sys.stderr)"
    environment = {**os.environ, "_KITH_COMPLETE": "bash_complete", "COMP_WORDS": "kith due d", "COMP_CWORD": "2"}
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, cwd=ROOT / "content", env=environment, capture_output=True, check=True)
    assert done.stdout
    heavy = {"msgspec", "yaml", "frontmatter", "markdown_it", "kith.load", "kith.cli.due"}
    assert not heavy & set(done.stderr.decode().split())


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_script_is_clicks_own(shell: str) -> None:
    done = subprocess.run([sys.executable, "-m", "kith", "completion", shell], capture_output=True, check=True)
    assert f"_KITH_COMPLETE={shell}_complete" in done.stdout.decode()
