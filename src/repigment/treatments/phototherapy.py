"""What courses of ultraviolet light share: weekdays, missed sessions, a dose that rises until the skin stays pink."""

from typing import ClassVar

import numpy as np

from repigment.evidence.parameters import value
from repigment.skin.exposure import Channel, Exposure
from repigment.treatments.base import Course

WEEKDAYS = {1: (0,), 2: (0, 3), 3: (0, 2, 4), 4: (0, 2, 4, 6), 5: (0, 1, 2, 3, 4)}


class Phototherapy(Course):
    """Light on certain days of the week; `adherence` is the chance that a session is kept."""

    sessions_per_week: int
    cautions: ClassVar[frozenset[str]] = frozenset({"light"})

    aim: ClassVar[Channel] = Channel.UV_DOSE

    def shine(self, exposure: Exposure, doses: list[tuple[int, float]], cap: float, sed: float, redness: float) -> None:
        """Doses in mJ/cm2, `sed` of them 1 SED, on their days; at `cap` the skin scores `redness` the day after."""
        for day, dose in doses:
            exposure.table[day, self.aim] += dose / sed
            exposure.tolls["uvb_dose"][day] += dose
            exposure.tolls["irritation"][day : day + 2] += redness * exposure.sensitivity * dose / cap / 2

    def escalated(
        self, days: range, rng: np.random.Generator, first: float, rise: float, cap: float
    ) -> list[tuple[int, float]]:
        """Days of the sessions that were kept and their doses in mJ/cm2: `first`, then `rise` more each up to `cap`."""
        dose, last, kept = first, None, []
        for day in days:
            if (day - days.start) % 7 not in WEEKDAYS[self.sessions_per_week] or rng.random() >= self.adherence:
                continue
            if last is not None:
                dose = 0.75 * dose if day - last > value("nbuvb_break") else min(dose + rise, cap)
            kept.append((day, dose))
            last = day
        return kept
