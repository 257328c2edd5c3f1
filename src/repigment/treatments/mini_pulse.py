"""Oral mini-pulse: dexamethasone on two days of the week, to halt vitiligo that spreads."""

from typing import Annotated, ClassVar, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from repigment.evidence.parameters import value
from repigment.skin.exposure import Channel, Exposure
from repigment.treatments.dose import reached
from repigment.treatments.oral import Oral

PULSE = 2  # days in a row, by definition


class MiniPulse(Oral):
    """Dexamethasone by mouth, `mg` (usually 2.5 to 10) on each of two days in a row, every week.

    It speeds the end of inflammation and keeps T cells from being activated, written in the channel of calcineurin
    inhibitors as for steroid creams. Each dose is taken with chance `adherence`; the effect of a pulse halves in some
    two days, so it is nearly gone before the next and a week after the last. Assumed: what a dose does in the skin.
    Weight, sugar, bone and the adrenals are not modelled.
    """

    give: Literal["mini-pulse"] = "mini-pulse"
    mg: Annotated[float, Field(ge=0.5, le=20)] = 2.5
    summary: ClassVar[str] = "dexamethasone by mouth, two days a week"
    cautions: ClassVar[frozenset[str]] = frozenset({"steroid", "immunosuppressant", "pregnancy"})

    def taken(self, exposure: Exposure, rng: np.random.Generator) -> NDArray[np.float64]:
        """As every day, but only the first two days of each week of the course are due."""
        weekday = (np.arange(exposure.days) - self.days(exposure.days).start) % 7
        return super().taken(exposure, rng) * (weekday < PULSE)

    def expose(self, exposure: Exposure, rng: np.random.Generator) -> None:
        """AI += AI_max a and CNI = CNI_max a, a = M/(M + M_half) with M mg/d in the body."""
        held = self.held(self.mg * self.taken(exposure, rng), value("pulse_half_life"))
        effect = reached(exposure, held, value("pulse_half"))
        exposure.table[:, Channel.ANTI_INFLAMMATORY] += value("cort_AI") * effect
        exposure.block(Channel.CALCINEURIN_BLOCKADE, value("cort_T") * effect)
