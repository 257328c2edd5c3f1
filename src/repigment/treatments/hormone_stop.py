"""Stopping the hormones that feed melasma: a contraceptive left off."""

from typing import ClassVar, Literal

import numpy as np

from repigment.evidence.parameters import value
from repigment.skin.exposure import Channel, Exposure
from repigment.treatments.base import Course, skin_level


class HormoneStop(Course):
    """The hormones that the patient's life brings, left off from a week on; until another if they are then resumed.

    They fall with their half-life, and the niche of melasma follows over months. `adherence` is the chance that the
    patient does leave them off. Of `hormones` in the same list it stops what stands before it. Assumed: the half-life.
    """

    give: Literal["hormone-stop"] = "hormone-stop"
    summary: ClassVar[str] = "hormones left off"
    systemic: ClassVar[bool] = True

    def expose(self, exposure: Exposure, rng: np.random.Generator) -> None:
        """E2 times 1 - L, with the level L, 0 to 1, that days without hormones build."""
        days = self.days(exposure.days)
        without = np.zeros(exposure.days)
        without[days.start : days.stop] = rng.random() < self.adherence
        exposure.table[:, Channel.HORMONE] *= 1 - skin_level(without, value("hormone_half_life"))
