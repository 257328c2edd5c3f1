"""How an instrument sees skin: what it counts of the surface's shine, and what of the light it loses sideways."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from repigment.errors import RepigmentError
from repigment.evidence.parameters import value
from repigment.optics.quadrature import fresnel
from repigment.optics.tissue import Optical

Floats = NDArray[np.float64]
FAR, STEPS = 40.0, 400  # mean free paths to which light is followed sideways, and in how many steps
CM_OF_MM = 0.1


class Sphere(NamedTuple):
    """An integrating sphere: light along the normal, all that comes back. `specular` counts the surface's reflection."""

    specular: bool = True


class Probe(NamedTuple):
    """A contact probe that lights and sees one round opening, mm across, and loses light that comes out beside it."""

    aperture: float = 8.0
    specular: bool = True


class Camera(NamedTuple):
    """A camera under even light: by reciprocity a sphere. `gloss` is the share of the surface's reflection that it sees.

    0 is crossed polarisers, 1 even light without any.
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
    """Share (..., 31) of the light that comes out beside an opening of `aperture` mm: 2 <r> / (pi a), a its radius.

    Two discs of radius a, shifted by a small r, overlap in all but 2 r / (pi a) of their area; <r> is the mean distance
    that light travels sideways in the dermis. RepigmentError for an opening that light would mostly miss.
    """
    if not 1 <= aperture <= 100:
        raise RepigmentError(f"a probe of {aperture:g} mm is not modelled", where="aperture", allowed="1 to 100 mm")
    scatter = skin.scattered_upper / (CM_OF_MM * value("melanophage_depth") / 1000)  # 1/cm
    return np.clip(2 * sideways(skin.ratio * scatter, scatter) / (np.pi * aperture / 2 * CM_OF_MM), 0, 1)


def sideways(mua: Floats, scatter: Floats) -> Floats:
    """Mean distance in cm from where light enters a half-space to where it comes out, by mua and mus' in 1/cm.

    By the dipole of diffusion: R(r) = [z (k + 1/d) e^(-k d) / d^2] of the source at z = 1/mut' and of its image at
    -(z + 4 A D), summed (Farrell, Patterson and Wilson 1992); k = sqrt(mua / D), D = 1 / (3 mut').
    """
    total = (mua + scatter)[..., None]
    D = 1 / (3 * total)
    k = np.sqrt(mua[..., None] / D)
    source, image = 1 / total, 1 / total + 4 * value("surface_mismatch") * D
    r = np.geomspace(1e-3, FAR, STEPS) / total

    def flux(z: Floats) -> Floats:
        d = np.hypot(r, z)
        return z * (k + 1 / d) * np.exp(-k * d) / d**2

    out = flux(source) + flux(image)
    return np.asarray(np.trapezoid(out * r**2, r, axis=-1) / np.trapezoid(out * r, r, axis=-1))
