"""Which of the drawn parameters the effect depends on most: rank correlations with intervals."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy.stats import rankdata

from repigment.trials.analysis.summary import Floats

RESAMPLES = 1000
PAIR = 2  # worlds of opposite luck, one after the other
SPARE = 5  # pairs of worlds beyond the number of parameters, below which nothing can be held while one is looked at
FEWEST = 4  # worlds, below which ranks say nothing
COVERS = 0.90
CONSTANT = 1e-12
RIDGE = 1e-9  # keeps ranks that agree wholly apart from a matrix without inverse


@dataclass(frozen=True)
class Influence:
    """How the effect goes with one drawn parameter: `correlation` of ranks, -1 to 1, with a bootstrap interval.

    `partial`: with the other parameters held; otherwise, where worlds are few, by itself.
    """

    parameter: str
    correlation: float
    low: float
    high: float
    partial: bool


def sensitivity(draws: pd.DataFrame, effects: ArrayLike, *, seed: int = 1) -> list[Influence]:
    """The drawn parameters by their weight on the effect, the heaviest first.

    draws: a row a world, a column a parameter (a column `world` is no parameter; constant ones are left out); effects
    (K,) of the same worlds. Partial rank correlation: correlation of the residuals of both ranks after a linear fit on
    the ranks of the other parameters (Marino et al. 2008, 10.1016/j.jtbi.2008.04.011). With fewer than SPARE pairs of
    worlds more than parameters the plain rank correlation (Spearman). Interval: 90 % percentiles over pairs of worlds
    drawn again with replacement, `seed` fixed: worlds come in pairs of opposite luck. Empty where nothing varies or
    there are fewer than FEWEST worlds.

    >>> draws = pd.DataFrame({"a": np.arange(20.0), "b": np.tile([1.0, 2.0], 10)})
    >>> [found.parameter for found in sensitivity(draws, np.arange(20.0) ** 3)]
    ['a', 'b']
    """
    values = np.asarray(effects, float)
    named = draws.drop(columns="world", errors="ignore").astype(float)
    named = named.loc[:, [np.ptp(named[name].to_numpy()) > CONSTANT for name in named]] if len(named) else named
    if values.size < FEWEST or len(named) != values.size or not named.shape[1] or np.ptp(values) <= CONSTANT:
        return []
    table = named.to_numpy()
    partial = bool(values.size // PAIR >= table.shape[1] + SPARE)
    (found,) = _correlations(table[None], values[None], partial)
    rng = np.random.default_rng([seed, values.size, table.shape[1]])
    first = PAIR * rng.integers(values.size // PAIR, size=(RESAMPLES, values.size // PAIR, 1))
    rows = (first + np.arange(PAIR)).reshape(RESAMPLES, -1)
    again = _correlations(table[rows], values[rows], partial)
    low, high = np.quantile(again, [(1 - COVERS) / 2, (1 + COVERS) / 2], axis=0)
    made = [
        Influence(str(name), float(r), float(min(a, r)), float(max(b, r)), partial)
        for name, r, a, b in zip(named.columns, found, low, high, strict=True)
    ]
    return sorted(made, key=lambda each: (-abs(each.correlation), each.parameter))


def _correlations(table: Floats, values: Floats, partial: bool) -> Floats:
    """Rank correlation (B, p) of each column of (B, K, p) with (B, K), the others held if `partial`; 0 if one is flat.

    Partial from the inverse Q of all ranks' correlations: -q_jy / sqrt(q_jj q_yy).
    """
    ranks = rankdata(np.concatenate([table, values[..., None]], axis=-1), axis=1)
    ranks -= ranks.mean(axis=1, keepdims=True)
    size = np.sqrt((ranks**2).sum(axis=1, keepdims=True))
    ranks = np.where(size > CONSTANT, ranks / np.maximum(size, CONSTANT), 0.0)
    together = np.swapaxes(ranks, 1, 2) @ ranks
    if partial:
        flat = size[:, 0] <= CONSTANT
        own = np.eye(ranks.shape[-1]) * (RIDGE + flat[:, None, :])
        inverse = np.linalg.inv(together + own)
        scale = np.sqrt(np.einsum("bii->bi", inverse))
        together = -inverse / (scale[:, :, None] * scale[:, None, :])
    return np.clip(together[:, :-1, -1], -1, 1)
