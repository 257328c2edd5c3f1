"""The own colour of people: skin types, and how much melanin and blood makes each."""

from functools import cache

import numpy as np

from repigment.errors import RepigmentError
from repigment.evidence.parameters import value
from repigment.optics.colour import ita, lab, xyz
from repigment.optics.skin import spectrum
from repigment.optics.tissue import Pigments

SKIN_TYPES = ("I", "II", "III", "IV", "V", "VI")
MOST = 60.0  # um of melanin that no skin has
STEPS = 600


def skin_type_name(skin_type: int | str) -> str:
    """The Roman name of a skin type given as 1 to 6 or I to VI; RepigmentError otherwise.

    >>> skin_type_name(4)
    'IV'
    """
    text = str(skin_type).strip().upper()
    if text in SKIN_TYPES:
        return text
    if text in {"1", "2", "3", "4", "5", "6"}:
        return SKIN_TYPES[int(text) - 1]
    raise RepigmentError(f"skin type {skin_type!r} does not exist", allowed="I to VI, or 1 to 6")


@cache
def own(skin_type: int | str) -> Pigments:
    """Pigments of untanned skin in the middle of a skin type: as much melanin as gives its ITA (D65, 2 degrees, sphere).

    >>> bool(own("I").melanin < own("VI").melanin)
    True
    """
    return Pigments(melanin_of_ita(value(f"ita_{skin_type_name(skin_type)}")), value("own.blood"))


def melanin_of_ita(angle: float, blood: float | None = None) -> float:
    """Epidermal melanin in um that gives typical skin an ITA of `angle` degrees, by interpolation.

    >>> 1 < melanin_of_ita(45.0) < 3
    True
    """
    melanin = np.geomspace(0.01, MOST, STEPS)
    held = np.full(STEPS, value("own.blood") if blood is None else blood)
    angles = ita(lab(xyz(spectrum(Pigments(melanin, held)))))
    falling = angles[: int(np.argmin(angles)) + 1]
    return float(np.interp(-angle, -falling, melanin[: len(falling)]))
