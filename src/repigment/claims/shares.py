"""The share of draws in which a claim holds, with an interval from the number of draws and of persons."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.special import betainc

from repigment.claims.played import Bools, Floats

COVERS = 0.95
GRID = 2000  # cases of luck of the persons that are gone through
HALVINGS = 40


def share(chances: Sequence[Floats], persons: Sequence[str], paired: bool) -> tuple[float, float, float]:
    """Share of K worlds in which all questions hold, and the ends of its 95 % interval.

    chances: of each question the chance in each world (K,); persons: whom it was asked of. Luck u, uniform, is one for
    questions with the same persons, and a question holds where u is below its chance: with one question the share is
    the mean of its chances. Each u gives a share of the draws, whose own uncertainty is that of so many independent
    draws (Jeffreys); the interval is that of all u together. paired: worlds come in pairs of opposite luck.

    >>> [round(each, 2) for each in share([np.repeat(0.5, 64)], ["vitiligo"], True)]
    [0.5, 0.0, 1.0]
    """
    luck = _luck(persons)
    holds = np.ones((GRID, len(chances[0])), bool)
    for chance, whose in zip(chances, persons, strict=True):
        holds &= luck[whose][:, None] < chance
    found = holds.mean(axis=1)
    n = independent(holds) if paired else np.full(GRID, float(holds.shape[1]))
    mean = float(found.mean())
    ends = (_quantile(found * n + 0.5, (1 - found) * n + 0.5, q) for q in ((1 - COVERS) / 2, (1 + COVERS) / 2))
    low, high = ends
    return mean, 0.0 if mean == 0 else min(low, mean), 1.0 if mean == 1 else max(high, mean)


def _luck(persons: Sequence[str]) -> dict[str, Floats]:
    """The same GRID of luck for each group of persons, put in an order of its own."""
    grid = (np.arange(GRID) + 0.5) / GRID
    groups = list(dict.fromkeys(persons))
    return {name: np.random.default_rng(place).permutation(grid) for place, name in enumerate(groups)}


def independent(holds: Bools) -> Floats:
    """How many independent draws the worlds (cases, K) are worth: at least their pairs, at most their number.

    n = p (1 - p) / v with v the variance of p over pairs; the pairs where all or none hold, as then nothing is seen.
    """
    worlds = holds.shape[1]
    pairs = max(worlds // 2, 1)
    p = holds.mean(axis=1)
    if pairs < 2:
        return np.full(len(p), float(pairs))
    means: NDArray[np.float64] = holds[:, : 2 * pairs].reshape(len(p), pairs, 2).mean(axis=2)
    own = means.var(axis=1, ddof=1) / pairs
    worth = np.where(own > 0, p * (1 - p) / np.where(own > 0, own, 1.0), float(worlds))
    return np.where(p * (1 - p) > 0, np.clip(worth, pairs, worlds), float(pairs))


def _quantile(a: Floats, b: Floats, q: float) -> float:
    """Of the mixture of beta distributions, by halving."""
    low, high = 0.0, 1.0
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if betainc(a, b, middle).mean() < q else (low, middle)
    return (low + high) / 2
