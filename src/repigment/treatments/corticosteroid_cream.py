"""Corticosteroid cream of any class: ends inflammation sooner and keeps T cells from being activated."""

from typing import ClassVar, Literal

import numpy as np
from numpy.typing import NDArray

from repigment.evidence.parameters import value
from repigment.skin.exposure import Channel, Exposure
from repigment.treatments.topical import Topical


class CorticosteroidCream(Topical):
    """Corticosteroid cream of a class of `potency`, once a day.

    It speeds the end of inflammation and keeps T cells that meet antigen from being activated. The channel of
    calcineurin inhibitors stands for that, since both block activation. Each dose is applied with chance `adherence`;
    the horny layer holds a store that is gone some days after the last, and then inflammation and T cells are as
    before. Assumed: what each class does. Thinning of the skin, vessels and rebound are not modelled.
    """

    give: Literal["corticosteroid-cream"] = "corticosteroid-cream"
    potency: Literal["mild", "moderate", "potent", "very-potent"] = "potent"
    doses_a_day: ClassVar[int] = 1
    summary: ClassVar[str] = "corticosteroid cream, once daily"
    cautions: ClassVar[frozenset[str]] = frozenset({"steroid"})

    def expose(self, exposure: Exposure, rng: np.random.Generator) -> None:
        """The share of the most that a steroid does, of its class, times the level in the skin."""
        level = self.level(exposure, rng, value("cort_half_life"))
        suppress(exposure, level, value(f"cort_share.{self.potency}"))


def suppress(exposure: Exposure, level: NDArray[np.float32], share: float) -> None:
    """A steroid that does `share` of the most, by level L (days,): AI += AI_max a L, CNI = CNI_max a L."""
    effect = exposure.answered(share) * level
    exposure.table[:, Channel.ANTI_INFLAMMATORY] += value("cort_AI") * effect
    exposure.block(Channel.CALCINEURIN_BLOCKADE, value("cort_T") * effect)
