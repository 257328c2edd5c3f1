"""How wide the sharpest edges of a photograph are, whatever its noise."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from repigment.evidence.parameters import value

Map = NDArray[np.float32]
NOISE_MASK = np.array([[1, -2, 1], [-2, 4, -2], [1, -2, 1]], np.float32)  # blind to planes and edges (Immerkaer 1996)
NOISE_GAIN = 6.0  # spread that white noise of spread 1 has under the mask
MAD = 0.6745  # median absolute deviation of a normal distribution
DIFFERENCE = 1 / 3  # square of the width that a central difference adds, px2
EVEN_RATIO = 1.0001  # ratio of gradients beyond which an edge is wider than can be told


class Sharpness(NamedTuple):
    """The noise of the square root of light, and the width in px (spread of a Gaussian) of the sharpest edges.

    `width` is NaN if nothing stands out of the noise as an edge.
    """

    noise: float
    width: float


def sharpness(light: Map, usable: NDArray[np.bool_]) -> Sharpness:
    """Sharpness of `light` (h, w) in 0..1, at edges where all around is `usable` (h, w).

    An edge blurred by w has under Gaussians of a and b px gradients in the ratio r = sqrt((w2 + b2)/(w2 + a2)), so that
    w2 = (b2 - r2 a2)/(r2 - 1) (after Zhuo and Sim 2011, 10.1016/j.patcog.2011.03.009). Taken at the crests of the
    strongest edges, at the finest of some octaves at which they stand well out of the noise. The noise is the median
    of a Laplacian difference (Immerkaer 1996, 10.1006/cviu.1996.0060). Of the square root of light, whose noise of
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
        noise = noise / 2
    return Sharpness(first, float("nan"))


def _noise(root: Map, usable: NDArray[np.bool_]) -> float:
    import cv2

    seen = np.abs(cv2.filter2D(root, -1, NOISE_MASK))[usable]
    return float(np.median(seen)) / MAD / NOISE_GAIN if seen.size else 0.0


def _gradient(root: Map, scale: float) -> Map:
    import cv2

    smooth = cv2.GaussianBlur(root, (0, 0), scale)
    across, down = cv2.Sobel(smooth, -1, 1, 0, scale=1 / 8), cv2.Sobel(smooth, -1, 0, 1, scale=1 / 8)
    return cv2.magnitude(across, down).astype(np.float32, copy=False)


def _width(root: Map, usable: NDArray[np.bool_], noise: float) -> float:
    """Width in px of the sharpest of the strong edges; NaN if there are not enough of them."""
    import cv2

    fine, coarse = value("edge_fine"), value("edge_coarse")
    gradient, wider = _gradient(root, fine), _gradient(root, coarse)
    even = noise / (np.sqrt(8 * np.pi) * fine**2)  # gradient of white noise under the fine Gaussian
    reach = int(np.ceil(3 * coarse))
    inside = cv2.erode(
        usable.astype(np.uint8), np.ones((2 * reach + 1,) * 2), borderType=cv2.BORDER_CONSTANT, borderValue=0
    )
    crest = (gradient >= cv2.dilate(gradient, np.ones((3, 3)))) & (inside > 0)
    crest &= gradient > max(value("edge_noise") * even, value("edge_floor"))
    strengths = gradient[crest]
    fewest = int(value("edge_count"))
    if strengths.size < fewest:
        return float("nan")
    keep = max(fewest, int(value("edge_strong") * strengths.size))
    strong = strengths >= np.partition(strengths, -keep)[-keep]
    ratio = np.clip((strengths / wider[crest])[strong], EVEN_RATIO, coarse / fine).astype(np.float64) ** 2
    a2, b2 = fine**2 + DIFFERENCE, coarse**2 + DIFFERENCE
    widths = np.sqrt(np.maximum((b2 - ratio * a2) / (ratio - 1), 0))
    return float(np.quantile(widths, value("edge_sharpest")))
