"""`kith serve`: the site with live preview."""

import contextlib
import webbrowser

import click

from kith.cli.opening import find_root, follow_today
from kith.cli.options import Command
from kith.cli.terminal import say, write


@click.command("serve", cls=Command)
@click.option("--port", type=click.IntRange(0, 65535), metavar="N", help="Else 4343, or the next that is free.")
@click.option("--host", metavar="HOST", help="Else 127.0.0.1, which only this machine can read.")
@click.option("--allowed-host", "names", multiple=True, metavar="NAME", help="A name that the browser may use for it.")
@click.option("--poll", is_flag=False, flag_value="0.5", metavar="[SECONDS]", help="Look for changes every so often.")
@click.option("--open", "show", is_flag=True, help="Open it in the browser.")
def command(port: int | None, host: str | None, names: tuple[str, ...], poll: str | None, show: bool) -> None:
    """Show the site while you write: a page that changes reloads by itself. Ctrl-C ends it.

    Nothing is written to the site's folder: that is what build is for.
    """
    from kith.serve import HOST, Address, is_loopback, serve

    root, today = find_root(), follow_today()
    seconds = None if poll is None else _read_seconds(poll)
    address = Address(host or HOST, port, names)
    if not is_loopback(address.host):
        say(f"everybody who reaches {address.host} can read this journal now: names, addresses, what people told you")

    def ready(url: str, watching: str) -> None:
        write(f"Serving {url} and watching {root} {watching}; Ctrl-C ends it.\n")
        if show:
            webbrowser.open(url)

    try:
        serve(root, today, address, say=say, ready=ready, poll=seconds)
    except KeyboardInterrupt:
        say("")


def _read_seconds(text: str) -> float:
    """How often to look; raises BadParameter."""
    with contextlib.suppress(ValueError):
        if 0.05 <= (seconds := float(text)) <= 3600:
            return seconds
    raise click.BadParameter(f"`{text}` is no number of seconds from 0.05 to 3600.", param_hint="--poll")
