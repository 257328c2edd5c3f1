"""Who is enrolled: skin, age, sun, disease, and how much of each region is depigmented."""

from typing import Annotated, Literal, Self

from pydantic import Field, field_validator, model_validator

from repigment.skin.sites import Site
from repigment.trials.protocol.fields import Part, Share, refusal

CONDITIONS = ("vitiligo",)
SHARES_TOTAL = 0.01  # shares that were rounded to whole per cent may miss 1 by so much

SkinType = Literal["I", "II", "III", "IV", "V", "VI"]
SunHabit = Literal["indoor", "mixed", "outdoor"]
Years = Annotated[float, Field(ge=0, le=110, description="years")]
Degrees = Annotated[float, Field(ge=-70, le=70, description="degrees, south negative")]
HandUnits = Annotated[float, Field(ge=0, le=50, description="hand units")]


class Spread(Part):
    """How a number varies between the people enrolled: mean and standard deviation, nobody outside min and max."""

    mean: float
    sd: float = 0.0
    min: float
    max: float

    @model_validator(mode="after")
    def _is_possible(self) -> Self:
        if self.min > self.max:
            raise refusal(f"min ({self.min:g}) is above max ({self.max:g})", "min up to max", "exchange them")
        if not self.min <= self.mean <= self.max:
            raise refusal(f"the mean ({self.mean:g}) is not between min and max", f"{self.min:g} to {self.max:g}")
        widest = ((self.mean - self.min) * (self.max - self.mean)) ** 0.5
        if self.sd > widest:
            raise refusal(
                f"no group with mean {self.mean:g} between {self.min:g} and {self.max:g} has an sd of {self.sd:g}",
                allowed=f"sd 0 to {widest:.3g}",
                remedy="make sd smaller or the limits wider",
            )
        return self


class Age(Spread):
    """Age at enrolment in years."""

    mean: Years
    sd: Annotated[float, Field(ge=0, le=50, description="years")]
    min: Years
    max: Years


class Duration(Spread):
    """Years since the disease began."""

    mean: Years
    sd: Annotated[float, Field(ge=0, le=50, description="years")]
    min: Years = 0.0
    max: Years = 110.0


class Latitude(Spread):
    """Where people live, in degrees; south is negative."""

    mean: Degrees
    sd: Annotated[float, Field(ge=0, le=40, description="degrees")] = 0.0
    min: Degrees = -70.0
    max: Degrees = 70.0


class Area(Spread):
    """Depigmented area of a region in hand units (1 is 1 % of the body) in the `share` of patients who have any."""

    share: Share = 1.0
    mean: Annotated[float, Field(gt=0, le=50, description="hand units")]
    sd: HandUnits = 0.0
    min: HandUnits = 0.0
    max: HandUnits = 50.0


def whole(shares: dict[str, float], of: str) -> None:
    """Refuse shares that do not make up a whole."""
    total = sum(shares.values())
    if abs(total - 1) > SHARES_TOTAL + 1e-9:
        raise refusal(f"the shares of {of} sum to {total:.3g}", "a sum of 1", "change them until they sum to 1")


class Population(Part):
    """The people of a study. `skin_types` and `sun_habits` are shares; `areas` by region of the body."""

    condition: str
    age: Age
    female: Share
    skin_types: dict[SkinType, Share]
    latitude: Latitude
    sun_habits: dict[SunHabit, Share]
    sensitive: Share
    stable: Share
    duration: Duration
    areas: Annotated[dict[Site, Area], Field(min_length=1)]

    @field_validator("condition")
    @classmethod
    def _is_built(cls, condition: str) -> str:
        if condition.casefold() not in CONDITIONS:
            raise refusal(
                f"the condition '{condition[:60]}' is not in this release",
                allowed=", ".join(CONDITIONS),
                remedy='write condition = "vitiligo"; melasma, sun spots, PIH and freckles come with later releases',
            )
        return condition.casefold()

    @field_validator("skin_types")
    @classmethod
    def _all_types(cls, shares: dict[SkinType, float]) -> dict[SkinType, float]:
        whole({str(name): share for name, share in shares.items()}, "skin types")
        return shares

    @field_validator("sun_habits")
    @classmethod
    def _all_habits(cls, shares: dict[SunHabit, float]) -> dict[SunHabit, float]:
        whole({str(name): share for name, share in shares.items()}, "sun habits")
        return shares

    @model_validator(mode="after")
    def _fits_a_body(self) -> Self:
        total = sum(area.share * area.mean for area in self.areas.values())
        if total > 100:
            raise refusal(f"the areas add up to {total:.4g} hand units a patient", "100 hand units, the whole body")
        if all(area.share == 0 for area in self.areas.values()):
            raise refusal("no patient has any depigmented skin", "a share above 0 in at least one region")
        return self
