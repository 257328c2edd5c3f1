"""The own colour of people: skin types, groups, and people drawn from them."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from repigment.errors import RepigmentError
from repigment.evidence.parameters import parameter, value
from repigment.optics.colour import ita, lab, xyz
from repigment.optics.fit import skin_of
from repigment.optics.groups import GROUPS, Site, population
from repigment.optics.skin import spectrum
from repigment.optics.tissue import Pigments, Tissue

SKIN_TYPES = ("I", "II", "III", "IV", "V", "VI")
MOST = 60.0  # um of melanin that no skin has
STEPS = 300
AT_ONCE, TIMES, LAST = 16, 8, 200  # candidates a round; rounds in a group, and in all, that look for a skin type
QUANTILES, DRAWN = (0.05, 0.5, 0.95), 4000
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


def skin_type_of(angle: float) -> str:
    """The skin type of an ITA in degrees: the class of Chardon, after Del Bino and Bernerd (2013).

    >>> [skin_type_of(angle) for angle in (60, 20, -40)]
    ['I', 'IV', 'VI']
    """
    return next((name for name in SKIN_TYPES[:-1] if angle > parameter(f"ita_{name}").low), SKIN_TYPES[-1])


def ita_of(pigments: Pigments, tissue: Tissue | None = None) -> Floats:
    """ITA (...) in degrees of skin under D65 for 2 degrees, read by a sphere with the surface's reflection.

    >>> bool(ita_of(own("I")) > ita_of(own("VI")))
    True
    """
    return ita(lab(xyz(spectrum(pigments, tissue))))


@cache
def own(skin_type: int | str, group: str | None = None, site: Site = "exposed") -> Pigments:
    """Pigments in the middle of a skin type: its ITA under typical tissue, with the blood usual in the group.

    The melanin goes with typical tissue, so that `spectrum(own("IV", "TH"))` has the colour of the type. RepigmentError
    for a skin type or group that does not exist.

    >>> bool(own("I").melanin < own("VI").melanin)
    True
    """
    blood = value("own.blood") if group is None else float(np.exp(population(group, site).mean[1]))
    return Pigments(melanin_of_ita(value(f"ita_{skin_type_name(skin_type)}"), blood), blood)


def melanin_of_ita(angle: float, blood: float | None = None) -> float:
    """Epidermal melanin in um that gives typical skin an ITA of `angle` degrees, by interpolation.

    >>> 1 < melanin_of_ita(45.0) < 3
    True
    """
    melanin = np.geomspace(0.01, MOST, STEPS)
    angles = ita_of(Pigments(melanin, value("own.blood") if blood is None else blood))
    falling = angles[: int(np.argmin(angles)) + 1]
    return float(np.interp(-angle, -falling, melanin[: len(falling)]))


def draw(
    group: str | None,
    rng: np.random.Generator,
    skin_type: int | str | None = None,
    site: Site = "exposed",
    count: int | None = None,
) -> tuple[Pigments, Tissue]:
    """Skin of people of a group, of any of the eight if None: `count` of them (count,), one of them () if None.

    Of a `skin_type`, whoever is drawn first with an ITA in the type's class. Where a group has nobody like that in 128
    draws, somebody of the type out of all eight groups stands in. RepigmentError for what does not exist.

    >>> pigments, tissue = draw("TH", np.random.default_rng(1), "IV")
    >>> skin_type_of(ita_of(pigments, tissue))
    'IV'
    """
    shape = () if count is None else (count,)
    if skin_type is None:
        return skin_of(_drawn(group, rng, site, shape))
    name = skin_type_name(skin_type)
    x = _drawn(group, rng, site, (count or 1,))
    missing = np.flatnonzero(~_is(name, ita_of(*skin_of(x))))
    rounds = 0
    while len(missing) and rounds < LAST:
        rounds += 1
        tried = _drawn(group if rounds <= TIMES else None, rng, site, (len(missing), AT_ONCE))
        fits = _is(name, ita_of(*skin_of(tried)))
        found = fits.any(axis=1)
        x[missing[found]] = tried[found, fits[found].argmax(axis=1)]
        missing = missing[~found]
    return skin_of(x.reshape(*shape, -1))


def _is(skin_type: str, angle: ArrayLike) -> Any:
    """Whether each ITA (...) lies in the class of a skin type; the first and last have no outer limit."""
    limits = parameter(f"ita_{skin_type}")
    low = -np.inf if skin_type == SKIN_TYPES[-1] else limits.low
    high = np.inf if skin_type == SKIN_TYPES[0] else limits.high
    return (np.asarray(angle) > low) & (np.asarray(angle) <= high)


def _drawn(group: str | None, rng: np.random.Generator, site: Site, shape: tuple[int, ...]) -> Floats:
    """Unknowns (*shape, 5) of a group; of all eight alike if it is None, whatever their share in the archive."""
    if group is not None:
        return population(group, site).draw(rng, shape)
    each = np.stack([population(name, site).draw(rng, shape) for name in GROUPS])
    chosen = rng.integers(len(GROUPS), size=shape)
    return np.take_along_axis(each, chosen[None, ..., None], axis=0)[0]


@cache
def ita_quantiles(
    group: str | None = None, site: Site = "exposed", shares: tuple[float, ...] = QUANTILES
) -> tuple[float, ...]:
    """ITA in degrees below which `shares` of a drawn group lie (4,000 draws, always the same).

    >>> light, dark = ita_quantiles("JP"), ita_quantiles("AF")
    >>> light[1] > dark[1]
    True
    """
    angles = ita_of(*draw(group, np.random.default_rng(0), None, site, DRAWN))
    return tuple(float(each) for each in np.quantile(angles, shares))


@cache
def type_shares(group: str) -> Mapping[str, float]:
    """Shares of the skin types in a group, by the class of their untanned ITA (4,000 draws, always the same).

    >>> round(sum(type_shares("TH").values()), 9)
    1.0
    """
    angles = ita_of(*draw(group, np.random.default_rng(0), None, "inner", DRAWN))
    found = [skin_type_of(float(angle)) for angle in angles]
    return MappingProxyType({name: found.count(name) / DRAWN for name in SKIN_TYPES if name in found})
