"""What procedures share: what they take from the skin or add to it at once, how far they open it, what they hurt."""

from collections.abc import Mapping
from typing import Literal

import numpy as np

from repigment.evidence.parameters import value
from repigment.skin.exposure import Channel, Exposure
from repigment.treatments.base import Sessions

HOURS_A_DAY = 24
REMOVED = {
    "viable": Channel.VIABLE_REMOVAL,
    "corneum": Channel.CORNEUM_REMOVAL,
    "dermal": Channel.DERMAL_REMOVAL,
    "niche": Channel.NICHE_REMOVAL,
    "loss": Channel.MELANOCYTE_LOSS,
}
ADDED = {"heat": Channel.HEAT, "wound": Channel.WOUND}
Energy = Literal["mild", "usual", "aggressive"]


def effects(**named: float) -> dict[Channel, float]:
    """Shares removed and inflammation added, by the short names of this file, as channels of the skin.

    >>> effects(heat=0.3)[Channel.HEAT]
    0.3
    """
    channels = REMOVED | ADDED
    return {channels[name]: amount for name, amount in named.items()}


def stronger(done: Mapping[Channel, float], energy: float) -> dict[Channel, float]:
    """What a fold `energy` does: a share r becomes 1 - (1 - r)^energy, inflammation grows in proportion.

    >>> stronger({Channel.VIABLE_REMOVAL: 0.5}, 2.0)[Channel.VIABLE_REMOVAL]
    0.75
    """
    added = ADDED.values()
    return {what: energy * much if what in added else 1 - (1 - much) ** energy for what, much in done.items()}


def _sitting(exposure: Exposure, day: int, whole: bool) -> int:
    """The day of a session: the next one if that day's procedures are aimed otherwise, and it is within the study."""
    aimed = [*REMOVED.values(), *ADDED.values(), Channel.GRAFT]
    taken = exposure.table[day, aimed].any() and bool(exposure.table[day, Channel.WHOLE]) != whole
    return min(day + 1, exposure.days - 1) if taken else day


class Procedure(Sessions):
    """Something done to the skin at the first moment of a day: by light, cold, acid, needles or knife.

    What several procedures of one day remove is removed one after the other. One that is aimed at the lesion and one
    that treats the whole field cannot be done in one sitting: the later of the two is done the next day.
    """

    def strike(self, exposure: Exposure, done: Mapping[Channel, float], *, whole: bool) -> None:
        """Do the same on every session day: aimed at the lesion, or at the `whole` field."""
        for day in self.session_days(exposure.days):
            day = _sitting(exposure, day, whole)
            for channel, amount in done.items():
                if channel in ADDED.values():
                    exposure.table[day, channel] += amount
                else:
                    exposure.remove(day, channel, amount)
            exposure.table[day, Channel.WHOLE] = max(exposure.table[day, Channel.WHOLE], float(whole))

    def hurt(self, exposure: Exposure, toll: str, score: float, lasting: float) -> None:
        """A reaction of `score` for `lasting` days after each session, more in sensitive skin."""
        for day in self.session_days(exposure.days):
            exposure.tolls[toll][day : day + round(lasting)] += score * exposure.sensitivity

    def open_skin(self, exposure: Exposure, fold: float, half_life: float) -> None:
        """Let `fold` times more through on session days; half of that is closed after each `half_life` (days).

        o = 1 + sum over sessions of fold 2^(-(t - t_s)/half_life), for t >= t_s.
        """
        for day in self.session_days(exposure.days):
            since = np.arange(exposure.days - day)
            exposure.opened[day:] += (fold * 0.5 ** (since / half_life)).astype(np.float32)


def energy_of(energy: Energy) -> float:
    """Fold energy of a setting, 1 for the usual one."""
    return value(f"light_energy.{energy}")
