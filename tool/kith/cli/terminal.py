"""What is written where: results to stdout, everything else to stderr, UTF-8 always."""

import io
import os
import sys

import click

from kith.cli.options import given


def speak_utf8() -> None:
    """Make stdout and stderr write UTF-8 and plain newlines whatever the locale is."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def write(text: str) -> None:
    """Write a result to stdout. A reader that has gone, as `head` does, changes nothing: the exit code stays."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        discard_stdout()
    except OSError:
        discard_stdout()
        raise


def discard_stdout() -> None:
    """Send what is still to be written nowhere."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def say(text: str) -> None:
    """Write progress or a warning to stderr."""
    click.echo(text, file=sys.stderr, color=use_color(sys.stderr))


def complain(message: str, hint: str = "") -> None:
    """Say why the command cannot go on, and what to do."""
    click.echo(f"kith: {message}", file=sys.stderr)
    for number, line in enumerate(hint.splitlines()):
        click.echo(f"{'hint: ' if number == 0 else '      '}{line}", file=sys.stderr)


def use_color(stream: object = None) -> bool:
    """Whether to write in colour to a stream, stdout unless given."""
    asked = given("color") or "auto"
    if asked != "auto":
        return asked == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR", "0") not in ("", "0"):
        return True
    return os.environ.get("TERM") != "dumb" and is_terminal(stream)


def is_terminal(stream: object = None) -> bool:
    """Whether a stream, stdout unless given, is a terminal."""
    stream = sys.stdout if stream is None else stream
    return isinstance(stream, io.TextIOBase) and stream.isatty()
