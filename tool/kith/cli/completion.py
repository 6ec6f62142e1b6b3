"""`kith completion`: the script by which a shell completes commands, options, ids and words."""

import click

from kith.cli.completing import SHELLS, VARIABLE
from kith.cli.options import Command
from kith.cli.terminal import write

_WHERE = """\
\b
  bash  kith completion bash > ~/.local/share/bash-completion/completions/kith
  zsh   kith completion zsh > ~/.zfunc/_kith     (with fpath+=~/.zfunc before compinit)
  fish  kith completion fish > ~/.config/fish/completions/kith.fish
"""


@click.command("completion", cls=Command, epilog=_WHERE)
@click.argument("shell", type=click.Choice(list(SHELLS)))
@click.pass_context
def command(ctx: click.Context, shell: str) -> None:
    """Print the script by which SHELL completes commands, options, ids, kinds and labels."""
    script = SHELLS[shell](ctx.find_root().command, {}, "kith", VARIABLE)
    # not `source()`, which looks for a bash to ask for its version
    write(script.source_template % script.source_vars())
