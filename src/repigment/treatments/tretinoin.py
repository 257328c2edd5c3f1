"""Tretinoin cream: speeds the epidermis, which carries its melanin off sooner, and irritates at first."""

from typing import Annotated, ClassVar, Literal

import numpy as np
from pydantic import Field

from repigment.evidence.parameters import value
from repigment.skin.exposure import Exposure
from repigment.treatments.dose import reached, share
from repigment.treatments.retinoid import Retinoid


class Tretinoin(Retinoid):
    """Tretinoin cream of `strength` %, usually 0.025 to 0.1, once a day at night.

    The epidermis turns over faster and carries melanin off sooner. Each dose is applied with chance `adherence`. Half
    the users of 0.1 % get a dermatitis that settles over weeks; it inflames the skin and may itself darken it. Once
    stopped, turnover is as before within days. Assumed: turnover against strength, and how soon the skin is used to
    it. From a trial: how many it irritates.
    """

    give: Literal["tretinoin"] = "tretinoin"
    strength: Annotated[float, Field(ge=0.01, le=0.1)] = 0.05
    summary: ClassVar[str] = "tretinoin cream, nightly"

    def expose(self, exposure: Exposure, rng: np.random.Generator) -> None:
        """Turnover times 1 + z a L, a = c/(c + c_half) of the strength c; irritation grows with c in the same way."""
        level = self.level(exposure, rng, value("tret_half_life"))
        self.renew(exposure, level, value("tret_turn") * reached(exposure, self.strength, value("tret_half")))
        self.dermatitis(exposure, level, value("tret_irritation") * share(self.strength, value("tret_half")))
