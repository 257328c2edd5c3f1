"""UC-MSC microinjection: cells that die within days and secrete meanwhile, through mechanisms that can be parted."""

from typing import Annotated, ClassVar, Literal

import numpy as np
from pydantic import Field

from repigment.evidence.parameters import value
from repigment.skin.exposure import Channel, Exposure
from repigment.treatments.cell_product import MECHANISMS, CellProduct
from repigment.treatments.events import after_cells, after_needles
from repigment.treatments.injection import CM2, Injection

__all__ = ["MECHANISMS", "UCMSC"]


class UCMSC(CellProduct, Injection):
    """Umbilical-cord stromal cells injected into the skin at points of a grid.

    `mechanisms` are switched on; `strength` sets them all (-1 harm, 1 full effect), otherwise they are drawn from the
    wide prior around no effect. An empty list is exactly the sham injection.
    """

    give: Literal["uc-msc"] = "uc-msc"
    route: Literal["microinjection"] = "microinjection"
    cells_per_point: Annotated[float, Field(ge=1e3, le=1e8)] = 5e5
    summary: ClassVar[str] = "umbilical-cord mesenchymal stromal cells, injected"
    cautions: ClassVar[frozenset[str]] = frozenset({"cells", "needles"})

    @property
    def areal_dose(self) -> float:
        """Cells per cm2 in units of the reference dose."""
        return self.cells_per_point * CM2 / self.spacing_mm**2 / value("Q_ref")

    def expose(self, exposure: Exposure, rng: np.random.Generator) -> None:
        """Needles, and living cells that the immune system loses faster once it has met them.

        c = c_lot (1 + (k_sens + k_ab [antibody]) (1 - exp(-(t - t1)/tau_sens))) after the first dose at t1; the
        share p_antibody of people form antibody. The dose is that of living cells, by the lot.
        """
        soreness = value("cell_soreness") if self.mechanisms else 1.0
        self.needle(exposure, soreness)
        days = self.session_days(exposure.days)
        (after_cells if self.mechanisms else after_needles)(exposure, days)
        if not days or not self.mechanisms:
            return
        first = not exposure.table[:, Channel.CELL_DOSE].any()
        exposure.table[days, Channel.CELL_DOSE] += self.areal_dose * self.potency.alive
        since = np.maximum(np.arange(exposure.days) - days[0], 0)
        most = value("k_sens") + (value("k_ab") if exposure.antibody < value("p_antibody") else 0.0)
        clearance = self.potency.clearance * (1 + most * (1 - np.exp(-since / value("tau_sens"))))
        before = exposure.table[:, Channel.CELL_CLEARANCE]
        exposure.table[:, Channel.CELL_CLEARANCE] = clearance if first else np.maximum(before, clearance)
