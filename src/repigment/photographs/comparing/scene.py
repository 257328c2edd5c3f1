"""Two measured photographs of one lesion on one grid."""

from dataclasses import dataclass
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from repigment.errors import RepigmentError
from repigment.evidence.parameters import value
from repigment.photographs.comparing.draws import Scene
from repigment.photographs.comparing.register import Alignment
from repigment.photographs.comparing.skin import Floats
from repigment.photographs.comparing.texture import Mask, Picture, grown, reduced

Map = NDArray[np.float32]


@dataclass(frozen=True)
class Visit:
    """One measured photograph: linear RGB (h, w, 3), its lesion (h, w), and what else is known of it.

    `pigment` (h, w) rises with melanin, best the areal melanin in um; without it the melanin index of the red channel
    is taken. `error` is its standard error (h, w) or one number, without what both visits share. `common` (draws, 2) is
    what might be wrong with all of it alike, as by the correction of colours: pigment p might be offset + gain p.
    `valid` (h, w) says where it may be used, `skin` (h, w) which skin is the person's own (else all around the lesion).
    `mm` is mm a pixel, `mm_error` its standard error as a share. `calibrated` says that colours were corrected, so that
    the pigment is told from zero.
    """

    linear: Picture
    lesion: Mask
    pigment: Map | None = None
    error: Map | float = 0.0
    common: Floats | None = None
    valid: Mask | None = None
    skin: Mask | None = None
    mm: float | None = None
    mm_error: float = 0.0
    calibrated: bool = False

    def measure(self) -> Map:
        """The pigment (h, w), or 100 (-log10 red) in its place (melanin index, Takiwaki 1998, with a camera's red)."""
        if self.pigment is not None:
            return np.asarray(self.pigment, np.float32)
        return np.asarray(-100 * np.log10(np.clip(self.linear[..., 0], value("align_floor"), None)), np.float32)

    def sound(self) -> Mask:
        """Where the pigment may be used (h, w)."""
        known = np.isfinite(self.measure())
        return known if self.valid is None else known & self.valid


class Laid(NamedTuple):
    """Both visits on the grid of BEFORE: smoothed pigment, its errors, lesions (visits, h, w).

    `sound` (h, w) is what both show well, `healthy` (h, w) the own skin among it.
    """

    pigments: Map
    errors: Map
    lesions: NDArray[np.bool_]
    sound: Mask
    healthy: Mask


def laid_over(before: Visit, after: Visit, alignment: Alignment) -> Laid:
    """AFTER's maps carried to BEFORE; a place counts only if both photographs show it soundly."""
    there = after.sound().astype(np.float32)
    weight = alignment.warp(there, 0.0)
    later = alignment.warp(np.where(there > 0, after.measure(), 0), 0.0) / np.maximum(weight, np.float32(1e-6))
    wrong = alignment.warp(np.broadcast_to(np.asarray(after.error, np.float32), there.shape), 0.0)
    sound = before.sound() & (weight > 0.99)
    lesions = np.stack([before.lesion.astype(bool), alignment.warp(after.lesion.astype(np.float32), 0.0) >= 0.5])
    healthy = sound & ~grown(_either(lesions), _margin(sound))
    if before.skin is not None:
        healthy &= before.skin
    if after.skin is not None:
        healthy &= alignment.warp(after.skin.astype(np.float32), 0.0) >= 0.5
    first = np.broadcast_to(np.asarray(before.error, np.float32), sound.shape)
    pigments = np.stack([_smooth(before.measure(), sound), _smooth(np.asarray(later, np.float32), sound)])
    return Laid(pigments, np.stack([first, wrong]), lesions, sound, healthy)


def seen(both: Laid) -> float:
    """Share of BEFORE's lesion that both photographs show soundly; RepigmentError when it is too little."""
    lesion = both.lesions[0]
    if lesion.sum() < value("compare_least_lesion"):
        raise RepigmentError(
            "No lesion is outlined in the first photograph",
            remedy="name the skin of reference in it, or compare from a photograph that shows the lesion",
        )
    share = float((lesion & both.sound).sum() / lesion.sum())
    if share < value("compare_least_seen"):
        raise RepigmentError(
            f"Only {share:.0%} of the lesion is seen soundly in both photographs",
            allowed=f"at least {value('compare_least_seen'):.0%}",
            remedy="photograph the whole lesion with skin all around it, without glare; look at the camera, the lamp "
            "and the skin type that were stated, if any",
        )
    return share


def whole(both: Laid) -> Scene:
    """The scene of the whole photograph, pixel by pixel."""
    return _cut(both, (slice(None), slice(None)), (0, 0), 1.0)


def window(both: Laid) -> Scene:
    """The scene around the lesions at both visits, reduced to `compare_pixels`."""
    rows, columns = np.nonzero(grown(_either(both.lesions), 2 * _margin(both.sound)))
    part = (slice(rows.min(), rows.max() + 1), slice(columns.min(), columns.max() + 1))
    pixels = (rows.max() - rows.min() + 1) * (columns.max() - columns.min() + 1)
    step = max(1.0, float(np.sqrt(pixels / value("compare_pixels"))))
    return _cut(both, part, (int(columns.min()), int(rows.min())), step)


def _cut(both: Laid, part: tuple[slice, slice], corner: tuple[int, int], step: float) -> Scene:
    margin = _margin(both.sound)
    zones = [grown(both.lesions[0], margin), grown(_either(both.lesions), margin)]
    cores = [_core(each, margin / 2) for each in both.lesions]
    rows, columns = both.sound[part].shape
    size = (max(1, round(columns / step)), max(1, round(rows / step)))

    def maps(many: Map) -> Map:
        return np.stack([cv2.resize(each[part], size, interpolation=cv2.INTER_AREA) for each in many])

    def masks(many: list[Mask]) -> NDArray[np.bool_]:
        return np.stack([reduced(each[part], size) for each in many])

    half = (step - 1) / 2
    at = (corner[0] + half, corner[1] + half)
    return Scene(maps(both.pigments), masks(zones), masks(cores), masks([both.sound])[0], maps(both.errors), at, step)


def _either(lesions: NDArray[np.bool_]) -> Mask:
    return lesions[0] | lesions[1]


def _margin(sound: Mask) -> float:
    return value("compare_margin") * float(np.hypot(*sound.shape))


def _core(lesion: Mask, depth: float) -> Mask:
    """The inside of a lesion away from its edge; all of it where it has no inside."""
    inner = np.asarray(cv2.distanceTransform(lesion.astype(np.uint8), cv2.DIST_L2, 3) > depth, bool)
    return inner if inner.any() else lesion


def _smooth(pigment: Map, sound: Mask) -> Map:
    """Without noise; what is not sound has no part in it."""
    width = value("compare_smooth") * float(np.hypot(*sound.shape))
    weight = cv2.GaussianBlur(sound.astype(np.float32), (0, 0), width)
    total = cv2.GaussianBlur(np.where(sound, pigment, 0).astype(np.float32), (0, 0), width)
    return np.asarray(total / np.maximum(weight, 1e-6), np.float32)
