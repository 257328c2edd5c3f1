"""Ruxolitinib 1.5 % cream, twice daily: blocks JAK1/2, so that interferon is not heard and T cells are not called."""

from typing import ClassVar, Literal

import numpy as np

from repigment.evidence.parameters import value
from repigment.skin.exposure import Channel, Exposure
from repigment.treatments.topical import Topical


class RuxolitinibCream(Topical):
    """Ruxolitinib cream. The blockade follows the level in the skin and is gone days after the last dose."""

    give: Literal["ruxolitinib-cream"] = "ruxolitinib-cream"
    summary: ClassVar[str] = "JAK1/2 inhibitor cream 1.5 %, twice daily"

    def expose(self, exposure: Exposure, rng: np.random.Generator) -> None:
        """J = J_max L with the level L in the skin; application-site reactions follow L and the skin's sensitivity."""
        level = self.level(exposure, rng, value("rux_half_life"))
        exposure.block(Channel.JAK_BLOCKADE, exposure.answered(value("rux_J")) * level)
        exposure.tolls["irritation"] += value("rux_irritation") * exposure.sensitivity * level
