"""Melanin and erythema index of a reflectance spectrum."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from repigment.evidence.parameters import value
from repigment.optics.spectral import WAVELENGTHS

LEAST = 1e-4  # reflectance below which no instrument reads


def _absorbance(reflectance: ArrayLike, nm: float) -> NDArray[np.float64]:
    column = int(np.argmin(np.abs(WAVELENGTHS - nm)))
    return -np.log10(np.maximum(np.asarray(reflectance, float)[..., column], LEAST))


def melanin_index(reflectance: ArrayLike) -> NDArray[np.float64]:
    """100 (-log10 R650) of spectra (..., 31) (Takiwaki 1998).

    >>> float(melanin_index(np.full(31, 0.1)))
    100.0
    """
    return 100 * _absorbance(reflectance, value("index_red"))


def erythema_index(reflectance: ArrayLike) -> NDArray[np.float64]:
    """100 (log10 R650 - log10 R560) of spectra (..., 31) (Takiwaki 1998): melanin counts a little too.

    >>> float(erythema_index(np.full(31, 0.1)))
    0.0
    """
    return 100 * (_absorbance(reflectance, value("index_green")) - _absorbance(reflectance, value("index_red")))
