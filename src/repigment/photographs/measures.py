"""What is measured of a lesion and of own skin, each with its interval."""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from repigment.evidence.parameters import value
from repigment.optics.colour import ita, lab, rgb_of_xyz, xyz_of_rgb
from repigment.optics.people import own
from repigment.photographs.correction import Correction
from repigment.photographs.outline import Lesion
from repigment.photographs.pigments import Maps, looked_up, skin_indices, table
from repigment.photographs.scale import Scale
from repigment.scores.ladder import grade
from repigment.scores.masi import area_grade, darkness_grade, homogeneity_grade, masi
from repigment.scores.vasi import vasi

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
SIDES = 1.959964  # SDs of a 95 % interval
SITES = {"forehead": 0.3, "right malar": 0.3, "left malar": 0.3, "chin": 0.1, "face": 1.0}  # weights of MASI


@dataclass(frozen=True, slots=True)
class Measure:
    """One result: `low` to `high` is its 95 % interval, `basis` what it rests on."""

    name: str
    value: float
    low: float
    high: float
    unit: str
    basis: str


def within(name: str, middle: float, sd: float, unit: str, basis: str, least: float = -np.inf) -> Measure:
    """A measure with a normal interval, cut at its `least` possible value.

    >>> within("area", 100.0, 1.0, "mm2", "card", 0.0).high
    101.959964
    """
    return Measure(name, middle, max(least, middle - SIDES * sd), middle + SIDES * sd, unit, basis)


def drawn(name: str, middle: float, draws: Floats, unit: str, basis: str, extra: float = 0.0) -> Measure:
    """A measure whose spread is that of `draws` (k,), and an `extra` SD besides."""
    return within(name, middle, float(np.hypot(np.std(draws), extra)), unit, basis)


@dataclass(frozen=True)
class Place:
    """Mean colour of a place: corrected linear sRGB (3,), and what it might be as well, XYZ (k, 3)."""

    rgb: Floats
    xyz: Floats
    draws: Floats
    error: float  # relative SD of the mean by texture and noise

    @property
    def melanin(self) -> tuple[float, Floats]:
        """um, and its draws."""
        found = looked_up(np.vstack([self.rgb, rgb_of_xyz(self.draws)]), table())[:, 0].astype(float)
        return float(found[0]), found[1:]

    @property
    def indices(self) -> tuple[Floats, Floats]:
        """Melanin and erythema index, and blood (3,), and their draws (k, 3)."""
        found = looked_up(np.vstack([self.rgb, rgb_of_xyz(self.draws)]), table()).astype(float)
        melanin, erythema = skin_indices(found[:, 0], found[:, 1])
        each = np.stack([melanin, erythema, found[:, 1]], axis=-1)
        return each[0], each[1:]


def place(rgb: NDArray[np.float32], mask: Mask, correction: Correction) -> Place:
    """The mean light of a place of the corrected picture (h, w, 3)."""
    pixels = rgb[mask]
    mean = pixels.mean(axis=0, dtype=float)
    patches = max(mask.sum() / value("texture_pixels"), 1.0)
    error = float((pixels.std(axis=0, dtype=float) / np.maximum(mean, 1e-6)).mean() / np.sqrt(patches))
    draws = correction.drawn(mean)
    return Place(mean, xyz_of_rgb(mean), draws, error)


def colours(of: str, here: Place, basis: str) -> list[Measure]:
    """L*, a*, b*, ITA, melanin and erythema index of a place."""
    middle, draws = lab(here.xyz), lab(here.draws)
    slope = 100 * here.error / 3  # L* changes by about a third of the relative change of light
    found = [
        drawn(f"{of} {name}", float(middle[i]), draws[:, i], "-", basis, slope * share)
        for i, (name, share) in enumerate((("L*", 1.0), ("a*", 0.3), ("b*", 0.3)))
    ]
    angle = float(ita(middle))
    turned = (ita(draws) - angle + 180) % 360 - 180
    found.append(drawn(f"{of} ITA", angle, turned, "deg", basis, slope))
    index, drawn_index = here.indices
    found.append(drawn(f"{of} melanin index", float(index[0]), drawn_index[:, 0], "MI", basis, 43 * here.error))
    found.append(drawn(f"{of} erythema index", float(index[1]), drawn_index[:, 1], "EI", basis, 43 * here.error))
    melanin, each = here.melanin
    found.append(drawn(f"{of} melanin", melanin, each, "um", basis, value("melanin_person_error") * melanin))
    return found


def differences(lesion: Place, own_skin: Place, basis: str) -> list[Measure]:
    """What a lesion differs from own skin in: melanin and erythema index, ITA, and the share of melanin that is left.

    Both are drawn together, so that what shifts both does not widen the difference.
    """
    (one, ones), (other, others) = lesion.indices, own_skin.indices
    extra = 43 * float(np.hypot(lesion.error, own_skin.error))
    angle = float(ita(lab(lesion.xyz)) - ita(lab(own_skin.xyz)))
    angles = ita(lab(lesion.draws)) - ita(lab(own_skin.draws))
    left, lefts = lesion.melanin, own_skin.melanin
    share, shares = left[0] / max(lefts[0], 1e-3), left[1] / np.maximum(lefts[1], 1e-3)
    return [
        drawn("contrast", float(one[0] - other[0]), ones[:, 0] - others[:, 0], "MI", basis, extra),
        drawn("ITA difference", angle, angles, "deg", basis, extra),
        drawn("redness", float(one[1] - other[1]), ones[:, 1] - others[:, 1], "EI", basis, extra),
        drawn("melanin left", 100 * share, 100 * shares, "%", basis, 100 * value("melanin_left_error")),
    ]


def relative(lesion: Place, own_skin: Place) -> list[Measure]:
    """Contrast where exposure and lamp are not known: 100 log10 of the ratio of red light, which neither moves much."""
    ratio = 100 * float(np.log10(max(own_skin.rgb[0], 1e-4) / max(lesion.rgb[0], 1e-4)))
    sd = abs(ratio) * value("relative_contrast_error") + 43 * float(np.hypot(lesion.error, own_skin.error))
    return [within("contrast", ratio, sd, "MI", "red light of lesion against own skin")]


def sizes(lesions: Sequence[Lesion], scale: Scale, blur: float = 0.0) -> list[Measure]:
    """Area of all lesions in mm2, and the largest one's longest diameter and the one across it, in mm.

    `blur` is the SD in pixels of where an edge lies.
    """
    areas = scale.areas(lesions[0].cover.shape)
    each = [float((lesion.cover * areas).sum()) for lesion in lesions]
    total = sum(each)
    edge = sum(
        one * np.hypot(lesion.spread, blur * _around(lesion) / max(float(lesion.cover.sum()), 1.0))
        for one, lesion in zip(each, lesions, strict=True)
    )
    sd = float(np.hypot(2 * scale.error * total, edge))
    long, across = diameters(scale.mm(np.concatenate(lesions[0].contours)))
    small = scale.mm_per_pixel(np.concatenate(lesions[0].contours).mean(axis=0)) * (0.5 + blur)
    return [
        within("area", total, sd, "mm2", scale.basis, 0.0),
        within("diameter", long, float(np.hypot(scale.error * long, small)), "mm", scale.basis, 0.0),
        within("diameter across", across, float(np.hypot(scale.error * across, small)), "mm", scale.basis, 0.0),
    ]


def _around(lesion: Lesion) -> float:
    return float(sum(np.hypot(*np.diff(line, axis=0, append=line[:1]).T).sum() for line in lesion.contours))


def diameters(points: Floats) -> tuple[float, float]:
    """The longest distance between points (n, 2), and how wide they are at a right angle to it.

    >>> diameters(np.array([[0.0, 0.0], [4.0, 0.0], [2.0, 1.0], [2.0, -1.0]]))
    (4.0, 2.0)
    """
    hull = cv2.convexHull(points.astype(np.float32))[:, 0].astype(float)
    away = np.hypot(*(hull[:, None] - hull[None]).transpose(2, 0, 1))
    first, second = np.unravel_index(int(away.argmax()), away.shape)
    along = (hull[second] - hull[first]) / max(float(away.max()), 1e-9)
    side = hull @ np.array([-along[1], along[0]])
    return float(away.max()), float(side.max() - side.min())


def evenness(maps: Maps, skin: Mask, basis: str) -> list[Measure]:
    """SD of melanin over skin in um, smoothed over noise, and the evenness score 100 / (1 + s / s_half) of it."""
    smooth = cv2.GaussianBlur(maps.melanin, (0, 0), max(1.0, value("outline_blur") * max(skin.shape)))
    sd = float(smooth[skin].std(dtype=float))
    error = sd * value("melanin_person_error")
    unit = float(own("III").melanin)
    half = value("uneven_half") * unit
    score, low, high = (100 / (1 + max(s, 0.0) / half) for s in (sd, sd + SIDES * error, sd - SIDES * error))
    return [
        within("unevenness", sd, error, "um", basis, 0.0),
        Measure("evenness", score, low, high, "of 100", basis),
    ]


def vitiligo(area: Measure, left: Measure) -> list[Measure]:
    """Depigmented share on the seven grades, hand units, and their product: what the lesion adds to VASI."""
    shares = [float(np.clip(1 - each / 100, 0, 1)) for each in (left.value, left.high, left.low)]
    graded = [float(grade(share)) for share in shares]
    units = [each / value("hand_area") for each in (area.value, area.low, area.high)]
    points = [float(vasi([unit], [share])) for unit, share in zip(units, graded, strict=True)]

    def told(name: str, three: list[float], unit: str, basis: str) -> Measure:
        return Measure(name, three[0], three[1], three[2], unit, basis)

    return [
        told("depigmented", [100 * share for share in shares], "%", left.basis),
        told("depigmentation grade", [100 * share for share in graded], "%", "the seven grades of VASI"),
        told("VASI", points, "points", "hand units times grade"),
    ]


def melasma(lesions: Sequence[Lesion], maps: Maps, skin: Mask, own_melanin: float, site: str) -> list[Measure]:
    """What the dark skin of an area of the face, which the photograph shows, adds to MASI: 0 to 48 times its weight."""
    unit = float(own("III").melanin)
    dark = np.any([lesion.mask for lesion in lesions], axis=0) & skin
    contrast = (maps.melanin - own_melanin) / unit
    share = float(dark.sum() / max(skin.sum(), 1))
    depth = float(contrast[dark].mean(dtype=float)) if dark.any() else 0.0
    whole = float(contrast[skin].mean(dtype=float))
    density = float(np.clip(whole / depth, 0, 1)) if depth > 0 else 0.0
    weight = SITES[site]

    def points(area: float, dark_fold: float) -> float:
        grades = area_grade([area]), darkness_grade([depth * dark_fold]), homogeneity_grade([density])
        return float(masi(*grades, weights=[weight]))

    error = value("melanin_person_error")
    return [
        within("involved", 100 * share, 100 * share * value("involved_error"), "%", "skin of the photograph", 0.0),
        Measure(
            "MASI",
            points(share, 1.0),
            points(share * (1 - SIDES * value("involved_error")), 1 - SIDES * error),
            points(min(1.0, share * (1 + SIDES * value("involved_error"))), 1 + SIDES * error),
            "points",
            f"the {site} as this photograph shows it",
        ),
    ]
