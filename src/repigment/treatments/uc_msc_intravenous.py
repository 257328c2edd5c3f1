"""UC-MSC by drip: the cells are caught in the lungs and gone within days; none was found in skin."""

from typing import Annotated, ClassVar, Literal

import numpy as np
from pydantic import Field

from repigment.skin.exposure import Exposure
from repigment.treatments.base import Sessions


class UCMSCIntravenous(Sessions):
    """Umbilical-cord stromal cells into a vein.

    Cells given so stay in the lungs for one to three days and were not found in skin: nothing reaches the pigment here,
    whatever the dose. Fever, which they do cause in some people (odds ratio 1.6 to 3.7), is not modelled.
    """

    give: Literal["uc-msc-intravenous"] = "uc-msc-intravenous"
    cells_per_kg: Annotated[float, Field(ge=1e5, le=1e7)] = 2e6
    summary: ClassVar[str] = "umbilical-cord mesenchymal stromal cells, by drip"
    cautions: ClassVar[frozenset[str]] = frozenset({"cells"})
    systemic: ClassVar[bool] = True

    def expose(self, exposure: Exposure, rng: np.random.Generator) -> None:
        """Nothing reaches the skin."""
