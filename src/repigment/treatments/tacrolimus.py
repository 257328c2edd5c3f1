"""Tacrolimus 0.1 % ointment, twice daily: keeps T cells that meet antigen from being activated."""

from typing import ClassVar, Literal

import numpy as np

from repigment.evidence.parameters import value
from repigment.skin.exposure import Channel, Exposure
from repigment.treatments.topical import Topical


class TacrolimusOintment(Topical):
    """Tacrolimus ointment. Burns in the first weeks, more in sensitive skin."""

    give: Literal["tacrolimus-ointment"] = "tacrolimus-ointment"
    summary: ClassVar[str] = "calcineurin inhibitor ointment 0.1 %, twice daily"

    def expose(self, exposure: Exposure, rng: np.random.Generator) -> None:
        """CNI = CNI_max L with the level L in the skin; burning fades within `tac_settling` days."""
        level = self.level(exposure, rng, value("tac_half_life"))
        exposure.block(Channel.CALCINEURIN_BLOCKADE, exposure.answered(value("tac_CNI")) * level)
        since = np.maximum(np.arange(exposure.days) - self.days(exposure.days).start, 0)
        burning = value("tac_irritation") * np.exp(-since / value("tac_settling")).astype(np.float32)
        exposure.tolls["irritation"] += burning * exposure.sensitivity * level
