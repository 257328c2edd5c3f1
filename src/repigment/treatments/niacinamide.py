"""Niacinamide: keeps melanosomes from being handed to keratinocytes."""

from typing import Annotated, ClassVar, Literal

import numpy as np
from pydantic import Field

from repigment.evidence.parameters import value
from repigment.skin.exposure import Channel, Exposure
from repigment.treatments.dose import reached
from repigment.treatments.irritation import irritate
from repigment.treatments.topical import Topical


class Niacinamide(Topical):
    """Niacinamide cream of `strength` %, usually 4, twice a day.

    Less melanin is handed from melanocytes to keratinocytes. Each dose is applied with chance `adherence`; once
    stopped the effect is gone within days. It hardly irritates. Assumed: all of its numbers.
    """

    give: Literal["niacinamide"] = "niacinamide"
    strength: Annotated[float, Field(ge=1, le=10)] = 4.0
    summary: ClassVar[str] = "niacinamide cream, twice daily"

    def expose(self, exposure: Exposure, rng: np.random.Generator) -> None:
        """I_TX = I_max a L, with a = c/(c + c_half) of the strength c and the level L in the skin."""
        level = self.level(exposure, rng, value("niac_half_life"))
        blockade = value("niac_TX") * reached(exposure, self.strength, value("niac_half"))
        exposure.block(Channel.TRANSFER_BLOCKADE, blockade * level)
        irritate(exposure, level, value("niac_irritation"), self.days(exposure.days).start, value("cream_settling"))
