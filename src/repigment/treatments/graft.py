"""Melanocyte-keratinocyte transplantation: the patient's own cells on skin that was abraded for them."""

from typing import Annotated, ClassVar, Literal

import numpy as np
from pydantic import Field

from repigment.evidence.parameters import value
from repigment.skin.exposure import Channel, Exposure
from repigment.treatments.base import Week
from repigment.treatments.procedure import Procedure, effects


class Graft(Procedure):
    """A suspension of the patient's own melanocytes and keratinocytes, spread once on the abraded lesion.

    `expansion` is the area covered per area of donor skin: the wider, the fewer cells fall on each mm2. They take as
    long as the disease is stable; where it is active they are killed like any other melanocyte, and the wound itself
    may wake it. Take and wound are assumed.
    """

    give: Literal["graft"] = "graft"
    weeks: Annotated[tuple[Week, ...], Field(min_length=1, max_length=1)]
    expansion: Annotated[float, Field(ge=1, le=20)] = 5.0
    summary: ClassVar[str] = "melanocyte-keratinocyte suspension on abraded skin"

    def expose(self, exposure: Exposure, rng: np.random.Generator) -> None:
        """Wound of the abrasion, and cells into the vacancy: share = take / expansion."""
        share = value("graft_take") / self.expansion
        self.strike(exposure, {**effects(wound=value("graft_wound")), Channel.GRAFT: share}, whole=False)
        self.hurt(exposure, "injection_site", value("graft_score"), value("graft_days"))
