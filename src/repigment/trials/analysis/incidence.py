"""Cumulative incidence of an event by a week: one arm, and the difference of two."""

import numpy as np

from repigment.trials.analysis import montecarlo
from repigment.trials.analysis.events import NOT_AT_RISK, Times, cumulative_incidence
from repigment.trials.analysis.proportions import clip, square_and_add, typical, wilson
from repigment.trials.analysis.summary import Contrast, Floats, Summary
from repigment.trials.analysis.worlds import Pooled, p_value, pool, quantile, widen

STEEPEST = 700.0  # the last exponent whose exponential is a float
FEWEST = 5  # at risk in an arm, below which its variance means nothing and no test is made
METHOD = "difference of cumulative incidence (Aalen-Johansen, drop-out competing), z-test"


def by_world(times: Times) -> tuple[Floats, Floats, Floats]:
    """Patients at risk, cumulative incidence and its variance in each world: each (K, 1)."""
    rows = []
    for week, status in zip(times.week, times.status, strict=True):
        risk = status != NOT_AT_RISK
        rows.append((float(risk.sum()), *cumulative_incidence(week[risk], status[risk])))
    n, share, variance = np.array(rows).T[..., None]
    return n, share, variance


def log_log(share: float, error: float, wide: float) -> tuple[float, float]:
    """Limits of a cumulative incidence F in (0, 1) on the scale log(-log F): F^exp(+- wide error / (F log F)).

    Source: Kalbfleisch and Prentice 1980, The Statistical Analysis of Failure Time Data; Choudhury 2002,
    10.1002/sim.1107.

    >>> [round(limit, 3) for limit in log_log(0.5, 0.1, 1.96)]
    [0.295, 0.675]
    """
    power = min(wide * error / (share * -np.log(share)), STEEPEST)
    return float(share ** np.exp(power)), float(share ** np.exp(-power))


def limits(share: float, within: float, n: float, pooled: Pooled, confidence: float) -> tuple[float, float]:
    """Limits of a cumulative incidence for the choice of patients alone: log(-log), at its ends Wilson's.

    share: fraction; within: its variance; n: patients; pooled: whose degrees of freedom count.
    """
    if 0 < share < 1 and within > 0:
        return log_log(share, float(np.sqrt(within)), quantile(confidence, pooled.df))
    return wilson(share, n, confidence, pooled.df)


def summarise(times: Times, confidence: float) -> Summary:
    """The event in one arm by the week of `times`: fractions, worlds pooled by `worlds.pool`.

    Interval: `limits`, widened over worlds by `worlds.widen`. n: patients at risk (rounded mean over worlds). Monte
    Carlo error: mean of the standard errors of the worlds, exact for one world and an upper bound for several, in
    which the same patients need not have the event.
    """
    n, share, variance = by_world(times)
    pooled = pool(share, variance)
    if np.isnan(pooled.estimate):
        return Summary()
    f, size = pooled.estimate, typical(n)
    low, high = clip(widen(limits(f, pooled.within, size, pooled, confidence), pooled, confidence), 0, 1)
    return Summary(f, low, high, round(size), _monte_carlo(share, variance, size))


def _monte_carlo(share: Floats, variance: Floats, n: float) -> float:
    error = float(np.sqrt(variance[np.isfinite(variance)]).mean())
    return error if error > 0 else montecarlo.of_constant(float(share[np.isfinite(share)].mean()), max(int(n), 1))


def contrast(first: Times, second: Times, confidence: float) -> Contrast:
    """First minus second at the same week: Newcombe's square-and-add of the two intervals, and a z-test.

    z = difference / sqrt(T), T pooled over worlds; where neither arm varies (none or all had the event) with the
    variance under equality. This is not Gray's test, which compares whole curves.
    """
    (n1, f1, v1), (n2, f2, v2) = by_world(first), by_world(second)
    pooled = pool(f1 - f2, v1 + v2)
    if np.isnan(pooled.estimate):
        return Contrast("difference of cumulative incidence, no test (an arm without patients)")
    sides = []
    for n, share, variance in ((n1, f1, v1), (n2, f2, v2)):
        f, within = float(np.nanmean(share)), float(np.nanmean(variance))
        sides.append((f, *limits(f, within, typical(n), pooled, confidence)))
    low, high = clip(widen(square_and_add(sides[0], sides[1]), pooled, confidence), -1, 1)
    tested = pooled if pooled.variance > 0 else Pooled(pooled.estimate, _under_equality(n1, f1, n2, f2))
    error = np.hypot(summarise(first, confidence).mc_error, summarise(second, confidence).mc_error)
    if min(typical(n1), typical(n2)) < FEWEST:
        few = f"difference of cumulative incidence, no test (fewer than {FEWEST} at risk in an arm)"
        return Contrast(few, pooled.estimate, low, high, mc_error=float(error))
    return Contrast(METHOD, pooled.estimate, low, high, p_value(tested), float(error))


def _under_equality(n1: Floats, f1: Floats, n2: Floats, f2: Floats) -> float:
    n1, n2 = np.where(n1 > 0, n1, np.nan), np.where(n2 > 0, n2, np.nan)
    common = (n1 * f1 + n2 * f2) / (n1 + n2)
    variance = common * (1 - common) * (1 / n1 + 1 / n2)
    return float(variance[np.isfinite(variance)].mean())
