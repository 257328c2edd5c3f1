"""Narrow-band UVB (311 nm): wakes the follicular reservoir, speeds melanocytes, and thins out T cells."""

from typing import Annotated, ClassVar, Literal

import numpy as np
from pydantic import Field

from repigment.evidence.parameters import value
from repigment.skin.exposure import Channel, Exposure
from repigment.treatments.base import Course

WEEKDAYS = {1: (0,), 2: (0, 3), 3: (0, 2, 4), 4: (0, 2, 4, 6), 5: (0, 1, 2, 3, 4)}


class NBUVB(Course):
    """Narrow-band UVB two or three times a week, escalated by skin type up to the dose that leaves a faint pink.

    `adherence` is the chance that a session is kept; after a gap of `nbuvb_break` days the dose is cut by a quarter.
    """

    give: Literal["nb-uvb"] = "nb-uvb"
    sessions_per_week: Annotated[int, Field(ge=1, le=5)] = 3
    summary: ClassVar[str] = "narrow-band UVB phototherapy"

    def expose(self, exposure: Exposure, rng: np.random.Generator) -> None:
        """Doses in SED on session days; each adds mJ/cm2 to the lifetime dose and redness the day after."""
        cap, sed = value("nbuvb_cap"), value("nbuvb_per_sed")
        for day, dose in self.sessions(exposure, rng):
            exposure.table[day, Channel.UV_DOSE] += dose / sed
            exposure.tolls["uvb_dose"][day] += dose
            redness = value("nbuvb_redness") * exposure.sensitivity * dose / cap
            exposure.tolls["irritation"][day : day + 2] += redness / 2

    def sessions(self, exposure: Exposure, rng: np.random.Generator) -> list[tuple[int, float]]:
        """Days of the sessions that were kept and their doses in mJ/cm2."""
        rise, cap = value(f"nbuvb_step.{exposure.skin_type}"), value("nbuvb_cap")
        dose, last, kept = value(f"nbuvb_start.{exposure.skin_type}"), None, []
        days = self.days(exposure.days)
        for day in days:
            if (day - days.start) % 7 not in WEEKDAYS[self.sessions_per_week] or rng.random() >= self.adherence:
                continue
            if last is not None:
                dose = 0.75 * dose if day - last > value("nbuvb_break") else min(dose + rise, cap)
            kept.append((day, dose))
            last = day
        return kept
