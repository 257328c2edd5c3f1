"""What the treatments cost the patient, and what is unsafe together."""

from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np
import pandas as pd

from repigment.trials.analysis import MEASURES
from repigment.trials.analysis.proportions import summarise
from repigment.trials.report.blocks import Block, Cell, Figures, Prose, Section, Table
from repigment.trials.report.comparisons import asked, forests
from repigment.trials.report.disease import safety
from repigment.trials.report.endpoint_words import describe
from repigment.trials.report.endpoints import charts
from repigment.trials.report.reads import Trial, all_arms, confidence, final_scores
from repigment.trials.report.words import NONE, THIN, capital, listed, number, shown, span, unit

CAUTIONS = "Said, not forbidden: what is unsafe together. The numbers here hold these risks in part or not at all."
KNOWN = (
    "The model knows these costs only. Scarring, skin necrosis, contact allergy, thrombosis, long-term safety of cells "
    "and of light, and whatever nobody has thought of are outside it."
)
COUNTED = (
    "Site reactions, fever, infections and granulomas are drawn at rates seen elsewhere, or assumed where none was "
    "found, and only after injections, microneedling, drips of cells, fractional lasers and superficial peels: an arm "
    "without these has none because none are counted. Nobody knows how often granulomas follow a cell product. A "
    "patient has the same luck in every arm, so that arms differ by treatment alone."
)
OF_ONE_DRAW = "Intervals are as wide as of the patients of one draw, and wider where draws differ."
OF_MARKS = ("PIH peak", "PIH duration")  # nothing where nobody has PIH, which is then said already


def section(trial: Trial) -> Section:
    """Charts of the safety scores and the patients who fared worst."""
    estimated = set(trial.estimates["endpoint"]) if len(trial.estimates) else set()
    scores = safety(trial.study)
    some = [name for name in scores if not _nobody(trial, name)]
    nobody = [name for name in scores if name not in some and name not in OF_MARKS]
    said = [KNOWN, COUNTED, f"Nobody had any {' or '.join(listed(nobody).rsplit(' and ', 1))}." if nobody else ""]
    blocks: list[Block] = [Prose(said), *_cautions(trial)]
    blocks += charts(trial, [name for name in some if name in estimated], "safety")
    differences = asked(trial)
    differences = differences[differences["endpoint"].isin(some)]
    if len(differences):
        blocks.append(Figures(forests(trial, differences, "harm"), size="medium"))
    return Section("safety", "Safety", [*blocks, *_tables(trial, some)])


def _cautions(trial: Trial) -> list[Block]:
    """What is unsafe together in each arm; nothing if nothing is."""
    said = [f"{arm}: {sentence}" for arm, sentences in trial.cautions.items() for sentence in sentences]
    return [Prose([CAUTIONS, *said], "misses")] if said else []


def _nobody(trial: Trial, score: str) -> bool:
    values = trial.scores.loc[trial.scores["score"] == score, "value"].dropna()
    return len(values) > 0 and bool((values == 0).all())


def _tables(trial: Trial, scores: Sequence[str]) -> list[Block]:
    """Each score's last value over the patients of each arm; of what a patient has or has not, how many have it."""
    found = {score: final_scores(trial, score) for score in scores}
    found = {score: last for score, last in found.items() if len(last)}
    happened = {score: last for score, last in found.items() if MEASURES[score].is_share}
    measured = {score: last for score, last in found.items() if score not in happened}
    blocks: list[Block] = []
    if happened:
        heads = ["What", "Arm", "n", "Patients who had it", "Share", f"{confidence(trial.study)} interval"]
        rows = _rows(trial, {capital(score): last for score, last in happened.items()}, _patients(trial))
        blocks.append(Table("How many had it", heads, rows, note=f"{_note(happened)} {OF_ONE_DRAW}", text=(1,)))
    heads = ["Score", "Arm", "n", "Median", f"95{THIN}% of patients below", "Worst patient"]
    named = {f"{score}, {unit(MEASURES[score].unit).name}": last for score, last in measured.items()}
    rows = _rows(trial, named, _quantiles)
    return [*blocks, Table("Each patient's last value", heads, rows, note=_note(measured), text=(1,))]


def _note(scores: Iterable[str]) -> str:
    told = "; ".join(f"{score}: {describe(score)}" for score in scores)
    return f"{told}. n counts patients in every draw."


def _rows(
    trial: Trial, found: Mapping[str, pd.DataFrame], say: Callable[[pd.DataFrame], list[str]]
) -> list[Sequence[Cell | None]]:
    rows: list[Sequence[Cell | None]] = []
    for name, last in found.items():
        head: Cell | None = name
        for arm in all_arms(trial.study):
            rows.append([head, arm.name, *say(last[last["arm"] == arm.name])])
            head = None
    return rows


def _patients(trial: Trial) -> Callable[[pd.DataFrame], list[str]]:
    """Says of one arm how many had it, which share, and its interval over patients and draws."""

    def say(last: pd.DataFrame) -> list[str]:
        if last.empty:
            return ["0", NONE, NONE, NONE]
        values = last.pivot(index="world", columns="patient", values="value").to_numpy(float)[:, None, :]
        found = summarise(values, float(trial.study.analysis.confidence))
        of = unit("fraction")
        share = f"{shown(found.estimate, of)}{THIN}%"
        return [number(len(last), 0), number(last["value"].sum(), 0), share, span(found.low, found.high, of)]

    return say


def _quantiles(last: pd.DataFrame) -> list[str]:
    values = last["value"].to_numpy(float)
    if not len(values):
        return ["0", NONE, NONE, NONE]
    return [number(len(values), 0), *(number(q) for q in np.quantile(values, [0.5, 0.95, 1.0]))]
