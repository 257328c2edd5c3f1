"""The command that shows the numbers of the model."""

from typing import Annotated

import typer

from repigment.cli.app import app
from repigment.errors import RepigmentError


@app.command()
def parameters(
    pattern: Annotated[str, typer.Argument(help="Part of a name, meaning, theme or status.")] = "",
    json: Annotated[bool, typer.Option("--json", help="Print a JSON list.")] = False,
) -> None:
    """Every number of the model: value, range, unit, source, status."""
    from repigment.evidence.parameters import search

    found = search(pattern)
    if not found:
        raise RepigmentError(f"no parameter matches {pattern!r}", remedy="`repigment parameters` lists them all")
    if json:
        from dataclasses import asdict
        from json import dumps

        typer.echo(dumps([asdict(parameter) for parameter in found], indent=2, ensure_ascii=False))
        return
    for p in found:
        source = " ".join(part for part in (p.source, p.identifier) if part)
        typer.echo(f"{p.name:16s} {p.value:<10g} {p.low:g} to {p.high:g} {p.unit}  [{p.status}]")
        typer.echo(f"{'':16s} {p.meaning}; {source}")
