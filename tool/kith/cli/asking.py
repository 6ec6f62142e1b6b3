"""Questions on a terminal. Elsewhere nothing is ever asked: a command takes options, or refuses."""

from collections.abc import Callable, Mapping
from typing import TypeVar

import click

from kith.cli.terminal import say
from kith.errors import JournalError

T = TypeVar("T")


def ask(question: str, default: str = "") -> str:
    """A line typed by the person, `default` for an empty one. Ctrl-C and the end of input end the command."""
    answer: str = click.prompt(
        question, default=default, show_default=bool(default), prompt_suffix=": ", err=True, type=str
    )
    return answer.strip()


def ask_until(question: str, read: Callable[[str], T], default: str = "") -> T | None:
    """What `read` makes of a line; what it refuses is said and asked again. None for an empty line."""
    while True:
        text = ask(question, default)
        if not text:
            return None
        try:
            return read(text)
        except JournalError as error:
            say(f"{error}" + (f"; {error.hint}" if error.hint else ""))


def confirm(question: str, *, default: bool = True) -> bool:
    """Yes or no."""
    return click.confirm(question, default=default, err=True)


def ask_key(question: str, choices: Mapping[str, str], default: str = "") -> str:
    """One key of `choices`, which says what each key means; the return key is `default`.

    Raises KeyboardInterrupt for Ctrl-C and click.Abort at the end of input.
    """
    shown = "  ".join(f"[{key}] {meaning}" for key, meaning in choices.items())
    while True:
        click.echo(f"{question}  {shown}: ", nl=False, err=True)
        try:
            pressed = click.getchar().casefold()
        except EOFError:
            say("")
            raise click.Abort from None
        key = default if pressed in ("\r", "\n") and default else pressed
        say(choices.get(key, ""))
        if key in choices:
            return key
