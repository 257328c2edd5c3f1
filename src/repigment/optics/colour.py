"""From spectrum to colour: XYZ, L*a*b*, ITA and sRGB. Light and observer are always said: they move ITA by degrees."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from repigment.optics.arrays import library
from repigment.optics.spectral import light as light_called
from repigment.optics.spectral import observer as observer_called

XYZ_OF_RGB = np.array(  # sRGB, white D65 (IEC 61966-2-1)
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)
RGB_OF_XYZ = np.linalg.inv(XYZ_OF_RGB)
KNEE = 6 / 29  # where CIELAB turns from a cube root into a line (CIE 15)
Floats = NDArray[np.float64]


def weights(light: str = "D65", observer: str = "2") -> Floats:
    """W (31, 3), so that XYZ = R W: S x / sum(S y), with Y = 1 for a perfect white (CIE 015).

    >>> float(weights()[:, 1].sum().round(12))
    1.0
    """
    power = light_called(light)[:, None] * observer_called(observer)
    return power / power[:, 1].sum()


def xyz(reflectance: ArrayLike, light: str = "D65", observer: str = "2") -> Floats:
    """XYZ (..., 3) of reflectance spectra (..., 31) under a light, seen by an observer of 2 or 10 degrees.

    >>> float(xyz(np.ones(31))[1].round(12))
    1.0
    """
    return library(reflectance).asarray(reflectance, float) @ weights(light, observer)


def white(light: str = "D65", observer: str = "2") -> Floats:
    """XYZ (3,) of a perfect white."""
    return weights(light, observer).sum(axis=0)


def lab(colour: ArrayLike, light: str = "D65", observer: str = "2") -> Floats:
    """L*a*b* (..., 3) of XYZ (..., 3) with Y = 1 for white, under the light and observer of the XYZ (CIE 015).

    >>> [abs(int(round(x))) for x in lab(white())]
    [100, 0, 0]
    """
    xp = library(colour)
    t = xp.asarray(colour, float) / white(light, observer)
    f = xp.where(t > KNEE**3, xp.cbrt(t), t / (3 * KNEE**2) + 4 / 29)
    x, y, z = xp.moveaxis(f, -1, 0)
    return xp.stack([116 * y - 16, 500 * (x - y), 200 * (y - z)], axis=-1)


def ita(colour: ArrayLike) -> Floats:
    """Individual typology angle in degrees of L*a*b* (..., 3): arctan((L* - 50) / b*) (Chardon 1991).

    >>> float(ita([60.0, 10.0, 10.0]))
    45.0
    """
    xp = library(colour)
    known = xp.asarray(colour, float)
    return xp.degrees(xp.arctan2(known[..., 0] - 50, known[..., 2]))


def rgb_of_xyz(colour: ArrayLike) -> Floats:
    """Linear sRGB (..., 3) of XYZ (..., 3) under D65."""
    return np.asarray(colour, float) @ RGB_OF_XYZ.T


def xyz_of_rgb(rgb: ArrayLike) -> Floats:
    """XYZ (..., 3) under D65 of linear sRGB (..., 3) in 0 to 1."""
    return np.asarray(rgb, float) @ XYZ_OF_RGB.T


def encode(linear: ArrayLike) -> Floats:
    """sRGB (...) in 0 to 1 of linear light (...), cut to 0 to 1 (IEC 61966-2-1).

    >>> float(encode(1.0).round(6))
    1.0
    """
    light = np.clip(np.asarray(linear, float), 0, 1)
    return np.where(light <= 0.0031308, 12.92 * light, 1.055 * light ** (1 / 2.4) - 0.055)


def decode(encoded: ArrayLike) -> Floats:
    """Linear light (...) of sRGB values (...) in 0 to 1: the inverse of `encode`.

    >>> float(decode(encode(0.2)).round(12))
    0.2
    """
    known = np.asarray(encoded, float)
    return np.where(known <= 0.04045, known / 12.92, ((known + 0.055) / 1.055) ** 2.4)
