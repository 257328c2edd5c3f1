"""Is the odds of a response different in two arms? Logistic regression adjusted for baseline."""

import warnings
from dataclasses import dataclass

import numpy as np

from repigment.trials.analysis.means import unit_range
from repigment.trials.analysis.proportions import moments
from repigment.trials.analysis.summary import Floats
from repigment.trials.analysis.values import Sample, together
from repigment.trials.analysis.worlds import p_value, pool


@dataclass(frozen=True)
class Verdict:
    """A two-sided p-value and the words for how it was made."""

    p_value: float
    words: str


def compare(first: Sample, second: Sample, adjust: bool) -> Verdict:
    """Two-sided test of "the responses of two arms are equal".

    Samples with values (K, M, n) of 0, 1 or NaN. The coefficient of the arm in a logistic regression on arm
    and (if `adjust`) baseline, pooled over worlds and imputations on the log odds scale. Where responders and
    non-responders are separated by arm or baseline (Albert and Anderson 1984, 10.1093/biomet/71.1.1) that
    coefficient is infinite: then Fisher's exact test, or for several data sets `arcsine`, and `words` say so.

    >>> many = Sample(np.arange(4), np.array([[[1.0, 1.0, 1.0, 1.0]]]), np.ones((1, 1, 4)))
    >>> none = Sample(np.arange(4), np.array([[[0.0, 0.0, 0.0, 0.0]]]), np.ones((1, 1, 4)))
    >>> compare(many, none, adjust=True).words
    "Fisher's exact test, not adjusted (logistic regression is separated)"
    """
    first, second = together(first, second)
    if not all((~np.isnan(side.values)).any(axis=-1).all() for side in (first, second)):
        return Verdict(np.nan, "no test (an arm without patients)")
    covariate = adjust and any(_varies(side.baseline) for side in (first, second))
    fits = [_one(first, second, draw, covariate) for draw in np.ndindex(*first.values.shape[:2])]
    lost = sum(fit is None for fit in fits)
    if lost:
        return _fallback(first.values, second.values, lost, len(fits))
    table = np.array(fits, dtype=float).reshape(*first.values.shape[:2], 2)
    adjusted = "adjusted for baseline" if covariate else "not adjusted"
    return Verdict(p_value(pool(table[..., 0], table[..., 1])), f"logistic regression {adjusted}")


def _varies(baseline: Floats) -> bool:
    """Whether the baselines (K, M, n) of an arm are known and differ between its patients."""
    known = np.isfinite(baseline).all(axis=(0, 1))
    return bool(known.any() and (np.ptp(baseline[..., known], axis=-1) > 0).all())


def _one(first: Sample, second: Sample, draw: tuple[int, ...], covariate: bool) -> tuple[float, float] | None:
    """Coefficient of the arm and its variance in one data set; None where there is separation."""
    y = np.concatenate([first.values[draw], second.values[draw]])
    x = np.concatenate([first.baseline[draw], second.baseline[draw]]) if covariate else np.zeros(y.size)
    arm = np.repeat([1.0, 0.0], [first.patients.size, second.patients.size])
    known = np.isfinite(y) & np.isfinite(x)
    y, arm, x = y[known], arm[known], x[known]
    if separated(y, arm, x):
        return None
    columns = [np.ones(y.size), arm]
    if not _collinear(x, arm):
        columns.append(unit_range(x[:, None])[:, 0])
    return _fit(y, np.column_stack(columns))


def _collinear(x: Floats, arm: Floats) -> bool:
    return all(np.ptp(x[arm == side]) == 0 for side in (0.0, 1.0))


def separated(y: Floats, arm: Floats, x: Floats) -> bool:
    """Whether the maximum likelihood of logit P(y) = a + b arm + c x does not exist.

    y, arm: (n,) of 0 and 1; x: (n,) baseline. With one covariate the condition of Albert and Anderson is
    simple: an arm whose patients all did the same (c = 0), or one direction of x in which, in every arm, no
    responder lies before a non-responder.

    >>> separated(np.array([0., 1., 0., 1.]), np.array([0., 0., 1., 1.]), np.array([1., 2., 3., 4.]))
    True
    >>> separated(np.array([0., 1., 0., 1.]), np.array([0., 0., 1., 1.]), np.array([1., 2., 4., 3.]))
    False
    """
    sides = [(y[arm == side], x[arm == side]) for side in (0.0, 1.0)]
    if any(np.ptp(outcome) == 0 if outcome.size else True for outcome, _ in sides):
        return True
    if _collinear(x, arm):
        return False
    rising = all(x_[y_ == 0].max() <= x_[y_ == 1].min() for y_, x_ in sides)
    falling = all(x_[y_ == 1].max() <= x_[y_ == 0].min() for y_, x_ in sides)
    return rising or falling


def _fit(y: Floats, design: Floats) -> tuple[float, float] | None:
    """Maximum likelihood by statsmodels; whatever it complains of means that there is nothing to trust."""
    from statsmodels.discrete.discrete_model import Logit

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            found = Logit(y, design).fit(disp=0, warn_convergence=False)
            coefficient, variance = float(found.params[1]), float(found.cov_params()[1, 1])
        except (Warning, ArithmeticError, ValueError, np.linalg.LinAlgError):
            return None
    return (coefficient, variance) if found.mle_retvals["converged"] and variance > 0 else None


def _fallback(first: Floats, second: Floats, lost: int, draws: int) -> Verdict:
    if draws == 1:
        words = "Fisher's exact test, not adjusted (logistic regression is separated)"
        return Verdict(fisher(first[0, 0], second[0, 0]), words)
    words = f"arcsine test, not adjusted (logistic regression is separated in {lost} of {draws})"
    return Verdict(arcsine(first, second), words)


def fisher(first: Floats, second: Floats) -> float:
    """Fisher's exact two-sided p-value of two samples (n,) of 0, 1 or NaN.

    >>> round(fisher(np.ones(4), np.zeros(4)), 4)
    0.0286
    """
    from scipy.stats import fisher_exact

    table = [[int((side == 1).sum()), int((side == 0).sum())] for side in (first, second)]
    return min(float(fisher_exact(table)[1]), 1.0)


def arcsine(first: Floats, second: Floats) -> float:
    """Two-sided p-value of the arcsine difference of two shares, pooled over data sets (K, M, n).

    a = asin sqrt((x + 3/8) / (n + 3/4)) has the variance 1 / (4 n + 2) whatever the share, none and all included:
    Anscombe 1948, 10.1093/biomet/35.3-4.246; for pooling where there are zeros Rücker et al. 2009,
    10.1002/sim.3511. Equal shares are no difference.

    >>> same = np.array([[[1.0, 0.0]]])
    >>> arcsine(same, same)
    1.0
    """
    (n1, p1, _), (n2, p2, _) = moments(first), moments(second)
    a1, a2 = (np.arcsin(np.sqrt((n * p + 3 / 8) / (n + 3 / 4))) for n, p in ((n1, p1), (n2, p2)))
    return p_value(pool(np.where(p1 == p2, 0.0, a1 - a2), 1 / (4 * n1 + 2) + 1 / (4 * n2 + 2)))
