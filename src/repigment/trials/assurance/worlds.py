"""Monte Carlo error of what is averaged over worlds: how far it would move with other draws, or other patients."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike

from repigment.trials.analysis.proportions import wilson
from repigment.trials.assurance.effects import Effects

PAIR = 2  # worlds of opposite luck, one after the other
ONE_SIGMA = 0.6827  # confidence of an interval of one standard error on either side
TINY = 1e-12
GROUPS = 10  # that are left out in turn, at most


def of_worlds(effects: Effects, ask: Callable[[Effects], float]) -> float:
    """Standard error of `ask(effects)` for the draw of the worlds: a jackknife over groups of pairs of worlds.

    With the G results of all but one group, error^2 = (G - 1)/G sum (result - mean)^2 (Efron and Tibshirani 1993, An
    Introduction to the Bootstrap, chapter 11). Pairs stay together, since they are of opposite luck. NaN for fewer than
    two pairs.
    """
    pairs = effects.worlds // PAIR
    groups = min(pairs, GROUPS)
    if groups < PAIR:
        return np.nan
    group = np.arange(effects.worlds) // PAIR * groups // max(pairs, 1)
    settled = _settled(effects)
    results = np.array([ask(_among(settled, group != each)) for each in range(groups)])
    return float(np.sqrt((groups - 1) / groups * ((results - results.mean()) ** 2).sum()))


def of_patients(effects: Effects, ask: Callable[[Effects], float]) -> float:
    """Standard error of `ask(effects)` for the choice of simulated patients, who move all worlds alike.

    Half the difference between the answers for all effects one standard error (`luck`) up and down.
    """
    settled = _settled(effects)
    up, down = (ask(replace(settled, estimate=settled.estimate + side * effects.luck)) for side in (1, -1))
    return abs(up - down) / 2


def error(effects: Effects, ask: Callable[[Effects], float]) -> float:
    """Both together."""
    return float(np.hypot(of_worlds(effects, ask), of_patients(effects, ask)))


def share_interval(holds: ArrayLike, confidence: float) -> tuple[float, float]:
    """Wilson's interval of the share of worlds in which something holds (K,), for so many as they are worth.

    Worlds come in pairs of opposite luck, so that K of them are worth n = p (1 - p) / Var(p), with Var(p) from the
    means of the pairs; at least the number of pairs, at most K.

    >>> [round(end, 2) for end in share_interval(np.ones(16, bool), 0.95)]  # of eight pairs
    [0.68, 1.0]
    """
    known = np.asarray(holds, float)
    pairs, p = known.size // PAIR, float(known.mean())
    worth = float(pairs)
    if pairs > 1:
        of_pairs = known[: PAIR * pairs].reshape(pairs, PAIR).mean(axis=1)
        worth = np.clip(p * (1 - p) / max(of_pairs.var(ddof=1) / pairs, TINY), pairs, known.size)
    low, high = wilson(p, worth, confidence)
    return float(low), float(high)


def _among(effects: Effects, which: np.ndarray) -> Effects:
    """The same in some of the worlds."""
    shares = None if effects.shares is None else effects.shares[which]
    return replace(effects, estimate=effects.estimate[which], error=effects.error[which], shares=shares)


def _settled(effects: Effects) -> Effects:
    """The same effects, free of luck: how much of it there is is judged once, on all worlds."""
    return replace(effects, estimate=effects.better * effects.benefit, spread=0.0)
