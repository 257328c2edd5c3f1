"""Mixtures of normals: what is known of an effect, and quantiles of it."""

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtr

from repigment.trials.analysis.summary import Floats

HALVINGS = 60  # of the bracket of a quantile: to the last digit of a float
REACH = 9.0  # standard deviations beyond which a normal has nothing
DUST = 1e-9  # values that differ by less are one: the rest comes from the arithmetic
SILVERMAN = 1.06  # bandwidth of a normal kernel, in standard deviations times K^(-1/5)


def smoothed(values: Floats) -> tuple[Floats, float]:
    """Centres (K,) and common standard deviation h of a mixture with the mean and the variance of `values`.

    The kernels of Silverman's rule, h = 1.06 s K^(-1/5), about centres drawn towards the mean by a = sqrt(1 - h^2/s^2),
    so that smoothing does not widen (Silverman 1986, Density Estimation, sections 3.4 and 6.4; West 1993,
    10.1111/j.2517-6161.1993.tb01911.x).

    >>> centres, h = smoothed(np.array([-1.0, 0.0, 1.0]))
    >>> round(float(np.hypot(centres.std(ddof=1), h)), 6)
    1.0
    """
    spread = float(values.std(ddof=1)) if np.ptp(values) > DUST else 0.0
    h = min(SILVERMAN * values.size**-0.2, 1.0) * spread
    pull = np.sqrt(1 - (h / spread) ** 2) if spread > 0 else 1.0
    return values.mean() + pull * (values - values.mean()), h


def quantiles(levels: ArrayLike, weights: Floats, centres: Floats, sd: ArrayLike) -> Floats:
    """Quantiles of mixtures of normals: levels (L,), weights, centres and sd (..., K) -> (..., L).

    The weights of a mixture sum to 1. By halving a bracket.

    >>> round(float(quantiles([0.975], np.ones(1), np.zeros(1), 1.0)[0]), 3)
    1.96
    """
    wanted = np.atleast_1d(np.asarray(levels, float))
    w, c, s = (part[..., None, :] for part in np.broadcast_arrays(weights, centres, np.asarray(sd, float)))
    low, high = (c - REACH * s).min(axis=-1), (c + REACH * s).max(axis=-1)
    low, high = (np.broadcast_to(end, (*end.shape[:-1], wanted.size)) for end in (low, high))
    scale = np.maximum(s, np.finfo(float).tiny)
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        below = (w * ndtr((middle[..., None] - c) / scale)).sum(axis=-1) < wanted
        low, high = np.where(below, middle, low), np.where(below, high, middle)
    return np.asarray((low + high) / 2)
