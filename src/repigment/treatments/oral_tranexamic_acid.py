"""Tranexamic acid by mouth: blocks plasmin, so that UV feeds the niche of melasma less and the niche shrinks sooner."""

from typing import Annotated, ClassVar, Literal

import numpy as np
from pydantic import Field

from repigment.evidence.parameters import value
from repigment.skin.exposure import Channel, Exposure
from repigment.treatments.dose import reached
from repigment.treatments.oral import Oral


class OralTranexamicAcid(Oral):
    """Tranexamic acid tablets, `mg_per_day` usually 500 in two doses.

    It blocks plasmin: UV feeds the niche of melasma less, and the niche shrinks sooner. Each tablet is taken with
    chance `adherence`. It leaves the body within a day of the last, and the niche grows back over months. Nothing
    irritates. Assumed: the blockade and its course with the dose. Thrombosis, the risk that limits its use, is not
    modelled.
    """

    give: Literal["oral-tranexamic-acid"] = "oral-tranexamic-acid"
    mg_per_day: Annotated[float, Field(ge=50, le=4000)] = 500.0
    doses_a_day: ClassVar[int] = 2
    summary: ClassVar[str] = "tranexamic acid tablets, twice daily"
    cautions: ClassVar[frozenset[str]] = frozenset({"pregnancy", "clotting"})

    def expose(self, exposure: Exposure, rng: np.random.Generator) -> None:
        """I_PL = I_max M/(M + M_half), with M mg/d in the body."""
        held = self.held(self.mg_per_day * self.taken(exposure, rng), value("txa_half_life"))
        exposure.block(Channel.PLASMIN_BLOCKADE, value("txa_PL") * reached(exposure, held, value("txa_half")))
