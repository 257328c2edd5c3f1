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
    found = _correlations(table, values, partial)
    rng = np.random.default_rng([seed, values.size, table.shape[1]])
    again = []
    for _ in range(RESAMPLES):
        first = PAIR * rng.integers(values.size // PAIR, size=(values.size // PAIR, 1))
        rows = (first + np.arange(PAIR)).ravel()
        again.append(_correlations(table[rows], values[rows], partial))
    low, high = np.nanquantile(np.array(again), [(1 - COVERS) / 2, (1 + COVERS) / 2], axis=0)
    made = [
        Influence(str(name), float(r), float(min(a, r)), float(max(b, r)), partial)
        for name, r, a, b in zip(named.columns, found, low, high, strict=True)
    ]
    return sorted(made, key=lambda each: (-abs(each.correlation), each.parameter))


def _correlations(table: Floats, values: Floats, partial: bool) -> Floats:
    """Rank correlation of each column of (K, p) with (K,), each with the others held if `partial`; 0 if one is flat."""
    ranks = np.column_stack([rankdata(table, axis=0), rankdata(values)])
    ranks -= ranks.mean(axis=0)
    if not partial:
        return np.array([_cosine(column, ranks[:, -1]) for column in ranks[:, :-1].T])
    found = []
    for j in range(table.shape[1]):
        others = np.delete(ranks[:, :-1], j, axis=1)
        sides = ranks[:, [j, -1]]
        left = sides - others @ np.linalg.lstsq(others, sides, rcond=None)[0] if others.size else sides
        found.append(_cosine(left[:, 0], left[:, 1]))
    return np.array(found)


def _cosine(a: Floats, b: Floats) -> float:
    size = float(np.sqrt((a**2).sum() * (b**2).sum()))
    return float(np.clip((a * b).sum() / size, -1, 1)) if size > CONSTANT else 0.0
