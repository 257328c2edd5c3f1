"""The chance that a trial succeeds: at one effect, and over all that the effect may be."""

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import chdtri, ndtr

from repigment.trials.analysis.summary import Floats
from repigment.trials.analysis.worlds import quantile
from repigment.trials.assurance import exact
from repigment.trials.assurance.effects import Effects

MOST = 10_000  # patients in the smaller arm; a trial that needs more will not be done
LEAST = 4  # patients in the smaller arm, below which the normal approximation means nothing
NODES = 64  # of what a trial may estimate its error at: power to the fifth decimal
TABLES = 1024
STEP = 1.15  # of the sizes that are tried first


def power(
    effect: ArrayLike, error: ArrayLike, confidence: float = 0.95, df: float = np.inf, margin: float = 0.0
) -> Floats:
    """Chance that the two-sided test at level alpha = 1 - confidence finds a benefit.

    effect: positive where good; error: standard error of the trial; both in one unit. Success is an estimate that is
    significantly better than none and, with a `margin`, at least that large:

        P = E Phi((effect - max(q c error, margin)) / error),  c^2 ~ chi^2_df / df,

    with q the 1 - alpha/2 quantile of t with df: the trial estimates its error as c error, so that without a margin P
    is the upper tail of the noncentral t (Johnson, Kotz and Balakrishnan 1995, chapter 31). For infinite df c is 1. The
    second condition is the dual criterion of Roychoudhury et al. 2018, 10.1177/1740774518770661.

    >>> round(float(power(0.0, 1.0)), 4), round(float(power(2.8, 1.0)), 2)
    (0.025, 0.8)
    """
    delta, se = np.asarray(effect, float), np.maximum(np.asarray(error, float), np.finfo(float).tiny)
    errors, weights = _estimated(df)
    bar = np.maximum(quantile(confidence, df) * se[..., None] * errors, margin)
    return np.asarray((ndtr((delta[..., None] - bar) / se[..., None]) * weights).sum(axis=-1))


@lru_cache(maxsize=TABLES)
def _estimated(df: float) -> tuple[Floats, Floats]:
    """What a trial may take its standard error for, over what it is, and how likely that is (Gauss-Legendre)."""
    if np.isinf(df):
        return np.ones(1), np.ones(1)
    nodes, weights = np.polynomial.legendre.leggauss(NODES)
    return np.sqrt(chdtri(df, (1 - nodes) / 2) / df), weights / 2


def false_alarm(effects: Effects) -> float:
    """Chance of a significant result in either direction where there is no effect, for the sizes of the study.

    Of means and incidences it is alpha by construction, and says nothing of the trial; of shares it is counted, and
    less where few respond: of outcomes there are then few.
    """
    size, none = min(effects.sizes), np.zeros(effects.worlds)
    if effects.shares is not None:
        both = (replace(effects, better=side) for side in (1, -1))
        return float(sum(_of_shares(each, none, effects.shares, size).mean() for each in both))
    return float(2 * power(0.0, 1.0, effects.confidence))


def in_worlds(effects: Effects, n: int | None = None, margin: float = 0.0) -> Floats:
    """Power in each world (K,) when the smaller arm has `n` patients; as the study has them if None."""
    size = min(effects.sizes) if n is None else n
    if effects.shares is not None:
        return _of_shares(effects, effects.benefit, effects.shares, size, margin)
    error = effects.error * effects.scale(size)
    return power(effects.benefit, error, effects.confidence, effects.df_at(size), margin)


def at(effects: Effects, effect: float, n: int | None = None) -> float:
    """Power at one effect (positive is good), with the error, or the share of versus, that is typical over worlds."""
    size = min(effects.sizes) if n is None else n
    if effects.shares is not None:
        return float(_of_shares(effects, np.array([effect]), np.array([effects.shares.mean()]), size)[0])
    error = effects.typical_error * effects.scale(size)
    return float(power(effect, error, effects.confidence, effects.df_at(size)))


def _of_shares(effects: Effects, benefit: Floats, versus: Floats, size: int, margin: float = 0.0) -> Floats:
    """Power for shares, of those patients who are seen: one for each of `benefit` and share of `versus`.

    In small arms outcomes are counted (`exact.power`). So they are in large arms in those worlds in which few respond,
    or few do not, as if as many did of fewer: only their number matters (Poisson's limit). Elsewhere `_normal`.
    """
    sizes = effects.arms_at(size)
    share = np.clip(versus + effects.better * benefit, 0, 1)
    fewer = min(exact.LARGEST / max(sizes), 1.0)
    seen = [max(round(n * fewer / effects.unseen), 1) for n in sizes]
    found = _normal(effects, share, versus, sizes, margin) if fewer < 1 else np.empty(share.shape)
    left = np.ones(share.shape, bool)
    for better, p1, p2 in ((effects.better, share, versus), (-effects.better, 1 - share, 1 - versus)):
        few = left & ((fewer == 1) | (np.maximum(p1, p2) * max(sizes) <= exact.FEW))
        left &= ~few
        if few.any():
            first, second = (np.clip(p[few] / fewer, 0, 1) for p in (p1, p2))
            found[few] = exact.power(first, second, (seen[0], seen[1]), better, effects.confidence, margin / fewer)
    return found


def _normal(effects: Effects, share: Floats, versus: Floats, sizes: tuple[int, int], margin: float) -> Floats:
    """Power for shares in large arms: the normal approximation of their difference."""
    n1, n2 = (n / effects.unseen for n in sizes)
    error = np.sqrt(share * (1 - share) / n1 + versus * (1 - versus) / n2)
    return power(effects.better * (share - versus), error, effects.confidence, margin=margin)


def assurance(effects: Effects, n: int | None = None) -> float:
    """The unconditional probability of success: the mean over worlds of the power at the world's effect.

    A = mean_w P(success | effect_w): O'Hagan, Stevens and Campbell 2005, 10.1002/pst.175. For effects N(m, v^2) and an
    error s it is Phi((m - q s) / sqrt(s^2 + v^2)).
    """
    return float(in_worlds(effects, n).mean())


def smallest_size(chance: Callable[[int], float], wanted: float) -> int | None:
    """The smallest size from LEAST to MOST at which `chance` reaches `wanted`, None if none does.

    Sizes are tried in steps of STEP, then one by one in the last step: `chance` may fall again, where worlds harm.
    """
    before, size = LEAST - 1, LEAST
    while before < MOST:
        if chance(size) >= wanted:
            return next(n for n in range(before + 1, size + 1) if n == size or chance(n) >= wanted)
        before, size = size, min(int(np.ceil(size * STEP)), MOST)
        if before == size:
            break
    return None
