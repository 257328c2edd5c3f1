"""The answer: one sentence made of numbers, and what it rests on."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
from markupsafe import Markup

from repigment.trials.report import forest
from repigment.trials.report.agreement import HIT, MISS, OPEN, pairs
from repigment.trials.report.blocks import Block, Cell, Figures, Prose, Section
from repigment.trials.report.endpoint_words import beginning, is_change
from repigment.trials.report.palette import marks
from repigment.trials.report.published import tally
from repigment.trials.report.reads import (
    Trial,
    all_arms,
    at,
    confidence,
    control,
    patients,
    primaries,
    strengths,
    worlds,
)
from repigment.trials.report.words import (
    Unit,
    counted,
    listed,
    quantity,
    shown,
    span,
    unit,
)

MANY_DRAWS = (
    "In {} its effect is drawn {} times from a wide prior centred on no effect, harm included, and the interval holds "
    "how far the draws differ, also in what else is unknown of the cells. Other parameters are held at their values."
)
ONE_DRAW = (
    "{} rests on a single draw from a wide prior centred on no effect: the interval shows chance alone, not what is "
    "unknown."
)


def section(trial: Trial) -> Section:
    """The primary endpoint of every arm and its differences, in one sentence, beside a chart of the same."""
    found = [(each, _known(trial, each)) for each in primaries(trial.study)]
    found = [(endpoint, rows) for endpoint, rows in found if len(rows)]
    if not found:
        nothing = Prose(["The results hold no estimate of a primary endpoint."], "answer")
        return Section("answer", "The answer", [nothing])
    looks = marks([arm.name for arm in all_arms(trial.study)], control(trial.study))
    charts = [forest.estimates(rows, f"answer-{i}", endpoint, looks) for i, (endpoint, rows) in enumerate(found)]
    said = [_sentence(trial, endpoint, rows) for endpoint, rows in found]
    unknown = [each for each in primaries(trial.study) if each not in [endpoint for endpoint, _ in found]]
    blocks: list[Block] = [
        Prose([*said, *map(_silence, unknown)], "answer"),
        Figures(charts, size="medium"),
        Prose(_grounds(trial, [endpoint for endpoint, _ in found])),
    ]
    return Section("answer", "The answer", blocks)


def _known(trial: Trial, endpoint: Any) -> pd.DataFrame:
    rows = at(trial.estimates, endpoint.score, endpoint.week)
    return rows[rows["estimate"].notna()]


def _silence(endpoint: Any) -> str:
    begin = beginning(endpoint.score)
    return f"{begin.when} week {endpoint.week:g}, {begin.name} cannot be estimated in any arm."


def _sentence(trial: Trial, endpoint: Any, rows: pd.DataFrame) -> Markup:
    """`At week 24, F-VASI75 was reached by 3 % of patients in sham (95 % interval ...); by 30 % in NB-UVB ...`."""
    reference, sure, measure = control(trial.study), confidence(trial.study), unit(str(rows["unit"].iloc[0]))
    begin = beginning(endpoint.score)
    of_change = " of the change" if is_change(endpoint.score) else ""
    against = at(trial.comparisons, endpoint.score, endpoint.week)
    said: list[Markup] = []
    verb = ""
    for row in [*rows[rows["arm"] == reference].itertuples(), *rows[rows["arm"] != reference].itertuples()]:
        told = _differences(against[against["arm"] == row.arm], reference, measure, first=len(said) == 1)
        first = f"{sure} interval{of_change} {span(row.ci_low, row.ci_high, measure)}"
        ends = (told if said else first) or span(row.ci_low, row.ci_high, measure)
        before, value = _moved(row.estimate) if of_change else (begin.verb, row.estimate)
        of = " of patients" if begin.by and not said else ""
        leads = before if before != verb else "by" if of_change else begin.by
        verb = before
        told = quantity(value, measure)
        said.append(Markup("{} <b>{}</b>{} in <i>{}</i> ({})").format(leads, told, of, row.arm, ends))
    head = Markup("{} week {}, <b>{}</b> ").format(begin.when, f"{endpoint.week:g}", begin.name)
    return head + Markup("; ").join(each.strip() for each in said) + "."


def _moved(change: float) -> tuple[str, float]:
    """A change as what something did, and by how much."""
    return ("fell by" if change < 0 else "rose by"), abs(change)


def _differences(rows: pd.DataFrame, reference: str, measure: Unit, first: bool) -> str:
    """`difference from sham 27.2 percentage points, 11.9 to 42.4`; what is understood is said the first time only."""
    said = []
    for row in rows[rows["difference"].notna()].itertuples():
        name = f" from {row.versus}" if first or row.versus != reference else ""
        of = f" {measure.difference}" if first else ""
        said.append(f"difference{name} {shown(row.difference, measure)}{of}, {span(row.ci_low, row.ci_high, measure)}")
    return "; ".join(said)


def _grounds(trial: Trial, endpoints: Sequence[Any]) -> list[Cell]:
    study = trial.study
    said: list[Cell] = [
        f"This is a simulation of {counted(patients(trial), 'virtual patient')} on a mechanistic model of the skin, "
        "not an observation. Every arm enrols the same virtual people.",
        _agreement(trial),
    ]
    said.extend(_cells(study))
    for endpoint in endpoints:
        said.extend(_unseparated(endpoint, at(trial.comparisons, endpoint.score, endpoint.week)))
    return said


def _agreement(trial: Trial) -> Cell:
    """How the model fared against published results, before anybody trusts the numbers above."""
    judged = [pair for pair in pairs(trial) if pair.verdict in (HIT, OPEN, MISS)]
    if not judged:
        return "Nothing here was checked against patients. The built-in studies that were show how far the model errs."
    what = counted(len(judged), "published result")
    return Markup("Checked against {}: <b>{}</b>. Do not plan on what is missed.").format(what, tally(judged))


def _cells(study: Any) -> list[Cell]:
    """What the arms with the cell product rest on: draws from the prior, a single draw, or a strength as set."""
    found = {arm.name: strengths(arm) for arm in all_arms(study) if strengths(arm)}
    drawn = listed([f"“{name}”" for name, given in found.items() if None in given])
    fixed = listed([f"“{name}”" for name, given in found.items() if None not in given])
    said: list[Cell] = []
    if drawn:
        words = MANY_DRAWS if worlds(study) > 1 else ONE_DRAW
        said.append(Markup("<b>What the cell product does is not known.</b> ") + words.format(drawn, worlds(study)))
    if fixed:
        said.append(f"In {fixed} the study itself sets how strongly the cells act: an assumption, not a finding.")
    return said


def _unseparated(endpoint: Any, rows: pd.DataFrame) -> list[Cell]:
    open_rows = rows[(rows["ci_low"] <= 0) & (rows["ci_high"] >= 0)]
    pairs = [f"“{row.arm}” from “{row.versus}”" for row in open_rows.itertuples()]
    told = f"At week {endpoint.week:g} {endpoint.score} does not separate {listed(pairs)}: the interval contains zero."
    return [told] if pairs else []
