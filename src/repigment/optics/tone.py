"""From melanin to colour: a skin-like scale for pictures, to be replaced by the full optics."""

from functools import cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from repigment.errors import RepigmentError
from repigment.evidence.parameters import value

SKIN_TYPES = ("I", "II", "III", "IV", "V", "VI")
XYZ_OF_RGB = np.array(  # sRGB, white D65 (IEC 61966-2-1)
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)
WHITE = XYZ_OF_RGB.sum(axis=1)
KNEE = 6 / 29  # where CIELAB turns from a cube root into a line (CIE 15)
Floats = NDArray[np.float64]


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


def lab(rgb: ArrayLike) -> Floats:
    """CIELAB (D65, 2 degree observer) of linear RGB in 0-1, shape (..., 3) both ways.

    >>> [int(round(x)) for x in lab([1.0, 1.0, 1.0])]
    [100, 0, 0]
    """
    t = np.asarray(rgb, float) @ XYZ_OF_RGB.T / WHITE
    f = np.where(t > KNEE**3, np.cbrt(t), t / (3 * KNEE**2) + 4 / 29)
    x, y, z = np.moveaxis(f, -1, 0)
    return np.stack([116 * y - 16, 500 * (x - y), 200 * (y - z)], axis=-1)


def linear_rgb(lightness: float, redness: float, yellowness: float) -> Floats:
    """Linear RGB (3,) of one CIELAB colour; the inverse of `lab`."""
    y = (lightness + 16) / 116
    f = np.array([y + redness / 500, y, y - yellowness / 200])
    xyz = WHITE * np.where(f > KNEE, f**3, 3 * KNEE**2 * (f - 4 / 29))
    rgb: Floats = np.linalg.solve(XYZ_OF_RGB, xyz)
    return rgb


def ita(rgb: ArrayLike) -> Floats:
    """Individual typology angle in degrees of linear RGB (..., 3): arctan((L* - 50) / b*) (Chardon 1991)."""
    colour = lab(rgb)
    return np.degrees(np.arctan2(colour[..., 0] - 50, colour[..., 2]))


def reflectance(melanin: ArrayLike) -> Floats:
    """Linear RGB (..., 3) of skin with `melanin` (...), in amounts that absorb once at 550 nm.

    R = R_bare / (1 + k M)^p with k as (wavelength / 550)^-3.33: what is left of light whose paths through the
    pigment are gamma distributed with shape p. The melanosome slope is that of Jacques 1998.
    """
    waves = np.array([value("screen_red"), value("screen_green"), value("screen_blue")])
    absorbed = (waves / 550) ** -value("melanin_slope")
    bare = linear_rgb(value("bare_L"), value("bare_a"), value("bare_b"))
    amount = np.clip(np.asarray(melanin, float), 0, None)[..., None]
    lit: Floats = bare / (1 + absorbed * amount) ** value("path_shape")
    return lit


@cache
def own_melanin(skin_type: int | str) -> float:
    """The amount of melanin at which skin has the typology angle of `skin_type`, by bisection."""
    angle = value(f"ita_{skin_type_name(skin_type)}")
    low, high = 0.0, 50.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if ita(reflectance(middle)) > angle else (low, middle)
    return low


def tone(melanin: ArrayLike, skin_type: int | str) -> Floats:
    """Colour of skin with relative visible `melanin` (...): sRGB in 0-1, shape (..., 3).

    `melanin` is 1 for the person's own untanned skin and 0 for skin without melanin. Own skin has the middle
    typology angle of its type. Raises RepigmentError for a skin type that does not exist.

    >>> bool(tone(0.0, "V").sum() > tone(1.0, "V").sum())
    True
    """
    light = np.clip(reflectance(own_melanin(skin_type) * np.asarray(melanin, float)), 0, 1)
    return np.where(light <= 0.0031308, 12.92 * light, 1.055 * light ** (1 / 2.4) - 0.055)  # sRGB's own curve
