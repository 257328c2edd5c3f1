"""Tranexamic acid cream: blocks plasmin in the skin, as far as it gets in, which is not far."""

from typing import Annotated, ClassVar, Literal

import numpy as np
from pydantic import Field

from repigment.evidence.parameters import value
from repigment.skin.exposure import Channel, Exposure
from repigment.treatments.dose import reached
from repigment.treatments.irritation import irritate
from repigment.treatments.topical import Topical


class TranexamicAcidCream(Topical):
    """Tranexamic acid cream of `strength` %, usually 2 to 5, twice a day.

    At the most it would do what tablets can: keep UV from feeding the niche of melasma, and let the niche shrink
    sooner. It penetrates poorly, so it does a quarter of that. Each dose is applied with chance `adherence`; it is
    gone within a day or two, and the niche grows back over months. It hardly irritates. Skin opened by needles or
    lasers lets no more of it in here. Assumed: all of its numbers.
    """

    give: Literal["tranexamic-acid-cream"] = "tranexamic-acid-cream"
    strength: Annotated[float, Field(ge=1, le=10)] = 5.0
    summary: ClassVar[str] = "tranexamic acid cream, twice daily"

    def expose(self, exposure: Exposure, rng: np.random.Generator) -> None:
        """I_PL = I_max a L, with a = c/(c + c_half) of the strength c and the level L in the skin."""
        level = self.level(exposure, rng, value("txac_half_life"))
        blockade = value("txa_PL") * reached(exposure, self.strength, value("txac_half"))
        exposure.block(Channel.PLASMIN_BLOCKADE, blockade * level)
        irritate(exposure, level, value("txac_irritation"), self.days(exposure.days).start, value("cream_settling"))
