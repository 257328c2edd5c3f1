"""Differences between arms: a forest and a table."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
from markupsafe import Markup

from repigment.trials.analysis.directions import more_is_better
from repigment.trials.report import forest
from repigment.trials.report.blocks import Block, Cell, Details, Figures, Prose, Section, Table
from repigment.trials.report.chart import Chart
from repigment.trials.report.disease import SAFETY_SCORES
from repigment.trials.report.endpoints import error
from repigment.trials.report.palette import marks
from repigment.trials.report.reads import Trial, all_arms, confidence, control, primaries, unit_names
from repigment.trials.report.words import NONE, Unit, letters, listed, probability, shown, span, unit

MOST = 8  # rows that stand open; with more, all but the primary endpoint's are folded away


def section(trial: Trial) -> Section:
    """Differences of the study's endpoints drawn, those of the primary endpoint listed, all others folded away."""
    table = asked(trial)
    if table.empty:
        return Section("comparisons", "Comparisons", [Prose(["No arms were compared."])])
    shown_now = table if len(table) <= MOST else table[_is_primary(trial, table)]
    blocks: list[Block] = [Prose([_lead(trial)])]
    blocks.append(Figures(forests(trial, table[~table["endpoint"].isin(SAFETY_SCORES)], "forest"), size="medium"))
    if len(shown_now):
        blocks.append(_table(shown_now, "Differences between arms", trial))
    if len(shown_now) < len(table):
        blocks.append(Details("All differences between arms", [_table(table, "All differences", trial)]))
    return Section("comparisons", "Comparisons", blocks)


def asked(trial: Trial) -> pd.DataFrame:
    """The comparisons with their units, in the order in which the study asks for them."""
    turn = {(endpoint.score, endpoint.week): i for i, endpoint in enumerate(trial.study.endpoints)}
    table, units = trial.comparisons, unit_names(trial)
    keys = [turn.get(pair, len(turn)) for pair in zip(table["endpoint"], table["week"], strict=True)]
    table = table.assign(unit=[units.get(name, "") for name in table["endpoint"]], turn=keys)
    return table.sort_values("turn", kind="stable")


def _is_primary(trial: Trial, table: pd.DataFrame) -> pd.Series:
    wanted = {(endpoint.score, endpoint.week) for endpoint in primaries(trial.study)}
    pairs = zip(table["endpoint"], table["week"], strict=True)
    return pd.Series([pair in wanted for pair in pairs], index=table.index)


def forests(trial: Trial, rows: pd.DataFrame, key: str) -> list[Chart]:
    """One drawing an endpoint."""
    looks = marks([arm.name for arm in all_arms(trial.study)], control(trial.study))
    drawn = []
    for i, (name, group) in enumerate(rows.groupby("endpoint", sort=False)):
        measure = unit(str(group["unit"].iloc[0]))
        side = "right" if more_is_better(str(name), trial.study.population.condition) else "left"
        drawn.append(forest.differences(group, f"{key}-{i}", measure, looks, f"better to the {side}"))
    return drawn


def _lead(trial: Trial) -> str:
    adjusted = [str(name) for name in getattr(trial.study.analysis, "adjust", [])]
    how = f" Adjusted for {listed(adjusted)} where the method allows it." if adjusted else ""
    return f"Each row is the first arm minus the second, with its {confidence(trial.study)} interval.{how}"


def _table(rows: pd.DataFrame, caption: str, trial: Trial) -> Table:
    methods = letters(map(str, rows["method"]))
    said: list[Sequence[Cell | None]] = []
    for (name, week), group in rows.groupby(["endpoint", "week"], sort=False):
        of = unit(str(group["unit"].iloc[0]))
        head: Cell | None = Markup("<b>{}</b>, week {}, {}").format(name, f"{week:g}", of.difference)
        for row in group.itertuples():
            said.append([head, *_row(row, of), methods[str(row.method)]])
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
    told = "; ".join(f"{letter}: {method}" for method, letter in methods.items())
    caution = (
        "p values are not corrected for the number of comparisons, depend on how many patients were simulated and, "
        "from adjusted tests, need not agree with the interval."
    )
    note = f"Method {told}. {caution}"
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
