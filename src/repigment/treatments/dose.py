"""How an effect grows with the dose: steeply at first, then less and less."""

from typing import overload

import numpy as np
from numpy.typing import NDArray

from repigment.skin.exposure import Exposure


def share(dose: float, half: float) -> float:
    """Share of the most that a drug can do, at `dose`: dose/(dose + half), both in the same unit.

    It rises with every dose and never reaches 1.

    >>> share(4.0, 2.0) < share(8.0, 2.0) < 1
    True
    """
    return dose / (dose + half)


@overload
def reached(exposure: Exposure, dose: float, half: float) -> float: ...
@overload
def reached(exposure: Exposure, dose: NDArray[np.float32], half: float) -> NDArray[np.float32]: ...
def reached(exposure: Exposure, dose: float | NDArray[np.float32], half: float) -> float | NDArray[np.float32]:
    """The share that a dose, or the doses of many days, does in this person: x/(1 + x), x = exp(response) dose/half.

    For one dose it is `exposure.answered(share(dose, half))`: an answer of so many logits is so many times the dose.

    >>> reached(Exposure.over(1, "face", 3), 500.0, 125.0)
    0.8
    """
    odds = dose / half * float(np.exp(exposure.response))
    return odds / (1 + odds)
