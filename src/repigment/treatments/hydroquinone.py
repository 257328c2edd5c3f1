"""Hydroquinone cream: inhibits tyrosinase, so that melanocytes make less melanin while it is used."""

from typing import Annotated, ClassVar, Literal

import numpy as np
from pydantic import Field

from repigment.evidence.parameters import value
from repigment.skin.exposure import Channel, Exposure
from repigment.treatments.dose import reached
from repigment.treatments.irritation import irritate
from repigment.treatments.topical import Topical


class Hydroquinone(Topical):
    """Hydroquinone cream of `strength` %, usually 2 or 4, twice a day.

    It inhibits tyrosinase in all skin that it is put on. Each dose is applied with chance `adherence`; the drug leaves
    the skin within days of the last, and melanin is then made as before. It irritates mildly for some weeks. Assumed:
    the inhibition, its course with strength and the half-life in the skin. From a trial: how many it irritates.
    Ochronosis after years is not modelled.
    """

    give: Literal["hydroquinone"] = "hydroquinone"
    strength: Annotated[float, Field(ge=1, le=5)] = 4.0
    summary: ClassVar[str] = "tyrosinase inhibitor cream, twice daily"
    cautions: ClassVar[frozenset[str]] = frozenset({"pregnancy"})

    def expose(self, exposure: Exposure, rng: np.random.Generator) -> None:
        """I_TYR = I_max a(c) L with the strength c, a = c/(c + c_half) in the typical person, and the level L."""
        level = self.level(exposure, rng, value("hq_half_life"))
        inhibition = value("hq_TYR") * reached(exposure, self.strength, value("hq_half"))
        exposure.block(Channel.TYROSINASE_BLOCKADE, inhibition * level)
        irritate(exposure, level, value("hq_irritation"), self.days(exposure.days).start, value("cream_settling"))
