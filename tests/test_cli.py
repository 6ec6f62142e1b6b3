"""The command line by transcripts, and by a real process where the terminal, the locale or a signal counts.

A transcript is a Markdown file in tests/cli. Its fenced blocks are of two kinds; everything else is prose:

- ```` ```md contacts/dana-lee.md ```` writes that file into a folder that is empty at first;
- ```` ```console ```` holds commands and what they answer. A line that begins with `$ ` is a command: `kith …`, with
  `NAME=value` before it and `< FILE` behind it; `demo` (copies the demo journal to here); `cd DIR`, `mkdir DIR`,
  `rm FILE`, `cat FILE`, `ls DIR`. The lines below are its output: stdout as it is, stderr behind `2> `, then `[exit N]`
  unless N is 0.

`$KITH_TODAY` is 2026-11-23. The folder of the test is shown as `/here`. `--snapshot-update` writes down what commands
answer now.
"""

import contextlib
import io
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from kith.cli import COMMANDS, main
from tests.conftest import UPDATE
from tests.run import ROOT

TRANSCRIPTS = sorted((ROOT / "tests" / "cli").glob("*.md"))
TODAY = "2026-11-23"
VARIABLES = ("KITH_JOURNAL", "NO_COLOR", "FORCE_COLOR", "GITHUB_WORKSPACE", "COLUMNS")
_BLOCK = re.compile(r"^(`{3,})(\w+)(?: (\S+))?\n(.*?)^\1$", re.MULTILINE | re.DOTALL)


class Shell:
    """Runs the commands of one transcript, one after the other, in one folder."""

    def __init__(self, here: Path, demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.here = here
        self.demo = demo
        self.monkeypatch = monkeypatch
        monkeypatch.chdir(here)
        monkeypatch.setenv("KITH_TODAY", TODAY)
        monkeypatch.setenv("COLUMNS", "100")
        for name in VARIABLES[:-1]:
            monkeypatch.delenv(name, raising=False)

    def block(self, match: re.Match[str]) -> str:
        """Do what a block says, and return it with what the commands answer now."""
        fence, word, path, body = match.groups()
        if path is not None:
            target = self.here / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(body.encode())
        if word != "console":
            return match[0]
        commands = [line for line in body.splitlines() if line.startswith("$ ")]
        assert body.startswith("$ "), f"a console block begins with a command: {body!r}"
        answered = "".join(f"{line}\n" + self.run(line[2:]) for line in commands)
        return f"{fence}console\n{answered}{fence}"

    def run(self, line: str) -> str:
        """Run one command and return what it writes."""
        command, _, stdin = line.replace("/here", str(self.here)).partition(" < ")
        words = shlex.split(command)
        variables = {}
        while "=" in words[0]:
            name, _, variables[name] = words.pop(0).partition("=")
        if words[0] == "kith":
            data = Path(stdin).read_bytes() if stdin else b""
            return run_kith(words[1:], variables, data).shown.replace(str(self.here), "/here")
        return self.builtin(words)

    def builtin(self, words: list[str]) -> str:
        """Do what the shell of a transcript does itself."""
        match words:
            case ["demo"]:
                shutil.copytree(self.demo, ".", dirs_exist_ok=True, ignore=shutil.ignore_patterns("_site", ".kith"))
            case ["cd", folder]:
                self.monkeypatch.chdir(folder)
            case ["mkdir", folder]:
                Path(folder).mkdir()
            case ["rm", file]:
                Path(file).unlink()
            case ["cat", file]:
                return Path(file).read_text(encoding="utf-8")
            case ["ls", folder]:
                return "".join(f"{path.name}\n" for path in sorted(Path(folder).iterdir()))
            case _:
                pytest.fail(f"no transcript can run {words}")
        return ""


class Answer:
    """What a command has written, and its exit code."""

    def __init__(self, code: int, stdout: bytes, stderr: bytes) -> None:
        self.code = code
        self.stdout = stdout
        self.stderr = stderr

    @property
    def shown(self) -> str:
        """The answer as it stands in a transcript."""
        errors = "".join(f"2> {line}".rstrip() + "\n" for line in self.stderr.decode().splitlines())
        return self.stdout.decode() + errors + (f"[exit {self.code}]\n" if self.code else "")


def run_kith(arguments: list[str], variables: Mapping[str, str] | None = None, stdin: bytes = b"") -> Answer:
    """Run a command in this process."""
    out, err = io.BytesIO(), io.BytesIO()
    with pytest.MonkeyPatch.context() as patch, contextlib.ExitStack() as stack:
        for name, value in (variables or {}).items():
            patch.setenv(name, value)
        patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        stdout, stderr = io.TextIOWrapper(out), io.TextIOWrapper(err)
        stack.enter_context(contextlib.redirect_stdout(stdout))
        stack.enter_context(contextlib.redirect_stderr(stderr))
        code = main(arguments)
        stdout.flush()
        stderr.flush()
        return Answer(code, out.getvalue(), err.getvalue())


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.stem)
def test_transcript(
    path: Path, tmp_path: Path, demo: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    before = path.read_text(encoding="utf-8")
    after = _BLOCK.sub(Shell(tmp_path, demo, monkeypatch).block, before)
    if before != after and request.config.getoption(UPDATE):
        path.write_text(after, encoding="utf-8")
    else:
        assert after.splitlines() == before.splitlines(), f"if this is what it should be: {UPDATE}"


def test_every_command_has_a_transcript_with_wrong_input() -> None:
    for name in COMMANDS:
        text = (ROOT / "tests" / "cli" / f"{name}.md").read_text(encoding="utf-8")
        assert re.search(rf"^\$ (?:\w+=\S+ )*kith .*\b{name}\b", text, re.MULTILINE)
        assert "[exit 2]" in text, f"{name}.md shows no wrong input"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(name: str) -> None:
    answer = run_kith([name, "--help"])
    assert (answer.code, answer.stderr) == (0, b"")
    assert f"Usage: kith {name} " in answer.stdout.decode()


# --- in a process of its own -----------------------------------------------------------------------------------------

Run = Callable[..., "subprocess.CompletedProcess[bytes]"]


@pytest.fixture
def process(demo: Path) -> Run:
    """Return a function that runs `kith` in the demo journal, in a process of its own."""

    def run(*arguments: str, **variables: str) -> "subprocess.CompletedProcess[bytes]":
        command = [sys.executable, "-m", "kith", *arguments]
        return subprocess.run(command, cwd=demo, env=environment(**variables), capture_output=True, check=False)

    return run


def environment(**variables: str) -> dict[str, str]:
    """Return an environment without what changes the answers, and with what is given."""
    kept = {name: value for name, value in os.environ.items() if name not in VARIABLES}
    return {**kept, "KITH_TODAY": TODAY, **variables}


def test_help_imports_click_and_nothing_else_that_takes_time() -> None:
    script = "import sys; from kith.cli import main; main(['--help']); print(*sorted(sys.modules), file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, env=environment())
    heavy = {"frontmatter", "icalendar", "jinja2", "markdown_it", "msgspec", "rich", "yaml", "kith.load", "kith.checks"}
    assert heavy & set(done.stderr.decode().split()) == set()


@pytest.mark.parametrize("arguments", [("due",), ("check",), ("due", "--format", "json"), ("list", "contacts")])
def test_table_and_site_libraries_are_not_imported_for_plain_output(arguments: tuple[str, ...]) -> None:
    script = "import sys; from kith.cli import main; main(sys.argv[1:]); print(*sorted(sys.modules), file=sys.stderr)"
    command = [sys.executable, "-c", script, "-C", str(ROOT / "content"), *arguments]
    done = subprocess.run(command, capture_output=True, check=True, env=environment())
    assert {"icalendar", "jinja2", "rich"} & set(done.stderr.decode().split()) == set()


PLACES: tuple[dict[str, str], ...] = (
    {},
    {"TZ": "Pacific/Kiritimati"},
    {"TZ": "Pacific/Pago_Pago"},
    {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    {"LC_ALL": "tr_TR.UTF-8"},
    {"PYTHONHASHSEED": "1"},
    {"PYTHONHASHSEED": "2"},
)


@pytest.mark.parametrize(
    "arguments",
    [
        ("due", "--why"),
        ("due", "--format", "json"),
        ("due", "--format", "ics"),
        ("due", "--format", "table"),
        ("check", "--format", "sarif"),
        ("list", "contacts", "--format", "json"),
    ],
    ids=" ".join,
)
def test_answers_are_the_same_everywhere(process: Run, arguments: tuple[str, ...]) -> None:
    answers = [process(*arguments, **variables) for variables in PLACES]
    assert answers[0].stdout
    assert {(answer.returncode, answer.stdout, answer.stderr) for answer in answers} == {(0, answers[0].stdout, b"")}


def test_output_is_utf8_where_the_locale_is_not(tmp_path: Path) -> None:
    (tmp_path / "contacts").mkdir()
    (tmp_path / "journal.md").write_text("---\ntitle: J\nname: N\n---\n", encoding="utf-8")
    (tmp_path / "contacts" / "zoë-åkesson.md").write_text("---\nname: Zoë Åkesson\n---\n", encoding="utf-8")
    command = [sys.executable, "-m", "kith", "due"]
    variables = environment(LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0", PYTHONIOENCODING="ascii")
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False, env=variables)
    assert done.returncode == 0
    assert "Zoë Åkesson" in done.stdout.decode()


def test_reader_of_a_pipe_may_leave(demo: Path) -> None:
    command = f"{shlex.quote(sys.executable)} -m kith explain --all | head -n 1; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], cwd=demo, capture_output=True, check=True, env=environment())
    assert (done.stdout.splitlines()[-1], done.stderr) == (b"0", b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a system without /dev/full")
def test_full_disk_ends_with_one_sentence(demo: Path) -> None:
    command = [sys.executable, "-m", "kith", "due"]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(command, cwd=demo, stdout=full, stderr=subprocess.PIPE, check=False, env=environment())
    assert (done.returncode, done.stderr) == (2, b"kith: No space left on device\n")


def test_interrupt_ends_with_130(demo: Path) -> None:
    command = [sys.executable, "-m", "kith", "check", "--stdin-filename", "contacts/dana-lee.md"]
    running = subprocess.Popen(
        command, cwd=demo, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment()
    )
    time.sleep(1.5)  # it waits for the text, however slow the machine is
    running.send_signal(signal.SIGINT)
    _, errors = running.communicate(timeout=30)
    assert (running.returncode, errors.strip()) == (130, b"")


def test_color_is_for_terminals_unless_asked_for(process: Run) -> None:
    assert b"\x1b[" not in process("due", "--format", "table").stdout
    assert b"\x1b[" in process("due", "--format", "table", "--color", "always").stdout
    assert b"\x1b[" in process("--color", "always", "due", "--format", "table").stdout
    assert b"\x1b[" in process("due", "--format", "table", FORCE_COLOR="1").stdout
    assert b"\x1b[" not in process("due", "--format", "table", FORCE_COLOR="1", NO_COLOR="1").stdout
    assert b"\x1b[" not in process("--color", "always", "due", "--format", "table", "--color", "never").stdout


@pytest.mark.parametrize("variables,colored", [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)])
def test_terminal_gets_a_table_in_color(demo: Path, variables: dict[str, str], colored: bool) -> None:  # noqa: FBT001
    shown = "".join(on_a_terminal(["due"], demo, environment(**{"TERM": "xterm", **variables})))
    assert "Dana Lee" in shown
    assert ("\x1b[" in shown) is colored


def on_a_terminal(arguments: list[str], folder: Path, variables: Mapping[str, str]) -> Iterator[str]:
    """Yield what a command writes to a terminal."""
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "kith", *arguments]
    running = subprocess.Popen(command, cwd=folder, stdout=theirs, stderr=subprocess.DEVNULL, env=dict(variables))
    os.close(theirs)
    with os.fdopen(ours, "rb", buffering=0) as terminal:
        while True:
            try:
                data = terminal.read(4096)
            except OSError:  # Linux: the other side is closed
                break
            if not data:
                break
            yield data.decode(errors="replace")
    assert running.wait(30) == 0


def test_built_site_can_be_opened(demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", opened.append)
    assert run_kith(["-C", str(demo), "--today", TODAY, "build", "--open", "--output", str(tmp_path / "a b")]).code == 0
    assert opened == [(tmp_path / "a b" / "index.html").as_uri()]
    assert (tmp_path / "a b" / "index.html").is_file()


def test_public_site_that_tells_of_somebody_is_not_published(
    demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = ["-C", str(demo), "--today", TODAY, "build", "--public", "--output", str(tmp_path / "site")]
    assert run_kith(words).code == 0
    before = (tmp_path / "site" / "index.html").read_bytes()
    monkeypatch.setattr("kith.study.redaction.redact", lambda journal: journal)  # the mistake that the net is for
    answer = run_kith(words)
    assert answer.code == 1
    assert answer.stdout == b""
    said = answer.stderr.decode().splitlines()
    assert "index.html: `Dana Lee` of contacts/dana-lee.md would stand here" in said
    assert said[-2:] == ["kith: nothing was published, because it would tell of somebody", "hint: please report this"]
    assert (tmp_path / "site" / "index.html").read_bytes() == before


def test_day_in_words_is_answered_with_a_date(demo: Path) -> None:
    answer = run_kith(["-C", str(demo), "due", "--today", "3 days ago"])
    assert re.fullmatch(rb"read on \d{4}-\d\d-\d\d\n(Found .*\n)?", answer.stderr)


def test_clock_is_read_where_no_day_is_given(demo: Path) -> None:
    assert run_kith(["-C", str(demo), "due", "--format", "json"], {"KITH_TODAY": ""}).code == 0


def test_completion_knows_people_by_their_files(demo: Path) -> None:
    words = {"_KITH_COMPLETE": "bash_complete", "COMP_WORDS": "kith due da", "COMP_CWORD": "2"}
    script = "import sys; sys.argv[0] = 'kith'; from kith.cli import main; sys.exit(main())"
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, cwd=demo, capture_output=True, check=False, env=environment(**words))
    assert (done.stdout, done.stderr) == (b"plain,dana-lee\n", b"")
