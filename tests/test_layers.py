"""The architecture as a law: who imports whom, who touches the disk, who reads the clock.

Everything is read from the syntax trees of tool/kith, so that imports inside functions and for type checkers count too.
"""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pytest

from tests.run import ROOT

PACKAGE = ROOT / "tool" / "kith"

# A module imports from lower ranks only. `__init__` holds the version, `__main__` is `python -m kith`.
RANKS: Mapping[str, int] = {
    "__init__": -1,
    "errors": 0,
    "dates": 0,
    "diagnostics": 0,
    "assets": 0,
    "cores": 0,
    "model": 1,
    "frontmatter": 1,
    "markdown": 1,
    "schema": 2,
    "conventions": 2,
    "load": 3,
    "cache": 3,
    "history": 3,
    "study": 4,
    "followups": 5,
    "letters": 5,
    "checks": 6,
    "formats": 6,
    "edit": 6,
    "pages": 7,
    "render": 8,
    "pipeline": 9,
    "publish": 9,
    "serve": 10,
    "lsp": 10,
    "cli": 11,
    "__main__": 12,
}

# In these packages one file is one check, rule or command: `__init__` knows them all, they do not know each other.
PLUGINS = frozenset({"checks", "followups", "cli"})

# Base modules inside those packages that their siblings may import: module -> why it is not a sibling.
BASES: Mapping[str, str] = {
    "followups.world": "what the rules read, worked out once, and the words they share",
    "cli.writing": "does for every command that writes what they do alike",
    "cli.asking": "asks on a terminal for every command that asks",
    "cli.manners": "asks for every command that goes after somebody whether it should",
    "cli.doubles": "shows for every command that makes a card who may have one already",
    "cli.fixing": "mends for `check`, which loads it where somebody asks for that",
    "cli.options": "declares the options that every command has",
    "cli.terminal": "decides for every command what goes to which stream",
    "cli.opening": "finds the journal and the day for every command",
    "cli.completing": "knows what the shell may complete, and asks no command for it",
    "cli.choosing": "finds the person or note that a command is told to act on",
}

ON_DISK = frozenset({"assets", "load", "cache", "history", "edit", "publish", "serve", "lsp", "cli"})
WITH_CLOCK = frozenset({"cli"})

DISK_MODULES = frozenset({"fileinput", "glob", "mmap", "shutil", "sqlite3", "subprocess", "tempfile"})
DISK_NAMES = frozenset(
    {
        *("builtins.open", "io.open", "io.FileIO", "codecs.open", "pathlib.Path.cwd", "pathlib.Path.home"),
        *("jinja2.FileSystemBytecodeCache", "jinja2.FileSystemLoader", "jinja2.ModuleLoader", "jinja2.PackageLoader"),
    }
)
# What `os` offers that does not ask the machine; everything else in it counts.
OS_WITHOUT_DISK = frozenset(
    {"PathLike", "altsep", "_exit", "cpu_count", "fsdecode", "fsencode", "fspath", "linesep", "sep"}
)
OS_PATH_WITHOUT_DISK = frozenset(
    {"basename", "commonpath", "commonprefix", "dirname", "join", "normcase", "normpath", "split", "splitext"}
)
# Methods of pathlib.Path that no other type we use has.
PATH_METHODS = frozenset(
    {
        *("chmod", "exists", "expanduser", "glob", "hardlink_to", "is_dir", "is_file", "is_symlink", "iterdir"),
        *("lstat", "mkdir", "open", "read_bytes", "read_text", "readlink", "rglob", "rmdir", "samefile", "stat"),
        *("symlink_to", "touch", "unlink", "write_bytes", "write_text"),
    }
)
CLOCKS = frozenset(
    {
        *("datetime.date.today", "datetime.datetime.today", "datetime.datetime.now", "datetime.datetime.utcnow"),
        *("time.time", "time.time_ns", "time.localtime", "time.gmtime", "time.ctime", "time.asctime", "time.strftime"),
    }
)


@dataclass(frozen=True)
class Module:
    """One file of the package: `name` is dotted and without `kith.`; a package is named like its folder."""

    name: str
    source: str
    is_package: bool = False

    @property
    def top(self) -> str:
        """The part of the name that has a rank."""
        return self.name.partition(".")[0]

    @property
    def file(self) -> str:
        """The path that a message names."""
        if self.name == "__init__":
            return "tool/kith/__init__.py"
        return f"tool/kith/{self.name.replace('.', '/')}{'/__init__' if self.is_package else ''}.py"


@dataclass(frozen=True)
class Use:
    """A dotted name that a module uses, and the line; what is imported from kith begins with `kith`."""

    line: int
    name: str


def read_package() -> list[Module]:
    """Read every module of tool/kith."""
    return [
        Module(".".join(path.relative_to(PACKAGE).with_suffix("").parts), path.read_text(encoding="utf-8"))
        if path.name != "__init__.py" or path.parent == PACKAGE
        else Module(".".join(path.parent.relative_to(PACKAGE).parts), path.read_text(encoding="utf-8"), is_package=True)
        for path in sorted(PACKAGE.rglob("*.py"))
    ]


# --- the scanner -----------------------------------------------------------------------------------------------------


def imports(module: Module) -> Iterator[tuple[ast.stmt, str, str]]:
    """Yield each import of a module: the statement, the full dotted name, and the local name it is known by."""
    for node in ast.walk(ast.parse(module.source)):
        if isinstance(node, ast.Import):
            for alias in node.names:
                local = alias.asname or alias.name.partition(".")[0]
                yield node, alias.name, local
        elif isinstance(node, ast.ImportFrom):
            origin = absolute(module, node)
            for alias in node.names:
                yield node, f"{origin}.{alias.name}", alias.asname or alias.name


def absolute(module: Module, node: ast.ImportFrom) -> str:
    """Return the absolute name that `from … import` names, relative or not."""
    if node.level == 0:
        return node.module or ""
    inside = "kith" if module.name == "__init__" else f"kith.{module.name}"
    parts = inside.split(".")
    kept = parts[: len(parts) - node.level + (module.is_package or module.name == "__init__")]
    return ".".join([*kept, *([node.module] if node.module else [])])


def kith_imports(module: Module, known: frozenset[str]) -> Iterator[Use]:
    """Yield the modules of kith that a module imports, by statement or by name at run time."""
    for node, name, _ in imports(module):
        if name == "kith" or name.startswith("kith."):
            yield Use(node.lineno, module_of(name, known))
    for call, name in calls(module):
        if name in {"importlib.import_module", "builtins.__import__"}:
            match call.args:
                case [ast.Constant(value=str(target)), *_]:
                    if target.split(".")[0] == "kith":
                        yield Use(call.lineno, module_of(target, known))
                case _:
                    yield Use(call.lineno, "?")


def module_of(name: str, known: frozenset[str]) -> str:
    """Return the module, without `kith.`, that a dotted name lies in: the longest beginning of it that is one."""
    if name in {"kith", "kith.__version__"}:
        return "__init__"
    parts = name.split(".")[1:]
    beginnings = (".".join(parts[:length]) for length in range(len(parts), 0, -1))
    return next((beginning for beginning in beginnings if beginning in known), parts[0])


def origins(module: Module) -> dict[str, str]:
    """Return what each local name of a module was imported as, so that aliases hide nothing."""
    found = {}
    for node, name, local in imports(module):
        plain = isinstance(node, ast.Import) and "." in name and local == name.partition(".")[0]
        found[local] = local if plain else name
    return found


def calls(module: Module) -> Iterator[tuple[ast.Call, str]]:
    """Yield every call whose function has a name, with that name in full."""
    known = origins(module)
    for node in ast.walk(ast.parse(module.source)):
        if isinstance(node, ast.Call) and (name := full_name(node.func, known)):
            yield node, name


def full_name(node: ast.expr, known: Mapping[str, str]) -> str | None:
    """Return the dotted name of `a.b.c` with its beginning as it was imported; None where it begins with a value."""
    match node:
        case ast.Name(id=name):
            return known.get(name, f"builtins.{name}")
        case ast.Attribute(value=value, attr=attr):
            before = full_name(value, known)
            return before and f"{before}.{attr}"
        case _:
            return None


def names(module: Module) -> Iterator[Use]:
    """Yield every name from elsewhere that a module mentions, called or not: `key=date.today` reads the clock too."""
    known = origins(module)
    for statement, imported, _ in imports(module):
        yield Use(statement.lineno, imported)
    for node in ast.walk(ast.parse(module.source)):
        if isinstance(node, ast.Attribute | ast.Name) and (name := full_name(node, known)):
            yield Use(node.lineno, name)


# --- the laws --------------------------------------------------------------------------------------------------------


def layer_breaches(modules: list[Module]) -> Iterator[str]:
    """Yield a sentence for each import that does not go downward."""
    known = frozenset(module.name for module in modules)
    for module in modules:
        if module.top not in RANKS:
            yield f"{module.file}: `{module.top}` has no rank: give it one in tests/test_layers.py"
            continue
        for use in kith_imports(module, known):
            if problem := import_problem(module, use.name):
                yield f"{module.file}:{use.line}: {problem}"


def import_problem(module: Module, target: str) -> str | None:
    """Say what is wrong with one module's import of another, if anything is."""
    top = target.partition(".")[0]
    if target == "?":
        # The command line looks a command up by its name, in one place.
        return None if module.name == "cli" else "imports a module whose name is only known at run time"
    if top not in RANKS:
        return f"imports `kith.{target}`, which has no rank"
    if top == module.top:
        return sibling_problem(module, target)
    if RANKS[top] < RANKS[module.top]:
        return None
    ranks = f"`{module.top}` (rank {RANKS[module.top]}) imports `{top}` (rank {RANKS[top]})"
    return f"{ranks}, but a module imports from lower ranks only"


def sibling_problem(module: Module, target: str) -> str | None:
    """Say what is wrong with an import inside one package, if anything is."""
    if module.top not in PLUGINS or module.is_package or target in BASES or target == module.name:
        return None
    return f"`{module.name}` imports `{target}`, but only `{module.top}/__init__.py` knows the files of `{module.top}`"


def disk_breaches(modules: list[Module]) -> Iterator[str]:
    """Yield a sentence for each use of the file system outside the modules that may."""
    for module in modules:
        if module.top not in ON_DISK:
            for use in sorted(disk_uses(module), key=lambda use: use.line):
                yield f"{module.file}:{use.line}: `{use.name}` reaches for disk or system; only {listed(ON_DISK)} may"


def disk_uses(module: Module) -> set[Use]:
    """Return what a module does to the disk."""
    found = {Use(use.line, use.name) for use in names(module) if is_disk(use.name)}
    for node in ast.walk(ast.parse(module.source)):
        match node:
            case ast.Call(func=ast.Attribute(attr=method)) if method in PATH_METHODS:
                found.add(Use(node.lineno, f".{method}()"))
            # str.replace takes two values, date.replace only keywords: with one value it is Path's.
            case ast.Call(func=ast.Attribute(attr="replace" | "rename" as method), args=[_], keywords=[]):
                found.add(Use(node.lineno, f".{method}()"))
    return found


def is_disk(name: str) -> bool:
    """Say whether a dotted name stands for something that reads or writes files."""
    match name.split("."):
        case ["os"] | ["os", "path"]:
            return False  # the module itself; what is taken from it counts
        case ["os", "path", member, *_]:
            return member not in OS_PATH_WITHOUT_DISK
        case ["os", member, *_]:
            return member not in OS_WITHOUT_DISK
        case [module, *_] if module in DISK_MODULES:
            return True
    return name in DISK_NAMES


def clock_breaches(modules: list[Module]) -> Iterator[str]:
    """Yield a sentence for each look at the clock outside the command line."""
    for module in modules:
        if module.top not in WITH_CLOCK:
            for use in names(module):
                if use.name in CLOCKS:
                    yield f"{module.file}:{use.line}: `{use.name}` reads the clock; only {listed(WITH_CLOCK)} may"


def refuse(breaches: Iterator[str]) -> None:
    """Fail with every breach on a line of its own."""
    if found := list(breaches):
        pytest.fail("\n".join(found), pytrace=False)


def listed(words: frozenset[str]) -> str:
    """Return the words for a message."""
    return ", ".join(sorted(words))


# --- the package -----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def package() -> list[Module]:
    """Return every module of kith."""
    return read_package()


def test_package_is_read(package: list[Module]) -> None:
    assert {"__init__", "model", "diagnostics"} <= {module.name for module in package}
    assert all((ROOT / module.file).is_file() for module in package)


def test_imports_go_downward(package: list[Module]) -> None:
    refuse(layer_breaches(package))


def test_only_some_modules_touch_the_disk(package: list[Module]) -> None:
    refuse(disk_breaches(package))


def test_only_the_command_line_reads_the_clock(package: list[Module]) -> None:
    refuse(clock_breaches(package))


def test_bases_exist(package: list[Module]) -> None:
    assert set(BASES) <= {module.name for module in package}


# --- the scanner itself ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name,source,said",
    [
        ("model", "import kith.load", "`model` (rank 1) imports `load` (rank 3)"),
        ("model", "from kith import load", "`model` (rank 1) imports `load` (rank 3)"),
        ("model", "from kith.load import parse_note", "`model` (rank 1) imports `load` (rank 3)"),
        ("model", "from . import load", "`model` (rank 1) imports `load` (rank 3)"),
        ("model", "from .load import parse_note", "`model` (rank 1) imports `load` (rank 3)"),
        ("study.stages", "from ..checks import CHECKS", "`study` (rank 4) imports `checks` (rank 6)"),
        ("model", "def later():\n    import kith.load", "`model` (rank 1) imports `load` (rank 3)"),
        ("model", "if TYPE_CHECKING:\n    import kith.load as reader", "`model` (rank 1) imports `load` (rank 3)"),
        ("model", "import importlib\nimportlib.import_module('kith.load')", "`model` (rank 1) imports `load` (rank 3)"),
        ("model", "from importlib import import_module as get\nget(name)", "whose name is only known at run time"),
        ("publish", "import kith.pipeline", "`publish` (rank 9) imports `pipeline` (rank 9)"),
        ("pipeline", "import kith.publish", "`pipeline` (rank 9) imports `publish` (rank 9)"),
        ("errors", "import kith.dates", "`errors` (rank 0) imports `dates` (rank 0)"),
        ("__init__", "from .errors import JournalError", "`__init__` (rank -1) imports `errors` (rank 0)"),
        ("model", "import kith.utils", "imports `kith.utils`, which has no rank"),
        ("model", "from kith import helper", "imports `kith.helper`, which has no rank"),
        ("utils", "", "`utils` has no rank"),
        ("utils.text", "", "`utils` has no rank"),
        ("followups.nudge", "from kith.followups.answer import rule", "only `followups/__init__.py` knows the files"),
        ("followups.nudge", "from kith.followups import RULES", "only `followups/__init__.py` knows the files"),
        ("checks.a", "from . import b", "only `checks/__init__.py` knows the files"),
    ],
)
def test_scanner_sees_a_breach_of_layers(name: str, source: str, said: str) -> None:
    there = [Module(known, "") for known in RANKS] + [Module("followups.answer", ""), Module("checks.b", "")]
    (breach,) = layer_breaches([*there, Module(name, source)])
    assert said in breach


@pytest.mark.parametrize(
    "name,source",
    [
        ("load", "from kith.model import Contact\nfrom kith import model, __version__\nimport json, kith.dates"),
        ("study.stages", "from kith.study.timeline import past\nfrom . import timeline"),
        ("formats.vcard", "from kith.formats.text import fold"),
        ("cli.due", "from kith import checks, pipeline, publish"),
        ("serve", "import kithara\nfrom kithara.load import x"),
        ("model", "text = 'import kith.load'"),
    ],
)
def test_scanner_lets_downward_imports_be(name: str, source: str) -> None:
    there = [Module(known, "") for known in RANKS] + [Module("study.timeline", ""), Module("formats.text", "")]
    assert list(layer_breaches([*there, Module(name, source)])) == []


def test_only_the_init_of_a_plugin_package_may_import_its_files() -> None:
    rule = Module("followups.nudge", "")
    assert list(layer_breaches([rule, Module("followups", "from . import nudge", is_package=True)])) == []
    assert (
        list(layer_breaches([rule, Module("cli", "import importlib\nimportlib.import_module(x)", is_package=True)]))
        == []
    )


@pytest.mark.parametrize(
    "source",
    [
        "open('x')",
        "reader = open",
        "from io import open as o",
        "import os\nos.listdir()",
        "import os as system\nsystem.replace(a, b)",
        "from os import walk",
        "import os.path\nos.path.exists(x)",
        "from os.path import getmtime",
        "import shutil",
        "def f():\n    import subprocess as s",
        "from tempfile import TemporaryDirectory",
        "import sqlite3",
        "path.read_text()",
        "(root / name).write_bytes(data)",
        "root.rglob('*.md')",
        "with path.open() as file: pass",
        "new.replace(old)",
        "import jinja2\njinja2.FileSystemLoader('templates')",
        "import os\nos.environ['HOME']",
        "from pathlib import Path as P\nP.cwd()",
    ],
)
def test_scanner_sees_the_disk(source: str) -> None:
    assert len(list(disk_breaches([Module("study.stages", source)]))) >= 1
    assert list(disk_breaches([Module("publish", source)])) == []


@pytest.mark.parametrize(
    "source",
    [
        "import os\nos.fspath(x), os.cpu_count(), os.path.join(a, b)",
        "from os.path import splitext",
        "from pathlib import Path, PurePosixPath\nPath('a').suffix, PurePosixPath('a').parts",
        "text.replace('a', 'b'), day.replace(year=1), text.replace('a', 'b', 1)",
        "contact.opened, reopen(), self.read()",
    ],
)
def test_scanner_lets_pure_text_be(source: str) -> None:
    assert list(disk_breaches([Module("study.stages", source)])) == []


@pytest.mark.parametrize(
    "source",
    [
        "from datetime import date\ndate.today()",
        "from datetime import date as civil\ndef f(today=civil.today): ...",
        "import datetime as dt\ndt.datetime.now(dt.UTC)",
        "import datetime\nfield(default_factory=datetime.datetime.utcnow)",
        "import time\ntime.time()",
        "from time import time_ns as now",
    ],
)
def test_scanner_sees_the_clock(source: str) -> None:
    assert len(list(clock_breaches([Module("serve", source)]))) >= 1
    assert list(clock_breaches([Module("cli.due", source)])) == []


def test_scanner_lets_dates_and_stopwatches_be() -> None:
    source = "import time\nfrom datetime import date\ntime.monotonic(); date(2026, 1, 1); today(); self.now()"
    assert list(clock_breaches([Module("serve", source)])) == []
