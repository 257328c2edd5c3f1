"""Placebo: capsules without drug, the control of trials of drugs by mouth."""

from typing import ClassVar, Literal

import numpy as np

from repigment.skin.exposure import Exposure
from repigment.treatments.oral import Oral


class Placebo(Oral):
    """Capsules without drug. Nothing in them acts, so the skin takes its own course."""

    give: Literal["placebo"] = "placebo"
    summary: ClassVar[str] = "capsules without drug"
    systemic: ClassVar[bool] = False

    def expose(self, exposure: Exposure, rng: np.random.Generator) -> None:
        """Nothing reaches the skin."""
