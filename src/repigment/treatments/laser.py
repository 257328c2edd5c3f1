"""Pigment lasers: melanin absorbs their light and bursts, and what it absorbs heats the skin around it."""

from typing import ClassVar, Literal

import numpy as np

from repigment.evidence.parameters import value
from repigment.skin.adverse import risk
from repigment.skin.exposure import Exposure
from repigment.treatments.procedure import ADDED, REMOVED, Energy, Procedure, effects, energy_of, stronger

WHOLE_FIELD = ("low-fluence", "fractional")


class Laser(Procedure):
    """A pigment laser, by what the device does.

    `q-switched` bursts the pigment of a spot with the cells that hold it; `picosecond` does so with less heat;
    `low-fluence` goes over the whole field every week or so, bursts melanosomes and leaves the niche, so that melasma
    comes back, and each session costs some melanocytes, so that many leave pale dots; `fractional` heats a grid of
    columns and opens the skin for about a day. The heat grows with the melanin that absorbs it: darker and tanned skin
    is hurt more. The removal by a q-switched laser is that of an older model, how often herpes breaks out after a
    fractional one, counted as an infection, is measured; all other numbers are assumed.
    """

    give: Literal["laser"] = "laser"
    device: Literal["q-switched", "picosecond", "low-fluence", "fractional"]
    energy: Energy = "usual"
    summary: ClassVar[str] = "pigment laser"
    cautions: ClassVar[frozenset[str]] = frozenset({"laser"})

    def prepare(self, exposure: Exposure, rng: np.random.Generator) -> None:
        """Fractional devices leave channels; the others leave the surface closed."""
        if self.device == "fractional":
            self.open_skin(exposure, value("laser_open") * energy_of(self.energy), value("laser_closing"))

    def expose(self, exposure: Exposure, rng: np.random.Generator) -> None:
        """Removal and heat of the device at its energy, and days of redness."""
        energy = energy_of(self.energy)
        usual = effects(**{what: value(f"laser_{what}.{self.device}") for what in (*REMOVED, *ADDED)})
        self.strike(exposure, stronger(usual, energy), whole=self.device in WHOLE_FIELD)
        self.hurt(exposure, "irritation", value(f"laser_score.{self.device}") * energy, value("laser_days"))
        if self.device == "fractional":  # no rate was found for the others
            for day in self.session_days(exposure.days):
                risk(exposure, "infection", day, value("event_risk.infection.fractional"))
