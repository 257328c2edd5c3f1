"""Directions in which light is followed, and what the surface of the skin does to them."""

from functools import cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from repigment.errors import RepigmentError

Floats = NDArray[np.float64]
FEWEST = 4


def _gauss(count: int, low: float, high: float) -> tuple[Floats, Floats]:
    from scipy.special import roots_legendre

    x, w = roots_legendre(count)
    return low + (high - low) * (x + 1) / 2, w * (high - low) / 2


def _radau(count: int, low: float, high: float) -> tuple[Floats, Floats]:
    """Gauss-Radau nodes on low..high with a node at `high`: those of (1 - x) and one at x = 1."""
    from scipy.special import roots_jacobi

    x, v = roots_jacobi(count - 1, 1, 0)
    nodes, inner = np.append(x, 1.0), v / (1 - x)
    return low + (high - low) * (nodes + 1) / 2, np.append(inner, 2 / count**2) * (high - low) / 2


@cache
def directions(nodes: int, index: float) -> tuple[Floats, Floats]:
    """Cosines (nodes,), rising to 1, and their weights, in a medium of refractive `index` under air.

    With an index above 1, half of them are Gauss nodes below the cosine of the critical angle and half Radau nodes
    above, so that no direction stands on the step of the reflection there (Prahl 1995). Light enters along the last.

    >>> mu, w = directions(8, 1.4)
    >>> round(float(w @ mu), 12)
    0.5
    """
    if nodes < FEWEST or nodes % 2:
        raise RepigmentError(f"light cannot be followed in {nodes} directions", allowed=f"even numbers from {FEWEST}")
    if index == 1:
        return _radau(nodes, 0.0, 1.0)
    critical = np.sqrt(1 - 1 / index**2)
    parts = _gauss(nodes // 2, 0.0, critical), _radau(nodes // 2, critical, 1.0)
    return np.concatenate([parts[0][0], parts[1][0]]), np.concatenate([parts[0][1], parts[1][1]])


def fresnel(cosine: ArrayLike, index: float) -> Floats:
    """Share (...) of unpolarised light that the surface reflects back into a medium, by its cosine (...) inside.

    R = ((rs^2 + rp^2) / 2) with Snell's angle outside, 1 beyond the critical angle. Along the normal it is the
    same from both sides: 0.0278 for an index of 1.4.

    >>> round(float(fresnel(1.0, 1.4)), 4)
    0.0278
    """
    mu = np.asarray(cosine, float)
    outside = np.sqrt(np.clip(1 - index**2 * (1 - mu**2), 0, None))
    s = (index * mu - outside) / (index * mu + outside)
    p = (index * outside - mu) / (index * outside + mu)
    return np.where(outside > 0, (s**2 + p**2) / 2, 1.0)
