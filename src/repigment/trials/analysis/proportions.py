"""Proportions: Wilson's interval for one, Newcombe's for the difference of two."""

import numpy as np
from scipy.special import ndtr

from repigment.trials.analysis import montecarlo
from repigment.trials.analysis.summary import Floats, Summary
from repigment.trials.analysis.worlds import Pooled, pool, quantile, widen

Limits = tuple[float, float, float]

FURTHEST = 37.0  # standard errors: the last at which the normal tail is still a positive float


def wilson(proportion: float, n: float, confidence: float, df: float = np.inf) -> tuple[float, float]:
    """Wilson's score interval of a proportion, as fractions in [0, 1]; NaN for n = 0.

    n: patients, or the effective number of them; df: degrees of freedom that replace the normal by a t
    quantile. Source: Wilson 1927, 10.1080/01621459.1927.10502953.

    >>> low, high = wilson(15 / 148, 148, 0.95)
    >>> round(low, 4), round(high, 4)
    (0.0624, 0.1605)
    """
    from statsmodels.stats.proportion import proportion_confint

    if not n > 0 or np.isnan(proportion):
        return np.nan, np.nan
    alpha = 2 * float(ndtr(-min(quantile(confidence, df), FURTHEST)))
    low, high = proportion_confint(proportion * n, n, alpha=alpha, method="wilson")
    return min(max(float(low), 0.0), proportion), max(min(float(high), 1.0), proportion)


def moments(values: Floats) -> tuple[Floats, Floats, Floats]:
    """Patients with a value, their share of ones, and p (1 - p) / n, for 0/1 values (K, M, n): each (K, M)."""
    known = ~np.isnan(values)
    n = known.sum(axis=-1).astype(float)
    count = np.where(n > 0, n, np.nan)
    share = np.where(known, values, 0.0).sum(axis=-1) / count
    return n, share, share * (1 - share) / count


def summarise(values: Floats, confidence: float) -> Summary:
    """The responders of one arm: values (K, M, n) of 0, 1 or NaN (not counted); fractions.

    Wilson's interval of the pooled share, widened over worlds and imputations by `worlds.widen`.

    >>> found = summarise(np.array([[[1.0, 0.0, 0.0, 0.0]]]), 0.95)
    >>> found.estimate, found.n
    (0.25, 4)
    """
    n, share, variance = moments(values)
    pooled = pool(share, variance)
    if np.isnan(pooled.estimate):
        return Summary()
    limits = wilson(pooled.estimate, typical(n), confidence, pooled.df)
    low, high = clip(widen(limits, pooled, confidence), 0, 1)
    return Summary(pooled.estimate, low, high, round(typical(n)), montecarlo.of_proportion(values))


def clip(limits: tuple[float, float], least: float, most: float) -> tuple[float, float]:
    """Limits that stop at the ends of their scale; NaN stays NaN.

    >>> clip((-0.1, 0.4), 0, 1)
    (0.0, 0.4)
    """
    return float(np.clip(limits[0], least, most)), float(np.clip(limits[1], least, most))


def typical(n: Floats) -> float:
    """Patients behind an estimate, n (K, M): the mean over the worlds that have any.

    >>> typical(np.array([[10.0], [0.0], [12.0]]))
    11.0
    """
    return float(n[n > 0].mean()) if (n > 0).any() else 0.0


def square_and_add(first: Limits, second: Limits, r: float = 0.0) -> tuple[float, float]:
    """Interval of first minus second from estimate, low and high of each: Newcombe's method 10.

    r: correlation of the two estimates, 0 for different patients. With d the difference, l and u the limits:

        low = d - sqrt((p1 - l1)^2 - 2 r (p1 - l1)(u2 - p2) + (u2 - p2)^2), high likewise.

    Source: Newcombe 1998, 10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I; with r, for pairs,
    10.1002/(SICI)1097-0258(19981130)17:22<2635::AID-SIM954>3.0.CO;2-C.

    >>> [round(limit, 3) for limit in square_and_add((0.8, 0.6920, 0.8774), (0.6, 0.4904, 0.7003))]
    [0.053, 0.334]
    """
    (p1, l1, u1), (p2, l2, u2) = first, second
    return p1 - p2 - _side(p1 - l1, u2 - p2, r), p1 - p2 + _side(u1 - p1, p2 - l2, r)


def newcombe(
    first: tuple[float, float], second: tuple[float, float], pooled: Pooled, confidence: float, r: float = 0.0
) -> tuple[float, float]:
    """Interval of a risk difference from share and number of each arm, widened over worlds; within [-1, 1].

    pooled: the difference over worlds and imputations; r: correlation of the two shares within patients.

    >>> [round(limit, 4) for limit in newcombe((0.9, 10), (0.3, 10), Pooled(0.6, 0.03, np.inf, 0.03), 0.95)]
    [0.1705, 0.809]
    """
    sides = [(share, *wilson(share, n, confidence, pooled.df)) for share, n in (first, second)]
    limits = square_and_add(sides[0], sides[1], r)
    return clip(widen(limits, pooled, confidence), -1, 1)


def _side(a: float, b: float, r: float) -> float:
    return float(np.sqrt(max(a * a - 2 * r * a * b + b * b, 0.0)))
