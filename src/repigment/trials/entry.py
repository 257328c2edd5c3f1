"""Who may take part: patients whose lesions are dark enough to be seen, of all that the population offers."""

from types import SimpleNamespace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from repigment.engine.observe import visible_melanin
from repigment.errors import RepigmentError
from repigment.evidence.parameters import value
from repigment.patients.lesion import Lesion, parameter_arrays
from repigment.patients.person import Person
from repigment.patients.population import recruit
from repigment.patients.ward import histories
from repigment.skin.fields import Skin

BLOCK = 64  # candidates looked at together, at least
MOST_CANDIDATES = 30  # for each place in the study


def enrolled(population: Any, count: int, seed: int) -> list[Person]:
    """The first `count` people of the virtual world `seed` who fulfil the entry criterion, in order of their number.

    RepigmentError if too few of them do.
    """
    if population.least_contrast == 0:
        return [recruit(population, number, seed) for number in range(count)]
    block, seen = max(count, BLOCK), 0
    kept: list[Person] = []
    while len(kept) < count:
        if seen >= MOST_CANDIDATES * count:
            raise _too_strict(population.least_contrast, len(kept), count, seen)
        candidates = [recruit(population, number, seed) for number in range(seen, seen + block)]
        enough = contrasts(candidates, seed) >= population.least_contrast
        kept += [person for person, told in zip(candidates, enough, strict=True) if told]
        seen += block
    return kept[:count]


def contrasts(people: list[Person], seed: int) -> NDArray[np.float64]:
    """True contrast (people,) at enrolment of fully lesional skin with the skin around, MI units; mean of regions.

    slope phi (P - P around), with P the visible melanin.
    """
    owners = [row for row, person in enumerate(people) for _ in person.areas]
    lesions = [Lesion(person, site, (), seed) for person in people for site in sorted(person.areas)]
    known = parameter_arrays(lesions)
    p = {name: known.get(name, np.full(len(lesions), value(name))) for name in ("c_corn", "tau1", "tau2", "w_D", "phi")}
    states = np.moveaxis(histories(lesions), -1, 0)
    seen = visible_melanin(Skin(*states), SimpleNamespace(**{name: each[:, None] for name, each in p.items()}))
    found = value("mexameter_slope") * p["phi"] * (seen[:, -1] - seen[:, 0])
    return np.bincount(owners, found) / np.bincount(owners)


def _too_strict(least: float, found: int, count: int, seen: int) -> RepigmentError:
    return RepigmentError(
        f"{found} of {seen} candidates have a contrast of at least {least:g} MI units, but {count} are to be enrolled",
        where="[population] least_contrast",
        remedy="lower least_contrast, or describe patients whose lesions are darker",
    )
