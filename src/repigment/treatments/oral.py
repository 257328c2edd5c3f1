"""What drugs by mouth share: tablets are taken or forgotten, and the body holds them for hours or days."""

from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from repigment.skin.exposure import Exposure
from repigment.treatments.base import Course, skin_level


class Oral(Course):
    """A drug taken by mouth every day; it reaches every region alike. Each dose is taken with chance `adherence`."""

    doses_a_day: ClassVar[int] = 1
    systemic: ClassVar[bool] = True

    def taken(self, exposure: Exposure, rng: np.random.Generator) -> NDArray[np.float64]:
        """Share of each day's doses that is taken (days,), 0 outside of the course."""
        taken = np.zeros(exposure.days)
        days = self.days(exposure.days)
        taken[days.start : days.stop] = rng.binomial(self.doses_a_day, self.adherence, len(days)) / self.doses_a_day
        return taken

    def held(self, mg: NDArray[np.float64], half_life: float) -> NDArray[np.float32]:
        """Drug in the body (days,), in mg a day that would hold it there, from the `mg` taken; half-life in days."""
        return skin_level(mg, half_life)
