"""Vesicles of UC-MSC injected into the skin: no cells, so nothing lives; what was injected is used up within days."""

from typing import Annotated, ClassVar, Literal

import numpy as np
from pydantic import Field

from repigment.evidence.parameters import value
from repigment.skin.exposure import Channel, Exposure
from repigment.treatments.cell_product import CellProduct
from repigment.treatments.events import after_cells, after_needles
from repigment.treatments.injection import Injection

Secreted = Literal["support", "immune", "inflammation", "signals"]


class UCMSCVesicles(CellProduct, Injection):
    """Vesicles of umbilical-cord stromal cells, injected at points of a grid.

    `mechanisms` and `strength` as for injected cells; an empty list is exactly the sham injection. The usual dose is
    3e8 vesicles an administration (NCT06810869, whose copies disagree on the route) over the 300 mm2 of lesion that
    NCT06813027 takes, at 49 mm2 a point. In a dish few vesicles protect melanocytes and many harm them; so here. No
    product was found that may be sold; granulomas and a necrosis after injections are reported.
    """

    give: Literal["uc-msc-vesicles"] = "uc-msc-vesicles"
    particles_per_point: Annotated[float, Field(ge=1e5, le=1e13)] = 5e7
    mechanisms: tuple[Secreted, ...] = ("support", "immune", "inflammation", "signals")
    summary: ClassVar[str] = "vesicles of umbilical-cord stromal cells, injected"
    cautions: ClassVar[frozenset[str]] = frozenset({"cells", "needles"})

    @property
    def dose(self) -> float:
        """Vesicles per cm2 in units of the secretome: k_V x what a reference dose of cells gives off in a day.

        V_in = k_V particles / (q_EV Q_ref), particles per cm2, q_EV vesicles a cell and day.
        """
        return value("k_V") * self.particles_per_point * self.points_per_cm2 / (value("q_EV") * value("Q_ref"))

    def expose(self, exposure: Exposure, rng: np.random.Generator) -> None:
        """Needles, and V += V_in at the points on each session day."""
        self.needle(exposure)
        days = self.session_days(exposure.days)
        (after_cells if self.mechanisms else after_needles)(exposure, days)
        if self.mechanisms:
            exposure.table[days, Channel.INJECTED_VESICLES] += self.dose
