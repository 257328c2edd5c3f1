"""One virtual patient: who they are, how they live, and what in their skin differs from the average."""

from dataclasses import dataclass, field

import numpy as np

from repigment.evidence.parameters import parameter, value
from repigment.skin.sites import site_parameters

SENSITIVE, USUAL = True, False


@dataclass(frozen=True)
class Person:
    """A patient. Ages and durations in years, latitude in degrees, `areas` hand units by region.

    `traits` are model parameters of this person; `response` (logits) is how much better than usual a drug takes.
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


def usable_share(duration: float, rng: np.random.Generator) -> float:
    """Share of follicles that still hold a reservoir after `duration` years: logit-normal, falling with time.

    >>> usable_share(0.0, np.random.default_rng(0)) > usable_share(50.0, np.random.default_rng(0))
    True
    """
    typical = value("res_share")
    logit = np.log(typical / (1 - typical)) - value("res_loss") * (duration - 10)
    logit += value("res_sd") * rng.standard_normal()
    return float(1 / (1 + np.exp(-logit)))


def draw_traits(duration: float, rng: np.random.Generator) -> dict[str, float]:
    """Parameters that vary between people whatever their disease: reservoir, proliferation, memory loss."""
    varied = {"r_b": value("r_b_person"), "dl_R": value("dl_R")}
    traits = {"p_res": usable_share(duration, rng)}
    for name, median in varied.items():
        drawn = median * float(np.exp(value(f"{name}_sd") * rng.standard_normal()))
        traits[name] = float(np.clip(drawn, parameter(name).low, parameter(name).high))
    return traits
