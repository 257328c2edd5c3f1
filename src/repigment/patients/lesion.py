"""One lesion to be followed: a person's region, the treatments it gets, and the patch that stands for it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from repigment.evidence.parameters import value
from repigment.patients.person import Person
from repigment.skin.exposure import Channel, Exposure
from repigment.skin.patch import Patch, lay_out, lesion_weights
from repigment.skin.sites import Site
from repigment.skin.sun import personal_dose
from repigment.treatments import Treatment
from repigment.treatments.uc_msc import MECHANISMS

DEFAULT_AREA = 1.0  # hand units, where a person's area is not given
SITES = tuple(Site)
SWITCHES = tuple(MECHANISMS.values())


@dataclass(frozen=True)
class Lesion:
    """A region of a person under `treatments`; `replicate` tells apart lesions of one region, `seed` the virtual world.

    `share` of the region's area that it stands for (half where two halves of a person are compared); `strengths` is
    what the cell product does in this world, by switch name.
    """

    person: Person
    site: str
    treatments: tuple[Treatment, ...]
    seed: int
    replicate: int = 0
    share: float = 1.0
    strengths: dict[str, float] = field(default_factory=dict)

    @property
    def hand_units(self) -> float:
        """Depigmented area at enrolment that the lesion stands for."""
        return self.share * self.person.areas.get(self.site, DEFAULT_AREA)

    @property
    def radius(self) -> float:
        """Radius in mm of one of the equal round lesions that share the region's area."""
        area = self.hand_units / self.share * value("hand_area") / value("lesions_per_region")
        return float(np.sqrt(area / np.pi))

    def parameters(self) -> dict[str, float]:
        """Model parameters: the person's skin at the site, and what the treatments switch."""
        own = self.person.parameters(self.site)
        for treatment in self.treatments:
            own |= treatment.switches(self.strengths)
        return own

    def patch(self, n: int, dx: float) -> Patch:
        """The window (n, n) of dx mm; the same person, site and replicate always have the same follicles."""
        own = self.parameters()
        return lay_out(n, dx, own["rho_f"], own["p_res"], self._rng(1))

    def _rng(self, purpose: int) -> np.random.Generator:
        """Random numbers of the lesion for one purpose, whatever the treatments."""
        site = SITES.index(Site(self.site))
        return np.random.default_rng([self.seed, self.person.number, site, self.replicate, purpose])

    def weights(self, patch: Patch) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Weights (n, n) of the lesion and of the skin around it, each summing to 1."""
        around = (~patch.lesion).astype(np.float32)
        return lesion_weights(patch.depth, self.radius), around / around.sum()

    def depots(self, n: int, dx: float) -> NDArray[np.float32]:
        """Where injections fall (n, n): the grid of the first treatment that injects, otherwise nowhere."""
        area = self.hand_units * value("hand_area")
        grids = (treatment.depots(n, dx, area, self._rng(7)) for treatment in self.treatments)
        return next((grid for grid in grids if grid is not None), np.zeros((n, n), np.float32))

    def exposure(self, days: int) -> Exposure:
        """What reaches the lesion on each of `days` days; missed doses depend on person and treatment, not arm."""
        person = self.person
        exposure = Exposure.over(days, self.site, person.skin_type, person.sensitivity, person.response)
        exposure.table[:, Channel.SUN] = personal_dose(
            person.latitude, person.first_day, days, person.sun_habit, self.site
        )
        given: Counter[str] = Counter()
        for treatment in self.treatments:
            name = str(treatment.model_dump()["give"])
            key = [self.seed, person.number, crc32(name.encode()), given[name], 2]
            treatment.expose(exposure, np.random.default_rng(key))
            given[name] += 1
        return exposure


def parameter_arrays(lesions: Sequence[Lesion]) -> dict[str, NDArray[np.float64]]:
    """Parameters (lesions,) by name; one that only some lesions set is at its default in the others.

    The switches of the cell product are always among them, so that a lesion is computed alike with and without cells.
    """
    rows = [lesion.parameters() for lesion in lesions]
    names = sorted(set(SWITCHES).union(*rows))
    return {name: np.array([row.get(name, value(name)) for row in rows]) for name in names}
