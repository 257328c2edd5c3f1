"""How wide the sharpest edges of a photograph are, whatever its noise and the blocks of its JPEG."""

import math
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from repigment.evidence.parameters import value

Map = NDArray[np.float32]
Floats = NDArray[np.float64]
NOISE_MASK = np.array([[1, -2, 1], [-2, 4, -2], [1, -2, 1]], np.float32)  # blind to planes and edges (Immerkaer 1996)
NOISE_GAIN = 6.0  # spread that white noise of spread 1 has under the mask
MAD = 0.6745  # median absolute deviation of a normal distribution
NARROWEST = 0.4  # px, of the widths that are tried
WIDTHS = 28  # that are tried, in even ratios
STEP = 0.5  # px between places of an edge that are tried
TINY = 1e-12


class Sharpness(NamedTuple):
    """The noise of the square root of light, and the width in px (spread of a Gaussian) of the sharpest edges.

    `width` is NaN if nothing stands out of the noise as an edge.
    """

    noise: float
    width: float


class Shapes(NamedTuple):
    """Steps and lines as profiles (n, samples) of mean 0 and length 1, `width` (n,) in px and their `contrast`."""

    shape: Map
    width: Floats
    contrast: Floats


def sharpness(light: Map, usable: NDArray[np.bool_]) -> Sharpness:
    """Sharpness of `light` (h, w) in 0..1, at edges where all around is `usable` (h, w).

    The strongest crests of the gradient are found under a Gaussian. Across each a profile is taken, averaged along the
    edge, and the blurred step or line that is most like it tells its width: only where it explains nearly all of the
    profile, and its contrast stands out of the noise. A ramp on which a JPEG has its blocks is like a wide step, not
    like a narrow one. Looked for at the finest of some octaves at which there are enough. The noise is the median of
    a Laplacian difference (Immerkaer 1996, 10.1006/cviu.1996.0060). Of the square root of light, whose noise of
    photons is even.
    """
    import cv2

    root = np.sqrt(np.maximum(light, 0)).astype(np.float32)
    first = noise = _noise(root, usable)
    beside = (~usable).astype(np.float32)
    for octave in range(int(value("edge_octaves"))):
        width = _width(root, beside == 0, noise)
        if not np.isnan(width):
            return Sharpness(first, width * 2**octave)
        size = (root.shape[1] // 2, root.shape[0] // 2)
        if min(size) < value("edge_side"):
            break
        root = cv2.resize(root, size, interpolation=cv2.INTER_AREA).astype(np.float32, copy=False)
        beside = cv2.resize(beside, size, interpolation=cv2.INTER_AREA).astype(np.float32, copy=False)
        noise = max(noise / 2, _noise(root, beside == 0))
    return Sharpness(first, float("nan"))


def _noise(root: Map, usable: NDArray[np.bool_]) -> float:
    import cv2

    seen = np.abs(cv2.filter2D(root, -1, NOISE_MASK))[usable]
    return float(np.median(seen)) / MAD / NOISE_GAIN if seen.size else 0.0


def _width(root: Map, usable: NDArray[np.bool_], noise: float) -> float:
    """Width in px of the sharpest of the strong edges; NaN if there are not enough that are narrow."""
    profiles = _profiles(root, usable)
    shapes = _shapes(int(value("edge_reach")))
    left = profiles - profiles.mean(axis=1, keepdims=True)
    length = np.sqrt((left**2).sum(axis=1))
    like = left @ shapes.shape.T
    best = np.abs(like).argmax(axis=1)
    peak = np.abs(like[np.arange(len(best)), best])
    contrast = peak * shapes.contrast[best]
    clear = (peak**2 >= value("edge_explained") * length**2) & (
        contrast >= max(value("edge_floor"), value("edge_noise") * noise)
    )
    widths = shapes.width[best]
    fewest = max(value("edge_count"), value("edge_share") * clear.sum())
    narrow = widths[clear & (widths < value("edge_narrow"))]
    if len(narrow) < fewest:
        return float("nan")
    return float(np.quantile(narrow, value("edge_sharpest")))


def _profiles(root: Map, usable: NDArray[np.bool_]) -> Map:
    """Profiles (n, samples) across the strongest crests of the gradient, each the mean over some px along the edge."""
    import cv2

    reach, along = int(value("edge_reach")), int(value("edge_along"))
    smooth = cv2.GaussianBlur(root, (0, 0), value("edge_scale"))
    across, down = cv2.Sobel(smooth, -1, 1, 0, scale=1 / 8), cv2.Sobel(smooth, -1, 0, 1, scale=1 / 8)
    gradient = cv2.magnitude(across, down)
    margin = reach + along + 1
    inside = cv2.erode(
        usable.astype(np.uint8), np.ones((2 * margin + 1,) * 2), borderType=cv2.BORDER_CONSTANT, borderValue=0
    )
    apart = np.ones((int(value("edge_apart")),) * 2)
    y, x = np.nonzero((gradient >= cv2.dilate(gradient, apart)) & (inside > 0) & (gradient > TINY))
    strength = gradient[y, x]
    strong = np.argsort(-strength, kind="stable")[: int(value("edge_crests"))]
    y, x = y[strong], x[strong]
    if not len(y):
        return np.zeros((0, 2 * reach + 1), np.float32)
    gx, gy = across[y, x] / strength[strong], down[y, x] / strength[strong]
    t = np.arange(-reach, reach + 1, dtype=np.float32)[None, :, None]
    s = np.arange(-along, along + 1, dtype=np.float32)[None, None, :]
    u = x[:, None, None] + t * gx[:, None, None] - s * gy[:, None, None]
    v = y[:, None, None] + t * gy[:, None, None] + s * gx[:, None, None]
    flat = (len(y), -1)
    seen = cv2.remap(
        root, u.reshape(flat).astype(np.float32), v.reshape(flat).astype(np.float32), interpolation=cv2.INTER_LINEAR
    )
    return seen.reshape(u.shape).mean(axis=2).astype(np.float32)


def _widths_tried() -> Floats:
    return np.geomspace(NARROWEST, value("edge_reach") / 2, WIDTHS)


@cache
def _shapes(reach: int) -> Shapes:
    """Steps and lines of all widths and places; a line is no further off than its flank can be from the crest."""
    t = np.arange(-reach, reach + 1.0)
    shapes, widths = [], []
    for width in _widths_tried():
        for place in np.arange(-1, 1 + STEP, STEP):
            shapes.append([0.5 * math.erfc((place - each) / width / math.sqrt(2)) for each in t])
            widths.append(width)
        flank = np.hypot(width, value("edge_scale")) + 1
        for place in np.arange(0, flank + STEP, STEP):
            for side in (-1, 1):
                shapes.append(np.exp(-0.5 * ((t - side * place) / width) ** 2))
                widths.append(width)
    shape = np.array(shapes)
    contrast = np.ptp(shape, axis=1)
    shape = shape - shape.mean(axis=1, keepdims=True)
    length = np.sqrt((shape**2).sum(axis=1))
    return Shapes((shape / length[:, None]).astype(np.float32), np.array(widths), contrast / length)
