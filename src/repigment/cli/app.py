"""The application that commands are added to."""

from typing import Annotated

import typer

from repigment import __version__

app = typer.Typer(
    help="Virtual trials and patient twins for skin pigmentation. A research instrument, no medical device.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
studies_app = typer.Typer(help="Built-in studies.", invoke_without_command=True, rich_markup_mode=None)
app.add_typer(studies_app, name="studies")


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"repigment {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    pass
