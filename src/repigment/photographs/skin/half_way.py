"""At which contrast the edge of a lesion lies, in a picture whose light and then whose index were smoothed."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter1d
from scipy.special import ndtr

from repigment.evidence.parameters import value

Floats = NDArray[np.float64]
BREADTHS = np.array([0.0, 0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0, 4.5, 7.0, 12.0, 25.0])  # of the edge, in smoothings
PLACES = 241  # across the edge
REACH = 5.0  # SDs of all smoothing on either side of the edge
LEAST = 0.3  # px, least smoothing that is told from none
TENTHS = np.array([-1.2816, -0.5244, 0.0, 0.5244, 1.2816])  # of a standard normal: 10, 30, 50, 70 and 90 %
TIGHTEST = 3.0  # least radius of a lesion, in smoothings


class Edge(NamedTuple):
    """The `share` of a lesion's contrast that its edge has, a mean over how steep it may be, and the SD of that."""

    share: float
    error: float


@dataclass(frozen=True)
class HalfWay:
    """Where melanin is half way from own skin of index `own` to a lesion, `darker` or lighter.

    `melanin` (n,) in um and `index` (n,) go together; without them the index itself stands for melanin. `light` and
    `blur` are the SDs in px of the Gaussians that smoothed light before the index was made of it, and that index.
    """

    own: float = 0.0
    melanin: Floats | None = None
    index: Floats | None = None
    light: float = 0.0
    blur: float = 0.0
    darker: bool = True

    def plain(self, contrast: float) -> float:
        """The share of a `contrast` in the index at which melanin is half way, nothing being smoothed.

        >>> HalfWay().plain(30.0)
        0.5
        """
        there = self._there(contrast)
        half = self._index(np.array([np.mean(self._melanin(np.array([self.own, there])))]))
        return abs(float(half[0]) - self.own) / max(contrast, 1e-6)

    def smoothed(self, contrast: float, radius: float, steepness: float) -> Edge:
        """The share of a `contrast` in the index that the smoothed picture has where melanin is half way.

        The edge is a step of melanin under a Gaussian, as broad as makes its `steepness`, the slope of the index in
        contrasts per px, what is seen; steeper ones are taken for the steepest there are. Light is 10^(-index / 100).
        On an outline of `radius` r px, its length over 2 pi, a Gaussian of SD s moves lines of equal values by s^2 / 2r
        to the hollow side: any simple outline loses the area pi s^2.

        >>> 0.4 < HalfWay(light=4.0).smoothed(30.0, 1e6, 1.0).share < 0.43
        True
        """
        shares, slopes = self._profiles(contrast, radius)
        sharpest = int(slopes.argmax())  # still sharper ones are told apart by nothing
        rising = slice(None, sharpest - 1 if sharpest else None, -1)
        seen = steepness * (1 + value("steepness_error") * TENTHS)
        told = np.interp(seen, slopes[rising], shares[rising])
        return Edge(float(told.mean()), float(told.std()))

    def _profiles(self, contrast: float, radius: float) -> tuple[Floats, Floats]:
        """Share of the contrast at the edge (BREADTHS,) and steepness there (BREADTHS,), for edges of all breadths."""
        smoothing = max(float(np.hypot(self.light, self.blur)), LEAST)
        radius = max(radius, TIGHTEST * smoothing)
        places = np.linspace(-1, 1, PLACES)
        found = []
        for breadth in BREADTHS * smoothing:
            step = REACH * float(np.hypot(breadth, smoothing)) * (places[1] - places[0])
            x = places / (places[1] - places[0]) * step  # px, from the lesion outwards
            shifted = x + (self.light**2 + self.blur**2) / (2 * radius)
            inside = ndtr(-shifted / max(breadth, 1e-3))
            ends = self._melanin(np.array([self.own, self._there(contrast)]))
            light = 10 ** (-self._index(ends[0] + (ends[1] - ends[0]) * inside) / 100)
            index = -100 * np.log10(_under(light, self.light / step))
            seen = _under(np.abs(index - self.own), self.blur / step) / contrast
            found.append((seen[PLACES // 2], (seen[PLACES // 2 - 1] - seen[PLACES // 2 + 1]) / (2 * step)))
        shares, slopes = np.array(found).T
        return shares, slopes

    def _there(self, contrast: float) -> float:
        return self.own + contrast if self.darker else self.own - contrast

    def _melanin(self, index: Floats) -> Floats:
        return index if self.melanin is None or self.index is None else np.interp(index, self.index, self.melanin)

    def _index(self, melanin: Floats) -> Floats:
        return melanin if self.melanin is None or self.index is None else np.interp(melanin, self.melanin, self.index)


def _under(profile: Floats, scale: float) -> Floats:
    """The profile (n,) under a Gaussian of `scale` places; the same if that is 0."""
    return profile if scale == 0 else np.asarray(gaussian_filter1d(profile, scale, mode="nearest"))
