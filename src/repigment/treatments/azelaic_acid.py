"""Azelaic acid: inhibits tyrosinase in busy melanocytes and calms inflammation a little."""

from typing import Annotated, ClassVar, Literal

import numpy as np
from pydantic import Field

from repigment.evidence.parameters import value
from repigment.skin.exposure import Channel, Exposure
from repigment.treatments.dose import reached
from repigment.treatments.irritation import irritate
from repigment.treatments.topical import Topical


class AzelaicAcid(Topical):
    """Azelaic acid of `strength` %, usually 15 (gel) or 20 (cream), twice a day.

    It inhibits tyrosinase, by report mostly in overactive melanocytes; the model inhibits all that the cream reaches.
    It also speeds the end of inflammation. Each dose is applied with chance `adherence`; once stopped it leaves the
    skin within days and pigment returns. A third of the users itch or burn, less so after some weeks. Assumed:
    inhibition, anti-inflammatory effect, half-life. From a trial: how many it irritates.
    """

    give: Literal["azelaic-acid"] = "azelaic-acid"
    strength: Annotated[float, Field(ge=10, le=20)] = 20.0
    summary: ClassVar[str] = "azelaic acid, twice daily"

    def expose(self, exposure: Exposure, rng: np.random.Generator) -> None:
        """I_TYR = I_max a L and AI = AI_max a L, with a = c/(c + c_half) of the strength c and the level L."""
        level = self.level(exposure, rng, value("aza_half_life"))
        effect = reached(exposure, self.strength, value("aza_half")) * level
        exposure.block(Channel.TYROSINASE_BLOCKADE, value("aza_TYR") * effect)
        exposure.table[:, Channel.ANTI_INFLAMMATORY] += value("aza_AI") * effect
        irritate(exposure, level, value("aza_irritation"), self.days(exposure.days).start, value("cream_settling"))
