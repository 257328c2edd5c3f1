"""Lesions or halves of the same patient against each other: paired differences."""

import numpy as np

from repigment.trials.analysis import montecarlo
from repigment.trials.analysis.events import EVENT, NOT_AT_RISK, Times
from repigment.trials.analysis.means import limits, moments
from repigment.trials.analysis.proportions import moments as shares
from repigment.trials.analysis.proportions import newcombe, typical
from repigment.trials.analysis.summary import Contrast, Floats
from repigment.trials.analysis.values import Sample, together
from repigment.trials.analysis.worlds import p_value, pool


def match(first: Sample, second: Sample) -> tuple[Floats, Floats]:
    """Values (K, M, n) of the patients who are in both arms, NaN in both where either is NaN."""
    both = np.intersect1d(first.patients, second.patients)
    first, second = together(first.among(both), second.among(both))
    gap = np.isnan(first.values) | np.isnan(second.values)
    return np.where(gap, np.nan, first.values), np.where(gap, np.nan, second.values)


def happened(times: Times) -> Sample:
    """Whether the event was seen by the week of `times`: 1, 0, or NaN for who was not at risk."""
    seen = np.where(times.status == NOT_AT_RISK, np.nan, (times.status == EVENT).astype(float))[:, None]
    return Sample(times.patients, seen, np.full(seen.shape, np.nan))


def contrast_means(first: Sample, second: Sample, confidence: float) -> Contrast:
    """Mean of the differences within patients, Student's interval and paired t-test, pooled by `worlds.pool`.

    >>> a = Sample(np.arange(3), np.array([[[1.0, 3.0, 5.0]]]), np.zeros((1, 1, 3)))
    >>> b = Sample(np.arange(3), np.array([[[0.0, 1.0, 2.0]]]), np.zeros((1, 1, 3)))
    >>> contrast_means(a, b, 0.95).difference
    2.0
    """
    one, other = match(first, second)
    n, mean, variance = moments(one - other)
    if not (n > 1).all():
        return Contrast("mean difference within patients, no test (too few patients)", pool(mean, variance).estimate)
    pooled = pool(mean, variance, typical(n) - 1)
    low, high = limits(pooled, confidence)
    error = montecarlo.of_mean(one - other)
    return Contrast(
        "mean difference within patients, paired t-test", pooled.estimate, low, high, p_value(pooled), error
    )


def contrast_shares(first: Sample, second: Sample, confidence: float) -> Contrast:
    """Difference of the shares of responders within patients: Newcombe's paired interval, McNemar's test.

    Interval: method 10 of Newcombe 1998, 10.1002/(SICI)1097-0258(19981130)17:22<2635::AID-SIM954>3.0.CO;2-C;
    test: exact; for several worlds z or t from (b + c) / n^2, the variance if the two are equal, pooled by
    `worlds.pool`.
    """
    one, other = match(first, second)
    if not (~np.isnan(one)).any(axis=-1).all():
        return Contrast("risk difference within patients, no test (no patient in both arms)")
    tables = _tables(one, other)
    n = tables.sum(axis=-1)
    difference = (tables[..., 1] - tables[..., 2]) / n
    (_, p1, _), (_, p2, _) = shares(one), shares(other)
    pooled = pool(difference, _variance(tables))
    r, size = float(_phi(tables).mean()), typical(n)
    low, high = newcombe((float(p1.mean()), size), (float(p2.mean()), size), pooled, confidence, r)
    if n.size == 1:
        test, p = "McNemar's exact test", mcnemar(int(tables[0, 0, 1]), int(tables[0, 0, 2]))
    else:
        test = "McNemar's test"
        p = p_value(pool(difference, (tables[..., 1] + tables[..., 2]) / n**2))
    words = f"risk difference within patients, Newcombe paired interval; {test}"
    return Contrast(words, pooled.estimate, low, high, p, _monte_carlo(one, other))


def _tables(one: Floats, other: Floats) -> Floats:
    """Patients with both, with the first only, with the second only, with none: (K, M, 4)."""
    cells = [(1, 1), (1, 0), (0, 1), (0, 0)]
    return np.stack([((one == x) & (other == y)).sum(axis=-1) for x, y in cells], axis=-1).astype(float)


def _variance(tables: Floats) -> Floats:
    """Variance of the difference, (b + c) / n^2 - (b - c)^2 / n^3 of the patients who differ: (K, M)."""
    _, first, second, _ = np.moveaxis(tables, -1, 0)
    n = tables.sum(axis=-1)
    return np.asarray((first + second) / n**2 - (first - second) ** 2 / n**3)


def _phi(tables: Floats) -> Floats:
    """Correlation of the two responses, a positive one drawn towards 0 by n/2 (continuity); 0 if one is constant."""
    both, first, second, none = np.moveaxis(tables, -1, 0)
    n = tables.sum(axis=-1)
    product = (both + first) * (second + none) * (both + second) * (first + none)
    excess = both * none - first * second
    excess = np.where(excess > 0, np.maximum(excess - n / 2, 0), excess)
    return np.asarray(np.where(product > 0, excess, 0) / np.sqrt(np.where(product > 0, product, 1)))


def mcnemar(first: int, second: int) -> float:
    """McNemar's exact two-sided p-value from the patients who responded on one side only.

    >>> mcnemar(0, 0), mcnemar(5, 0)
    (1.0, 0.0625)
    """
    from statsmodels.stats.contingency_tables import mcnemar as exact

    return min(float(exact([[0, first], [second, 0]], exact=True).pvalue), 1.0)


def _monte_carlo(one: Floats, other: Floats) -> float:
    """Monte Carlo error of the difference; where no patient differs, what the two shares leave open."""
    means = montecarlo.per_patient(one - other)
    error = float(means.std() / np.sqrt(means.size))
    return error if error > 0 else float(np.hypot(montecarlo.of_proportion(one), montecarlo.of_proportion(other)))
