"""Narrow-band UVB (311 nm): wakes the follicular reservoir, speeds melanocytes, and thins out T cells."""

from typing import Annotated, ClassVar, Literal

import numpy as np
from pydantic import Field

from repigment.evidence.parameters import value
from repigment.skin.exposure import Exposure
from repigment.treatments.phototherapy import Phototherapy


class NBUVB(Phototherapy):
    """Narrow-band UVB two or three times a week, escalated by skin type up to the dose that leaves a faint pink.

    `adherence` is the chance that a session is kept; after a gap of `nbuvb_break` days the dose is cut by a quarter.
    """

    give: Literal["nb-uvb"] = "nb-uvb"
    sessions_per_week: Annotated[int, Field(ge=1, le=5)] = 3
    summary: ClassVar[str] = "narrow-band UVB phototherapy"

    def expose(self, exposure: Exposure, rng: np.random.Generator) -> None:
        """Doses in SED on session days; each adds mJ/cm2 to the lifetime dose and redness the day after."""
        cap, skin = value("nbuvb_cap"), exposure.skin_type
        first, rise = value(f"nbuvb_start.{skin}"), value(f"nbuvb_step.{skin}")
        doses = self.escalated(self.days(exposure.days), rng, first, rise, cap)
        self.shine(exposure, doses, cap, value("nbuvb_per_sed"), value("nbuvb_redness"))
