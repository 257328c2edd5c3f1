"""What every treatment has: when it is given, how faithfully, and what it puts on the skin."""

from typing import Annotated, ClassVar

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field, model_validator

from repigment.skin.exposure import Exposure

Share = Annotated[float, Field(ge=0, le=1)]
Week = Annotated[float, Field(ge=0, le=520)]
Weeks = Annotated[tuple[Week, ...], Field(min_length=1, max_length=200)]


class Treatment(BaseModel):
    """One treatment as a study writes it; subclasses say in `expose` what it does to the skin day by day."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, allow_inf_nan=False)
    summary: ClassVar[str] = ""
    from_prior: ClassVar[bool] = False
    cautions: ClassVar[frozenset[str]] = frozenset()
    systemic: ClassVar[bool] = False  # acts on the whole body, not only where it is given

    def unfolded(self, exposure: Exposure) -> "list[Treatment]":
        """What it comes to for the patient of this exposure: itself, unless it is made of others."""
        return [self]

    def prepare(self, exposure: Exposure, rng: np.random.Generator) -> None:
        """What must be known before anything is put on the skin: how far it is opened, and when. By default nothing."""

    def expose(self, exposure: Exposure, rng: np.random.Generator) -> None:
        """Write the treatment into one region's exposure, in place."""
        raise NotImplementedError

    def depots(self, n: int, dx: float, area: float, rng: np.random.Generator) -> NDArray[np.float32] | None:
        """Where injected doses fall on a patch (n, n) of a lesion of `area` mm2; None if nothing is injected."""
        return None

    def switches(self, strengths: dict[str, float]) -> dict[str, float]:
        """Parameters that the treatment sets in a patient; `strengths` are a draw of what is not known about it."""
        return {}

    def timeline(self, last_week: float) -> list[tuple[float, float]]:
        """Intervals of weeks in which it is given; a session is an interval of no length."""
        raise NotImplementedError


class Course(Treatment):
    """A treatment used from one week until another; `until` left out means to the end of the study."""

    start: Week = Field(0, alias="from")
    until: Week | None = None
    adherence: Share = 1.0

    @model_validator(mode="after")
    def _ends_after_start(self) -> "Course":
        if self.until is not None and self.until <= self.start:
            raise ValueError(f"until ({self.until:g}) must be later than from ({self.start:g}), both in weeks")
        return self

    def days(self, total: int) -> range:
        """Days of the course inside a study of `total` days."""
        last = total if self.until is None else min(total, round(7 * self.until))
        return range(min(total, round(7 * self.start)), last)

    def timeline(self, last_week: float) -> list[tuple[float, float]]:
        """One interval."""
        return [(self.start, last_week if self.until is None else min(self.until, last_week))]


class Sessions(Treatment):
    """A treatment given on the first day of certain weeks."""

    weeks: Weeks

    @model_validator(mode="after")
    def _in_order(self) -> "Sessions":
        if list(self.weeks) != sorted(set(self.weeks)):
            raise ValueError(f"weeks must rise and not repeat, not {list(self.weeks)}")
        return self

    def session_days(self, total: int) -> list[int]:
        """Days of the sessions inside a study of `total` days."""
        return [day for day in (round(7 * week) for week in self.weeks) if day < total]

    def timeline(self, last_week: float) -> list[tuple[float, float]]:
        """One point a session."""
        return [(week, week) for week in self.weeks if week <= last_week]


def skin_level(applied: NDArray[np.float64], half_life: float) -> NDArray[np.float32]:
    """Level of a drug in the skin (days,), 1 at steady full use, from the share of doses applied each day.

    L' = k (dose - L) with k = ln 2 / half-life (days), advanced exactly from day to day.

    >>> skin_level(np.ones(3), 1.0)
    array([0.5  , 0.75 , 0.875], dtype=float32)
    """
    kept = 0.5 ** (1 / half_life)
    level, levels = 0.0, np.empty(len(applied), np.float32)
    for day, dose in enumerate(applied):
        level = dose + (level - dose) * kept
        levels[day] = level
    return levels
