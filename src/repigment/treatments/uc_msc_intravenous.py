"""UC-MSC by drip: the cells are caught in the lungs and gone within days; none was found in skin."""

from typing import Annotated, ClassVar, Literal

import numpy as np
from pydantic import Field

from repigment.skin.exposure import Exposure
from repigment.treatments.base import Sessions
from repigment.treatments.events import after_drip


class UCMSCIntravenous(Sessions):
    """Umbilical-cord stromal cells into a vein.

    Cells given so stay in the lungs for one to three days and were not found in skin: nothing reaches the pigment here,
    whatever the dose. What they do cause in some people is fever (odds ratio 1.6 in one analysis, 3.7 in another), here
    as often after every dose. Infection, thrombosis and cancer were not raised in monitored trials and are left out.
    """

    give: Literal["uc-msc-intravenous"] = "uc-msc-intravenous"
    cells_per_kg: Annotated[float, Field(ge=1e5, le=1e7)] = 2e6
    summary: ClassVar[str] = "umbilical-cord mesenchymal stromal cells, by drip"
    cautions: ClassVar[frozenset[str]] = frozenset({"cells"})
    systemic: ClassVar[bool] = True

    def expose(self, exposure: Exposure, rng: np.random.Generator) -> None:
        """Nothing reaches the skin; fever may follow each session."""
        after_drip(exposure, self.session_days(exposure.days))
