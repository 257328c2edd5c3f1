"""Hormones of a contraceptive or a pregnancy: no treatment, but what feeds melasma while it lasts."""

from typing import ClassVar, Literal

import numpy as np

from repigment.evidence.parameters import value
from repigment.skin.exposure import Channel, Exposure
from repigment.treatments.oral import Oral


class Hormones(Oral):
    """Oestrogen and progestin from a contraceptive or a pregnancy, in full from the first days of the course.

    They raise the set point of the niche where it answers to them, as in melasma. `adherence` is the share of days on
    which the pill is taken. After `until` they fall with their half-life, and the niche follows over months. Where
    life has written hormones already, the higher of the two counts. Assumed: the half-life.
    """

    give: Literal["hormones"] = "hormones"
    summary: ClassVar[str] = "contraceptive or pregnancy"

    def expose(self, exposure: Exposure, rng: np.random.Generator) -> None:
        """E2 = max(E2, L), with the level L that days with hormones build."""
        level = self.held(self.taken(exposure, rng), value("hormone_half_life"))
        exposure.table[:, Channel.HORMONE] = np.maximum(exposure.table[:, Channel.HORMONE], level)
