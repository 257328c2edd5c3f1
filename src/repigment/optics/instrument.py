"""How an instrument sees skin: what it counts of the surface's shine, and what of the light it loses sideways."""

from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from repigment.errors import RepigmentError
from repigment.evidence.parameters import value
from repigment.optics.quadrature import directions, fresnel
from repigment.optics.tissue import Optical

Floats = NDArray[np.float64]
NEAR, FAR, STEPS = 1e-3, 300.0, 160  # mean free paths from and to which light is followed sideways, in so many steps
FINE = 64  # directions of an integral over the surface
CM_OF_MM = 0.1


class Sphere(NamedTuple):
    """An integrating sphere: light along the normal, all that comes back; `specular` counts the surface's share."""

    specular: bool = True


class Probe(NamedTuple):
    """A contact probe that lights and sees one round opening, mm across, and loses light that comes out beside it."""

    aperture: float = 8.0
    specular: bool = True


class Camera(NamedTuple):
    """A camera under even light: by reciprocity a sphere.

    `gloss` is the share of the surface's reflection that it sees: 0 with crossed polarisers, 1 without any.
    """

    gloss: float = 0.0


Instrument = Sphere | Probe | Camera


def surface() -> float:
    """Share of light along the normal that the surface of skin reflects.

    >>> round(surface(), 4)
    0.0278
    """
    return float(fresnel(1.0, value("refractive_index")))


def seen(diffuse: Floats, skin: Optical, instrument: Instrument) -> Floats:
    """What the instrument reads (..., 31) of skin that gives `diffuse` (..., 31) back from inside."""
    if isinstance(instrument, Camera):
        return diffuse + instrument.gloss * surface()
    shine = surface() * instrument.specular
    if isinstance(instrument, Probe):
        return diffuse * (1 - lost(skin, instrument.aperture)) + shine
    return diffuse + shine


def lost(skin: Optical, aperture: float) -> Floats:
    """Share (..., 31) of the light that comes out beside a round opening of `aperture` mm that is lit evenly.

    Of light that comes out at r from where it went in, an opening d across keeps (2 / pi) (arccos x - x sqrt(1 - x^2)),
    x = r / d: as much as two such discs overlap, shifted by r. RepigmentError for an opening that is not modelled.
    """
    if not 1 <= aperture <= 100:
        raise RepigmentError(f"a probe of {aperture:g} mm is not modelled", where="aperture", allowed="1 to 100 mm")
    scatter = skin.scattered_upper / (CM_OF_MM * value("melanophage_depth") / 1000)  # 1/cm
    mua = skin.ratio * scatter
    everything, kept = np.zeros(mua.shape), np.zeros(mua.shape)
    for step in np.geomspace(NEAR, FAR, STEPS):  # one by one: all of them, for a map of spectra, would fill the memory
        r = step / (mua + scatter)
        ring = sideways(r, mua, scatter) * r**2  # 2 pi r dr = 2 pi r^2 d(ln r)
        x = np.minimum(r / (CM_OF_MM * aperture), 1)
        everything += ring
        kept += ring * 2 / np.pi * (np.arccos(x) - x * np.sqrt(1 - x**2))
    return 1 - kept / everything


def sideways(r: Floats, mua: Floats, scatter: Floats) -> Floats:
    """Light (...), in relative units, that comes out of an area at r cm from where it went into a half-space.

    By the dipole of diffusion, mua and mus' `scatter` in 1/cm: z (k + 1/d) e^(-k d) / d^2, summed over the source at
    z = 1/mut' and its image at z + 4 A D, each d away (Farrell, Patterson and Wilson 1992, 10.1118/1.596777);
    k = sqrt(mua / D), D = 1 / (3 mut').
    """
    total = mua + scatter
    D = 1 / (3 * total)
    k = np.sqrt(mua / D)

    def flux(z: Floats) -> Floats:
        d = np.hypot(r, z)
        return np.asarray(z * (k + 1 / d) * np.exp(-k * d) / d**2)

    return flux(1 / total) + flux(1 / total + 4 * mismatch() * D)


@cache
def mismatch() -> float:
    """A = (1 + 3 <r mu^2>) / (1 - 2 <r mu>), of what the surface sends back into diffuse light (Contini 1997).

    >>> round(mismatch(), 2)
    2.95
    """
    index = value("refractive_index")
    mu, w = directions(FINE, index)
    back = w * fresnel(mu, index)
    return float((1 + 3 * back @ mu**2) / (1 - 2 * back @ mu))
