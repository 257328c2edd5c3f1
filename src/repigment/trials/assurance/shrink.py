"""Why a small study that looks good disappoints later: the same prior, a small study, a choice, a large trial."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr

from repigment.trials.analysis.summary import Floats
from repigment.trials.analysis.worlds import quantile
from repigment.trials.assurance.effects import Effects

ENDS = (0.05, 0.95)
HALVINGS = 60
REACH = 9.0  # standard errors


@dataclass(frozen=True)
class Shrinkage:
    """Small studies of `small` patients (arm, versus) that look good, and later trials of `large` of the same products.

    looks_good: share of the small studies; seen: their mean effect, with the range of nine in ten; later: the mean
    effect of the large trials that follow, likewise; confirmed: share of these that are significant again. Effects are
    positive where good, in the unit of the endpoint.
    """

    small: tuple[int, int]
    large: tuple[int, int]
    bar: float
    looks_good: float
    seen: float
    seen_range: tuple[float, float]
    later: float
    later_range: tuple[float, float]
    confirmed: float


def shrinkage(effects: Effects, small: int, large: int, bar: float = 0.0) -> Shrinkage:
    """What becomes of small studies that look good: significantly better than none, and above `bar`.

    small, large: patients in the smaller arm. In world w a study's result is N(effect_w, s_w^2); it looks good above
    b = max(q s_w, bar), with probability P_w = Phi((effect_w - b) / s_w) and then with the mean
    effect_w + s_w phi(a) / P_w, a = (b - effect_w) / s_w. Of the products that are carried on a large trial then sees,
    on average, sum P_w effect_w / sum P_w. Normal prior of variance v^2 about m: what is seen shrinks towards m by the
    factor v^2 / (v^2 + s^2). Source of the effect of selection: Dawid 1994, 10.1214/lnms/1215463797; Ioannidis 2008,
    10.1097/EDE.0b013e31818131e7.
    """
    truth = effects.benefit
    s1, s2 = (np.maximum(effects.error * effects.scale(n), np.finfo(float).tiny) for n in (small, large))
    bars = np.maximum(quantile(effects.confidence, effects.df_at(small)) * s1, bar)
    chance = ndtr((truth - bars) / s1)
    total = float(chance.sum())
    names = (effects.arms_at(small), effects.arms_at(large), bar)
    if not total > 0:
        return Shrinkage(*names, 0.0, np.nan, (np.nan, np.nan), np.nan, (np.nan, np.nan), np.nan)
    density = np.exp(-(((bars - truth) / s1) ** 2) / 2) / np.sqrt(2 * np.pi)
    seen = float((chance * truth + s1 * density).sum() / total)
    again = ndtr(truth / s2 - quantile(effects.confidence, effects.df_at(large)))

    def small_below(x: float) -> float:
        return float(np.maximum(ndtr((x - truth) / s1) - ndtr((bars - truth) / s1), 0.0).sum() / total)

    def large_below(x: float) -> float:
        return float((chance * ndtr((x - truth) / s2)).sum() / total)

    return Shrinkage(
        *names,
        total / truth.size,
        seen,
        _range(small_below, truth, s1),
        float((chance * truth).sum() / total),
        _range(large_below, truth, s2),
        float((chance * again).sum() / total),
    )


def _range(below: Callable[[float], float], truth: Floats, error: Floats) -> tuple[float, float]:
    """Where a distribution function passes the ends of the range of nine in ten."""
    found = []
    for level in ENDS:
        low, high = float((truth - REACH * error).min()), float((truth + REACH * error).max())
        for _ in range(HALVINGS):
            middle = (low + high) / 2
            low, high = (middle, high) if below(middle) < level else (low, middle)
        found.append((low + high) / 2)
    return found[0], found[1]
