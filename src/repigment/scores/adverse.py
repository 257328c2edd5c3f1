"""Whether a patient has had an adverse event: who has it is luck that belongs to the patient, not to the arm."""

import numpy as np

from repigment.scores.watched import Series, Watched
from repigment.skin.exposure import EVENTS


def adverse(regions: list[Watched], luck: np.random.Generator) -> dict[str, Series]:
    """Each adverse event so far, 0 or 1 by week (weeks,): 1 once its expected number H exceeds a draw from Exp(1).

    So the share 1 - exp(-H) of patients has had it. One session treats all regions: H is that of the region with the
    most. `luck` belongs to the patient, with the same draws in every arm and world.
    """
    draws = luck.exponential(size=len(EVENTS))
    return {event: (_expected(regions, event) > draw).astype(float) for event, draw in zip(EVENTS, draws, strict=True)}


def _expected(regions: list[Watched], event: str) -> Series:
    nothing = np.zeros(len(regions[0].depigmented))
    return np.asarray(np.max([region.hazards.get(event, nothing) for region in regions], axis=0))
