"""Who is enrolled: skin, age, sun, disease, and how much of each region is depigmented."""

from collections.abc import Mapping
from typing import Annotated, Literal, Self

from pydantic import Field, field_validator, model_validator

from repigment.conditions import conditions
from repigment.conditions.base import Condition
from repigment.evidence.parameters import value
from repigment.skin.sites import Site
from repigment.trials.protocol.fields import Part, Share, refusal
from repigment.trials.reading.closest import closest

SHARES_TOTAL = 0.01  # shares that were rounded to whole per cent may miss 1 by so much

SkinType = Literal["I", "II", "III", "IV", "V", "VI"]
Group = Literal["AB", "AF", "CA", "CN", "IQ", "JP", "SA", "TH"]
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
    """Lesional area of a region in hand units (1 is 1 % of the body) in the `share` of patients who have any."""

    share: Share = 1.0
    mean: Annotated[float, Field(gt=0, le=50, description="hand units")]
    sd: HandUnits = 0.0
    min: HandUnits = 0.0
    max: HandUnits = 50.0


class Spots(Spread):
    """Spots of a region in the `share` of patients who have any."""

    share: Share = 1.0
    mean: Annotated[float, Field(ge=1, le=1000, description="spots")]
    sd: Annotated[float, Field(ge=0, le=500, description="spots")] = 0.0
    min: Annotated[float, Field(ge=1, le=1000, description="spots")] = 1.0
    max: Annotated[float, Field(ge=1, le=1000, description="spots")] = 1000.0


def whole(shares: dict[str, float], of: str) -> None:
    """Refuse shares that do not make up a whole."""
    total = sum(shares.values())
    if abs(total - 1) > SHARES_TOTAL + 1e-9:
        raise refusal(f"the shares of {of} sum to {total:.3g}", "a sum of 1", "change them until they sum to 1")


class Population(Part):
    """The people of a study. `skin_types` and `sun_habits` are shares.

    `areas` (vitiligo, melasma) or `spots` (sun spots, PIH, freckles) by region of the body; `disease` are shares of
    patients in whom the condition takes a form that it knows; `months` (1 to 12) in which patients are enrolled.
    `group` of the measured people whose skin they have: then `skin_types` may be left out, and are those of the group.
    `least_contrast` of lesions with the skin around, below which nobody is enrolled (dark conditions only).
    """

    condition: str
    age: Age
    female: Share
    skin_types: dict[SkinType, Share]
    latitude: Latitude
    sun_habits: dict[SunHabit, Share]
    sensitive: Share
    stable: Share
    duration: Duration
    areas: dict[Site, Area] = {}
    spots: dict[Site, Spots] = {}
    disease: dict[str, Share] = {}
    group: Group | None = None
    months: Annotated[tuple[Annotated[int, Field(ge=1, le=12)], ...], Field(max_length=12)] = ()
    least_contrast: Annotated[float, Field(ge=0, le=400, description="MI units")] = 0.0

    @field_validator("condition")
    @classmethod
    def _is_built(cls, condition: str) -> str:
        if condition.casefold() not in conditions():
            near = closest(condition.casefold(), conditions())
            raise refusal(
                f"there is no condition '{condition[:60]}'",
                allowed=", ".join(conditions()),
                remedy=f'write condition = "{near}"' if near else "",
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
        return self

    @model_validator(mode="after")
    def _fits_the_condition(self) -> Self:
        known = conditions()[self.condition]
        used, other = ("spots", "areas") if known.counted else ("areas", "spots")
        if getattr(self, other):
            raise refusal(
                f"{known.title} is told in {used}, not in {other}", f"[population.{used}]", f"write [population.{used}]"
            )
        if all(region.share == 0 for region in self.regions.values()):
            raise refusal(f"no patient has any {known.lesion}", "a share above 0 in at least one region")
        for site in self.regions:
            if site not in known.sites:
                raise refusal(f"{known.title} is not modelled on the {site}", ", ".join(known.sites))
        self._takes_its_forms(known)
        if self.least_contrast > 0 and known.watched != "contrast":
            raise refusal(f"patients with {known.name} are not enrolled by contrast", "0", "leave least_contrast out")
        return self

    @model_validator(mode="after")
    def _fits_a_face(self) -> Self:
        most = value("face_area")
        for site, area in self.areas.items() if conditions()[self.condition].scale == "face" else ():
            for name, given in (("mean", area.mean), ("max", area.max)):
                if given > most:
                    raise refusal(
                        f"{name} of the {site} is {given:g} hand units, more than a face has",
                        allowed=f"above 0 to {most:g} hand units",
                        remedy=f"write {name} = {most:g} or less",
                    )
        return self

    def _takes_its_forms(self, known: Condition) -> None:
        for name in self.disease:
            if name not in known.says:
                near = closest(name, known.says)
                told = ", ".join(known.says) or f"nothing; {known.title} has no forms"
                raise refusal(f"{known.title} has no form '{name[:60]}'", told, f"write '{near}'" if near else "")
        total = sum(self.disease.get(name, 0.0) for name in known.exclusive)
        if total > 1 + SHARES_TOTAL + 1e-9:
            raise refusal(
                f"the shares of {' and '.join(known.exclusive)} sum to {total:.3g}, but no patient has both",
                allowed="a sum of at most 1",
                remedy="lower one of them",
            )

    @property
    def regions(self) -> "Mapping[Site, Area | Spots]":
        """Where the patients have it, and how much: areas, or spots where they are counted."""
        return self.spots if conditions()[self.condition].counted else self.areas
