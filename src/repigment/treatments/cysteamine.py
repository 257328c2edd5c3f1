"""Cysteamine cream: inhibits tyrosinase while it is used, washed off after a quarter of an hour."""

from typing import Annotated, ClassVar, Literal

import numpy as np
from pydantic import Field

from repigment.evidence.parameters import value
from repigment.skin.exposure import Channel, Exposure
from repigment.treatments.dose import reached
from repigment.treatments.irritation import irritate
from repigment.treatments.topical import Topical


class Cysteamine(Topical):
    """Cysteamine cream of `strength` %, usually 5, once a day for a quarter of an hour.

    It inhibits tyrosinase in all skin that it is put on. Each dose is applied with chance `adherence`; the effect is
    gone within days of the last, and pigment returns. It irritates mildly for some weeks. Assumed: all of its numbers.
    """

    give: Literal["cysteamine"] = "cysteamine"
    strength: Annotated[float, Field(ge=1, le=10)] = 5.0
    summary: ClassVar[str] = "cysteamine cream, once daily"
    doses_a_day: ClassVar[int] = 1

    def expose(self, exposure: Exposure, rng: np.random.Generator) -> None:
        """I_TYR = I_max a L, with a = c/(c + c_half) of the strength c and the level L in the skin."""
        level = self.level(exposure, rng, value("cyst_half_life"))
        inhibition = value("cyst_TYR") * reached(exposure, self.strength, value("cyst_half"))
        exposure.block(Channel.TYROSINASE_BLOCKADE, inhibition * level)
        irritate(exposure, level, value("cyst_irritation"), self.days(exposure.days).start, value("cream_settling"))
