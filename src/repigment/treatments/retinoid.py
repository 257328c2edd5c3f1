"""What retinoids share: the epidermis turns over faster, and the skin peels and burns until it is used to them."""

from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from repigment.evidence.parameters import value
from repigment.skin.exposure import Channel, Exposure
from repigment.treatments.irritation import irritate
from repigment.treatments.topical import Topical


class Retinoid(Topical):
    """A vitamin A acid, or its like, on the skin once a day."""

    doses_a_day: ClassVar[int] = 1
    cautions: ClassVar[frozenset[str]] = frozenset({"retinoid", "photosensitiser", "pregnancy"})

    def renew(self, exposure: Exposure, level: NDArray[np.float32], gain: float) -> None:
        """Turnover times 1 + gain L, with the level L (days,) in the skin."""
        exposure.table[:, Channel.TURNOVER] *= 1 + gain * level

    def dermatitis(self, exposure: Exposure, level: NDArray[np.float32], score: float) -> None:
        """Irritation of `score` a day at first, everywhere it is applied, that settles over weeks."""
        irritate(exposure, level, score, self.days(exposure.days).start, value("retinoid_settling"))
