"""Vehicle: the cream without the drug, the control of topical trials."""

from typing import ClassVar, Literal

import numpy as np

from repigment.skin.exposure import Exposure
from repigment.treatments.base import Course


class Vehicle(Course):
    """Vehicle cream. Nothing in it acts on pigment, so the skin takes its own course."""

    give: Literal["vehicle"] = "vehicle"
    summary: ClassVar[str] = "vehicle cream without drug"

    def expose(self, exposure: Exposure, rng: np.random.Generator) -> None:
        """Nothing reaches the skin."""
