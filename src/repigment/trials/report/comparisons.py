"""Differences between arms: a forest and a table."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
from markupsafe import Markup

from repigment.trials.report import forest
from repigment.trials.report.blocks import Block, Cell, Details, Figures, Prose, Section, Table
from repigment.trials.report.chart import Chart
from repigment.trials.report.endpoints import error
from repigment.trials.report.palette import marks
from repigment.trials.report.reads import Trial, all_arms, confidence, control, unit_names
from repigment.trials.report.words import NONE, Unit, listed, more_is_better, probability, shown, span, unit

MOST = 16  # rows of a drawing; the rest stands in the table


def section(trial: Trial) -> Section:
    """Differences of the study's endpoints drawn and listed; all others folded away."""
    table = trial.comparisons
    if table.empty:
        return Section("comparisons", "Comparisons", [Prose(["No arms were compared."])])
    units = unit_names(trial)
    table = table.assign(unit=[units.get(name, "") for name in table["endpoint"]])
    asked = {(endpoint.score, endpoint.week): i for i, endpoint in enumerate(trial.study.endpoints)}
    turn = pd.Series([asked.get(pair, len(asked)) for pair in zip(table["endpoint"], table["week"], strict=True)])
    turn.index = table.index
    first = table[turn < len(asked)].loc[turn[turn < len(asked)].sort_values(kind="stable").index]
    rest = table[turn == len(asked)]
    blocks: list[Block] = [Prose([_lead(trial)]), Figures(_forests(trial, first), size="medium")]
    blocks.append(_table(first if len(first) else rest, "Differences between arms", trial))
    if len(first) and len(rest):
        blocks.append(Details("Differences at all other visits", [_table(rest, "Differences at other visits", trial)]))
    return Section("comparisons", "Comparisons", blocks)


def _lead(trial: Trial) -> str:
    adjusted = [str(name) for name in getattr(trial.study.analysis, "adjust", [])]
    how = f" Adjusted for {listed(adjusted)} where the method allows it." if adjusted else ""
    return f"Each row is the first arm minus the second, with its {confidence(trial.study)} interval.{how}"


def _forests(trial: Trial, rows: pd.DataFrame) -> list[Chart]:
    """One drawing a unit and direction, so that every axis has one meaning."""
    looks = marks([arm.name for arm in all_arms(trial.study)], control(trial.study))
    drawn = []
    better = rows.assign(better=[more_is_better(name) for name in rows["endpoint"]])
    for i, ((name, more), group) in enumerate(better.groupby(["unit", "better"], sort=False)):
        measure = unit(str(name))
        side = "better to the right" if more else "better to the left"
        axis = f"{measure.difference}, {side}"
        drawn.append(forest.differences(group.head(MOST), f"forest-{i}", measure, looks, axis))
    return drawn


def _table(rows: pd.DataFrame, caption: str, trial: Trial) -> Table:
    letters = {method: chr(ord("a") + i) for i, method in enumerate(dict.fromkeys(map(str, rows["method"])))}
    said: list[Sequence[Cell | None]] = []
    for (name, week), group in rows.groupby(["endpoint", "week"], sort=False):
        of = unit(str(group["unit"].iloc[0]))
        head: Cell | None = Markup("<b>{}</b>, week {}, {}").format(name, f"{week:g}", of.difference)
        for row in group.itertuples():
            said.append([head, *_row(row, of), letters[str(row.method)]])
            head = None
    heads = [
        "Endpoint",
        "Arms",
        "Difference",
        f"{confidence(trial.study)} interval",
        "p",
        "Monte Carlo error",
        "Method",
    ]
    methods = "; ".join(f"{letter}: {method}" for method, letter in letters.items())
    note = f"Method {methods}. p values are not corrected for the number of comparisons."
    return Table(caption, heads, said, note=note, text=(1, 6))


def _row(row: Any, of: Unit) -> list[str]:
    known = pd.notna(row.difference)
    return [
        f"{row.arm} against {row.versus}",
        shown(row.difference, of) if known else "not estimable",
        span(row.ci_low, row.ci_high, of) if known else NONE,
        probability(row.p_value),
        error(row),
    ]
