"""What creams share: doses are applied or forgotten, the drug builds a depot in the skin and leaves it when stopped."""

from typing import Annotated, ClassVar

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from repigment.skin.exposure import Exposure
from repigment.treatments.base import Course, skin_level


class Topical(Course):
    """A drug put on the skin a fixed number of times a day, on some days of the week or on all."""

    doses_a_day: ClassVar[int] = 2
    days_per_week: Annotated[int, Field(ge=1, le=7)] = 7

    def level(self, exposure: Exposure, rng: np.random.Generator, half_life: float) -> NDArray[np.float32]:
        """Level in the skin (days,), 1 at full use; each of a day's doses is applied with chance `adherence`."""
        applied = np.zeros(exposure.days)
        days = self.days(exposure.days)
        weekday = np.arange(len(days)) % 7
        due = weekday * self.days_per_week % 7 < self.days_per_week  # as evenly over the week as whole days allow
        doses = rng.binomial(self.doses_a_day, self.adherence, len(days))
        applied[days.start : days.stop] = due * doses / self.doses_a_day
        return skin_level(applied, half_life)
