"""How a command tells the assurance of a trial: a table of its primary endpoints, and what limits it."""

from collections.abc import Sequence
from typing import Any

import typer

from repigment.terminal import console, table

SPACE = "\u00a0"  # keeps a number and what belongs to it on one line
FINE = 0.1  # a share below this is told with a decimal


def show(assured: Sequence[Any]) -> None:
    """Print the chances of success by the primary endpoints; the others stand in the report and in JSON."""
    primary = [each for each in assured if each.primary]
    if not primary:
        typer.echo("Assurance: no primary endpoint could be estimated in every world.")
        return
    wanted = f"n for{SPACE}{100 * primary[0].wanted:g}{SPACE}%"
    rows = table("endpoint", "arms", "n", "power", "assurance", "benefit in", wanted)
    for each in primary:
        rows.add_row(f"{each.endpoint}, {each.week}", *_row(each))
    console().print(rows)
    for line in dict.fromkeys(line for each in primary for line in _lines(each)):
        typer.echo(line)
    worlds = max(each.worlds for each in assured)
    typer.echo(
        f"Assurance rests on a prior: {worlds} worlds, each a draw of what is not known. ± is Monte Carlo error."
    )


def _row(each: Any) -> tuple[str, ...]:
    """Arms, patients, power at the mean effect, assurance, worlds with benefit, patients for the wanted assurance."""
    head = (_pair(each), _sizes(each.sizes), f"{100 * each.power_at_mean:.0f}{SPACE}%")
    if each.worlds == 1:
        return (*head, "-", "-", "-")
    over = _share(each.assurance, each.assurance_error), _share(each.benefit_worlds, each.benefit_error)
    return (*head, *over, _sizes(each.needed) if each.needed else "none")


def _pair(each: Any) -> str:
    return f"{each.arm} v {each.versus}"


def _sizes(n: Sequence[int]) -> str:
    return f"{n[0]}+{n[1]}"


def _share(value: float, error: float) -> str:
    digits = 1 if 0 < value < FINE else 0
    return f"{100 * value:.{digits}f} ± {100 * error:.{digits}f} %".replace(" ", SPACE)


def _lines(each: Any) -> list[str]:
    """What keeps the wanted assurance out of reach, what limits the numbers, what the trial is worth."""
    said = [*([f"n: {each.reason}."] if each.reason else []), *each.notes]
    if each.more is not None and each.more.value.before > 0:
        worth, error = 100 * each.more.value.share, 100 * each.more.value_error
        said.append(f"Expected narrowing of the effect's 90 % interval by the trial: {worth:.0f} ± {error:.0f} %.")
    return [f"{_pair(each)}: {line}" for line in said]
