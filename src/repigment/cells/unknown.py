"""Numbers that nobody knows, drawn within their ranges."""

import numpy as np
from numpy.typing import NDArray

from repigment.evidence.parameters import Parameter

Z90 = 1.6448536269514722  # standard deviations on either side of the middle 90 %
Array = NDArray[np.float64]


def drawn(known: Parameter, n: int, rng: np.random.Generator) -> Array:
    """`n` draws of a parameter (n,): its value is the median, its range the middle 90 %, and nothing lies outside.

    Log-normal on either side of the value where the range is above 0, otherwise normal.

    >>> from repigment.evidence.parameters import parameter
    >>> bool(np.median(drawn(parameter("grow_thaw"), 9999, np.random.default_rng(1))).round(2) == 0.8)
    True
    """
    z = rng.standard_normal(n)
    far = np.where(z > 0, known.high, known.low)
    steps = np.abs(z) / Z90
    if known.low > 0:
        return np.clip(known.value * (far / known.value) ** steps, known.low, known.high)
    return np.clip(known.value + (far - known.value) * steps, known.low, known.high)
