"""What reaches one region of one patient's skin, day by day: sun, light, drugs, needles, cells."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray


class Channel(IntEnum):
    """Columns of the exposure table. Rates last the day; doses fall on its first moment."""

    SUN = 0
    UV_DOSE = 1
    VISIBLE_LIGHT = 2
    HORMONE = 3
    JAK_BLOCKADE = 4
    CALCINEURIN_BLOCKADE = 5
    IL15_BLOCKADE = 6
    TYROSINASE_BLOCKADE = 7
    TRANSFER_BLOCKADE = 8
    PLASMIN_BLOCKADE = 9
    ANTI_INFLAMMATORY = 10
    TURNOVER = 11
    IRRITATION = 12
    NEEDLING = 13
    CELL_DOSE = 14
    CELL_CLEARANCE = 15
    VESICLE_DOSE = 16
    WHOLE = 17
    VIABLE_REMOVAL = 18
    CORNEUM_REMOVAL = 19
    DERMAL_REMOVAL = 20
    NICHE_REMOVAL = 21
    MELANOCYTE_LOSS = 22
    HEAT = 23
    WOUND = 24
    GRAFT = 25
    TARGETED_UV = 26
    INJURY = 27
    INJECTED_VESICLES = 28


class Drive(NamedTuple):
    """One day's exposure by name, as the biology sees it."""

    sun: Any  # SED/d
    uv_dose: Any  # SED, at once
    visible_light: Any  # 0..1
    hormone: Any  # 0..1
    jak_blockade: Any  # 0..1
    calcineurin_blockade: Any  # 0..1
    il15_blockade: Any  # 0..1
    tyrosinase_blockade: Any  # 0..1
    transfer_blockade: Any  # 0..1
    plasmin_blockade: Any  # 0..1
    anti_inflammatory: Any  # fold increase of clearance
    turnover: Any  # fold, 1 is untreated
    irritation: Any  # 1/d, everywhere
    needling: Any  # inflammation, at once, at the injection points
    cell_dose: Any  # reference doses, at once, in the depots
    cell_clearance: Any  # fold, 1 is a first dose
    vesicle_dose: Any  # reference doses, at once, everywhere
    whole: Any  # 0..1: a procedure of this day meets the lesion only (0) or the skin around it as well (1)
    viable_removal: Any  # share of the melanin of the viable epidermis, at once, where treated
    corneum_removal: Any  # share of the melanin of the stratum corneum, at once, where treated
    dermal_removal: Any  # share of the dermal melanin, at once, where treated
    niche_removal: Any  # share of the melanogenic niche, at once, where treated
    melanocyte_loss: Any  # share of melanocytes and melanoblasts, at once, where treated
    heat: Any  # inflammation per unit of melanin (type III = 1) that absorbs light, at once, where treated
    wound: Any  # inflammation, at once, where treated
    graft: Any  # melanocytes placed into the vacancy, share of it, at once, where treated
    targeted_uv: Any  # SED, at once, on the lesion only
    injury: Any  # 1/d, inflammation of the lesion only
    injected_vesicles: Any  # reference doses, at once, at the injection points


CELLS = (Channel.CELL_DOSE, Channel.VESICLE_DOSE, Channel.INJECTED_VESICLES)  # what puts them or their secretome in
UNTREATED = {Channel.TURNOVER: 1.0, Channel.CELL_CLEARANCE: 1.0}
TOLLS = ("irritation", "injection_site", "uvb_dose")  # score/d, score/d, mJ/cm2
EVENTS = ("fever", "site reaction", "granuloma", "infection")  # adverse events that may follow a session


def untreated(days: int) -> NDArray[np.float32]:
    """An exposure table (days, channels) in which nothing reaches the skin.

    >>> untreated(3).shape
    (3, 29)
    """
    table = np.zeros((days, len(Channel)), np.float32)
    for channel, resting in UNTREATED.items():
        table[:, channel] = resting
    return table


@dataclass(frozen=True)
class Exposure:
    """The table that treatments write into, with what they need to know of the skin they meet.

    `table` (days, channels); `tolls` what the patient pays per day: irritation and injection-site score, UVB mJ/cm2;
    `opened` (days,) how many times more of what is put on it the skin lets through, 1 where it is intact. `first_day`
    of the year and `latitude` tell the season; `antibody` is the person's rank by readiness to form antibody against a
    donor's cells, 0 the readiest of all; `grades` what the doctor saw by week: severity left, 1 as at enrolment.
    `hazards` (days,) are the adverse events to expect, by event, on each day.
    """

    table: NDArray[np.float32]
    site: str
    skin_type: int
    sensitivity: float = 1.0
    response: float = 0.0
    tolls: dict[str, NDArray[np.float32]] = field(default_factory=dict)
    opened: NDArray[np.float32] = field(default_factory=lambda: np.ones(0, np.float32))
    first_day: float = 80.0
    latitude: float = 0.0
    antibody: float = 1.0
    grades: Mapping[int, float] = field(default_factory=dict)
    hazards: dict[str, NDArray[np.float32]] = field(default_factory=dict)

    @classmethod
    def over(cls, days: int, site: str, skin_type: int, sensitivity: float = 1.0, response: float = 0.0) -> "Exposure":
        """An empty exposure of `days` days at `site` for `skin_type` 1 to 6.

        `sensitivity` 1 is usual skin; `response` is how much more (in logits) a drug blocks in this person.
        """
        tolls = {toll: np.zeros(days, np.float32) for toll in TOLLS}
        hazards = {event: np.zeros(days, np.float32) for event in EVENTS}
        opened = np.ones(days, np.float32)
        return cls(untreated(days), site, skin_type, sensitivity, response, tolls, opened, hazards=hazards)

    @property
    def days(self) -> int:
        """Length of the table in days."""
        return len(self.table)

    def answered(self, blockade: float) -> float:
        """The blockade (0..1) that a drug reaches in this person, given that of the typical patient.

        >>> Exposure.over(1, "face", 3).answered(0.8)
        0.8
        """
        odds = blockade / (1 - blockade) * np.exp(self.response)
        return round(float(odds / (1 + odds)), 12)

    def block(self, channel: Channel, level: NDArray[np.float32]) -> None:
        """Add an inhibition (days,) of 0..1 to what other drugs already inhibit: 1 - (1-a)(1-b)."""
        self.table[:, channel] = 1 - (1 - self.table[:, channel]) * (1 - level)

    def remove(self, day: int, channel: Channel, share: float) -> None:
        """Remove on `day` another `share` (0..1) of what earlier procedures of that day have left."""
        self.table[day, channel] = 1 - (1 - self.table[day, channel]) * (1 - share)

    def expect(self, event: str, days: range, number: float) -> None:
        """Expect a `number` of an adverse event, evenly over `days`; those after the end are not seen.

        >>> skin = Exposure.over(3, "face", 3)
        >>> skin.expect("fever", range(1, 5), 0.4)
        >>> skin.hazards["fever"].round(3).tolist()
        [0.0, 0.10000000149011612, 0.10000000149011612]
        """
        self.hazards[event][days.start : days.stop] += number / len(days)
