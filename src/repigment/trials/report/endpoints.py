"""Every arm's endpoints over time, and at the weeks that the study asks for."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
from markupsafe import Markup

from repigment.trials.report import overtime
from repigment.trials.report.blocks import Block, Cell, Details, Figures, Prose, Section, Table
from repigment.trials.report.disease import SAFETY_SCORES
from repigment.trials.report.endpoint_words import describe
from repigment.trials.report.palette import marks
from repigment.trials.report.reads import Trial, all_arms, at, compared, confidence, control, unit_names
from repigment.trials.report.words import NONE, number, shown, span, unit, with_interval

MISSING = {
    "non-responder": "For responses a patient without a value counts as a failure; other scores use who has one.",
    "observed": "Only patients with a value count.",
    "last-observation": "The last value before it stands in for a missing one.",
    "multiple-imputation": "Missing values are imputed many times over.",
}


def section(trial: Trial) -> Section:
    """Charts of the study's endpoints, their table, and everything else that was scored, folded away."""
    table = trial.estimates
    if table.empty:
        return Section("endpoints", "Endpoints by arm", [Prose(["The results hold no estimates."])])
    declared = list(dict.fromkeys(endpoint.score for endpoint in trial.study.endpoints))
    scored = [name for name in dict.fromkeys(table["endpoint"]) if name not in SAFETY_SCORES]
    first = [name for name in declared if name in scored]
    others = [name for name in scored if name not in first]
    blocks: list[Block] = [Prose([_lead(trial)]), *charts(trial, first or others, "endpoint"), _asked(trial)]
    if first and others:
        blocks.append(Details("The other scores over time", charts(trial, others, "other")))
    blocks.append(Details("All estimates at all visits", [_all(trial)]))
    return Section("endpoints", "Endpoints by arm", blocks)


def charts(trial: Trial, names: Sequence[str], key: str) -> list[Block]:
    """Small charts over time of the named endpoints."""
    looks = marks([arm.name for arm in all_arms(trial.study)], control(trial.study))
    table, weeks = trial.estimates, sorted(trial.study.visits)
    known = set(table.loc[table["estimate"].notna(), "endpoint"]) if len(table) else set()
    asked = {name: [float(e.week) for e in trial.study.endpoints if e.score == name] for name in names}
    drawn = [
        overtime.chart(table[table["endpoint"] == name], f"{key}-{i}", weeks, looks, asked[name])
        for i, name in enumerate(names)
        if name in known
    ]
    return [Figures(drawn, list(looks.values()))] if drawn else []


def _lead(trial: Trial) -> str:
    missing = str(getattr(trial.study.analysis, "missing", ""))
    drawn = f"Dots are estimates, bars their {confidence(trial.study)} intervals, dashed lines the weeks asked for."
    return f"{drawn} {MISSING.get(missing, missing)}".strip()


def _asked(trial: Trial) -> Table:
    """One row an endpoint and week that the study asks for, one column an arm."""
    arms, units = [arm.name for arm in all_arms(trial.study)], unit_names(trial)
    rows: list[list[Cell | None]] = []
    for endpoint in trial.study.endpoints:
        mark = Markup(" <i>primary</i>") if getattr(endpoint, "primary", False) else ""
        of = unit(units.get(endpoint.score, "")).name
        told = f", {of}" if of != endpoint.score else ""
        head = Markup("<b>{}</b>, week {}{}{}").format(endpoint.score, f"{endpoint.week:g}", told, mark)
        found = {row.arm: _cell(row) for row in at(trial.estimates, endpoint.score, endpoint.week).itertuples()}
        here = compared(trial.study, endpoint.week)
        rows.append([head, *(found.get(arm, NONE) if arm in here else NONE for arm in arms)])
    told = "; ".join(f"{name}: {describe(name)}" for name in dict.fromkeys(e.score for e in trial.study.endpoints))
    return Table(
        f"Endpoints that the study asks for, with {confidence(trial.study)} intervals",
        ["Endpoint", *arms],
        rows,
        note=f"{told}. MC: Monte Carlo error, how far the estimate would move with another seed (one standard error).",
    )


def _cell(row: Any) -> Markup:
    of = unit(row.unit)
    said = f"{shown(row.estimate, of)} ({span(row.ci_low, row.ci_high, of)})" if pd.notna(row.estimate) else NONE
    return Markup("{}<small>n {}, MC {}</small>").format(said, number(row.n, 0), error(row))


def error(row: object) -> str:
    """The Monte Carlo error of an estimate or difference in its own scale."""
    value, of = getattr(row, "mc_error", float("nan")), unit(str(getattr(row, "unit", "")))
    return number(value * of.scale, 2 if of.name == "%" else None) if pd.notna(value) else NONE


def _all(trial: Trial) -> Table:
    """One row an endpoint and week, one column an arm."""
    arms = [arm.name for arm in all_arms(trial.study)]
    rows: list[list[Cell | None]] = []
    seen = ""
    for (name, week), group in trial.estimates.sort_values("week", kind="stable").groupby(["endpoint", "week"]):
        found = {
            row.arm: with_interval(row.estimate, row.ci_low, row.ci_high, unit(row.unit)) for row in group.itertuples()
        }
        rows.append([None if name == seen else str(name), f"{week:g}", *(found.get(arm, NONE) for arm in arms)])
        seen = str(name)
    return Table("Estimates with their intervals", ["Endpoint", "Week", *arms], rows)
