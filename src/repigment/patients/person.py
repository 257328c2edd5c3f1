"""One virtual patient: who they are, how they live, and what in their skin differs from the average."""

from dataclasses import dataclass, field

from repigment.conditions.base import Disease
from repigment.evidence.parameters import value
from repigment.skin.sites import site_parameters

SENSITIVE, USUAL = True, False


@dataclass(frozen=True)
class Person:
    """A patient. Ages and durations in years, latitude in degrees, `areas` hand units and `spots` counts by region.

    `traits` are model parameters of this person; `disease` is what the condition makes of their lesions; `response`
    (logits) is how much better than usual a drug takes. `group` is the measured group whose skin it is, any if None;
    `skin_seed` draws it, and without one it is the middle of the skin type. `antibody` is the person's rank among
    people by readiness to form antibody against a donor's cells, 0 the readiest.
    """

    number: int
    skin_type: int
    age: float = 40.0
    female: bool = True
    latitude: float = 45.0
    sun_habit: str = "mixed"
    sensitive: bool = USUAL
    stable: bool = True
    duration: float = 10.0
    first_day: float = 80.0
    areas: dict[str, float] = field(default_factory=dict)
    traits: dict[str, float] = field(default_factory=dict)
    response: float = 0.0
    condition: str = "vitiligo"
    disease: Disease = field(default_factory=Disease)
    spots: dict[str, float] = field(default_factory=dict)
    group: str | None = None
    skin_seed: tuple[int, ...] = ()
    antibody: float = 1.0

    @property
    def sensitivity(self) -> float:
        """Fold irritation of this skin."""
        return value("sensitive_fold") if self.sensitive else 1.0

    def parameters(self, site: str) -> dict[str, float]:
        """Model parameters of this person's skin at `site`: site, age and own traits.

        >>> Person(1, 3, traits={"theta": 0.7}).parameters("face")["theta"]
        0.7
        """
        own = site_parameters(site) | {"phi": value(f"phi.{self.skin_type}")} | self.traits
        own["turn"] *= value("turn_25y") ** ((self.age - 35) / 25)
        return own
