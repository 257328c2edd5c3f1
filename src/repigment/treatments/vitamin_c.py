"""Vitamin C: a weak inhibitor of tyrosinase."""

from typing import Annotated, ClassVar, Literal

import numpy as np
from pydantic import Field

from repigment.evidence.parameters import value
from repigment.skin.exposure import Channel, Exposure
from repigment.treatments.dose import reached
from repigment.treatments.irritation import irritate
from repigment.treatments.topical import Topical


class VitaminC(Topical):
    """Ascorbic acid serum of `strength` %, usually 5 to 20, once a day.

    It inhibits tyrosinase weakly. Each dose is applied with chance `adherence`; once stopped the effect is gone within
    a week or two. It hardly irritates. Assumed: all of its numbers. That it also quenches radicals under the sun is
    not modelled.
    """

    give: Literal["vitamin-c"] = "vitamin-c"
    strength: Annotated[float, Field(ge=3, le=20)] = 10.0
    summary: ClassVar[str] = "vitamin C serum, once daily"
    doses_a_day: ClassVar[int] = 1

    def expose(self, exposure: Exposure, rng: np.random.Generator) -> None:
        """I_TYR = I_max a L, with a = c/(c + c_half) of the strength c and the level L in the skin."""
        level = self.level(exposure, rng, value("vitc_half_life"))
        inhibition = value("vitc_TYR") * reached(exposure, self.strength, value("vitc_half"))
        exposure.block(Channel.TYROSINASE_BLOCKADE, inhibition * level)
        irritate(exposure, level, value("vitc_irritation"), self.days(exposure.days).start, value("cream_settling"))
