"""Intense pulsed light: broad flashes over the whole field, weaker on fine spots than a laser."""

from typing import ClassVar, Literal

import numpy as np

from repigment.evidence.parameters import value
from repigment.skin.exposure import Exposure
from repigment.treatments.procedure import ADDED, REMOVED, Energy, Procedure, effects, energy_of, stronger


class IPL(Procedure):
    """Intense pulsed light over the whole field; what absorbs it, spot or tan, is heated.

    It takes less from a spot than a laser does and warms a larger area. It opens nothing. All numbers are assumed.
    """

    give: Literal["ipl"] = "ipl"
    energy: Energy = "usual"
    summary: ClassVar[str] = "intense pulsed light"
    cautions: ClassVar[frozenset[str]] = frozenset({"laser"})

    def expose(self, exposure: Exposure, rng: np.random.Generator) -> None:
        """Removal and heat at its energy, and days of redness."""
        energy = energy_of(self.energy)
        usual = effects(**{what: value(f"ipl_{what}") for what in (*REMOVED, *ADDED)})
        self.strike(exposure, stronger(usual, energy), whole=True)
        self.hurt(exposure, "irritation", value("ipl_score") * energy, value("ipl_days"))
