"""The options that every command has. They are understood before and after the command's name."""

from collections.abc import Mapping
from typing import Any

import click

CONTEXT_SETTINGS: Mapping[str, Any] = {"help_option_names": ["-h", "--help"]}


def global_options() -> list[click.Parameter]:
    """Fresh options `-C`, `--today` and `--color`; the one nearest to the end of the line counts."""
    return [
        click.Option(
            ["-C", "directory"],
            metavar="DIR",
            callback=_remember,
            expose_value=False,
            help="The journal's folder; else it is looked for from here upwards, then in $KITH_JOURNAL.",
        ),
        click.Option(
            ["--today", "today"],
            metavar="DATE",
            callback=_remember,
            expose_value=False,
            help="Read the journal on this day: 2026-11-03, yesterday, friday, +3d. Else $KITH_TODAY, else the clock.",
        ),
        click.Option(
            ["--color", "color"],
            type=click.Choice(["auto", "always", "never"]),
            callback=_remember,
            expose_value=False,
            help="Colour; auto minds the terminal, NO_COLOR and FORCE_COLOR.",
        ),
    ]


def _remember(ctx: click.Context, param: click.Parameter, value: str | None) -> None:
    if value is not None:
        ctx.meta[f"kith.{param.name}"] = value


def given(name: str) -> str | None:
    """What was given for a global option, on either side of the command's name."""
    value: str | None = click.get_current_context().meta.get(f"kith.{name}")
    return value


class Command(click.Command):
    """A command with the global options behind its own."""

    def __init__(self, name: str | None, **attributes: Any) -> None:  # noqa: ANN401 - click's own
        settings = {**CONTEXT_SETTINGS, **(attributes.pop("context_settings", None) or {})}
        params = [*(attributes.pop("params", None) or []), *global_options()]
        super().__init__(name, params=params, context_settings=settings, **attributes)
