"""What creams share: doses are applied or forgotten, the drug builds a depot in the skin and leaves it when stopped."""

import numpy as np
from numpy.typing import NDArray

from repigment.skin.exposure import Exposure
from repigment.treatments.base import Course, skin_level


class Topical(Course):
    """A drug put on the skin a fixed number of times a day."""

    def level(self, exposure: Exposure, rng: np.random.Generator, half_life: float) -> NDArray[np.float32]:
        """Level in the skin (days,), 1 at full use; each of two daily doses is applied with chance `adherence`."""
        applied = np.zeros(exposure.days)
        days = self.days(exposure.days)
        applied[days.start : days.stop] = rng.binomial(2, self.adherence, len(days)) / 2
        return skin_level(applied, half_life)
