"""The randomisations of a study, each with its arms and its time: most have one, a withdrawal has two."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

import pandas as pd

from repigment.trials.analysis import Analysis, analyse


@dataclass(frozen=True)
class Rules:
    """The rules of the analysis, with a control that is among the arms at hand."""

    control: str
    confidence: float
    adjust: Sequence[str]
    missing: str

    @classmethod
    def of(cls, plan: Any, arms: Sequence[str]) -> Self:
        """The rules of a study's plan for some of its arms."""
        control = plan.control if plan.control in arms else arms[0]
        return cls(control, plan.confidence, tuple(plan.adjust), plan.missing)


@dataclass(frozen=True)
class Stage:
    """The arms of one randomisation, compared from week `since` to week `until`."""

    arms: Sequence[str]
    since: int
    until: int

    def of(self, table: pd.DataFrame) -> pd.DataFrame:
        """The rows of a table that belong to the stage's arms."""
        return table[table["arm"].isin(self.arms)]


def stages(study: Any) -> list[Stage]:
    """The randomisation, and the second one where there is a withdrawal."""
    first, last = [arm.name for arm in study.arms], max(study.visits)
    withdrawal = getattr(study, "withdrawal", None)
    if withdrawal is None:
        return [Stage(first, 0, last)]
    return [Stage(first, 0, withdrawal.week), Stage([arm.name for arm in withdrawal.arms], withdrawal.week, last)]


def design(study: Any) -> str:
    """How the arms of one stage relate: patients of their own, or lesions of the same patients."""
    return "within-patient" if str(study.design) == "within-patient" else "parallel"


def analysed(study: Any, scores: pd.DataFrame, people: pd.DataFrame) -> Analysis:
    """Estimates and comparisons of all stages: each sees its own arms, and the endpoints of its own time."""
    found = [_analysed(study, stage, scores, people) for stage in stages(study)]
    return Analysis(
        pd.concat([each.estimates for each in found], ignore_index=True),
        pd.concat([each.comparisons for each in found], ignore_index=True),
    )


def _analysed(study: Any, stage: Stage, scores: pd.DataFrame, people: pd.DataFrame) -> Analysis:
    first = stage.since == 0
    return analyse(
        stage.of(scores),
        stage.of(people),
        design(study),
        [e for e in study.endpoints if e.week <= stage.until and (first or e.week > stage.since)],
        [pair for pair in study.comparisons if set(pair.arms) <= set(stage.arms)] or None,
        Rules.of(study.analysis, stage.arms),
        arms=stage.arms,
        since=stage.since,
    )
