"""What colours skin: melanin, blood, and the rest; absorption in 1/cm at WAVELENGTHS."""

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from repigment.errors import RepigmentError
from repigment.evidence.parameters import value
from repigment.optics.arrays import library
from repigment.optics.spectral import WAVELENGTHS, in_band

Floats = NDArray[np.float64]
Formula = Literal["Jacques 1998", "Jacques 2013"]
FORMULA: Formula = "Jacques 1998"  # in which every areal melanin of the product is told
FORMULAS: tuple[Formula, ...] = ("Jacques 1998", "Jacques 2013")
MIDDLE = 500.0  # nm, where the forms of absorption and scattering are anchored


def melanosome(formula: Formula = FORMULA) -> Floats:
    """Absorption (31,) of a melanosome: 6.6e11 l^-3.33 (Jacques 1998) or 519 (l/500)^-3.5 (Jacques 2013).

    >>> round(float(melanosome()[10]))
    679
    """
    if formula == "Jacques 1998":
        return value("melanosome_absorption") * WAVELENGTHS ** -value("melanosome_slope")
    if formula == "Jacques 2013":
        return value("melanosome_2013") * (WAVELENGTHS / MIDDLE) ** -value("melanosome_slope_2013")
    raise RepigmentError(f"there is no formula of melanin {formula!r}", allowed=", ".join(FORMULAS))


def baseline() -> Floats:
    """Absorption (31,) of skin without blood and melanin: 0.244 + 85.3 exp(-(l - 154) / 66.2) (Jacques 1998)."""
    rise = np.exp(-(WAVELENGTHS - value("baseline_origin")) / value("baseline_fall"))
    return value("baseline_floor") + value("baseline_rise") * rise


def whole_blood(saturation: ArrayLike) -> Floats:
    """Absorption (..., 31) of whole blood, a share `saturation` (...) of it oxygenated: ln(10) eps c / M (Prahl).

    >>> whole_blood(0.7).shape
    (31,)
    """
    share = library(saturation).asarray(saturation, float)[..., None]
    oxygenated, without = (in_band("haemoglobin", each) for each in ("oxygenated", "deoxygenated"))
    molar = value("blood_haemoglobin") / value("haemoglobin_molar")
    return np.log(10) * (share * oxygenated + (1 - share) * without) * molar


def reduced_scattering(part: Literal["epidermis", "dermis"]) -> Floats:
    """mus' (31,) in 1/cm: a [f (l/500)^-4 + (1 - f) (l/500)^-b] (Jacques 2013).

    >>> round(float(reduced_scattering("dermis")[10]), 1)
    43.6
    """
    fold, small = WAVELENGTHS / MIDDLE, value(f"rayleigh_{part}")
    return value(f"scatter_{part}") * (small * fold**-4 + (1 - small) * fold ** -value(f"mie_{part}"))
