"""What is measured and how it is analysed: endpoints, comparisons, losses, numerical settings."""

from typing import Annotated, Literal

from pydantic import Field, field_validator

from repigment.trials.protocol.fields import Name, Note, Part, Week, refusal
from repigment.trials.protocol.scores import known_score

Design = Literal["parallel", "delayed-start", "randomised-withdrawal", "within-patient"]
Rater = Literal["live", "photograph", "none"]


class Endpoint(Part):
    """A score at a week; `primary` is what the trial is judged by."""

    score: str
    week: Week
    primary: bool = False
    label: Note = ""

    _known = field_validator("score")(known_score)


class Comparison(Part):
    """Two arms: the first is compared with the second."""

    arms: Annotated[tuple[Name, ...], Field(min_length=2, max_length=2)]


class Analysis(Part):
    """How arms are compared and what becomes of values that nobody saw."""

    control: Name
    confidence: Annotated[float, Field(gt=0, lt=1)] = 0.95
    adjust: tuple[Literal["baseline"], ...] = ("baseline",)
    missing: Literal["non-responder", "observed", "last-observation", "multiple-imputation"] = "non-responder"


class Dropout(Part):
    """Patients who leave, as a hazard per year: of 100 about 100 (1 - exp(-h)) leave within one."""

    per_year: Annotated[float, Field(ge=0, le=5, description="per year")] = 0.0


class Uncertainty(Part):
    """How many draws are made of what is not known, 1 makes one only; `of` the cells alone, or of all treatments.

    Of treatments, every number is drawn that is prior, assumed or fitted, in its range and in all arms alike.
    """

    prior_draws: Annotated[int, Field(ge=1, le=256, description="draws")]
    of: Literal["cells", "treatments"] = "cells"


class Simulation(Part):
    """Grid of `grid` x `grid` pixels of `dx_mm`, steps of `step_days`."""

    grid: Annotated[int, Field(ge=8, le=256, multiple_of=2, description="pixels, an even number")]
    dx_mm: Annotated[float, Field(ge=0.05, le=1, description="mm")]
    step_days: Annotated[float, Field(ge=0.05, le=1, description="days")]

    @field_validator("step_days")
    @classmethod
    def _fills_a_day(cls, step: float) -> float:
        if abs(1 / step - round(1 / step)) > 1e-6:
            raise refusal(f"steps of {step:g} days do not fill a day", "1, 0.5, 0.25, 0.2, 0.125, 0.1 or 0.05 days")
        return step
