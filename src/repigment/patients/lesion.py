"""One lesion to be followed: a person's region, the treatments it gets, and the window that stands for it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from repigment.conditions import Condition, condition
from repigment.conditions.base import Region
from repigment.evidence.parameters import supposing, value
from repigment.patients.person import Person
from repigment.skin.exposure import Channel, Exposure
from repigment.skin.sites import Site
from repigment.skin.sun import personal_dose, visible_light
from repigment.skin.window import Window
from repigment.treatments import Treatment
from repigment.treatments.cell_product import SWITCHES

Side = Literal["right", "left"]
SITES = tuple(Site)
HALVES: tuple[Side, Side] = ("right", "left")
SKETCH = 24  # pixels a side of a window that is laid out only to compare the sizes of its parts


@dataclass(frozen=True)
class Lesion:
    """A region of a person under `treatments`; `replicate` tells apart lesions of one region, `seed` the virtual world.

    `share` of the region's area that it stands for (half where two halves of a person are compared); `strengths` is
    what is supposed in this world of parameters that nobody knows, by name; `grades` is what the doctor saw at the
    checks so far, the share of the lesion's severity that is left by week, for programmes that depend on it.
    """

    person: Person
    site: str
    treatments: tuple[Treatment, ...]
    seed: int
    replicate: int = 0
    share: float = 1.0
    strengths: dict[str, float] = field(default_factory=dict)
    grades: tuple[tuple[int, float], ...] = ()

    @property
    def condition(self) -> Condition:
        """The person's condition."""
        return condition(self.person.condition)

    @property
    def hand_units(self) -> float:
        """Lesional area at enrolment that the lesion stands for."""
        own = self.person.areas.get(self.site)
        if own is None:
            own = self.condition.hand_units(self.condition.amount(self.person.disease))
        return self.share * own

    @property
    def half(self) -> Side | None:
        """Which half of a face it is, where two halves of one window are compared."""
        return HALVES[self.replicate % 2] if self.condition.in_halves and self.share < 1 else None

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

    def window(self, n: int, dx: float) -> Window:
        """The window (n, n), asked for at dx mm; the same person, site and replicate always have the same skin."""
        own = self.parameters()
        area = self.hand_units / self.share * value("hand_area")
        region = Region(self.site, own["rho_f"], own.get("p_res", value("p_res")), area, self.person.disease)
        width = self.condition.width(self.site, n, dx)
        return self.condition.window(n, width / n, region, self._rng(1, 0 if self.half else self.replicate))

    @property
    def part_sizes(self) -> NDArray[np.float64]:
        """Relative areas (parts,) of what is watched apart in the window, 0 where there is none."""
        if not self.condition.parts:
            return np.zeros(0)
        return self.window(SKETCH, self.condition.width(self.site, SKETCH, 1.0) / SKETCH).sizes.astype(float)

    def _rng(self, purpose: int, replicate: int | None = None) -> np.random.Generator:
        """Random numbers of the lesion for one purpose, whatever the treatments."""
        site = SITES.index(Site(self.site))
        which = self.replicate if replicate is None else replicate
        return np.random.default_rng([self.seed, self.person.number, site, which, purpose])

    def depots(self, n: int, dx: float) -> NDArray[np.float32]:
        """Where injections fall (n, n) on pixels of dx mm: the grid of the first that injects, otherwise nowhere."""
        area = self.hand_units * value("hand_area")
        grids = (treatment.depots(n, dx, area, self._rng(7)) for treatment in self.treatments)
        return next((grid for grid in grids if grid is not None), np.zeros((n, n), np.float32))

    def life(self, first: int, days: int) -> Exposure:
        """Sun, light and hormones of `days` days from day `first` of the study (negative: before it), untreated."""
        person = self.person
        exposure = Exposure.over(days, self.site, person.skin_type, person.sensitivity, person.response)
        exposure.table[:, Channel.SUN] = personal_dose(
            person.latitude, person.first_day + first, days, person.sun_habit, self.site
        )
        exposure.table[:, Channel.VISIBLE_LIGHT] = visible_light(person.sun_habit, self.site)
        exposure.table[:, Channel.HORMONE] = person.disease.form.get("hormone", 0.0)
        exposure.table[:, Channel.INJURY] = self.condition.injury(person.disease, first, days)
        return exposure

    def exposure(self, days: int) -> Exposure:
        """What reaches the lesion on each of `days` days; missed doses depend on person and treatment, not arm."""
        person = self.person
        life = self.life(0, days)
        exposure = replace(
            life,
            first_day=person.first_day,
            latitude=person.latitude,
            antibody=person.antibody,
            grades=dict(self.grades),
        )
        keyed: list[tuple[Treatment, list[int]]] = []
        given: Counter[str] = Counter()
        for treatment in (piece for each in self.treatments for piece in each.unfolded(exposure)):
            name = str(treatment.model_dump()["give"])
            keyed.append((treatment, [self.seed, self.person.number, crc32(name.encode()), given[name]]))
            given[name] += 1
        with supposing(self.strengths):
            for treatment, key in keyed:
                treatment.prepare(exposure, np.random.default_rng([*key, 9]))
            for treatment, key in keyed:
                treatment.expose(exposure, np.random.default_rng([*key, 2]))
        return exposure


def parameter_arrays(lesions: Sequence[Lesion]) -> dict[str, NDArray[np.float64]]:
    """Parameters (lesions,) by name; one that only some lesions set is at its default in the others.

    The switches of the cell product are always among them, so that a lesion is computed alike with and without cells,
    and so are those in which lesional skin differs.
    """
    rows = [lesion.parameters() for lesion in lesions]
    names = sorted(set(SWITCHES).union(*rows, *(lesion.condition.local for lesion in lesions)))
    return {name: np.array([row.get(name, value(name)) for row in rows]) for name in names}


def local_arrays(lesions: Sequence[Lesion]) -> dict[str, NDArray[np.float64]]:
    """Parameters (lesions,) of fully lesional skin where it differs from the skin around, by name."""
    around = parameter_arrays(lesions)
    return {
        name: np.array(
            [lesion.person.disease.lesion.get(name, around[name][row]) for row, lesion in enumerate(lesions)]
        )
        for name in lesions[0].condition.local
    }
