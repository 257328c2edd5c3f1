"""The person's own skin in a photograph: what it would be where the lesion lies, told from the skin around it."""

from dataclasses import dataclass
from itertools import pairwise

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

    `basis` says how it was found, `box` (x, y, width, height) is the user's, `other` is the share of the skin that
    belongs to another common index, 0 where there is none.
    """

    surface: Map
    spread: float
    mask: Mask
    basis: str
    box: tuple[int, int, int, int] | None = None
    other: float = 0.0


def in_box(index: Map, usable: Mask, box: tuple[int, int, int, int]) -> OwnSkin:
    """Own skin as in the user's `box` (x, y, width, height) of pixels; RepigmentError where nothing in it is usable."""
    x, y, width, height = box
    inside = np.zeros_like(usable)
    inside[max(y, 0) : max(y + height, 0), max(x, 0) : max(x + width, 0)] = True
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


def around(index: Map, usable: Mask, lesion: str | None = None) -> OwnSkin | None:
    """Own skin as a smooth surface through the commonest index; None where too little is usable.

    The commonest value counts pixels near the edge of the picture more, as lesions are put in its middle. Where the
    `lesion` is known to be "lighter" or "darker" than own skin, own skin is the darkest or lightest of the indices that
    hold much of the picture. Then a second-order surface is fitted with Tukey's weights, so that a lesion has none.
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
    kinds = modes(values, np.ones_like(values))
    start = commonest(values, prior)
    if lesion is not None and len(kinds) > 1:
        start = (max if lesion == "lighter" else min)(kinds)[0], start[1]
    coefficients, spread = _surface(across, down, values, prior, start)
    x = (2 * (np.arange(index.shape[1]) + 0.5) / index.shape[1] - 1).astype(np.float32)
    y = (2 * (np.arange(index.shape[0]) + 0.5) / index.shape[0] - 1).astype(np.float32)[:, None]
    surface = sum(np.float32(c) * term for c, term in zip(coefficients, _terms(x, y), strict=True))
    surface = np.broadcast_to(np.asarray(surface, np.float32), index.shape)
    spread = max(spread, value("reference_texture"))
    near = _near(np.where(usable, index - surface, 0).astype(np.float32), usable, spread, 1 / factor)
    nearest = min(kinds, key=lambda kind: abs(kind[0] - float(coefficients[0])), default=(0.0, 0.0))
    other = max((share for middle, share in kinds if middle != nearest[0]), default=0.0)
    return OwnSkin(np.array(surface), spread, near, "the skin around the lesion", other=other)


def _near(off: Map, usable: Mask, spread: float, across: float) -> Mask:
    """Pixels (h, w) of own skin: where the mean of `across` px is `off` by little, and the pixel not by far more.

    `spread` is that of such means. What a single pixel may be off is told from all of them, so that noise takes as many
    darker as lighter ones.
    """
    import cv2

    side = max(1, round(across))
    share = np.maximum(cv2.blur(usable.astype(np.float32), (side, side)), 1e-3)
    even = usable & (np.abs(cv2.blur(off, (side, side)) / share) < 2.5 * spread)
    if not even.any():
        return even
    pixel = ROBUST * float(np.median(np.abs(off[even])))
    return np.asarray(even & (np.abs(off) < 2.5 * max(pixel, spread)))


def _terms(x: NDArray[np.floating], y: NDArray[np.floating]) -> list[NDArray[np.floating]]:
    return [np.ones_like(x * y), x + 0 * y, y + 0 * x, x * x + 0 * y, x * y, y * y + 0 * x]


def _histogram(values: Floats, weight: Floats) -> tuple[Floats, Floats, float]:
    """Middles (n,) of bins of `values`, how much lies in each, smoothed, and the breadth of a bin."""
    low, high = np.quantile(values, [0.005, 0.995])
    width = max((high - low) / 120, 1e-6)
    counts, edges = np.histogram(values, bins=int(np.ceil((high - low) / width)) + 1, range=(low, high), weights=weight)
    kernel = np.exp(-0.5 * (np.arange(-12, 13) / 4) ** 2)
    return (edges[1:] + edges[:-1]) / 2, np.convolve(counts, kernel, mode="same")[: len(counts)], width


def commonest(values: Floats, weight: Floats) -> tuple[float, float]:
    """The commonest of `values` (n,) by `weight` (n,), and the robust SD of the values below or above it, the less.

    >>> common, _ = commonest(np.r_[np.linspace(9, 11, 900), np.linspace(20, 40, 600)], np.ones(1500))
    >>> bool(9 < common < 11)
    True
    """
    middles, smooth, width = _histogram(values, weight)
    middle = float(middles[np.argmax(smooth)])
    sides = [np.abs(values[values < middle] - middle), np.abs(values[values >= middle] - middle)]
    spreads = [ROBUST * float(np.median(side)) for side in sides if len(side) > 20]
    return middle, max(min(spreads, default=width), width)


def modes(values: Floats, weight: Floats) -> list[tuple[float, float]]:
    """Common values that are told apart by a valley, and the share about each; those that hold much, by value.

    A valley must be less than `reference_valley` of the lower of its two peaks, and a share at least
    `reference_kind`.

    >>> found = modes(np.r_[np.full(600, 10.0), np.full(400, 30.0)], np.ones(1000))
    >>> [(round(at), round(share, 1)) for at, share in found]
    [(10, 0.6), (30, 0.4)]
    """
    middles, smooth, _ = _histogram(values, weight)
    risen = np.r_[0.0, smooth, 0.0]
    peaks = [at for at in range(len(smooth)) if risen[at] < risen[at + 1] >= risen[at + 2]]
    while len(peaks) > 1:
        cuts = [first + int(np.argmin(smooth[first:second])) for first, second in pairwise(peaks)]
        depth = [smooth[cut] / min(smooth[a], smooth[b]) for cut, (a, b) in zip(cuts, pairwise(peaks), strict=True)]
        worst = int(np.argmax(depth))
        if depth[worst] < value("reference_valley"):
            break
        peaks.pop(worst + int(smooth[peaks[worst]] > smooth[peaks[worst + 1]]))
    ends = [-np.inf, *(middles[a + int(np.argmin(smooth[a:b]))] for a, b in pairwise(peaks)), np.inf]
    shares = [float(weight[(values > low) & (values <= high)].sum() / weight.sum()) for low, high in pairwise(ends)]
    least = value("reference_kind")
    return [(float(middles[at]), share) for at, share in zip(peaks, shares, strict=True) if share >= least]


def _surface(x: Floats, y: Floats, values: Floats, prior: Floats, start: tuple[float, float]) -> tuple[Floats, float]:
    """Coefficients (6,) of the surface and its robust SD, by reweighted least squares from a `start` like this."""
    middle, spread = start
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
