"""The effect of a treatment in each world: what is true there, apart from the luck of the simulated patients."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

import numpy as np
import pandas as pd

from repigment.errors import RepigmentError
from repigment.trials.analysis.directions import more_is_better
from repigment.trials.analysis.endpoints import measure
from repigment.trials.analysis.plan import unknown
from repigment.trials.analysis.summary import Floats
from repigment.trials.analysis.trial import Trial
from repigment.trials.assurance.seen import seen
from repigment.trials.stages import Rules, design, stages

DUST = 1e-9  # a difference smaller than this is none: it comes from the arithmetic


class Finished(Protocol):
    """What is read of a finished trial."""

    @property
    def study(self) -> Any: ...
    @property
    def scores(self) -> pd.DataFrame: ...
    @property
    def people(self) -> pd.DataFrame: ...
    @property
    def draws(self) -> pd.DataFrame: ...


@dataclass(frozen=True)
class Effects:
    """One endpoint between two arms in K worlds, each a draw of what is not known.

    `estimate` (K,): arm minus versus in `unit`, as the simulated patients show it; `error` (K,): standard error that a
    trial with `sizes` patients (arm, versus) would have in that world; `spread`: variance over worlds that patients'
    luck alone would make; `luck`: standard error of the mean over worlds; `better`: 1 where more is better, -1 where
    less is; `df`: degrees of freedom of the trial's test (inf: normal); `draws`: what was drawn, a row a world;
    `shares` (K,): of versus, where shares of two independent arms are compared, else None; `unseen`: patients over
    those who are seen, where what is missed is imputed.
    """

    endpoint: str
    week: int
    arm: str
    versus: str
    unit: str
    better: int
    estimate: Floats
    error: Floats
    spread: float
    luck: float
    sizes: tuple[int, int]
    confidence: float
    df: float
    draws: pd.DataFrame
    shares: Floats | None = None
    unseen: float = 1.0

    @property
    def worlds(self) -> int:
        """How many draws of what is not known there are."""
        return int(self.estimate.size)

    @cached_property
    def reliability(self) -> float:
        """Part of the variance over worlds that is the worlds' own, 0 to 1; the rest is luck of few patients."""
        total = float(self.estimate.var(ddof=1)) if self.worlds > 1 else 0.0
        own = float(np.clip(1 - self.spread / total, 0, 1)) if total > DUST**2 else 1.0
        return own if own > DUST else 0.0

    @cached_property
    def benefit(self) -> Floats:
        """The effect in each world, positive where it is good for the patient (K,).

        Drawn towards the mean by the root of `reliability`, so that their variance is that of the worlds alone.
        """
        mean = float(self.estimate.mean())
        drawn = self.better * (mean + np.sqrt(self.reliability) * (self.estimate - mean))
        return np.where(np.abs(drawn) > DUST, drawn, 0.0)

    @property
    def typical_error(self) -> float:
        """Root mean square of the trial's error over worlds: what is taken where no world is meant."""
        return float(np.sqrt((self.error**2).mean()))

    def scale(self, n: float) -> float:
        """What the trial's error is multiplied by when the smaller of the two arms has `n` patients."""
        return float(np.sqrt(min(self.sizes) / n))

    def arms_at(self, n: int) -> tuple[int, int]:
        """Patients (arm, versus) when the smaller arm has `n`, allocated as in the study.

        >>> Effects("F-VASI75", 24, "a", "b", "fraction", 1, np.zeros(2), np.ones(2), 0, 0, (200, 100), 0.95, np.inf,
        ...         pd.DataFrame()).arms_at(30)
        (60, 30)
        """
        least = min(self.sizes)
        first, second = (max(round(n * size / least), 1) for size in self.sizes)
        return first, second

    def df_at(self, n: int) -> float:
        """Degrees of freedom of the test at that size."""
        if np.isinf(self.df):
            return np.inf
        return max(self.df * sum(self.arms_at(n)) / sum(self.sizes), 1.0)


def effects(result: Finished, endpoint: Any, arm: str, versus: str, week: int | None = None) -> Effects:
    """The effect of `arm` against `versus` in each world of a finished trial.

    endpoint: one of the study's, or the name of a score with its `week` (if left out, the first week at which the study
    asks for it, a primary one before others). An arm that is alike in all worlds is compared with each of the other's.
    RepigmentError for an unknown endpoint, week or arm, for arms of different randomisations, and where no patient is.
    """
    score, when = _asked(result.study, endpoint, week)
    names = [arm, versus]
    stage = next((stage for stage in stages(result.study) if set(names) <= set(stage.arms)), None)
    known = [each.name for each in result.study.all_arms]
    for name in names:
        if name not in known:
            raise unknown("arm", name, known, "assurance")
    if stage is None or arm == versus:
        raise RepigmentError(
            f"'{arm}' and '{versus}' are not compared by this study",
            where="assurance",
            allowed="two different arms of one randomisation",
        )
    what = measure(score)
    rows = result.scores[result.scores["arm"].isin(names) & result.scores["score"].isin([what.score, *what.covariates])]
    people = result.people[result.people["arm"].isin(names)]
    trial = Trial.read(rows, people, design(result.study), Rules.of(result.study.analysis, names), names, stage.since)
    found = seen(trial, score, when, arm, versus, _same_people(result.study, stage.since))
    if not np.isfinite(found.estimate).all() or not np.isfinite(found.variance).all():
        raise RepigmentError(
            f"{score} at week {when} cannot be estimated in '{arm}' against '{versus}' in every world",
            where="assurance",
            remedy="enrol more patients, or ask for another endpoint or week",
        )
    better = 1 if more_is_better(score, result.study.population.condition) else -1
    return Effects(
        score,
        when,
        arm,
        versus,
        what.unit,
        better,
        found.estimate,
        np.sqrt(found.variance),
        found.spread,
        found.luck,
        found.sizes,
        float(result.study.analysis.confidence),
        found.df,
        _drawn(result.draws, found.estimate.size),
        found.shares,
        found.unseen,
    )


def _asked(study: Any, endpoint: Any, week: int | None) -> tuple[str, int]:
    score = str(getattr(endpoint, "score", endpoint))
    measure(score)
    when = getattr(endpoint, "week", None) if week is None else week
    if when is None:
        same: Sequence[Any] = [each for each in study.endpoints if each.score == score]
        same = [each for each in same if each.primary] or same
        if not same:
            raise RepigmentError(
                f"the study does not ask for {score}",
                where="assurance",
                allowed=", ".join(dict.fromkeys(each.score for each in study.endpoints)),
                remedy="say the week at which it is meant",
            )
        when = same[0].week
    if when not in study.visits and measure(score).kind != "event":
        raise RepigmentError(
            f"there is no visit at week {when}", where="assurance", allowed=", ".join(map(str, study.visits))
        )
    return score, int(when)


def _same_people(study: Any, since: int) -> bool:
    """Whether the k-th patients of two arms are one person: not after a second randomisation."""
    return since == 0 and design(study) == "parallel"


def _drawn(draws: pd.DataFrame, worlds: int) -> pd.DataFrame:
    """The draws of the worlds that are compared, without their numbers; no column where nothing was drawn."""
    if worlds < 2 or "world" not in draws:
        return pd.DataFrame(index=range(worlds))
    return draws.sort_values("world").drop(columns="world").reset_index(drop=True)
