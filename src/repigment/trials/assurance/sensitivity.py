"""Which of the drawn parameters the effect depends on most: rank correlations with intervals."""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy.special import ndtri
from scipy.stats import rankdata

from repigment.evidence.parameters import parameters
from repigment.trials.analysis.summary import Floats

PAIR = 2  # worlds of opposite luck, one after the other
SPARE = 5  # pairs of worlds beyond the number of parameters, below which nothing can be held while one is looked at
FEWEST = 4  # worlds, below which ranks say nothing
COVERS = 0.90
CONSTANT = 1e-12
RIDGE = 1e-9  # keeps ranks that agree wholly apart from a matrix without inverse
SURE = 1 - 1e-9  # a correlation beyond this has no finite z
EVENTS = "adverse_events"  # theme of the parameters that only adverse events feel
ADVERSE = ("site reaction", "fever", "infection", "granuloma")  # endpoints that are such events


@dataclass(frozen=True)
class Influence:
    """How the effect goes with one drawn parameter: `correlation` of ranks, -1 to 1, with its 90 % interval.

    `partial`: with the other parameters held; otherwise, where worlds are few, by itself.
    """

    parameter: str
    correlation: float
    low: float
    high: float
    partial: bool


def unfelt(endpoint: str) -> tuple[str, ...]:
    """Parameters that an endpoint cannot depend on: those of adverse events, unless it is one.

    >>> "event_ratio.fever" in unfelt("F-VASI75"), unfelt("fever")
    (True, ())
    """
    return () if endpoint in ADVERSE else tuple(each.name for each in parameters().values() if each.theme == EVENTS)


def sensitivity(draws: pd.DataFrame, effects: ArrayLike, leaving_out: Collection[str] = ()) -> list[Influence]:
    """The drawn parameters by their weight on the effect, the heaviest first.

    draws: a row a world, a column a parameter (a column `world` is no parameter; constant ones and those of
    `leaving_out` are not looked at); effects (K,) of the same worlds. Partial rank correlation: correlation of the
    residuals of both ranks after a linear fit on the ranks of the other parameters (Marino et al. 2008,
    10.1016/j.jtbi.2008.04.011). With fewer than SPARE pairs of worlds more than parameters the plain rank correlation
    (Spearman). Intervals: `_interval`. Empty where nothing varies or there are fewer than FEWEST worlds.

    >>> draws = pd.DataFrame({"a": np.arange(20.0), "b": np.tile([1.0, 2.0], 10)})
    >>> [found.parameter for found in sensitivity(draws, np.arange(20.0) ** 3)]
    ['a', 'b']
    """
    values = np.asarray(effects, float)
    named = draws.drop(columns=["world", *leaving_out], errors="ignore").astype(float)
    named = named.loc[:, [np.ptp(named[name].to_numpy()) > CONSTANT for name in named]] if len(named) else named
    if values.size < FEWEST or len(named) != values.size or not named.shape[1] or np.ptp(values) <= CONSTANT:
        return []
    pairs, drawn = values.size // PAIR, named.shape[1]
    partial = pairs >= drawn + SPARE
    found = _correlations(named.to_numpy(), values, partial)
    low, high = _interval(found, pairs, drawn - 1 if partial else 0)
    made = [
        Influence(str(name), float(r), float(a), float(b), partial)
        for name, r, a, b in zip(named.columns, found, low, high, strict=True)
    ]
    return sorted(made, key=lambda each: (-abs(each.correlation), each.parameter))


def _correlations(table: Floats, values: Floats, partial: bool) -> Floats:
    """Rank correlation (p,) of each column of (K, p) with (K,), the others held if `partial`.

    Partial from the inverse Q of all ranks' correlations: -q_jy / sqrt(q_jj q_yy).
    """
    together = np.corrcoef(rankdata(np.column_stack([table, values]), axis=0), rowvar=False)
    if partial:
        inverse = np.linalg.inv(together + RIDGE * np.eye(len(together)))
        scale = np.sqrt(np.diag(inverse))
        together = -inverse / (scale[:, None] * scale)
    return np.asarray(np.clip(together[:-1, -1], -1, 1))


def _interval(r: Floats, pairs: int, held: int) -> tuple[Floats, Floats]:
    """Limits of rank correlations by Fisher's z: tanh(arctanh r -+ z90 se), se^2 = (1 + r^2/2) / (pairs - held - 3).

    Bonett and Wright 2000, 10.1007/BF02294183, for ranks; a number held costs an observation (Fisher 1924). The worlds
    of a pair have opposite luck and count as one observation; where more is the patients' luck, the interval is wider
    than it need be. Fewer than four pairs say nothing: -1 to 1.
    """
    if pairs - held <= 3:
        return np.full_like(r, -1.0), np.full_like(r, 1.0)
    z = np.arctanh(np.clip(r, -SURE, SURE))
    width = ndtri((1 + COVERS) / 2) * np.sqrt((1 + r**2 / 2) / (pairs - held - 3))
    return np.minimum(np.tanh(z - width), r), np.maximum(np.tanh(z + width), r)
