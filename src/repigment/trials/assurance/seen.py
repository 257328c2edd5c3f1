"""What the simulated patients show of a difference in each world: estimate, error of a trial, luck of the patients."""

from dataclasses import dataclass, replace

import numpy as np

from repigment.trials.analysis import means, paired, proportions
from repigment.trials.analysis.endpoints import Measure, measure
from repigment.trials.analysis.events import NOT_AT_RISK, Times
from repigment.trials.analysis.incidence import by_world
from repigment.trials.analysis.summary import Floats
from repigment.trials.analysis.trial import Trial
from repigment.trials.analysis.values import Sample, together

LEAST_PAIRED = 0.5  # of the patients of the smaller arm, below which who is left no longer stands for them


@dataclass(frozen=True)
class Seen:
    """One difference (arm minus versus, in the unit of the endpoint) over K worlds.

    estimate (K,); variance (K,) of the trial's own estimate at `sizes`; spread: variance over worlds that the patients'
    luck alone makes; luck: standard error of the mean over worlds from the choice of patients; df of the trial's test.
    """

    estimate: Floats
    variance: Floats
    spread: float
    luck: float
    sizes: tuple[int, int]
    df: float = np.inf
    shares: Floats | None = None
    unseen: float = 1.0


def seen(trial: Trial, endpoint: str, week: float, arm: str, versus: str, same_people: bool) -> Seen:
    """What the analysis of the trial finds in each world.

    same_people: the k-th patients of both arms are one person. Then their difference, free of who was enrolled, is the
    estimate of the true effect, while `variance` stays that of a trial, whose arms hold different people.
    """
    what = measure(endpoint)
    if what.kind == "event":
        return _events(trial.times_of(what, week, arm), trial.times_of(what, week, versus), trial, same_people)
    first, second = trial.sample_of(what, week, arm), trial.sample_of(what, week, versus)
    unseen = [_information(trial, what, week, name, side) for name, side in ((arm, first), (versus, second))]
    first, second = together(first, second)
    if trial.courses.design == "within-patient":
        return _within(first, second, float(np.mean(unseen)))
    make = _shares if what.is_share else _means
    return make(first, second, trial, unseen, same_people)


def _information(trial: Trial, what: Measure, week: float, arm: str, side: Sample) -> float:
    """Patients over those who were seen, where missed visits are imputed: what is imputed adds no knowledge."""
    if trial.plan.missing != "multiple-imputation" or not side.patients.size:
        return 1.0
    known = np.isfinite(trial.courses.course(arm, what.score).at(week)).any(axis=(0, 1)).sum()
    return side.patients.size / max(int(known), 1)


def _shares(first: Sample, second: Sample, trial: Trial, unseen: list[float], same: bool) -> Seen:
    """Shares; the variance with half a patient added to either side, so that none or all is not taken for certain."""
    (n1, p1, _), (n2, p2, _) = proportions.moments(first.values), proportions.moments(second.values)
    variance = sum(_jeffreys(n, p).mean(axis=1) * factor for n, p, factor in ((n1, p1, unseen[0]), (n2, p2, unseen[1])))
    found = _compared((p1 - p2).mean(axis=1), np.asarray(variance), first, second, same)
    return replace(found, shares=p2.mean(axis=1), unseen=float(np.mean(unseen)))


def _jeffreys(n: Floats, share: Floats) -> Floats:
    p = (n * share + 0.5) / (n + 1)
    return np.asarray(p * (1 - p) / n)


def _means(first: Sample, second: Sample, trial: Trial, unseen: list[float], same: bool) -> Seen:
    """Means, by the trial's own regression on arm and baseline; on arm alone where that cannot be fitted."""
    found = np.full((*first.values.shape[:2], 3), np.nan)
    for draw in np.ndindex(*found.shape[:2]):
        for adjust in (True, False) if "baseline" in trial.plan.adjust else (False,):
            starts = (first.baseline[draw], second.baseline[draw]) if adjust else (None, None)
            found[draw] = means.ancova(first.values[draw], second.values[draw], *starts)
            if np.isfinite(found[draw]).all():
                break
    estimate, variance = found[..., 0].mean(axis=1), found[..., 1].mean(axis=1) * float(np.mean(unseen))
    return _compared(estimate, variance, first, second, same, float(found[..., 2].mean()))


def _within(first: Sample, second: Sample, unseen: float) -> Seen:
    one, other = paired.match(first, second)
    differences = (one - other).mean(axis=1)
    n, mean, variance = means.moments(differences)
    spread, luck = two_way(differences)
    size = first.patients.size
    return Seen(mean, variance * unseen, spread, luck, (size, size), float(n.mean()) - 1)


def _events(first: Times, second: Times, trial: Trial, same: bool) -> Seen:
    """Cumulative incidences, none or all not taken for certain; patients are paired only where all are at risk."""
    (n1, f1, v1), (n2, f2, v2) = by_world(first), by_world(second)
    estimate = (f1 - f2)[:, 0]
    variance = (np.maximum(v1, _jeffreys(n1, f1)) + np.maximum(v2, _jeffreys(n2, f2)))[:, 0]
    all_at_risk = all((side.status != NOT_AT_RISK).all() for side in (first, second))
    sides = together(paired.happened(first), paired.happened(second))
    within = trial.courses.design == "within-patient"
    found = _compared(estimate, variance, *sides, same=(same or within) and all_at_risk)
    return Seen(estimate, variance, found.spread, found.luck, found.sizes)


def _compared(
    estimate: Floats, variance: Floats, first: Sample, second: Sample, same: bool, df: float = np.inf
) -> Seen:
    """With the patients' luck: from the differences of each person between the arms, else from each arm by itself."""
    sizes = (first.patients.size, second.patients.size)
    people = min(sizes)
    one, other = (side.values[..., :people].mean(axis=1) for side in (first, second))
    if same and _complete(one - other).shape[1] >= max(2, LEAST_PAIRED * people):
        differences = _complete(one - other)
        return Seen(differences.mean(axis=1), variance, *two_way(differences), sizes, df)
    spreads = [two_way(_complete(side.values.mean(axis=1)))[0] for side in (first, second)]
    known = variance[np.isfinite(variance)]
    luck = float(np.sqrt(known.mean())) if known.size else np.nan
    return Seen(estimate, variance, sum(spreads), luck, sizes, df)


def _complete(values: Floats) -> Floats:
    """The patients whose value is known in every world: (K, n) -> (K, at most n)."""
    return values[:, np.isfinite(values).all(axis=0)]


def two_way(values: Floats) -> tuple[float, float]:
    """What the choice of patients does to the means of K worlds: to their spread (variance), to their mean (error).

    The same n patients are in every world, so that what is theirs in all worlds moves all means alike. With r the
    residuals of the table (K, n) after its rows and columns, the spread of the means holds sum r^2 / ((n-1)(K-1)) / n
    that is not the worlds' own (two-way analysis of variance, Scheffé 1959, The Analysis of Variance, chapter 4), and
    their common error is the standard error of the patients' means.
    """
    worlds, n = values.shape
    if n < 2:
        return 0.0, np.nan
    of_patient = values.mean(axis=0)
    luck = float(of_patient.std(ddof=1) / np.sqrt(n))
    if worlds < 2:
        return 0.0, luck
    residual = values - values.mean(axis=1, keepdims=True) - of_patient + values.mean()
    return float((residual**2).sum() / ((n - 1) * (worlds - 1)) / n), luck
