"""What the statistics hand back: one row of `estimates`, one row of `comparisons`."""

from dataclasses import dataclass
from math import nan

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Summary:
    """One arm at one visit: estimate and interval in the unit of the endpoint, `n` patients behind it.

    >>> Summary().n
    0
    """

    estimate: float = nan
    low: float = nan
    high: float = nan
    n: int = 0
    mc_error: float = nan


@dataclass(frozen=True)
class Contrast:
    """Arm minus versus: difference and interval in the unit of the endpoint, p-value, how they were made.

    The p-value is two-sided.

    >>> Contrast("risk difference").p_value
    nan
    """

    method: str
    difference: float = nan
    low: float = nan
    high: float = nan
    p_value: float = nan
    mc_error: float = nan
