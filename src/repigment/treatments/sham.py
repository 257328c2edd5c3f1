"""Sham injection: the needles and the saline of a cell treatment, without the cells. Needling has its own effect."""

from typing import ClassVar, Literal

import numpy as np

from repigment.skin.exposure import Exposure
from repigment.treatments.events import after_needles
from repigment.treatments.injection import Injection


class ShamInjection(Injection):
    """Saline injected on the same grid as the cells."""

    give: Literal["sham-injection"] = "sham-injection"
    summary: ClassVar[str] = "saline on the same grid of points"

    def expose(self, exposure: Exposure, rng: np.random.Generator) -> None:
        """Needles only, and what may follow them."""
        self.needle(exposure)
        after_needles(exposure, self.session_days(exposure.days))
