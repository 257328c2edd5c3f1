"""Microneedling: a roller of fine needles opens channels that close within days, and inflames a little."""

from typing import Annotated, ClassVar, Literal

import numpy as np
from pydantic import Field

from repigment.evidence.parameters import value
from repigment.skin.exposure import Channel, Exposure
from repigment.treatments.procedure import HOURS_A_DAY, Procedure

Needle = Annotated[float, Field(ge=0.2, le=2.5)]


class Microneedling(Procedure):
    """A roller or pen with needles of `depth_mm` over the whole field.

    Inflammation, soreness and what the skin lets through grow with the needles' length; that they do so in proportion
    is assumed. The closing of the channels is measured in people: half within about a day, so no wound is left to heal.
    """

    give: Literal["microneedling"] = "microneedling"
    depth_mm: Needle = 0.5
    summary: ClassVar[str] = "needle roller over the whole field"
    cautions: ClassVar[frozenset[str]] = frozenset({"needles"})

    def prepare(self, exposure: Exposure, rng: np.random.Generator) -> None:
        """Open channels: o = 1 + fold per mm x depth, halved every `mn_closing` hours."""
        self.open_skin(exposure, value("mn_open") * self.depth_mm, value("mn_closing") / HOURS_A_DAY)

    def expose(self, exposure: Exposure, rng: np.random.Generator) -> None:
        """Inflammation of all skin on the day, N_in = mn_wound per mm x depth, and days of soreness."""
        days = self.session_days(exposure.days)
        exposure.table[days, Channel.IRRITATION] += value("mn_wound") * self.depth_mm
        self.hurt(exposure, "injection_site", value("mn_score") * self.depth_mm, value("mn_days"))
