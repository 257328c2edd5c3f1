"""The vitiligo area scoring index: hand units of each region times its residual depigmentation."""

from typing import Any

import numpy as np
from numpy.typing import NDArray


def vasi(hand_units: Any, depigmentation: Any) -> NDArray[np.float64]:
    """Sum over the last axis of hand units (1 = 1 % of the body) x depigmentation (0..1), in VASI points.

    Over the face this is F-VASI, over the body T-VASI (Hamzavi 2004, Arch Dermatol 140:677).

    >>> float(vasi([1.0, 2.0], [0.5, 1.0]))
    2.5
    """
    return np.sum(np.asarray(hand_units, float) * np.asarray(depigmentation, float), axis=-1)


def improvement(baseline: Any, now: Any) -> NDArray[np.float64]:
    """Per cent improvement of a score from baseline; F-VASI75 is an improvement of at least 75.

    >>> float(improvement(2.0, 0.5))
    75.0
    """
    start = np.asarray(baseline, float)
    with np.errstate(divide="ignore", invalid="ignore"):
        return 100 * (start - np.asarray(now, float)) / start
