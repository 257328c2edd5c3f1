"""How a command tells the assurance of a trial: a table of its primary endpoints, and what limits it."""

from collections.abc import Sequence
from typing import Any

import typer

from repigment.terminal import console, table

SPACE = "\u00a0"  # keeps a number and what belongs to it on one line
FINE = 0.1  # a share below this is told with a decimal


def show(assured: Any) -> None:
    """Print the chances of success by the primary endpoints; the others stand in the report and in JSON."""
    primary = [each for each in assured if each.primary]
    if primary:
        _table(primary)
    for line in dict.fromkeys(line for each in primary for line in _lines(each)):
        typer.echo(line)
    for each in (each for each in assured.left_out if each.primary):
        typer.echo(f"No assurance of {_pair(each)}: {each.reason}.")
    others = sum(not each.primary for each in assured.left_out)
    if others:
        typer.echo(f"No assurance either of {others} secondary comparisons; assurance.json says why.")
    if not assured:
        typer.echo("Assurance: the study compares nothing by an endpoint of benefit.")
    if primary:
        worlds = max(each.worlds for each in assured)
        typer.echo(
            f"Assurance rests on a prior: {worlds} worlds, each a draw of what is not known. ± is Monte Carlo error."
        )


def _table(primary: Sequence[Any]) -> None:
    given = primary[0].stated_by == "--effect"
    stated = f"{primary[0].stated:g}" if given else "best"
    powers = f"power at mean{SPACE}/{SPACE}{stated}"
    wanted = f"n for{SPACE}{100 * primary[0].wanted:g}{SPACE}%"
    rows = table("endpoint", "arms", "n", powers, "assurance", "benefit in", wanted)
    for each in primary:
        rows.add_row(f"{each.endpoint}, {each.week}", *_row(each))
    console().print(rows)
    if not given:
        typer.echo("At best: at the effect that one world in twenty exceeds; --effect states another.")


def _row(each: Any) -> tuple[str, ...]:
    """Arms, patients, power at both effects, assurance, worlds with benefit, patients for the wanted assurance."""
    powers = f"{100 * each.power_at_mean:.0f} / {100 * each.power_at_stated:.0f} %".replace(" ", SPACE)
    head = (_pair(each), _sizes(each.sizes), powers)
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
