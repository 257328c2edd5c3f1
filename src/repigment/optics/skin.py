"""From skin to spectrum, fast: from the table. `reference` does the same by the solver itself."""

import numpy as np
from numpy.typing import NDArray

from repigment.optics.instrument import Instrument, Sphere, seen
from repigment.optics.spectral import WAVELENGTHS
from repigment.optics.table import layered, twice_layered
from repigment.optics.tissue import Pigments, Tissue, anisotropy, optical, typical

Floats = NDArray[np.float64]


def spectrum(pigments: Pigments, tissue: Tissue | None = None, instrument: Instrument | None = None) -> Floats:
    """Reflectance (..., 31) at WAVELENGTHS of skin with `pigments` (...), as `instrument` reads it; from the table.

    The upper dermis is a layer of its own only where it holds melanin.

    >>> light, dark = spectrum(Pigments(np.array([1.0, 10.0]), np.array([0.01, 0.01])))
    >>> bool((dark < light).all())
    True
    """
    skin = optical(pigments, tissue or typical())
    if np.any(np.asarray(pigments.dermal) > 0):
        upper = skin.absorbed_upper, skin.scattered_upper
        given_back = twice_layered((skin.absorbed, skin.scattered), upper, skin.ratio, anisotropy(WAVELENGTHS))
    else:
        given_back = layered(skin.absorbed, skin.scattered, skin.ratio, anisotropy(WAVELENGTHS))
    return seen(given_back, skin, instrument or Sphere())
