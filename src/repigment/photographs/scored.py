"""Scores of what a photograph shows: evenness, and what its lesions add to VASI or to MASI."""

import cv2
import numpy as np
from numpy.typing import NDArray

from repigment.engine.threshold import HALF, SHARPNESS
from repigment.evidence.parameters import value
from repigment.optics.people import own
from repigment.photographs.colour.kept_tables import kept
from repigment.photographs.measures import SIDES, Measure, within
from repigment.photographs.skin.pigments import Maps
from repigment.scores.ladder import grade
from repigment.scores.masi import area_grade, darkness_grade, homogeneity_grade, masi
from repigment.scores.vasi import vasi

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
SITES = {"forehead": 0.3, "right malar": 0.3, "left malar": 0.3, "chin": 0.1, "face": 1.0}  # weights of MASI


def evenness(maps: Maps, skin: Mask, basis: str) -> list[Measure]:
    """SD of melanin over skin in um, smoothed over noise, and the evenness score 100 / (1 + s / s_half) of it."""
    smooth = cv2.GaussianBlur(maps.melanin, (0, 0), max(1.0, value("outline_blur") * max(skin.shape)))
    sd = float(smooth[skin].std(dtype=float))
    error = sd * value("melanin_person_error")
    usual = kept("melanin-of-type-III", (1,), lambda: np.array([own("III").melanin], float))
    half = value("uneven_half") * float(usual[0])
    score, low, high = (100 / (1 + max(s, 0.0) / half) for s in (sd, sd + SIDES * error, sd - SIDES * error))
    return [
        within("unevenness", sd, error, "um", basis, 0.0),
        Measure("evenness", score, low, high, "of 100", basis),
    ]


def depigmented(melanin: Floats) -> float:
    """Depigmented share of places with `melanin` (n,), own skin = 1: the mean of sigmoid((0.5 - m) / 0.1).

    The soft threshold is that of the simulation, so that a photograph and a simulated lesion are scored alike.

    >>> round(depigmented(np.array([0.2, 0.5])), 3)
    0.726
    """
    off = np.clip((np.asarray(melanin, float) - HALF) / SHARPNESS, -50, 50)
    return float(np.mean(1 / (1 + np.exp(off)))) if off.size else 0.0


def vitiligo(area: Measure, left: Measure, melanin: Floats) -> list[Measure]:
    """Depigmented share, its grade of the seven, and hand units times grade: what the lesion adds to VASI.

    `melanin` (n,) is that of the lesion's pixels, own skin = 1; `left` is its mean in per cent, whose interval it has.
    """
    moved = [0.0, (left.high - left.value) / 100, (left.low - left.value) / 100]
    shares = [depigmented(melanin + shift) for shift in moved]
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


def melasma(lesion: Mask, maps: Maps, skin: Mask, own_melanin: float, site: str) -> list[Measure]:
    """What the dark skin of an area of the face, which the photograph shows, adds to MASI: 0 to 48 times its weight.

    The area of the `lesion` (h, w) is a share of all `skin` (h, w); darkness and homogeneity are means over what is
    valid of it.
    """
    unit = float(own("III").melanin)
    dark = lesion & skin
    valid = skin & maps.valid
    contrast = (maps.melanin - own_melanin) / unit
    share = float(dark.sum() / max(skin.sum(), 1))
    depth = float(contrast[dark & valid].mean(dtype=float)) if (dark & valid).any() else 0.0
    whole = float(contrast[valid].mean(dtype=float)) if valid.any() else 0.0
    density = float(np.clip(whole / depth, 0, 1)) if depth > 0 else 0.0
    weight = SITES[site]

    def points(area: float, dark_fold: float) -> float:
        grades = area_grade([area]), darkness_grade([depth * dark_fold]), homogeneity_grade([density])
        return float(masi(*grades, weights=[weight]))

    error = value("melanin_person_error")
    return [
        within("involved", 100 * share, 100 * share * value("involved_error"), "%", "skin seen", 0.0),
        Measure(
            "MASI",
            points(share, 1.0),
            points(share * (1 - SIDES * value("involved_error")), 1 - SIDES * error),
            points(min(1.0, share * (1 + SIDES * value("involved_error"))), 1 + SIDES * error),
            "points",
            f"the {site} as this photograph shows it",
        ),
    ]
