"""The wavelengths that everything is computed at, and the lights and observers of colour science at them."""

import numpy as np
from numpy.typing import NDArray

from repigment.errors import RepigmentError
from repigment.evidence.parameters import value
from repigment.evidence.spectra import spectra

WAVELENGTHS: NDArray[np.float64] = np.arange(400.0, 701.0, 10.0)  # nm, as skin has been measured
BAND_STEPS = 41  # in which a band is averaged
OBSERVERS = ("2", "10")
Floats = NDArray[np.float64]


def at_wavelengths(file: str, curve: str) -> Floats:
    """A curve of `evidence/spectra/` at WAVELENGTHS, (31,)."""
    found = spectra(file)
    return np.interp(WAVELENGTHS, found.wavelengths, found.curves[curve])


def in_band(file: str, curve: str) -> Floats:
    """The same (31,) as an instrument of a bandwidth reads it: averaged with triangular weights about each wavelength.

    `bandwidth` is the full width at half height: what skin was measured with reads 10 nm, and haemoglobin has peaks
    not much wider.

    >>> bool(in_band("haemoglobin", "oxygenated")[18] < at_wavelengths("haemoglobin", "oxygenated")[18])
    True
    """
    found, width = spectra(file), value("bandwidth")
    offsets = np.linspace(-width, width, BAND_STEPS)
    share = (1 - np.abs(offsets) / width) / (1 - np.abs(offsets) / width).sum()
    near = np.interp(WAVELENGTHS[:, None] + offsets, found.wavelengths, found.curves[curve])
    return near @ share


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
