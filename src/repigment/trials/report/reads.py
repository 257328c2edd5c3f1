"""What the report reads of a finished trial, and the questions that several sections ask of it."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

import pandas as pd
import xarray as xr

from repigment.evidence.parameters import Parameter

CELL_PRODUCTS = ("uc-msc", "uc-msc-topical", "uc-msc-vesicles")  # whose effect is drawn from a prior


class Trial(Protocol):
    """The parts of a trial's result that the report shows; their tables are described where results are made."""

    @property
    def study(self) -> Any: ...
    @property
    def seed(self) -> int: ...
    @property
    def version(self) -> str: ...
    @property
    def people(self) -> pd.DataFrame: ...
    @property
    def scores(self) -> pd.DataFrame: ...
    @property
    def estimates(self) -> pd.DataFrame: ...
    @property
    def comparisons(self) -> pd.DataFrame: ...
    @property
    def courses(self) -> xr.Dataset: ...
    @property
    def gallery(self) -> Sequence[Any]: ...
    @property
    def errors(self) -> pd.DataFrame: ...
    @property
    def assumptions(self) -> Sequence[Parameter]: ...
    @property
    def draws(self) -> pd.DataFrame: ...
    @property
    def cautions(self) -> Mapping[str, Sequence[str]]: ...
    @property
    def standings(self) -> Mapping[str, Mapping[str, str]]: ...


Place = str | Path


def take_over_arms(study: Any) -> list[Any]:
    """The arms of a randomised withdrawal; none for other designs."""
    withdrawal = getattr(study, "withdrawal", None)
    return list(withdrawal.arms) if withdrawal is not None else []


def all_arms(study: Any) -> list[Any]:
    """The arms as randomised, then those that take over at a withdrawal."""
    return [*study.arms, *take_over_arms(study)]


def compared(study: Any, week: float) -> list[str]:
    """The arms that are compared at `week`: those first randomised, after a withdrawal those of the second time."""
    second = [arm.name for arm in take_over_arms(study)]
    return second if second and week > study.withdrawal.week else [arm.name for arm in study.arms]


def during(study: Any, week: float) -> set[str]:
    """The arms that there are at `week`; at the week of a withdrawal those of both randomisations."""
    turn = study.withdrawal.week if take_over_arms(study) else week
    return {*(compared(study, week)), *([arm.name for arm in take_over_arms(study)] if week == turn else [])}


def control(study: Any) -> str:
    """The name of the arm that the others are compared with."""
    named = getattr(getattr(study, "analysis", None), "control", None)
    return str(named or study.arms[0].name)


def confidence(study: Any) -> str:
    """The confidence of the intervals as words, such as '95 %'."""
    return f"{100 * float(getattr(study.analysis, 'confidence', 0.95)):g}\u202f%"


def worlds(study: Any) -> int:
    """How many draws of what is not known about the cell product the trial was run with."""
    return int(getattr(getattr(study, "uncertainty", None), "prior_draws", 1) or 1)


def strengths(arm: Any) -> list[float | None]:
    """The strength that the study sets for each giving of a cell product; None where it is drawn from the prior."""
    steps = [step for treatment in arm.treatments for step in getattr(treatment, "steps", ())]
    given = [*arm.treatments, *(treatment for step in steps for treatment in step.treatments)]
    return [getattr(treatment, "strength", None) for treatment in given if treatment.give in CELL_PRODUCTS]


def within_patient(study: Any) -> bool:
    """Whether lesions or halves of one patient are compared, so that a patient stands in several arms."""
    return str(study.design) == "within-patient"


def primaries(study: Any) -> list[Any]:
    """The endpoints that the answer is given on: those marked primary, else the first."""
    declared = list(study.endpoints)
    return [e for e in declared if getattr(e, "primary", False)] or declared[:1]


def at(table: pd.DataFrame, endpoint: str, week: float) -> pd.DataFrame:
    """Rows of an estimates or comparisons table for one endpoint at one week."""
    return table[(table["endpoint"] == endpoint) & (table["week"] == week)]


def unit_names(trial: Trial) -> Mapping[str, str]:
    """The unit of every endpoint that was estimated."""
    table = trial.estimates
    return dict(zip(table["endpoint"], table["unit"], strict=True)) if len(table) else {}


def final_scores(trial: Trial, score: str) -> pd.DataFrame:
    """The last value of one score of each patient that has one (world, patient, arm, value)."""
    table = trial.scores
    known = table[(table["score"] == score) & table["value"].notna()]
    if take_over_arms(trial.study):  # who was randomised again stands in both arms: the first counts until then
        second = known["arm"].isin([arm.name for arm in take_over_arms(trial.study)])
        known = known[second | (known["week"] <= trial.study.withdrawal.week)]
    return known.sort_values("week", kind="stable").groupby(["world", "arm", "patient"], as_index=False).last()


def patients(trial: Trial) -> int:
    """How many different patients took part."""
    return int(trial.people["patient"].nunique())


def sizes(trial: Trial) -> dict[str, int]:
    """How many patients were randomised to each arm of the beginning."""
    if within_patient(trial.study):
        return {arm.name: patients(trial) for arm in trial.study.arms}
    found = trial.people["arm"].value_counts()
    return {arm.name: int(found.get(arm.name, 0)) for arm in trial.study.arms}
