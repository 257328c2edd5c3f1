"""What the treatments cost the patient: injection sites, irritation, and spread of the disease."""

from collections.abc import Sequence

import numpy as np

from repigment.trials.report.blocks import Block, Cell, Figures, Prose, Section, Table
from repigment.trials.report.comparisons import asked, forests
from repigment.trials.report.endpoints import charts
from repigment.trials.report.reads import Trial, all_arms, final_scores, unit_names
from repigment.trials.report.words import NONE, describe, listed, number, unit

UNITS = {"spread": "hand units", "UVB dose": "J/cm2"}


def section(trial: Trial) -> Section:
    """Charts of the safety scores and the patients who fared worst."""
    estimated = set(trial.estimates["endpoint"]) if len(trial.estimates) else set()
    names = [name for name in SAFETY_SCORES if name in estimated and not _nobody(trial, name)]
    nobody = [name for name in SAFETY_SCORES if _nobody(trial, name)]
    lead = (
        "The model knows these costs only. Infection, scarring, contact allergy, long-term safety of cells and "
        "of light, and whatever nobody has thought of are outside it."
    )
    said = [lead, f"Nobody had any {listed(nobody)}." if nobody else ""]
    blocks: list[Block] = [Prose(said), *charts(trial, names, "safety")]
    differences = asked(trial)
    differences = differences[differences["endpoint"].isin(names)]
    if len(differences):
        blocks.append(Figures(forests(trial, differences, "harm"), size="medium"))
    blocks.append(_table(trial))
    return Section("safety", "Safety", blocks)


def _nobody(trial: Trial, score: str) -> bool:
    values = trial.scores.loc[trial.scores["score"] == score, "value"].dropna()
    return len(values) > 0 and bool((values == 0).all())


def _table(trial: Trial) -> Table:
    rows: list[Sequence[Cell | None]] = []
    for score in (score for score in SAFETY_SCORES if not _nobody(trial, score)):
        last = final_scores(trial, score)
        of = unit(unit_names(trial).get(score, UNITS.get(score, "score-days")))
        head: Cell | None = f"{score}, {of.name}"
        for arm in all_arms(trial.study):
            values = last.loc[last["arm"] == arm.name, "value"].to_numpy(float)
            rows.append([head, arm.name, *_cells(values)])
            head = None
    return Table(
        "Each patient's last value",
        ["Score", "Arm", "n", "Median", "95\u202f% of patients below", "Worst patient"],
        rows,
        note="; ".join(f"{score}: {describe(score)}" for score in SAFETY_SCORES) + ". n counts patients in every draw.",
        text=(1,),
    )


def _cells(values: np.ndarray) -> list[str]:
    if not len(values):
        return ["0", NONE, NONE, NONE]
    return [number(len(values), 0), *(number(q) for q in np.quantile(values, [0.5, 0.95, 1.0]))]
