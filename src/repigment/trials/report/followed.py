"""A trial with its endpoints estimated at every visit, not only at the weeks that the study asks for."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

import pandas as pd
import xarray as xr

from repigment.evidence.parameters import Parameter
from repigment.trials.analysis import MEASURES, estimate
from repigment.trials.report.disease import safety, usual
from repigment.trials.report.reads import Trial
from repigment.trials.stages import Rules, Stage, design, stages

KEYS = ["endpoint", "week", "arm"]


@dataclass(frozen=True)
class Asked:
    """One score at one week, for the statistics to estimate."""

    score: str
    week: int
    primary: bool = False


@dataclass(frozen=True)
class Followed:
    """A trial as the report shows it: a finished trial whose `estimates` have rows for every visit."""

    study: Any
    seed: int
    version: str
    people: pd.DataFrame
    scores: pd.DataFrame
    estimates: pd.DataFrame
    comparisons: pd.DataFrame
    courses: xr.Dataset
    gallery: Sequence[Any]
    errors: pd.DataFrame
    assumptions: Sequence[Parameter]
    draws: pd.DataFrame
    cautions: Mapping[str, Sequence[str]]
    standings: Mapping[str, Mapping[str, str]]

    @classmethod
    def of(cls, trial: Trial) -> Self:
        """The trial with what its estimates lack: the usual scores, the safety scores, and what was published."""
        own = {name: getattr(trial, name) for name in cls.__dataclass_fields__}
        tables = [trial.estimates, *_missing(trial)]
        return cls(**{**own, "estimates": pd.concat(tables, ignore_index=True) if len(tables) > 1 else tables[0]})


def _missing(trial: Trial) -> Iterator[pd.DataFrame]:
    known = set(zip(*(trial.estimates[key] for key in KEYS), strict=True))
    for stage in stages(trial.study):
        here = [arm for arm in stage.arms if (trial.people["arm"] == arm).any()]
        asked = [a for a in _asked(trial, stage) if any((a.score, a.week, arm) not in known for arm in here)]
        if not here or not asked:
            continue
        tables = stage.of(trial.scores), stage.of(trial.people)
        rules = Rules.of(trial.study.analysis, here)
        found = estimate(*tables, design(trial.study), asked, rules, arms=here, since=stage.since)
        new = [key not in known for key in zip(*(found[key] for key in KEYS), strict=True)]
        yield found[new]


def _asked(trial: Trial, stage: Stage) -> list[Asked]:
    """Every score that can be made at every visit; published events also between visits."""
    scored = set(trial.scores["score"])
    names = [*(endpoint.score for endpoint in trial.study.endpoints), *usual(trial.study), *safety(trial.study)]
    made = [name for name in dict.fromkeys(names) if name in MEASURES and MEASURES[name].score in scored]
    weeks = [int(week) for week in trial.study.visits if stage.since <= week <= stage.until]
    found = [Asked(name, week) for name in made for week in weeks]
    for row in trial.study.published:
        measured = row.endpoint in MEASURES and MEASURES[row.endpoint].score in scored
        during = stage.since <= row.week <= stage.until
        if measured and (row.week in weeks or (MEASURES[row.endpoint].kind == "event" and during)):
            found.append(Asked(row.endpoint, int(row.week)))
    return list(dict.fromkeys(found))
