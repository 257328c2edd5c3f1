"""Cameras and lamps as they might be: what they would make of the colour card, and what matrix suits skin for each."""

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from repigment.evidence.parameters import value
from repigment.optics.colour import XYZ_OF_RGB, ita, lab, rgb_of_xyz, xyz
from repigment.optics.instrument import Camera
from repigment.optics.people import draw
from repigment.optics.skin import spectrum
from repigment.optics.spectral import WAVELENGTHS, light, lights
from repigment.optics.tissue import Pigments, Tissue
from repigment.photographs.colour.bending import STRAIGHT, bent, fitted
from repigment.photographs.colour.kept_tables import kept
from repigment.pictures.card import reflectances
from repigment.pictures.sensors import sensitivities, sensors

Floats = NDArray[np.float64]
SEED = 24  # of the library, which is the same in every run
STEP = 1e-4  # of the differences that stand for slopes of L*a*b*
LESIONS = (1.0, 0.02, 2.0)  # melanin of own skin, of a white patch and of a dark spot, in folds of own skin's
TONES = (0.05, 0.1, 0.2, 0.35, 0.5)  # luminances of skin at which people are looked at
TONE = 0.35  # how near in ln luminance people must be to count there
LEAST = 1e-3  # light below which there is no colour


@dataclass(frozen=True)
class Library:
    """`chart` (n, 24, 3) raw readings of the patches by n pairs of camera and lamp, and `skin` (n, 3, 3).

    `unsure` (n, 24, 3, 3) is the covariance of those readings by patches that differ from their published spectra. The
    matrix `skin` is that from raw channels (as a row) to XYZ under D65 which leaves the least error of skin in L*a*b*;
    `bends` (n, 6, 3) take back what it leaves of the colour of people. `people` (n, tones, 3, 3) is the covariance of
    ln linear sRGB that both leave between people near each of TONES, whom three channels do not tell apart. Raw
    channels are scaled so that a perfect white reads 1 in each.
    """

    chart: Floats
    unsure: Floats
    skin: Floats
    bends: Floats
    people: Floats


@cache
def library() -> Library:
    """Known cameras, and cameras like them, under known lamps and mixtures of them."""
    count, patches = int(value("library_size")), len(reflectances())
    own = ((3, 3), STRAIGHT.shape, (len(TONES), 3, 3))
    shapes = ((count, patches, 3), (count, patches, 3, 3), *((count, *each) for each in own))
    ends = np.cumsum([int(np.prod(shape)) for shape in shapes])
    parts = np.split(kept("library", (int(ends[-1]),), _made), ends[:-1])
    return Library(*(part.reshape(shape) for part, shape in zip(parts, shapes, strict=True)))


def _made() -> Floats:
    """All numbers of the library, one after the other."""
    rng = np.random.default_rng(SEED)
    weights = np.stack([_member(rng) for _ in range(int(value("library_size")))])
    chart = np.einsum("pw,nwc->npc", reflectances(), weights)
    matrices = skin_matrices(weights)
    bends = people_bends(weights, matrices)
    left = left_by_people(weights, matrices, bends)
    return np.concatenate([each.ravel() for each in (chart, _unsure(weights), matrices, bends, left)])


def _unsure(weights: Floats) -> Floats:
    """Covariance (n, 24, 3, 3) of a chart's readings by cameras and lamps with `weights` (n, 31, 3).

    sum_vw W_va R_v K_vw R_w W_wb, with K of spectra that are off by `chart_error`, alike at wavelengths that are nearer
    than `chart_error_breadth`: channels that see nearly the same light are nearly as much off.
    """
    apart = WAVELENGTHS[:, None] - WAVELENGTHS
    alike = value("chart_error") ** 2 * np.exp(-0.5 * (apart / value("chart_error_breadth")) ** 2)
    root = np.linalg.cholesky(alike + 1e-9 * np.eye(len(apart)))
    found = np.empty((len(weights), len(reflectances()), 3, 3))
    for patch, spectrum_of_patch in enumerate(reflectances()):
        seen = np.einsum("vw,nvc->nwc", root * spectrum_of_patch[:, None], weights, optimize=True)
        found[:, patch] = np.swapaxes(seen, 1, 2) @ seen
    return found


def member(sensitivity: ArrayLike, lamp: str) -> Floats:
    """Weights (31, 3), which make raw channels of a spectrum, of a camera's sensitivities (31, 3) under a lamp."""
    return _balanced(np.asarray(sensitivity, float) * light(lamp)[:, None])


def _balanced(weights: Floats) -> Floats:
    return weights / weights.sum(axis=0)


def _member(rng: np.random.Generator) -> Floats:
    """One camera under one lamp: a mixture of two known cameras, each channel moved, widened and leaking, and so on."""
    first, second = (sensitivities(str(name)) for name in rng.choice(list(sensors()), 2))
    share = rng.uniform()
    seen = share * first / first.sum(axis=0) + (1 - share) * second / second.sum(axis=0)
    moved = np.empty_like(seen)
    for channel in range(3):
        middle = WAVELENGTHS @ seen[:, channel] / seen[:, channel].sum()
        places = middle + (WAVELENGTHS - middle - value("library_shift") * rng.standard_normal()) / np.exp(
            value("library_width") * rng.standard_normal()
        )
        moved[:, channel] = np.interp(places, WAVELENGTHS, seen[:, channel], left=0.0, right=0.0)
    moved = moved / moved.sum(axis=0)
    leak = value("library_leak") * np.abs(rng.standard_normal((3, 3)))
    moved = moved @ (np.eye(3) + leak * (1 - np.eye(3)))
    one, other = (light(str(name)) for name in rng.choice(lights(), 2))
    mix = rng.choice([0.0, rng.uniform()])
    lamp = (1 - mix) * one / one.mean() + mix * other / other.mean()
    tilt = np.exp(value("library_tilt") * rng.standard_normal() * (WAVELENGTHS - 550) / 150)
    return _balanced(moved * (lamp * tilt)[:, None])


@cache
def skins() -> Floats:
    """Spectra (n, 31) of all kinds of skin, dark and light, pale and red, that matrices are fitted on."""
    melanin = np.r_[0.0, np.geomspace(0.5, value("library_melanin_most"), 9)]
    blood = np.geomspace(value("skin_blood_least"), value("library_blood_most"), 4)
    scattering, base = np.array([0.8, 1.05, 1.35]), np.array([0.25, 0.42, 0.7])
    grid = np.meshgrid(melanin, blood, scattering, base, indexing="ij")
    m, b, s, fold = (each.ravel()[::2] for each in grid)
    return spectrum(Pigments(m, b), Tissue(s, fold, value("tissue.saturation")), Camera())


def _wanted(spectra: Floats) -> tuple[Floats, Floats]:
    """XYZ (n, 3) of `spectra` (n, 31) under D65, and the slopes (n, 4, 3) of L*a*b* and ITA by XYZ there."""
    known = xyz(spectra)
    steps = STEP * np.eye(3)

    def seen(colour: Floats) -> Floats:
        angle = np.sqrt(value("library_ita_weight")) * ita(lab(colour))
        return np.concatenate([lab(colour), angle[..., None]], axis=-1)

    slopes = np.stack([(seen(known + step) - seen(known - step)) / (2 * STEP) for step in steps], axis=-1)
    return known, slopes


def skin_matrices(weights: Floats) -> Floats:
    """The matrices (n, 3, 3) that are best for skin, of cameras and lamps with `weights` (n, 31, 3).

    W minimises sum_i |J_i (W' s_i - x_i)|^2 over skins i with raw channels s, XYZ x and slopes J of L*a*b* and ITA.
    """
    known, slopes = _wanted(skins())
    seen = np.einsum("iw,nwc->nic", skins(), weights)
    metric = np.einsum("ilx,ily->ixy", slopes, slopes)
    normal = np.einsum("nia,nib,ixy->naxby", seen, seen, metric, optimize=True).reshape(-1, 9, 9)
    right = np.einsum("nia,ixy,iy->nax", seen, metric, known, optimize=True).reshape(-1, 9, 1)
    return np.linalg.solve(normal, right).reshape(-1, 3, 3)


@cache
def _people() -> Floats:
    """Spectra (n, 31) of own skin, white patches and dark spots of people of all groups, as cameras see them."""
    skin, tissue = draw(None, np.random.default_rng(SEED), count=int(value("library_people")))
    lesions = (skin._replace(melanin=fold * np.asarray(skin.melanin)) for fold in LESIONS)
    return np.concatenate([spectrum(each, tissue, Camera()) for each in lesions])


def _told(weights: Floats, matrix: Floats) -> Floats:
    """Linear sRGB (n, 3) of `_people` by a `matrix` (3, 3), seen with `weights` (31, 3)."""
    return rgb_of_xyz(_people() @ weights @ matrix)


def people_bends(weights: Floats, matrices: Floats) -> Floats:
    """Bends (n, 6, 3) that are best for people told by `matrices` (n, 3, 3), seen with `weights` (n, 31, 3)."""
    known, slopes = _wanted(_people())
    return np.stack([fitted(_told(w, m), known, slopes) for w, m in zip(weights, matrices, strict=True)])


def left_by_people(weights: Floats, matrices: Floats, bends: Floats) -> Floats:
    """Covariance (n, tones, 3, 3) about 0 of ln linear sRGB of people from the truth.

    They are told by `matrices` (n, 3, 3) and `bends` (n, 6, 3), seen with `weights` (n, 31, 3).
    """

    def log(colour: Floats) -> Floats:
        return np.asarray(np.log(np.maximum(colour, LEAST)))

    light = xyz(_people())[:, 1]
    near = np.exp(-0.5 * (np.log(light / np.array(TONES)[:, None]) / TONE) ** 2)
    near /= near.sum(axis=1, keepdims=True)
    true, found = log(rgb_of_xyz(xyz(_people()))), np.empty((len(matrices), len(TONES), 3, 3))
    for at, (w, matrix, bend) in enumerate(zip(weights, matrices, bends, strict=True)):
        off = log(np.asarray(bent(_told(w, matrix), bend))) - true
        found[at] = np.einsum("ti,ia,ib->tab", near, off, off, optimize=True)
    return found


def taken_at_its_word() -> Floats:
    """The matrix (3, 3) from linear sRGB (as a row) to XYZ."""
    return XYZ_OF_RGB.T
