"""Microneedling: fine needles open channels that close within days, inflame a little, and mend what feeds melasma."""

from typing import Annotated, ClassVar, Literal

import numpy as np
from pydantic import Field

from repigment.evidence.parameters import value
from repigment.skin.adverse import risk
from repigment.skin.exposure import Channel, Exposure
from repigment.treatments.procedure import HOURS_A_DAY, Procedure, effects, stronger

Needle = Annotated[float, Field(ge=0.2, le=2.5)]


class Microneedling(Procedure):
    """A roller or pen with needles of `depth_mm` over the whole field.

    Inflammation, soreness and what the skin lets through grow with the needles' length; that they do so in proportion
    is assumed. The closing of the channels is measured in people: half within about a day, so no wound is left to heal.

    As the channels heal, the basement membrane and the collagen below it are renewed, and less of what the dermis
    sends reaches the melanocytes: seen in biopsies of melasma, with less melanin and fewer melanophages. Here a session
    takes a share of the niche, dims for some weeks the visible light to which only melasma answers, and removes some
    dermal melanin. People differ widely in the share. Its size was set to one published figure (docs/calibration.md).
    Healthy skin does not get lighter. That other dark spots lose their niche as melasma does is assumed. Site reactions
    and infections, no fever, are taken to be as frequent as after injections: no rate was found.
    """

    give: Literal["microneedling"] = "microneedling"
    depth_mm: Needle = 0.5
    summary: ClassVar[str] = "needle roller over the whole field"
    cautions: ClassVar[frozenset[str]] = frozenset({"needles"})

    def prepare(self, exposure: Exposure, rng: np.random.Generator) -> None:
        """Open channels: o = 1 + fold per mm x depth, halved every `mn_closing` hours."""
        self.open_skin(exposure, value("mn_open") * self.depth_mm, value("mn_closing") / HOURS_A_DAY)

    def expose(self, exposure: Exposure, rng: np.random.Generator) -> None:
        """Inflammation of all skin on the day, N_in = mn_wound per mm x depth, days of soreness, and what is mended."""
        days = self.session_days(exposure.days)
        exposure.table[days, Channel.IRRITATION] += value("mn_wound") * self.depth_mm
        self.hurt(exposure, "injection_site", value("mn_score") * self.depth_mm, value("mn_days"))
        for day in days:
            risk(exposure, "site reaction", day, value("event_risk.site.microneedling"))
            risk(exposure, "infection", day, value("event_risk.infection.microneedling"))
        self._mend(exposure)

    def mended(self, exposure: Exposure) -> float:
        """Share (0..1) that a session mends in this person: odds = s/(1-s) (depth/mn_length) exp(mn_spread response).

        >>> skin = Exposure.over(1, "face", 3)
        >>> round(Microneedling(weeks=(0,), depth_mm=0.5).mended(skin) - value("mn_mend"), 12)
        0.0
        """
        typical, lengths = value("mn_mend"), self.depth_mm / value("mn_length")
        odds = typical / (1 - typical) * lengths * float(np.exp(value("mn_spread") * exposure.response))
        return odds / (1 + odds)

    def _mend(self, exposure: Exposure) -> None:
        """F *= 1 - s and D *= 1 - d at each session; visible light times 1 - s 2^(-t/mn_lasting) since the last one."""
        share = self.mended(exposure)
        dermal = stronger(effects(dermal=value("mn_dermal")), self.depth_mm / value("mn_length"))
        self.strike(exposure, effects(niche=share) | dermal, whole=True)
        lasting = np.zeros(exposure.days, np.float32)
        for day in self.session_days(exposure.days):
            lasting[day:] = 0.5 ** (np.arange(exposure.days - day) / value("mn_lasting"))
        exposure.table[:, Channel.VISIBLE_LIGHT] *= 1 - share * lasting
