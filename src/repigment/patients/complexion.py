"""The own skin of a patient: the middle of a skin type, or somebody drawn from a measured group."""

from functools import cache

import numpy as np

from repigment.optics.groups import Site
from repigment.optics.people import draw, ita_of, own
from repigment.optics.tissue import Pigments, Tissue, typical
from repigment.patients.person import Person

COVERED: Site = "inner"  # own skin is untanned: the model tans it
PURPOSE = 11  # of the random numbers, beside those of the model


def complexion(person: Person) -> tuple[Pigments, Tissue]:
    """Pigments and tissue of the person's untanned skin: drawn where the person was, otherwise the middle of the type.

    >>> complexion(Person(1, 4))[0] == own(4)
    True
    """
    return _complexion(person.skin_type, person.group, person.skin_seed)


@cache
def _complexion(skin_type: int, group: str | None, seed: tuple[int, ...]) -> tuple[Pigments, Tissue]:
    if not seed:
        return own(skin_type, group, COVERED), typical()
    return draw(group, np.random.default_rng([*seed, PURPOSE]), skin_type, COVERED)


def own_ita(person: Person) -> float:
    """Typology angle of the person's untanned skin in degrees (D65, 2 degrees, sphere).

    >>> round(own_ita(Person(1, 4)))
    19
    """
    return float(ita_of(*complexion(person)))
