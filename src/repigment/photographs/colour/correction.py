"""From what a camera wrote to the colour of skin: by the card, by a known camera and lamp, or taken at its word."""

from dataclasses import dataclass, field, replace
from typing import Literal, Self

import numpy as np
from numpy.typing import NDArray

from repigment.evidence.parameters import value
from repigment.optics.colour import RGB_OF_XYZ, XYZ_OF_RGB
from repigment.optics.instrument import Camera
from repigment.optics.people import own
from repigment.optics.skin import spectrum
from repigment.photographs.colour.bending import STRAIGHT, bent
from repigment.photographs.colour.card import GREYS, Card
from repigment.photographs.colour.library import (
    TONES,
    left_by_people,
    library,
    member,
    people_bends,
    skin_matrices,
    taken_at_its_word,
)
from repigment.photographs.colour.tone_curve import ToneCurve, fitted
from repigment.photographs.files.rounding import EXACT, Steps, rounded
from repigment.pictures.card import chart_xyz
from repigment.pictures.sensors import own_matrix, sensitivities

Floats = NDArray[np.float64]
Basis = Literal["card", "camera", "none"]
PLAIN = ToneCurve()
SEED = 7  # of the draws that stand for what is not known
UNKNOWN = 1e4  # variance of a channel that is burnt or black, which leaves it without weight
TINY = 1e-12  # added to a covariance, so that it has a root
TURNS = 2  # of weighting the patches of the card by what they may be off; a third changes nothing


@dataclass(frozen=True, eq=False)
class Correction:
    """From linear sRGB of the file to XYZ under D65: `curve`, `matrix` (3, 3), channels as a row, and `bend` (6, 3).

    `draws` (k, 3, 3) are matrices that might as well be right, exposure included; `basis` is what it rests on.
    `people` (tones, 3, 3) are roots of the covariance of ln linear sRGB that it leaves between people, at TONES.
    """

    basis: Basis
    matrix: Floats
    draws: Floats
    curve: ToneCurve = PLAIN
    people: Floats = field(default_factory=lambda: np.zeros((len(TONES), 3, 3)))
    bend: Floats = field(default_factory=lambda: STRAIGHT)

    @property
    def trusted(self) -> bool:
        """Whether colour and exposure are known."""
        return self.basis != "none"

    def picture(self, linear: NDArray[np.float32]) -> NDArray[np.float32]:
        """Linear sRGB (h, w, 3) of the skin itself, as under D65 in a light where a perfect white is 1."""
        import cv2

        light = np.asarray(self.curve.light(linear), np.float32)
        return bent(np.asarray(cv2.transform(light, (self.matrix @ RGB_OF_XYZ.T).T), np.float32), self.bend)

    def drawn(self, corrected: Floats) -> Floats:
        """XYZ (k, ..., 3) that a corrected linear sRGB (..., 3) might as well have.

        The bend, which moves colours by per cents, is left out on the way back and forth; so is how unsure it is.
        """
        known = np.asarray(corrected, float)
        back = np.linalg.inv(self.matrix @ RGB_OF_XYZ.T)
        drawn = np.einsum("...a,ab,kbc,cd->k...d", known, back, self.draws, RGB_OF_XYZ.T)
        light = np.log(np.maximum(known @ XYZ_OF_RGB[1], TINY))
        near = np.stack([np.interp(light, np.log(TONES), each) for each in np.eye(len(TONES))], axis=-1)
        normal = np.random.default_rng([SEED, 0]).standard_normal((len(drawn), 3))
        return np.asarray(drawn * np.exp(np.einsum("kb,...t,tab->k...a", normal, near, self.people)) @ XYZ_OF_RGB.T)

    def rounding(self, linear: Floats, steps: Steps) -> Floats:
        """Covariance (3, 3) of a corrected even place that a file with `steps` holds as `linear` (3,)."""
        fold = np.asarray(self.curve.light(linear)) / np.maximum(linear, TINY)
        turn = fold[:, None] * (self.matrix @ RGB_OF_XYZ.T)
        return np.asarray(turn.T @ rounded(linear, steps) @ turn)

    def less_sure(self, channels: Floats, stream: int = 1) -> Self:
        """The correction of a picture whose ln of corrected channels has a covariance `channels` (3, 3) besides.

        What is independent of it comes from draws of another `stream`.
        """
        rng = np.random.default_rng([SEED, stream])
        folds = np.exp(rng.standard_normal((len(self.draws), 3)) @ np.linalg.cholesky(channels + TINY * np.eye(3)).T)
        there = self.matrix @ RGB_OF_XYZ.T
        draws = np.einsum("ab,kb,bc,kcd->kad", there, folds, np.linalg.inv(there), self.draws)
        return replace(self, draws=draws)


def by_card(card: Card, steps: Steps = EXACT) -> Correction:
    """By the card, in a file with such `steps`: the skin matrix of cameras and lamps that explain its patches.

    A camera's own 3 x 3 processing is not known and is fitted for each member, c = P A, so that any camera whose
    sensitivities are near to those of the library is met. Members weigh exp(-chi2 / 2), tempered until
    `library_members` of them count; from those the matrix of a camera that leaves nothing is foretold. What that
    leaves between people makes it less sure. A channel of a patch that is burnt or black counts for nothing.
    """
    greys = np.flatnonzero(~card.ends[GREYS].any(axis=1)) + GREYS.start
    each = card.errors**2 + value("chart_rounding") ** 2 + UNKNOWN * card.ends
    off = each[..., None] * np.eye(3) + rounded(card.readings, steps)
    errors = np.sqrt(np.diagonal(rounded(card.readings, steps), axis1=1, axis2=2) + card.errors**2)
    curve = fitted(card.readings[greys], errors[greys], chart_xyz()[greys, 1])
    readings = np.asarray(curve.light(card.readings))
    known = library()
    processing, left = _explained(readings, off, known.chart, known.unsure)
    weight = _weights((left**2).sum(axis=1))
    matrices = np.asarray(np.linalg.solve(processing, known.skin), float)
    rng = np.random.default_rng(SEED)
    mean, draws = _updated(matrices, left, weight, rng)
    exposure = np.exp(value("card_light_error") * rng.standard_normal(len(draws)))
    people = np.asarray(np.linalg.cholesky(np.tensordot(weight, known.people, 1)), float)
    bend = np.asarray(np.tensordot(weight, known.bends, 1), float)
    return Correction("card", mean, draws * exposure[:, None, None], curve, people, bend)


def _explained(readings: Floats, each: Floats, chart: Floats, unsure: Floats) -> tuple[Floats, Floats]:
    """For every member the matrix A (n, 3, 3) that makes its chart (n, p, 3) most like the readings, and what is left.

    By least squares of all channels together, weighted by what the readings may be off: A' U A for patches that are
    off by `unsure` U (n, p, 3, 3), white flare, and noise and rounding, `each` (p, 3, 3). What is left (n, 3 p) is in
    SDs of that, so that channels that see nearly the same light tell of the small differences between them.
    """
    found = np.linalg.lstsq(chart.mean(axis=0), readings)[0][None].repeat(len(chart), axis=0)
    for _ in range(TURNS):
        flare = value("chart_flare") * found.sum(axis=1)  # what white light reads
        patches = np.swapaxes(found, 1, 2)[:, None] @ unsure @ found[:, None]
        off = patches + each + (flare[:, :, None] * flare[:, None])[:, None]
        weight = np.linalg.inv(off)
        normal = np.einsum("npa,npb,npij->naibj", chart, chart, weight, optimize=True).reshape(-1, 9, 9)
        right = np.einsum("npa,npij,pj->nai", chart, weight, readings, optimize=True).reshape(-1, 9, 1)
        found = np.linalg.solve(normal, right).reshape(-1, 3, 3)
    left = np.linalg.solve(np.linalg.cholesky(off), (chart @ found - readings)[..., None])
    return found, left.reshape(len(chart), -1)


def _weights(misfit: Floats) -> Floats:
    """Weights (n,) that sum to 1, tempered until enough members count (1 / sum w^2)."""
    temper = 1.0
    while True:
        weight = np.exp(-(misfit - misfit.min()) / (2 * temper))
        weight /= weight.sum()
        if 1 / (weight**2).sum() >= value("library_members"):
            return weight
        temper *= 1.3


def _updated(matrices: Floats, left: Floats, weight: Floats, rng: np.random.Generator) -> tuple[Floats, Floats]:
    """The matrix (3, 3) of a camera that leaves nothing, and draws (k, 3, 3) of it.

    Matrix T and what is left r vary together over the members: E[T | r = 0] = mean T - C_Tr (C_rr + 1)^-1 mean r, as
    in linear Bayesian updating, with unit noise of r. Draws are members moved in the same way, each with new noise.
    """
    flat = matrices.reshape(len(matrices), 9)
    middle, mean_left = weight @ flat, weight @ left
    off, off_left = flat - middle, left - mean_left
    together = (off * weight[:, None]).T @ off_left
    gain = np.linalg.solve((off_left * weight[:, None]).T @ off_left + np.eye(left.shape[1]), together.T).T
    chosen = rng.choice(len(weight), int(value("correction_draws")), p=weight)
    noise = rng.standard_normal((len(chosen), left.shape[1]))
    draws = flat[chosen] - (left[chosen] + noise) @ gain.T
    return (middle - gain @ mean_left).reshape(3, 3), draws.reshape(-1, 3, 3)


def by_camera(camera: str, lamp: str, seen: Floats, meant: Floats, error: float) -> Correction:
    """By a stated camera and lamp: its skin matrix, and a gain of each channel.

    `seen` (3,) is the file's linear sRGB of something whose spectrum `meant` (31,) is known with a relative SD
    `error`: a grey, or the person's own skin. RepigmentError for an unknown camera or lamp.
    """
    weights = member(sensitivities(camera), lamp)
    raw = np.linalg.inv(own_matrix(camera)).T  # what the camera itself did to its channels is taken back
    gain = (meant @ weights) / np.maximum(np.asarray(seen, float) @ raw, value("card_floor"))
    usual = skin_matrices(weights[None])
    skin = gain[:, None] * usual[0]
    rng = np.random.default_rng(SEED)
    draws = int(value("correction_draws"))
    fold = np.exp(error * rng.standard_normal(draws))[:, None, None]
    each = np.exp(value("camera_gain_error") * rng.standard_normal((draws, 3)))[..., None]
    bends = people_bends(weights[None], usual)
    people = np.asarray(np.linalg.cholesky(left_by_people(weights[None], usual, bends)[0]), float)
    return Correction("camera", raw @ skin, fold * (raw @ (each * skin)), PLAIN, people, bends[0])


def own_spectrum(skin_type: str) -> Floats:
    """The spectrum (31,) of the middle of a skin type, as a camera sees it."""
    return spectrum(own(skin_type), None, Camera())


def at_its_word() -> Correction:
    """The file is taken as sRGB: neither the exposure nor the lamp is known."""
    matrix = taken_at_its_word()
    rng = np.random.default_rng(SEED)
    draws = int(value("correction_draws"))
    fold = np.exp(value("word_exposure_error") * rng.standard_normal(draws))[:, None, None]
    gains = np.exp(value("word_balance_error") * rng.standard_normal((draws, 3)))[..., None]
    return Correction("none", matrix, fold * gains * matrix)
