"""Adapalene: a retinoid that speeds the epidermis less than tretinoin and irritates less."""

from typing import Annotated, ClassVar, Literal

import numpy as np
from pydantic import Field

from repigment.evidence.parameters import value
from repigment.skin.exposure import Exposure
from repigment.treatments.dose import reached, share
from repigment.treatments.retinoid import Retinoid


class Adapalene(Retinoid):
    """Adapalene gel or cream of `strength` %, usually 0.1 or 0.3, once a day at night.

    It does what tretinoin does, less of it and with less dermatitis. Each dose is applied with chance `adherence`;
    once stopped, turnover is as before within days. Assumed: all of its numbers, set below those of tretinoin.
    """

    give: Literal["adapalene"] = "adapalene"
    strength: Annotated[float, Field(ge=0.05, le=0.3)] = 0.1
    summary: ClassVar[str] = "adapalene gel, nightly"

    def expose(self, exposure: Exposure, rng: np.random.Generator) -> None:
        """Turnover times 1 + z a L, a = c/(c + c_half) of the strength c; irritation grows with c in the same way."""
        level = self.level(exposure, rng, value("adap_half_life"))
        self.renew(exposure, level, value("adap_turn") * reached(exposure, self.strength, value("adap_half")))
        self.dermatitis(exposure, level, value("adap_irritation") * share(self.strength, value("adap_half")))
