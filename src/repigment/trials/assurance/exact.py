"""Power for shares in small trials, by counting: the chance of every outcome, and whether its test finds a benefit."""

from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import gammaln, xlog1py, xlogy

from repigment.trials.analysis.summary import Floats
from repigment.trials.analysis.worlds import quantile

LARGEST = 150  # patients in the larger arm; from there on the normal approximation does
FEW = 15  # responders in a larger arm, up to which it does not
ROUNDING = 1e-9  # of a log probability: outcomes as likely as what was seen count as at least as extreme
TABLES = 256


def power(
    share: ArrayLike, versus: ArrayLike, sizes: tuple[int, int], better: int, confidence: float, margin: float = 0.0
) -> Floats:
    """Chance of a significant benefit where the arms respond with `share` and `versus` (K,), independently.

    sizes: patients (arm, versus); better: 1 where responding is wished for, -1 where it is feared; margin: least
    difference that counts. Outcomes are binomial, the test is that of the trial, unadjusted: Wald's in the logistic
    regression, and Fisher's exact one where an arm has none or all.

    >>> round(float(power(0.5, 0.5, (20, 20), 1, 0.95)), 3) < 0.025
    True
    """
    (n1, n2), (p1, p2) = sizes, np.broadcast_arrays(*(np.atleast_1d(np.asarray(p, float)) for p in (share, versus)))
    success = _significant(n1, n2, confidence) & (_difference(n1, n2) * better > 0)
    success &= _difference(n1, n2) * better >= margin
    found = np.einsum("kx,xy,ky->k", _binomial(n1, p1), success.astype(float), _binomial(n2, p2))
    return found if np.ndim(share) or np.ndim(versus) else found[0]


def _difference(n1: int, n2: int) -> Floats:
    return np.arange(n1 + 1)[:, None] / n1 - np.arange(n2 + 1)[None, :] / n2


def _choose(n: int) -> Floats:
    """Logarithms of the numbers of ways to choose 0 to n of n."""
    x = np.arange(n + 1)
    return np.asarray(gammaln(n + 1) - gammaln(x + 1) - gammaln(n - x + 1))


def _binomial(n: int, p: Floats) -> Floats:
    """Probabilities of 0 to n responders, (K, n + 1)."""
    x = np.arange(n + 1)
    share = np.clip(p, 0, 1)[:, None]
    return np.asarray(np.exp(_choose(n) + xlogy(x, share) + xlog1py(n - x, -share)))


@lru_cache(maxsize=TABLES)
def _significant(n1: int, n2: int, confidence: float) -> NDArray[np.bool_]:
    """Which outcomes (x1, x2) the trial's two-sided test finds different at alpha = 1 - confidence."""
    x1, x2 = np.arange(n1 + 1)[:, None], np.arange(n2 + 1)[None, :]
    cells = np.broadcast_arrays(*(part.astype(float) for part in (x1, n1 - x1, x2, n2 - x2)))
    a, b, c, d = (np.where(part > 0, part, np.nan) for part in cells)
    wald = np.abs(np.log(a * d / (b * c))) / np.sqrt(1 / a + 1 / b + 1 / c + 1 / d)
    return np.where(np.isfinite(wald), wald > quantile(confidence), _fisher(n1, n2) < 1 - confidence)


def _fisher(n1: int, n2: int) -> Floats:
    """Fisher's exact two-sided p-values of all outcomes (n1 + 1, n2 + 1)."""
    x1, x2 = np.indices((n1 + 1, n2 + 1))
    log = _choose(n1)[:, None] + _choose(n2)[None, :] - _choose(n1 + n2)[x1 + x2]
    p = np.empty_like(log)
    for total in range(n1 + n2 + 1):
        same = x1 + x2 == total
        alike = log[same]
        p[same] = np.where(alike[None, :] <= alike[:, None] + ROUNDING, np.exp(alike)[None, :], 0.0).sum(axis=1)
    return p
