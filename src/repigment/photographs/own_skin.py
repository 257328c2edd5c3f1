"""The person's own skin in a photograph: what it would be where the lesion lies, told from the skin around it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from repigment.errors import RepigmentError
from repigment.evidence.parameters import value

Floats = NDArray[np.float64]
Map = NDArray[np.float32]
Mask = NDArray[np.bool_]
ROUNDS = 12  # of the robust fit
BISQUARE = 4.685  # robust SDs from which a pixel has no weight (Tukey)
ROBUST = 1.4826  # SD of normal values of unit median absolute deviation


@dataclass(frozen=True, eq=False)
class OwnSkin:
    """`surface` (h, w) of own skin's index, `spread` its texture (robust SD), `mask` (h, w) what was used.

    `basis` says how it was found, `box` (x, y, width, height) is the user's.
    """

    surface: Map
    spread: float
    mask: Mask
    basis: str
    box: tuple[int, int, int, int] | None = None


def in_box(index: Map, usable: Mask, box: tuple[int, int, int, int]) -> OwnSkin:
    """Own skin as in the user's `box` (x, y, width, height) of pixels; RepigmentError where nothing in it is usable."""
    x, y, width, height = box
    inside = np.zeros_like(usable)
    inside[max(y, 0) : y + height, max(x, 0) : x + width] = True
    inside &= usable
    if inside.sum() < value("reference_least"):
        raise RepigmentError(
            "the box of own skin holds too little skin that can be measured",
            where="--reference-skin",
            remedy="give x,y,w,h of a place of even, sharp own skin inside of the picture",
        )
    values = index[inside]
    middle = float(np.median(values))
    spread = ROBUST * float(np.median(np.abs(values - middle)))
    return OwnSkin(np.full_like(index, middle), spread, inside, "the box that was given", box)


def around(index: Map, usable: Mask) -> OwnSkin | None:
    """Own skin as a smooth surface through the commonest index; None where too little is usable.

    The commonest value counts pixels near the edge of the picture more, as lesions are put in its middle. Then a
    second-order surface is fitted with Tukey's weights, so that a lesion has none.
    """
    import cv2

    factor = min(1.0, value("reference_side") / max(index.shape))
    size = (max(8, round(index.shape[1] * factor)), max(8, round(index.shape[0] * factor)))
    share = cv2.resize(usable.astype(np.float32), size, interpolation=cv2.INTER_AREA)
    total = cv2.resize(np.where(usable, index, 0).astype(np.float32), size, interpolation=cv2.INTER_AREA)
    rows, columns = np.nonzero(share > 0.5)
    if len(rows) < value("reference_least"):
        return None
    values = (total[rows, columns] / share[rows, columns]).astype(float)
    across, down = 2 * (columns + 0.5) / size[0] - 1, 2 * (rows + 0.5) / size[1] - 1
    prior = 1 + value("reference_edge") * np.maximum(np.abs(across), np.abs(down)) ** 2
    coefficients, spread = _surface(across, down, values, prior)
    x = (2 * (np.arange(index.shape[1]) + 0.5) / index.shape[1] - 1).astype(np.float32)
    y = (2 * (np.arange(index.shape[0]) + 0.5) / index.shape[0] - 1).astype(np.float32)[:, None]
    surface = sum(np.float32(c) * term for c, term in zip(coefficients, _terms(x, y), strict=True))
    surface = np.broadcast_to(np.asarray(surface, np.float32), index.shape)
    near = usable & (np.abs(index - surface) < 2.5 * max(spread, value("reference_texture")))
    return OwnSkin(np.array(surface), max(spread, value("reference_texture")), near, "the skin around the lesion")


def _terms(x: NDArray[np.floating], y: NDArray[np.floating]) -> list[NDArray[np.floating]]:
    return [np.ones_like(x * y), x + 0 * y, y + 0 * x, x * x + 0 * y, x * y, y * y + 0 * x]


def commonest(values: Floats, weight: Floats) -> tuple[float, float]:
    """The commonest of `values` (n,) by `weight` (n,), and the robust SD of the values below or above it, the less.

    >>> common, _ = commonest(np.r_[np.linspace(9, 11, 900), np.linspace(20, 40, 600)], np.ones(1500))
    >>> bool(9 < common < 11)
    True
    """
    low, high = np.quantile(values, [0.005, 0.995])
    width = max((high - low) / 120, 1e-6)
    counts, edges = np.histogram(values, bins=int(np.ceil((high - low) / width)) + 1, range=(low, high), weights=weight)
    kernel = np.exp(-0.5 * (np.arange(-12, 13) / 4) ** 2)
    smooth = np.convolve(counts, kernel, mode="same")
    peak = int(np.argmax(smooth))
    middle = float((edges[peak] + edges[peak + 1]) / 2)
    sides = [np.abs(values[values < middle] - middle), np.abs(values[values >= middle] - middle)]
    spreads = [ROBUST * float(np.median(side)) for side in sides if len(side) > 20]
    return middle, max(min(spreads, default=width), width)


def _surface(x: Floats, y: Floats, values: Floats, prior: Floats) -> tuple[Floats, float]:
    """Coefficients (6,) of the surface and its robust SD, by reweighted least squares from the commonest value."""
    middle, spread = commonest(values, prior)
    design = np.stack(_terms(x, y), axis=-1)
    found = np.array([middle, 0, 0, 0, 0, 0], float)
    spread = max(spread, value("reference_texture"))
    ridge = np.diag([0.0, 1, 1, 4, 4, 4]) * value("reference_ridge") * len(values)
    for turn in range(ROUNDS):
        left = values - design @ found
        cut = BISQUARE * spread
        weight = prior * np.where(np.abs(left) < cut, (1 - (left / cut) ** 2) ** 2, 0.0)
        use = 3 if turn < ROUNDS // 3 else 6  # a plane at first
        normal = (design[:, :use] * weight[:, None]).T @ design[:, :use] + ridge[:use, :use]
        found = np.zeros(6)
        found[:use] = np.linalg.solve(normal, (design[:, :use] * weight[:, None]).T @ values)
        inside = np.abs(values - design @ found) < cut
        left = values - design @ found
        if inside.sum() > 20:
            spread = max(ROBUST * float(np.median(np.abs(left[inside]))), value("reference_texture"))
    return found, spread
