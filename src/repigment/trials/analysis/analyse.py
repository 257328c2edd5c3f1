"""The analysis of a trial: every endpoint in every arm, and the comparisons that were asked for."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pandas as pd

from repigment.trials.analysis.endpoints import measure
from repigment.trials.analysis.plan import ComparisonLike, EndpointLike, PlanLike, check_endpoints, pairs
from repigment.trials.analysis.trial import Trial

KEYS = ["endpoint", "week", "arm"]
ESTIMATES = [*KEYS, "estimate", "ci_low", "ci_high", "n", "unit", "mc_error", "primary"]
COMPARISONS = [*KEYS, "versus", "difference", "ci_low", "ci_high", "p_value", "method", "mc_error"]


@dataclass(frozen=True)
class Analysis:
    """estimates: a row per endpoint, week and arm; comparisons: a row per endpoint, week and pair of arms."""

    estimates: pd.DataFrame
    comparisons: pd.DataFrame


def analyse(
    scores: pd.DataFrame,
    people: pd.DataFrame,
    design: str,
    endpoints: Sequence[EndpointLike],
    comparisons: Iterable[ComparisonLike] | None,
    analysis: PlanLike,
    *,
    arms: Sequence[str] | None = None,
    since: float = 0.0,
) -> Analysis:
    """Estimates of every endpoint and arm, and the comparisons, as the protocol says.

    scores: tidy table (world, patient, arm, score, week, value), NaN = missed; people: a row per patient
    (patient, arm, dropout_week in weeks); arms: their order in the tables, otherwise that of the patients'
    numbers. comparisons: pairs of arms, first minus second; none means every arm against `analysis.control`.
    since: week at which these arms were randomised; a relapse before it is not theirs, where their patients'
    rows begin earlier. Proportions and their differences are fractions, the rest is in the column unit. Where
    nothing can be said (no patient, no variation) the number is NaN. Raises RepigmentError for an unknown
    endpoint, arm, rule or week, and for tables that contradict themselves.

    >>> from types import SimpleNamespace as N
    >>> scores = pd.DataFrame({"world": 0, "patient": [1, 1, 2, 2], "arm": ["a", "a", "b", "b"],
    ...     "score": "F-VASI", "week": [0, 24, 0, 24], "value": [2.0, 0.4, 2.0, 1.8]})
    >>> people = pd.DataFrame({"patient": [1, 2], "arm": ["a", "b"]})
    >>> plan = N(control="b", confidence=0.95, adjust=["baseline"], missing="non-responder")
    >>> found = analyse(scores, people, "parallel", [N(score="F-VASI75", week=24, primary=True)], None, plan)
    >>> found.estimates[["arm", "estimate", "n"]].values.tolist()
    [['a', 1.0, 1], ['b', 0.0, 1]]
    """
    trial = Trial.read(scores, people, design, analysis, arms, since)
    rows = _estimates(trial, endpoints)
    compared = pairs(comparisons, trial.courses.arms, analysis.control)
    return Analysis(rows, _comparisons(trial, endpoints, compared))


def estimate(
    scores: pd.DataFrame,
    people: pd.DataFrame,
    design: str,
    endpoints: Sequence[EndpointLike],
    analysis: PlanLike,
    *,
    arms: Sequence[str] | None = None,
    since: float = 0.0,
) -> pd.DataFrame:
    """The estimates of `analyse` without its comparisons: cheap enough for every visit of a course."""
    return _estimates(Trial.read(scores, people, design, analysis, arms, since), endpoints)


def _estimates(trial: Trial, endpoints: Sequence[EndpointLike]) -> pd.DataFrame:
    check_endpoints(endpoints, trial.courses.weeks)
    rows = []
    for endpoint in endpoints:
        unit = measure(endpoint.score).unit
        for arm in trial.courses.arms:
            found = trial.summary(endpoint.score, endpoint.week, arm)
            numbers = (found.estimate, found.low, found.high, found.n, unit, found.mc_error)
            rows.append((endpoint.score, endpoint.week, arm, *numbers, endpoint.primary))
    return pd.DataFrame(rows, columns=ESTIMATES)


def _comparisons(trial: Trial, endpoints: Sequence[EndpointLike], compared: Sequence[tuple[str, str]]) -> pd.DataFrame:
    rows = []
    for endpoint in endpoints:
        for arm, versus in compared:
            found = trial.contrast(endpoint.score, endpoint.week, arm, versus)
            numbers = (found.difference, found.low, found.high, found.p_value, found.method, found.mc_error)
            rows.append((endpoint.score, endpoint.week, arm, versus, *numbers))
    return pd.DataFrame(rows, columns=COMPARISONS)
