"""Excimer light (308 nm): the same ultraviolet effect as narrow-band UVB, aimed at the lesion alone."""

from typing import Annotated, ClassVar, Literal

import numpy as np
from pydantic import Field

from repigment.evidence.parameters import value
from repigment.skin.exposure import Channel, Exposure
from repigment.treatments.phototherapy import Phototherapy


class Excimer(Phototherapy):
    """Excimer light twice a week on the lesion, raised by one step a session until white skin stays faintly pink.

    `adherence` is the chance that a session is kept. White skin reddens alike in all skin types, so they start at one
    dose. The UVB dose it counts is that of the lesion; the rest of the body gets none. That 308 nm acts as 311 nm does
    at an equal dose in SED is assumed.
    """

    give: Literal["excimer"] = "excimer"
    sessions_per_week: Annotated[int, Field(ge=1, le=3)] = 2
    aim: ClassVar[Channel] = Channel.TARGETED_UV
    summary: ClassVar[str] = "targeted 308 nm excimer light"

    def expose(self, exposure: Exposure, rng: np.random.Generator) -> None:
        """Doses in SED on session days; each adds mJ/cm2 to the lesion's dose and redness the day after."""
        cap = value("excimer_cap")
        first, rise = value("excimer_start"), value("excimer_step")
        doses = self.escalated(self.days(exposure.days), rng, first, rise, cap)
        self.shine(exposure, doses, cap, value("excimer_per_sed"), value("excimer_redness"))
