"""Means: Student's interval for one arm, covariance analysis adjusted for baseline for two."""

import numpy as np

from repigment.trials.analysis import montecarlo
from repigment.trials.analysis.proportions import typical
from repigment.trials.analysis.summary import Contrast, Floats, Summary
from repigment.trials.analysis.values import Sample, together
from repigment.trials.analysis.worlds import Pooled, p_value, pool, quantile

ROUNDING = 1e-12  # of the largest value: what is smaller comes from the arithmetic, not from the patients
LEVERAGE = 1 - 1e-8  # a patient who alone decides his own fit has no residual to learn an error from


def moments(values: Floats) -> tuple[Floats, Floats, Floats]:
    """Patients with a value, their mean, and s^2 / n, for values (K, M, n): each (K, M)."""
    known = ~np.isnan(values)
    n = known.sum(axis=-1).astype(float)
    mean = np.where(known, values, 0.0).sum(axis=-1) / np.where(n > 0, n, np.nan)
    squares = (np.where(known, values - mean[..., None], 0.0) ** 2).sum(axis=-1)
    return n, mean, squares / (np.where(n > 1, n - 1, np.nan) * np.where(n > 1, n, np.nan))


def limits(pooled: Pooled, confidence: float) -> tuple[float, float]:
    """Estimate plus and minus its t quantile of standard errors.

    >>> limits(Pooled(1.0, 0.0), 0.95)
    (1.0, 1.0)
    """
    if not np.isfinite(pooled.variance):
        return np.nan, np.nan
    half = quantile(confidence, pooled.df) * pooled.error
    return pooled.estimate - half, pooled.estimate + half


def summarise(values: Floats, confidence: float) -> Summary:
    """The mean of one arm, values (K, M, n), NaN not counted; Student's interval, pooled by `worlds.pool`.

    >>> found = summarise(np.array([[[1.0, 3.0]]]), 0.95)
    >>> found.estimate, found.n
    (2.0, 2)
    """
    n, mean, variance = moments(values)
    if not np.isfinite(mean).any():
        return Summary()
    pooled = pool(mean, variance, max(typical(n) - 1, 1.0))
    low, high = limits(pooled, confidence)
    error = montecarlo.of_mean(values)
    return Summary(pooled.estimate, low, high, round(typical(n)), error)


def contrast(first: Sample, second: Sample, adjust: bool, confidence: float) -> Contrast:
    """First minus second: covariance analysis y = a + b arm + c baseline, errors robust to unequal variance (HC3).

    b, its interval and its test, pooled by `worlds.pool`; without `adjust`, or where the baseline does not
    vary or patients are too few for it, y = a + b arm. Source of HC3: MacKinnon and White 1985,
    10.1016/0304-4076(85)90158-7; Long and Ervin 2000, 10.1080/00031305.2000.10474549.

    >>> a = Sample(np.arange(3), np.array([[[1.0, 2.0, 3.0]]]), np.full((1, 1, 3), np.nan))
    >>> b = Sample(np.arange(3), np.array([[[0.0, 1.0, 2.0]]]), np.full((1, 1, 3), np.nan))
    >>> found = contrast(a, b, False, 0.95)
    >>> round(found.difference, 9), found.method
    (1.0, 'difference of means, not adjusted, HC3 errors')
    """
    for covariate in (True, False) if adjust else (False,):
        pooled = _pooled(first, second, covariate)
        if np.isfinite(pooled.variance):
            adjusted = " (ANCOVA) adjusted for baseline" if covariate else ", not adjusted"
            low, high = limits(pooled, confidence)
            words = f"difference of means{adjusted}, HC3 errors"
            error = _monte_carlo(first, second, covariate)
            return Contrast(words, pooled.estimate, low, high, p_value(pooled), error)
    plain = pool(*_plain(first.values, second.values))
    return Contrast("difference of means, no test (too few patients)", plain.estimate)


def _plain(first: Floats, second: Floats) -> tuple[Floats, Floats]:
    difference = moments(first)[1] - moments(second)[1]
    return difference, np.full(difference.shape, np.nan)


def _pooled(first: Sample, second: Sample, covariate: bool) -> Pooled:
    first, second = together(first, second)
    fits = np.full((*first.values.shape[:2], 3), np.nan)
    for draw in np.ndindex(*fits.shape[:2]):
        starts = (first.baseline[draw], second.baseline[draw]) if covariate else (None, None)
        fits[draw] = ancova(first.values[draw], second.values[draw], *starts)
        if np.isnan(fits[draw]).any():  # one draw without an answer: not the model for this trial
            return Pooled()
    return pool(fits[..., 0], fits[..., 1], float(fits[..., 2].mean()))


def ancova(y1: Floats, y2: Floats, x1: Floats | None, x2: Floats | None) -> tuple[float, float, float]:
    """Adjusted difference y1 - y2, its HC3 variance, residual degrees of freedom; NaN where there is no fit.

    y1, y2: (n1,), (n2,); x1, x2: their baselines or None. Patients with a NaN are left out.

    >>> [round(part, 9) for part in ancova(np.array([2.0, 4.0]), np.array([1.0, 3.0]), None, None)]
    [1.0, 4.0, 2.0]
    """
    from statsmodels.regression.linear_model import OLS

    y, arm = np.concatenate([y1, y2]), np.repeat([1.0, 0.0], [y1.size, y2.size])
    columns = [np.ones(y.size), arm]
    if x1 is not None and x2 is not None:
        columns.append(np.concatenate([x1, x2]))
    design = np.column_stack(columns)
    known = np.isfinite(y) & np.isfinite(design).all(axis=1)
    y, design = y[known], _scaled(design[known])
    if not _estimable(design):
        return np.nan, np.nan, np.nan
    found = OLS(y, design).fit(cov_type="HC3", use_t=True)
    dust = ROUNDING * float(np.abs(y).max())
    difference, variance = float(found.params[1]), float(found.cov_params()[1, 1])
    return (
        difference if abs(difference) > dust else 0.0,
        variance if variance > dust**2 else 0.0,
        float(found.df_resid),
    )


def _scaled(design: Floats) -> Floats:
    """The covariate from 0 to 1, so that the unit of a score cannot harm the fit."""
    x = design[:, 2:]
    return np.column_stack([design[:, :2], unit_range(x)]) if len(x) else design


def unit_range(x: Floats) -> Floats:
    """The columns of x (n, p), n > 0, shifted and stretched to 0 to 1; zero where they do not vary.

    >>> unit_range(np.array([[2.0, 5.0], [4.0, 5.0]]))
    array([[0., 0.],
           [1., 0.]])
    """
    spread = np.ptp(x, axis=0)
    varies = spread > np.finfo(float).tiny
    return np.where(varies, (x - x.min(axis=0)) / np.where(varies, spread, 1.0), 0.0)


def _estimable(design: Floats) -> bool:
    """Full rank, a residual degree of freedom, and nobody who decides his own fit alone."""
    n, p = design.shape
    if n <= p or np.linalg.matrix_rank(design) < p:
        return False
    q = np.linalg.qr(design)[0]
    return bool(((q**2).sum(axis=1) < LEVERAGE).all())


def _monte_carlo(first: Sample, second: Sample, covariate: bool) -> float:
    """The same regression on each patient's mean over the worlds: what another draw of patients would change."""
    means = [_mean_draw(sample.values) for sample in (first, second)]
    starts = [_mean_draw(sample.baseline) if covariate else None for sample in (first, second)]
    return float(np.sqrt(ancova(means[0], means[1], starts[0], starts[1])[1]))


def _mean_draw(values: Floats) -> Floats:
    known = ~np.isnan(values)
    count = known.sum(axis=(0, 1))
    return np.asarray(np.where(known, values, 0.0).sum(axis=(0, 1)) / np.where(count > 0, count, np.nan))
