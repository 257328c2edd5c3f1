"""The chance that a trial succeeds: at one effect, and over all that the effect may be."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtr

from repigment.trials.analysis.summary import Floats
from repigment.trials.analysis.worlds import quantile
from repigment.trials.assurance import exact
from repigment.trials.assurance.effects import Effects

MOST = 10_000  # patients in the smaller arm; a trial that needs more will not be done
LEAST = 4  # patients in the smaller arm, below which the normal approximation means nothing
STEP = 1.15  # of the sizes that are tried first


def power(
    effect: ArrayLike, error: ArrayLike, confidence: float = 0.95, df: float = np.inf, margin: float = 0.0
) -> Floats:
    """Chance that the two-sided test at level alpha = 1 - confidence finds a benefit.

    effect: positive where good; error: standard error of the trial; both in one unit. Success is an estimate that is
    significantly better than none and, with a `margin`, at least that large:

        P = Phi((effect - max(q error, margin)) / error),  q the 1 - alpha/2 quantile of t with df, or the normal.

    The second condition is the dual criterion of Roychoudhury et al. 2018, 10.1177/1740774518770661.

    >>> round(float(power(0.0, 1.0)), 4), round(float(power(2.8, 1.0)), 2)
    (0.025, 0.8)
    """
    delta, se = np.asarray(effect, float), np.maximum(np.asarray(error, float), np.finfo(float).tiny)
    bar = np.maximum(quantile(confidence, df) * se, margin)
    return np.asarray(ndtr((delta - bar) / se))


def false_alarm(effects: Effects) -> float:
    """Chance of a significant result in either direction where there is no effect, for the sizes of the study.

    It is alpha by construction, and less for shares where few respond: of outcomes there are then few.
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

    In small arms outcomes are counted (`exact.power`). So they are in large arms in which few respond, as if as many
    responded of fewer: only their number matters (Poisson's limit). Elsewhere the normal approximation.
    """
    sizes = effects.arms_at(size)
    share = np.clip(versus + effects.better * benefit, 0, 1)
    responders = float(np.maximum(share, versus).max()) * max(sizes)
    if max(sizes) > exact.LARGEST and responders > exact.FEW:
        n1, n2 = (n / effects.unseen for n in sizes)
        error = np.sqrt(share * (1 - share) / n1 + versus * (1 - versus) / n2)
        return power(effects.better * (share - versus), error, effects.confidence, margin=margin)
    fewer = min(exact.LARGEST / max(sizes), 1.0)
    first, second = (max(round(n * fewer / effects.unseen), 1) for n in sizes)
    p1, p2 = np.clip(share / fewer, 0, 1), np.clip(versus / fewer, 0, 1)
    return exact.power(p1, p2, (first, second), effects.better, effects.confidence, margin / fewer)


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
