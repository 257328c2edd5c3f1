"""The wavelengths that everything is computed at, and the lights and observers of colour science at them."""

import numpy as np
from numpy.typing import NDArray

from repigment.errors import RepigmentError
from repigment.evidence.spectra import spectra

WAVELENGTHS: NDArray[np.float64] = np.arange(400.0, 701.0, 10.0)  # nm, as skin has been measured
OBSERVERS = ("2", "10")
Floats = NDArray[np.float64]


def at_wavelengths(file: str, curve: str) -> Floats:
    """A curve of `evidence/spectra/` at WAVELENGTHS, (31,)."""
    found = spectra(file)
    return np.interp(WAVELENGTHS, found.wavelengths, found.curves[curve])


def lights() -> tuple[str, ...]:
    """Names of the lights that are known.

    >>> "D65" in lights()
    True
    """
    return tuple(spectra("lights").curves)


def light(name: str) -> Floats:
    """Relative spectral power (31,) of a light; RepigmentError for one that is not known (CIE 015).

    >>> light("D65").shape
    (31,)
    """
    if name not in lights():
        raise RepigmentError(f"there is no light {name!r}", allowed=", ".join(lights()))
    return at_wavelengths("lights", name)


def observer(name: str) -> Floats:
    """Colour-matching functions (31, 3) of the standard observer of 2 or 10 degrees (CIE 015).

    >>> observer("2").shape
    (31, 3)
    """
    if name not in OBSERVERS:
        raise RepigmentError(f"there is no observer of {name!r} degrees", allowed=", ".join(OBSERVERS))
    return np.stack([at_wavelengths("observers", axis + name) for axis in "xyz"], axis=-1)
