"""Commands about the cells themselves: is this lot fit, how many doses come of a donation, which source."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from repigment.cli.app import app
from repigment.errors import RepigmentError
from repigment.terminal import console, table

if TYPE_CHECKING:
    from datetime import date

    from repigment.cells.expansion import Expansion
    from repigment.cells.line import Line
    from repigment.cells.lot import Lot

NO_DEVICE = "A research instrument, no medical device."
NAMED = 6  # refused items that the first line names
UNFIT = 1  # exit code of a lot that may not be given
lots_app = typer.Typer(help="The cell product: check a lot, grow one, compare sources.", rich_markup_mode=None)
app.add_typer(lots_app, name="lot")
Json = Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")]


@lots_app.callback(invoke_without_command=True)
def _lots(context: typer.Context) -> None:
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


@lots_app.command()
def new() -> None:
    """Print a filled lot to copy and edit; as it stands, it passes."""
    from repigment.cells.example import EXAMPLE

    typer.echo(EXAMPLE, nl=False)


@lots_app.command()
def check(
    lot: Annotated[Path, typer.Argument(help="A lot in TOML; `repigment lot new` prints one.")],
    on: Annotated[str, typer.Option(help="Day of the check, as 2024-01-31; today if not given.")] = "",
    json: Json = False,
) -> None:
    """Judge a lot line by line: pass, fail or missing. Exit code 0 if it may be given, 1 if not, 2 if unreadable."""
    from repigment.cells.lot import load
    from repigment.cells.release import check as judge
    from repigment.cells.release import passes

    day = _day(on)
    read = load(lot)
    lines = judge(read, on=day)
    if json:
        _print_json_check(read, lines, day)
    else:
        _print_check(read, lines, day)
    if not passes(lines):
        raise typer.Exit(UNFIT)


def _day(text: str) -> "date":
    from datetime import date

    try:
        return date.fromisoformat(text) if text else date.today()
    except ValueError:
        raise RepigmentError(f"{text!r} is no day", where="--on", allowed="a day such as 2024-01-31") from None


def _print_check(lot: "Lot", lines: "tuple[Line, ...]", day: "date") -> None:
    from dataclasses import asdict

    from rich.markup import escape

    from repigment.cells.potency import of
    from repigment.cells.release import refusals
    from repigment.cells.sources import TISSUE

    wrong = refusals(lines)
    _say(f"lot {lot.name} of {TISSUE[lot.source]}, {lot.state}; checked as on {day}")
    _say(_verdict(wrong))
    rows = table("item", "verdict", "found", "limit", "by")
    cited = {source: number for number, source in enumerate(dict.fromkeys(line.source for line in lines), 1)}
    group = lines[0].group
    for line in lines:
        if line.group != group:
            rows.add_section()
            group = line.group
        verdict = "missing*" if line.verdict == "missing" and not line.required else line.verdict
        style = "bold" if line.refuses else ""
        words = (line.item, verdict, line.found or "-", line.limit, str(cited[line.source]))
        rows.add_row(*map(escape, words), style=style)
    console().print(rows)
    sources = table("by", "source")
    for source, number in cited.items():
        sources.add_row(str(number), source)
    console().print(sources)
    _say("* may be missing")
    for line in wrong:
        _say(f"{line.verdict}: {line.item}, found {line.found or 'nothing'}, limit {line.limit} [{line.where}]")
    failed = sum(line.verdict == "fail" for line in wrong)
    said = "may be given" if not wrong else f"may not be given: {failed} fail, {len(wrong) - failed} required missing"
    _say(f"{len(lines)} lines; by these limits the lot {said}.")
    effect = ", ".join(f"{what} {fold:.3g}" for what, fold in asdict(of(lot)).items())
    _say(f"In a simulation, folds of the reference lot, by priors that are no evidence: {effect}.")
    _say("Limits are those of the trials and rules above; a product's own specification goes first.")
    _say(NO_DEVICE)


def _verdict(wrong: "list[Line]") -> str:
    """In one line whether a lot may be given, and what stands against it."""
    told = []
    for verdict in ("fail", "missing"):
        items = [line.item for line in wrong if line.verdict == verdict]
        more = f" and {len(items) - NAMED} more" if len(items) > NAMED else ""
        named = f" ({', '.join(items[:NAMED])}{more})" if items else ""
        told.append(f"{len(items)} {verdict}{named}")
    return f"may not be given: {', '.join(told)}" if wrong else "may be given"


def _say(text: str) -> None:
    """A line, broken at words where the terminal ends."""
    console().print(text, markup=False, highlight=False)


def _print_json_check(lot: "Lot", lines: "tuple[Line, ...]", day: "date") -> None:
    from dataclasses import asdict
    from json import dumps

    from repigment.cells.potency import of
    from repigment.cells.release import passes

    told = {
        "lot": lot.name,
        "source": lot.source,
        "state": lot.state,
        "on": day.isoformat(),
        "passes": passes(lines),
        "lines": [asdict(line) for line in lines],
        "effect": asdict(of(lot)),
        "note": NO_DEVICE,
    }
    typer.echo(dumps(told, indent=2, ensure_ascii=False))


@lots_app.command("expand")
def grow(
    source: Annotated[Literal["cord", "marrow", "fat"], typer.Option(help="Where the cells come from.")] = "cord",
    passages: Annotated[int, typer.Option(help="Passages, 0 to 30.")] = 5,
    dose: Annotated[float, typer.Option(help="Living cells a dose; 5e5 is one injection into skin.")] = 5e5,
    amount: Annotated[float | None, typer.Option(help="cm of cord, g of marrow or fat; drawn if not given.")] = None,
    draws: Annotated[int, typer.Option(help="Draws of what nobody knows, 100 to 100000.")] = 4000,
    seed: Annotated[int, typer.Option(min=0, help="The same seed gives the same bytes.")] = 1,
    json: Json = False,
    out: Annotated[Path | None, typer.Option(help="Folder for the chart (SVG) and the table (CSV).")] = None,
) -> None:
    """From one donation to doses: cells, doublings, days and what each passage costs, with 90 % intervals."""
    from repigment.cells import expansion_told as told
    from repigment.cells.expansion import expand

    grown = expand(source, passages, dose, amount=amount, draws=draws, seed=seed)
    if json:
        typer.echo(told.as_json(grown, seed))
    else:
        _print_expansion(grown)
    if out is not None:
        from repigment.cells.chart import draw
        from repigment.saving import save

        save(told.as_csv(grown), out / "expansion.csv", "the table")
        save(draw(grown, draws=draws, seed=seed, amount=amount), out / "expansion.svg", "the chart")
        for name in ("expansion.csv", "expansion.svg"):
            typer.echo(f"written: {out / name}", err=json)


def _print_expansion(grown: "Expansion") -> None:
    from repigment.cells import expansion_told as told

    _say(told.title(grown))
    first = table("passage", "doublings", "days", "cells", "doses", whole=True)
    second = table("passage", "strength", "clearance", "still dividing", whole=True)
    for passage in grown.passages:
        first.add_row(*told.yield_row(grown, passage))
        second.add_row(*told.worth_row(grown, passage))
    console().print(first)
    console().print(second)
    for line in told.notes(grown):
        _say(line)
    _say(NO_DEVICE)


@lots_app.command()
def compare(
    dose: Annotated[float, typer.Option(help="Living cells a dose; 5e5 is one injection into skin.")] = 5e5,
    passages: Annotated[int, typer.Option(help="Passage at which doses are counted, 0 to 30.")] = 5,
    seed: Annotated[int, typer.Option(min=0, help="The same seed gives the same bytes.")] = 1,
    json: Json = False,
) -> None:
    """Cord, marrow and fat side by side at one dose; where reports conflict, both are told."""
    from repigment.cells import side_by_side_told as told

    found: Any = told.Comparison.of(dose, passages, seed)
    if json:
        typer.echo(found.json())
        return
    rows = table("", "cord", "marrow", "fat")
    for row in found.rows():
        rows.add_row(*row)
    _say(found.title())
    console().print(rows)
    _say(NO_DEVICE)
    for line in found.lines():
        _say(line)
