"""Sunscreen: lets part of the sun through, more of it the thinner it is put on; tinted, it also dims visible light."""

from typing import Annotated, ClassVar, Literal

import numpy as np
from pydantic import Field

from repigment.evidence.parameters import value
from repigment.skin.exposure import Channel, Exposure
from repigment.treatments.base import Course, Share


class Sunscreen(Course):
    """Sunscreen of the factor `spf`, tested with 2 mg/cm2; `amount` is the share of that which is put on in life.

    People put on 0.4 to 1 mg/cm2, a share of 0.2 to 0.5 (10.1111/phpp.12099). The factor is then SPF to the power of
    the share, as of a thinner filter: seen for SPF 30 and 55, while SPF 4 and 15 fall in proportion
    (10.1111/j.1600-0781.2012.00650.x), so weak sunscreens do rather better than here. `tinted` with iron oxides it
    dims visible light, otherwise hardly.

    `adherence` is the share of days on which it is worn; on the others, and from the day it is stopped, all light
    reaches the skin. It does not irritate here, and it is washed off for phototherapy. Assumed: how much visible light
    it filters, and that a morning's layer lasts the day.
    """

    give: Literal["sunscreen"] = "sunscreen"
    spf: Annotated[float, Field(ge=2, le=100)] = 50.0
    tinted: bool = False
    amount: Share = 0.35
    summary: ClassVar[str] = "sunscreen, daily"

    @property
    def spf_in_life(self) -> float:
        """The factor at the amount that is put on, SPF^amount.

        >>> Sunscreen(spf=36, amount=0.5).spf_in_life
        6.0
        """
        return float(self.spf**self.amount)

    @property
    def visible_through(self) -> float:
        """Share of visible light let through, (1 - f)^amount, f the share filtered by the tested layer."""
        filtered = value(f"sunscreen_visible.{'tinted' if self.tinted else 'untinted'}")
        return float((1 - filtered) ** self.amount)

    def expose(self, exposure: Exposure, rng: np.random.Generator) -> None:
        """Sun times 1 - worn (1 - 1/SPF_life) on each day, visible light times 1 - worn (1 - let through)."""
        days = self.days(exposure.days)
        worn = np.zeros(exposure.days, np.float32)
        worn[days.start : days.stop] = rng.random(len(days)) < self.adherence
        exposure.table[:, Channel.SUN] *= 1 - worn * (1 - 1 / self.spf_in_life)
        exposure.table[:, Channel.VISIBLE_LIGHT] *= 1 - worn * (1 - self.visible_through)
