"""What the shell may complete: commands, options, ids, kinds and words, without importing a command.

Importing all that a command needs takes longer than a person waits for the tab key. So what each command takes stands
in `commands.json` beside this file; a test makes it from the commands, and fails where it is out of date.
"""

import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import click
from click.shell_completion import BashComplete, CompletionItem, FishComplete, ShellComplete, ZshComplete

SHELLS: Mapping[str, type[ShellComplete]] = {"bash": BashComplete, "zsh": ZshComplete, "fish": FishComplete}
VARIABLE = "_KITH_COMPLETE"
TABLE = Path(__file__).with_name("commands.json")

FOLDERS = {
    "contact": "contacts",
    "meeting": "meetings",
    "organization": "organizations",
    "path": "paths",
    "letter": "letters",
}
# What a parameter without choices of its own stands for, by its name.
_NAMED: Mapping[str, str] = {
    **dict.fromkeys(("who", "whom", "a", "b", "via", "contact", "contacts", "people"), "@contact"),
    "meeting": "@meeting",
    "note": "@note",
    "old": "@note",
    "eml": "@file",
    "organization": "@organization",
    "path": "@path",
    "letter": "@letter",
    **dict.fromkeys(("paths", "file", "stdin_filename"), "@file"),
    **dict.fromkeys(("directory", "output", "folder"), "@folder"),
    **dict.fromkeys(("on", "day", "when", "today", "until"), "@day"),
}
_DAYS = ("today", "tomorrow", "yesterday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SHOWN_BY_ANY = frozenset({"show"})  # commands whose WHO may be any note


# --- the table -----------------------------------------------------------------------------------------------------


def describe(command: click.Command, words: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """What a command takes: options with what may follow them (None: nothing), arguments with what they may be.

    `words` are the words of parameters that have no choices of their own, by name.
    """
    options: dict[str, list[str] | None] = {}
    arguments: list[list[str]] = []
    for param in command.params:
        if isinstance(param, click.Option):
            flag = param.is_flag or param.count
            for name in (*param.opts, *param.secondary_opts):
                options[name] = None if flag else _values(param, command, words)
        else:
            arguments += [_values(param, command, words)] * max(param.nargs, 1)
            if param.nargs == -1:
                arguments.append(["@again"])
    described: dict[str, Any] = {"options": options, "arguments": arguments}
    if isinstance(command, click.Group):
        described["commands"] = {name: describe(one, words) for name, one in sorted(command.commands.items())}
    return described


def _values(param: click.Parameter, command: click.Command, words: Mapping[str, Sequence[str]]) -> list[str]:
    name = param.name or ""
    if isinstance(param.type, click.Choice):
        return [str(choice) for choice in param.type.choices]
    if name in words:
        return list(words[name])
    if name == "who" and command.name in _SHOWN_BY_ANY:
        return ["@note"]
    if name in _NAMED:
        return [_NAMED[name]]
    # the one thing that commands complete by themselves is a person
    return ["@contact"] if param._custom_shell_complete is not None else []  # noqa: SLF001 - click has no other way


# --- answering the shell -------------------------------------------------------------------------------------------


def answer(program: click.Command, commands: Mapping[str, str]) -> int | None:
    """Answer the shell where it asks for completions; None where it does not, and Click shall see to it."""
    shell, _, action = os.environ.get(VARIABLE, "").partition("_")
    if shell not in SHELLS or action != "complete":
        return None
    asked = SHELLS[shell](program, {}, "kith", VARIABLE)
    arguments, incomplete = asked.get_completion_args()
    found = complete(json.loads(TABLE.read_text(encoding="utf-8")), commands, arguments, incomplete)
    for item in found:
        click.echo(asked.format_completion(item))
    return 0


def complete(
    table: Mapping[str, Any], commands: Mapping[str, str], arguments: Sequence[str], incomplete: str
) -> list[CompletionItem]:
    """What may stand in place of `incomplete` behind the words before it."""
    line = _Line(table["kith"], table["commands"])
    for word in arguments:
        line.take(word)
    if line.awaits is None and incomplete.startswith("--") and "=" in incomplete:
        option, _, begun = incomplete.partition("=")
        values = line.options.get(option) or []
        return [CompletionItem(f"{option}={item.value}") for item in _items(values, begun, line.folder)]
    if line.awaits is not None:
        return _items(line.awaits, incomplete, line.folder)
    if incomplete.startswith("-") and not line.ended:
        taken = line.given - {name for name, values in line.options.items() if values is not None}
        return [CompletionItem(name) for name in line.options if name.startswith(incomplete) and name not in taken]
    if line.commands is not None and not line.positionals:
        known = commands if line.command is None else dict.fromkeys(line.commands)
        return [CompletionItem(name, help=known[name]) for name in known if name.startswith(incomplete)]
    return _items(line.argument(), incomplete, line.folder)


class _Line:
    """The words of a command line, taken one after the other."""

    def __init__(self, program: Mapping[str, Any], commands: Mapping[str, Any]) -> None:
        self.options: dict[str, list[str] | None] = dict(program["options"])
        self.commands: Mapping[str, Any] | None = commands
        self.command: str | None = None
        self.arguments: list[list[str]] = []
        self.positionals = 0
        self.given: set[str] = set()
        self.awaits: list[str] | None = None  # what the option before may be followed by
        self.ended = False  # by `--`
        self.option = ""
        self.folder = ""

    def take(self, word: str) -> None:
        if self.awaits is not None:
            self.awaits = None
            self.remember(self.option, word)
        elif word == "--" and not self.ended:
            self.ended = True
        elif word.startswith("-") and len(word) > 1 and not self.ended:
            self.take_option(word)
        elif self.commands is not None and not self.positionals and word in self.commands:
            one = self.commands[word]
            self.options.update(one["options"])
            self.arguments, self.commands, self.command = one["arguments"], one.get("commands"), word
        else:
            self.positionals += 1

    def take_option(self, word: str) -> None:
        name, equals, value = word.partition("=")
        if not word.startswith("--") and len(word) > 2 and word[:2] in self.options:
            name, equals, value = word[:2], "=", word[2:]
        self.given.add(name)
        if equals:
            self.remember(name, value)
        elif self.options.get(name) is not None:
            self.awaits, self.option = self.options[name], name

    def remember(self, option: str, value: str) -> None:
        if option == "-C":
            self.folder = value

    def argument(self) -> list[str]:
        """What the next argument may be."""
        if self.arguments and self.arguments[-1] == ["@again"] and self.positionals >= len(self.arguments) - 1:
            return self.arguments[-2]
        return self.arguments[self.positionals] if self.positionals < len(self.arguments) else []


def _items(values: Iterable[str], incomplete: str, folder: str) -> list[CompletionItem]:
    items: list[CompletionItem] = []
    for value in values:
        if value in ("@file", "@folder"):
            items.append(CompletionItem(incomplete, type="file" if value == "@file" else "dir"))
        elif value == "@day":
            items += [CompletionItem(day) for day in _DAYS if incomplete and day.startswith(incomplete)]
        elif value.startswith("@"):
            kinds = list(FOLDERS) if value == "@note" else [value[1:]]
            items += [CompletionItem(id_) for id_ in sorted(ids(folder, kinds)) if id_.startswith(incomplete)]
        elif value.startswith(incomplete):
            items.append(CompletionItem(value))
    return items


def ids(folder: str, kinds: Iterable[str]) -> Iterator[str]:
    """The ids of notes, from the names of files alone."""
    root = _find_root(folder)
    for kind in kinds if root is not None else ():
        for _, folders, names in os.walk(f"{root}/{FOLDERS[kind]}"):
            folders[:] = [one for one in folders if not one.startswith((".", "_"))]
            yield from (name[:-3].casefold() for name in names if name.endswith(".md") and not name.startswith("."))


def _find_root(folder: str) -> Path | None:
    """The journal's folder as the command will find it, None where there is none."""
    start = Path(folder).expanduser().absolute()
    for above in (start,) if folder else (start, *start.parents):
        for candidate in (above, above / "content"):
            if (candidate / "journal.md").is_file():
                return candidate
    named = os.environ.get("KITH_JOURNAL", "")
    return _find_root(named) if named and not folder else None
