"""What UC-MSC secrete, put on the skin: little passes while it is intact, more where needles or a laser opened it."""

from typing import Annotated, ClassVar, Literal

import numpy as np
from pydantic import Field

from repigment.evidence.parameters import value
from repigment.skin.exposure import Channel, Exposure
from repigment.treatments.base import Sessions
from repigment.treatments.cell_product import CellProduct
from repigment.treatments.events import granuloma
from repigment.treatments.laser import Laser
from repigment.treatments.microneedling import Microneedling, Needle
from repigment.treatments.procedure import Procedure

Secreted = Literal["support", "immune", "inflammation", "signals"]


class UCMSCTopical(CellProduct, Sessions):
    """Secretome or vesicles of umbilical-cord stromal cells, without the cells, spread on the whole field.

    `on` says how the skin is prepared at each session: `intact` not at all, `needled` with needles of `depth_mm`,
    `laser-opened` with a fractional laser. What other treatments opened counts as well. `dose` 1 is what the reference
    dose of injected cells gives off in two thirds of a day; it is put on again on the `days` from each session on.
    `mechanisms` and `strength` as for injected cells; an empty list is exactly the needles or the laser alone. That
    more helps more is assumed: in vitro, high doses of vesicles harmed melanocytes, and that is not modelled.
    """

    give: Literal["uc-msc-topical"] = "uc-msc-topical"
    product: Literal["secretome", "vesicles"] = "secretome"
    on: Literal["intact", "needled", "laser-opened"] = "intact"
    dose: Annotated[float, Field(ge=0.01, le=100)] = 1.0
    days: Annotated[int, Field(ge=1, le=28)] = 1
    depth_mm: Needle = 0.5
    mechanisms: tuple[Secreted, ...] = ("support", "immune", "inflammation", "signals")
    summary: ClassVar[str] = "secretome or vesicles of umbilical-cord stromal cells, on the skin"

    @property
    def preparation(self) -> Procedure | None:
        """What is done to the skin first; None if it is left intact."""
        if self.on == "needled":
            return Microneedling(weeks=self.weeks, depth_mm=self.depth_mm)
        return Laser(weeks=self.weeks, device="fractional") if self.on == "laser-opened" else None

    def prepare(self, exposure: Exposure, rng: np.random.Generator) -> None:
        """Open the skin as its preparation does."""
        if self.preparation:
            self.preparation.prepare(exposure, rng)

    def expose(self, exposure: Exposure, rng: np.random.Generator) -> None:
        """The preparation's own effects, and V += dose x min(through x opened, 1) on each day it is put on."""
        if self.preparation:
            self.preparation.expose(exposure, rng)
        if not self.mechanisms:
            return
        through = np.minimum(value(f"topical_through.{self.product}") * exposure.opened, 1)
        for day in self.session_days(exposure.days):
            put_on = slice(day, day + self.days)
            exposure.table[put_on, Channel.VESICLE_DOSE] += self.dose * through[put_on]
            granuloma(exposure, day, float(through[day]))
