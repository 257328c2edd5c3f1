"""Irritation by creams: what the patient feels, and the inflammation that goes with it."""

import numpy as np
from numpy.typing import NDArray

from repigment.evidence.parameters import value
from repigment.skin.exposure import Channel, Exposure


def irritate(exposure: Exposure, level: NDArray[np.float32], score: float, first_day: int, settling: float) -> None:
    """Irritation of `score` a day at full `level` (days,), scaled by the skin's sensitivity, fading from `first_day`.

    toll += s, N_in += cream_N s, s = score sensitivity level exp(-t/settling), t and settling in days.
    """
    since = np.maximum(np.arange(exposure.days) - first_day, 0)
    felt = score * exposure.sensitivity * level * np.exp(-since / settling).astype(np.float32)
    exposure.tolls["irritation"] += felt
    exposure.table[:, Channel.IRRITATION] += value("cream_N") * felt
