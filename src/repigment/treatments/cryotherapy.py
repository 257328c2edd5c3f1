"""Cryotherapy: liquid nitrogen kills what it freezes, pigmented or not."""

from typing import ClassVar, Literal

import numpy as np

from repigment.evidence.parameters import value
from repigment.skin.exposure import Exposure
from repigment.treatments.procedure import Procedure, effects


class Cryotherapy(Procedure):
    """Liquid nitrogen on the lesion. Cold does not look for melanin: it wounds dark and light skin alike.

    Melanocytes bear less cold than the cells around them, so a frozen spot may stay pale. All numbers are assumed.
    """

    give: Literal["cryotherapy"] = "cryotherapy"
    summary: ClassVar[str] = "liquid nitrogen on the lesion"

    def expose(self, exposure: Exposure, rng: np.random.Generator) -> None:
        """Wound, lost melanocytes, and epidermis shed with its melanin and its niche; no heat."""
        done = {what: value(f"cryo_{what}") for what in ("viable", "corneum", "niche", "loss", "wound")}
        self.strike(exposure, effects(**done), whole=False)
        self.hurt(exposure, "injection_site", value("cryo_score"), value("cryo_days"))
