"""Two photographs of one place of skin laid over each other, by their texture and not by their lesion."""

from dataclasses import dataclass
from typing import Any, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from repigment.errors import RepigmentError
from repigment.evidence.parameters import value
from repigment.photographs.comparing.fit import Fit, Model, Points, carry, distances, fit, plainest, wobble
from repigment.photographs.comparing.match import Matches, matched
from repigment.photographs.comparing.refine import refined
from repigment.photographs.comparing.texture import Mask, Picture, Texture, texture

AGAIN = "photograph the same place again, from the same distance and side, sharp and evenly lit"
STEP = np.array([0.5, 0.0])  # half a pixel along x
SHRUNKEN = 1 / 1.5  # below this size a picture is smoothed by 0.4 of its new pixels before it is laid over
AXIS = 1.1774  # median of a Rayleigh distance in spreads of one axis: sqrt(2 ln 2)


@dataclass(frozen=True)
class Alignment:
    """How the second photograph lies on the first.

    `matrix` (3, 3) carries pixels x, y of AFTER to pixels of BEFORE; `model` is its kind. Of `matches` pairs of points
    `inliers` agree on it. `residual` is the median distance in px of BEFORE of pairs that were left out of the fit,
    `wobble` the spread in px of the fit when the pairs are drawn anew. `overlap` is the share of BEFORE that AFTER
    shows, `scale` and `turn` (degrees) the size and angle of AFTER on BEFORE, `likeness` the correlation of textures.
    """

    matrix: NDArray[np.float64]
    model: Model
    matches: int
    inliers: int
    residual: float
    wobble: float
    overlap: float
    scale: float
    turn: float
    likeness: float
    shape: tuple[int, int]
    shape_after: tuple[int, int]

    @property
    def spread(self) -> float:
        """Standard deviation in px along one axis by which a place may be off: residual and wobble together."""
        return float(np.hypot(self.residual / AXIS, self.wobble))

    def warp(self, map_after: NDArray[Any], fill: float = np.nan) -> NDArray[np.float32]:
        """A map (h, w) or picture (h, w, 3) of AFTER on the grid of BEFORE; `fill` where AFTER shows nothing.

        A shrunken picture is smoothed first, so that nothing flickers.
        """
        content: NDArray[Any] = np.asarray(map_after, np.float32)
        if self.scale < SHRUNKEN:
            content = np.asarray(cv2.GaussianBlur(content, (0, 0), 0.4 / self.scale))
        size = (self.shape[1], self.shape[0])
        laid = cv2.warpPerspective(
            content, self.matrix, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=(fill,) * 4
        )
        return np.asarray(laid, np.float32)


def register(
    before: Picture,
    after: Picture,
    *,
    lesion_before: Mask | None = None,
    lesion_after: Mask | None = None,
    valid_before: Mask | None = None,
    valid_after: Mask | None = None,
) -> Alignment:
    """Lay `after` over `before`, linear RGB (h, w, 3) each; masks (h, w) say where the lesion is and what is sound.

    Points of the texture are found (SIFT, Lowe 2004) and agreed on (MAGSAC++, Barath 2020), the plainest transform that
    left-out points allow is fitted, then refined on the whole texture (ECC, Evangelidis 2008). Melanin is taken out of
    the texture and the lesion's rim is left aside: a lesion that grows does not pull. Same input, same answer.

    Raises RepigmentError with what to do when the photographs do not show the same place, or not well enough.
    """
    cv2.setRNGSeed(round(value("align_seed")))
    first, second = texture(before, lesion_before, valid_before), texture(after, lesion_after, valid_after)
    pairs = matched(first, second)
    if len(pairs.agreed) < value("align_least_inliers"):
        raise _unlike(first, second, pairs)
    if len(pairs.agreed) < value("align_least_share") * len(pairs.after):
        raise RepigmentError(
            f"Only {len(pairs.agreed)} of {len(pairs.after)} matched points agree on one way to lay the photographs "
            "over each other: the skin was stretched or bent differently",
            allowed=f"at least {value('align_least_share'):.0%}",
            remedy=AGAIN,
        )
    return _aligned(first, second, pairs, before.shape[:2], after.shape[:2])


def _aligned(
    first: Texture, second: Texture, pairs: Matches, shape: tuple[int, int], shape_after: tuple[int, int]
) -> Alignment:
    rng = np.random.default_rng(round(value("align_seed")))
    source, target = pairs.after[pairs.agreed], pairs.before[pairs.agreed]
    found = plainest(source, target, rng)
    near = distances(found.matrix, pairs.after, pairs.before) < value("align_reach")
    if near.sum() >= value("align_least_inliers"):
        source, target = pairs.after[near], pairs.before[near]
        found = Fit(fit(found.model, source, target), found.model, found.residual)
    unsure = wobble(found, source, target, _lattice(second.relief.shape), rng)
    better = refined(first, second, found, source, target)
    back, forth = _to_working(first.scale), _to_working(second.scale)
    matrix = np.linalg.inv(back) @ better.matrix @ forth
    matrix /= matrix[2, 2]
    size = _size(matrix, shape_after)
    alignment = Alignment(
        matrix=matrix,
        model=found.model,
        matches=len(pairs.after),
        inliers=len(source),
        residual=found.residual / first.scale,
        wobble=unsure / first.scale,
        overlap=_overlap(matrix, shape, shape_after),
        scale=size.scale,
        turn=size.turn,
        likeness=better.likeness,
        shape=shape,
        shape_after=shape_after,
    )
    _check(alignment, size)
    return alignment


class _Size(NamedTuple):
    scale: float
    turn: float
    tilt: float  # largest over smallest length of a pixel
    turned_over: bool


def _size(matrix: NDArray[np.float64], shape_after: tuple[int, int]) -> _Size:
    """What a transform does to a pixel in the middle, and over the picture."""
    rows, columns = shape_after
    shares = [(x, y) for y in (0.5, 0.1, 0.9) for x in (0.5, 0.1, 0.9)]  # the middle first
    at: Points = np.asarray(shares, np.float64) * np.array([columns - 1.0, rows - 1.0])
    right = carry(matrix, at + STEP) - carry(matrix, at - STEP)
    down = carry(matrix, at + STEP[::-1]) - carry(matrix, at - STEP[::-1])
    areas = right[:, 0] * down[:, 1] - right[:, 1] * down[:, 0]
    lengths = np.sqrt(np.abs(areas))
    turn = float(np.degrees(np.arctan2(right[0, 1] - down[0, 0], right[0, 0] + down[0, 1])))
    tilt = float(lengths.max() / max(lengths.min(), 1e-9))
    return _Size(float(lengths[0]), turn, tilt, bool((areas <= 0).any()))


def _overlap(matrix: NDArray[np.float64], shape: tuple[int, int], shape_after: tuple[int, int]) -> float:
    """Share of BEFORE that AFTER shows, from a coarse lattice."""
    back: NDArray[np.float64] = np.asarray(np.linalg.inv(matrix), float)
    at = carry(back, _lattice(shape, 40))
    rows, columns = shape_after
    inside = (at >= -0.5).all(axis=1) & (at[:, 0] <= columns - 0.5) & (at[:, 1] <= rows - 0.5)
    return float(inside.mean())


def _lattice(shape: tuple[int, ...], count: int = 5) -> Points:
    steps = (np.arange(count) + 0.5) / count
    x, y = np.meshgrid(steps * shape[1] - 0.5, steps * shape[0] - 0.5)
    places: Points = np.column_stack([x.ravel(), y.ravel()])
    return places


def _to_working(scale: float) -> NDArray[np.float64]:
    """From pixels of a photograph to those of its texture, centres on centres."""
    half = (scale - 1) / 2
    return np.array([[scale, 0.0, half], [0.0, scale, half], [0.0, 0.0, 1.0]])


def _check(found: Alignment, size: _Size) -> None:
    """RepigmentError if an alignment cannot be trusted."""
    limit = value("align_most_residual") * float(np.hypot(*found.shape))
    if size.turned_over or size.tilt > value("align_most_tilt"):
        raise RepigmentError(
            "The photographs are seen from too different sides to be laid over each other",
            remedy="hold the camera flat above the skin in both photographs",
        )
    most = value("align_most_scale")
    if not 1 / most <= size.scale <= most:
        raise RepigmentError(
            f"The same skin is {max(size.scale, 1 / size.scale):.1f} times larger in one photograph than in the other",
            allowed=f"up to {most:g} times",
            remedy="photograph from about the same distance, or crop the wider photograph and make it larger",
        )
    if not max(found.residual, found.wobble) <= limit:
        raise RepigmentError(
            f"The photographs fit each other only within {max(found.residual, found.wobble):.1f} px",
            allowed=f"up to {limit:.1f} px",
            remedy=f"the skin was stretched or bent differently: {AGAIN}",
        )
    least = value("align_least_overlap")
    if found.overlap < least:
        raise RepigmentError(
            f"The second photograph shows only {found.overlap:.0%} of the first",
            allowed=f"at least {least:.0%}",
            remedy="choose photographs of the same place, or photograph it again with the lesion in the middle",
        )


def _unlike(first: Texture, second: Texture, pairs: Matches) -> RepigmentError:
    """What to say of photographs that do not match: mirrored, or not the same place."""
    relief, marks = (np.ascontiguousarray(each[:, ::-1]) for each in (second.relief, second.marks))
    over = Texture(relief, marks, np.ascontiguousarray(second.usable[:, ::-1]), second.scale)
    if len(matched(first, over).agreed) >= value("align_least_inliers"):
        return RepigmentError(
            "One of the photographs is mirrored",
            remedy="turn the mirrored one over; front cameras of phones mirror unless they are told not to",
        )
    return RepigmentError(
        "The photographs do not seem to show the same place of skin: "
        f"{len(pairs.agreed)} of {len(pairs.after)} matched points agree",
        allowed=f"at least {value('align_least_inliers'):g}",
        remedy=f"choose two photographs of one place; if they are, {AGAIN}",
    )
