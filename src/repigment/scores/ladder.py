"""The seven grades in which a rater writes depigmentation."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

LADDER = np.array([0.0, 0.10, 0.25, 0.50, 0.75, 0.90, 1.0])  # shares; Hamzavi 2004, Arch Dermatol 140:677


def grade(share: Any) -> NDArray[np.float64]:
    """The grade nearest to a depigmented `share` (0..1), of the ladder 0, 10, 25, 50, 75, 90, 100 %.

    >>> grade([0.04, 0.3, 0.99]).tolist()
    [0.0, 0.25, 1.0]
    """
    steps = (LADDER[1:] + LADDER[:-1]) / 2
    return LADDER[np.searchsorted(steps, np.asarray(share, float))]
