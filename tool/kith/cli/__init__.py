"""The command line: `kith COMMAND …`. One file is one command, imported when it is asked for.

Clock, environment, terminal and exit codes live here and nowhere else. What ends a command is turned into a sentence
and an exit code in one place, `main`: 0 done, 1 findings, 2 cannot run, 130 interrupted.
"""

import contextlib
import gc
import importlib
import os
import sys
from collections.abc import Iterator, Mapping, Sequence

import click

from kith import __version__
from kith.cli.options import CONTEXT_SETTINGS, global_options
from kith.cli.terminal import complain, discard_stdout, is_terminal, speak_utf8
from kith.errors import JournalError

# Each command and its line in `kith --help`: listing them must not import them.
COMMANDS: Mapping[str, str] = {
    "init": "A new journal.",
    "due": "What to do next, and for whom.",
    "check": "What is wrong in the notes.",
    "explain": "What a finding or a follow-up rule means.",
    "new": "A new note: a contact, a meeting, an organisation, a path, a letter.",
    "log": "Write down what has happened with a person.",
    "intro": "An introduction in one step: the card, the log line, the tick.",
    "held": "A meeting took place.",
    "cancelled": "A meeting was cancelled, or somebody did not come.",
    "move": "A meeting is on another day.",
    "debrief": "Write down what became of a meeting, in two minutes.",
    "done": "Something is done: tick it.",
    "snooze": "Let nothing come up for a person before a day.",
    "close": "Let a person be.",
    "park": "Keep a card, and let nothing come up for it.",
    "wake": "Let a person come up again.",
    "review": "Go through everything late, one key each.",
    "inbox": "File the jotted lines one by one.",
    "mv": "Rename a note, and every link to it.",
    "merge": "Join two cards of one person.",
    "forget": "Erase a person.",
    "list": "The people and notes of the journal, one line each.",
    "show": "One person's whole story, or one meeting, organisation or path.",
    "search": "Find words in all notes.",
    "prep": "Prepare a conversation: research, questions, the run sheet.",
    "draft": "A letter filled from the notes, for you to send.",
    "stats": "The practice in figures.",
    "build": "Make the site.",
    "serve": "The site while you write: what changes reloads by itself.",
    "completion": "The script by which a shell completes commands, options and ids.",
}

_INTERRUPTED = 130


class _Kith(click.Group):
    """The commands by name."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - the signature is click's
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"kith.cli.{cmd_name}")
        command: click.Command = module.command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.exceptions.NoSuchCommand as error:
            # click looks for what was meant among the commands it holds, and it holds none
            raise click.exceptions.NoSuchCommand(error.command_name, possibilities=COMMANDS, ctx=ctx) from None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


_kith = _Kith(
    "kith",
    help="Keep a journal of learning about careers by talking to people.\n\n"
    "The notes are plain Markdown files in a folder with a `journal.md`; nothing is kept anywhere else.",
    params=global_options(),
    context_settings=CONTEXT_SETTINGS,
)
click.version_option(__version__, message="kith %(version)s")(_kith)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code; `arguments` are those of the process unless given."""
    speak_utf8()
    with _without_collector():
        code = _run(arguments)
    if code == _INTERRUPTED and is_terminal(sys.stderr):
        click.echo(file=sys.stderr)  # the question that nobody answered stands in a line without an end
    try:
        sys.stdout.flush()
    except OSError:
        # Python would try again while it ends, and print a traceback.
        discard_stdout()
    return code


@contextlib.contextmanager
def _without_collector() -> Iterator[None]:
    """Do not look for garbage: a journal is thousands of values that all stay, and the process ends soon."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def _run(arguments: Sequence[str] | None) -> int:
    try:
        if "_KITH_COMPLETE" in os.environ:
            from kith.cli.completing import answer

            if (code := answer(_kith, COMMANDS)) is not None:
                return code
        return int(_kith.main(arguments, prog_name="kith", standalone_mode=False) or 0)
    except JournalError as error:
        complain(str(error), error.hint)
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
    except click.ClickException as error:
        complain(_sentence(error), _usage_hint(error))
    except (click.Abort, KeyboardInterrupt):
        return _INTERRUPTED
    except SystemExit as end:  # shell completion, and a reader of a pipe that has gone
        return int(end.code or 0)
    except OSError as error:
        if error.errno is None:  # a library's own, such as a template that is missing: our mistake
            raise
        complain(_describe(error))
    return 2


def _sentence(error: click.ClickException) -> str:
    message = " ".join(error.format_message().split()).removesuffix(".")
    return message[:1].lower() + message[1:]


def _usage_hint(error: click.ClickException) -> str:
    context = error.ctx if isinstance(error, click.UsageError) else None
    return f"{context.command_path} --help" if context is not None else ""


def _describe(error: OSError) -> str:
    """What the system could not do, and with which file."""
    reason = error.strerror or str(error) or type(error).__name__
    name = error.filename2 or error.filename
    if name is None:
        return reason
    shown = os.fsdecode(name) if isinstance(name, bytes | str) else str(name)
    with contextlib.suppress(ValueError, OSError):
        shown = min(shown, os.path.relpath(shown), key=len)
    return f"`{shown}`: {reason}"
