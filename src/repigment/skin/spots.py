"""Round spots on a square of skin: where they lie, how large they are, and how soft their edge is."""

import numpy as np
from numpy.typing import NDArray

from repigment.skin.window import PARTS

TRIES = 200  # places tried for each spot
FINE = 4  # points a pixel and direction at which a spot's edge is drawn


def diameters(
    count: int, median: float, spread: float, low: float, high: float, rng: np.random.Generator
) -> list[float]:
    """Diameters (count,) in mm, log-normal around `median` with `spread` (ln), cut at `low` and `high`; large first.

    >>> diameters(2, 3.0, 0.0, 2.0, 4.0, np.random.default_rng(0))
    [3.0, 3.0]
    """
    drawn = np.clip(median * np.exp(spread * rng.standard_normal(count)), low, high)
    return sorted((float(each) for each in drawn), reverse=True)


def places(sizes: list[float], width: float, rng: np.random.Generator) -> list[tuple[float, float, float]]:
    """Centres and diameters in mm of spots that lie apart in a square `width` mm wide; those without room are left out.

    >>> len(places([2.0, 2.0], 20.0, np.random.default_rng(0)))
    2
    """
    laid: list[tuple[float, float, float]] = []
    for size in sizes:
        if size > 0.8 * width:
            size = 0.8 * width
        for _ in range(TRIES):
            x, y = rng.uniform(0.55 * size, width - 0.55 * size, 2)
            if all(np.hypot(x - a, y - b) > 0.6 * (size + other) for a, b, other in laid):
                laid.append((float(x), float(y), size))
                break
    return laid


def scatter(n: int, dx: float, sizes: list[float], edge: float, rng: np.random.Generator) -> NDArray[np.float32]:
    """Maps (PARTS, n, n) of up to PARTS spots of `sizes` mm on pixels of `dx` mm, 1 inside, falling over `edge` mm.

    The outline of each spot waves by a tenth of its radius. A map of zeros stands for a spot that is not there.

    >>> scatter(24, 0.6, [3.0], 0.3, np.random.default_rng(1)).shape
    (6, 24, 24)
    """
    across = (np.arange(n * FINE) + 0.5) * dx / FINE
    maps = np.zeros((PARTS, n, n), np.float32)
    for row, (x, y, size) in enumerate(places(sizes[:PARTS], n * dx, rng)):
        right, down = across[None, :] - x, across[:, None] - y
        angle, radius = np.arctan2(down, right), np.full((n * FINE, n * FINE), size / 2)
        for order in (2, 3, 5):
            wave = rng.normal(0, 0.1 / order) * np.cos(order * angle + rng.uniform(0, 2 * np.pi))
            radius += size / 2 * wave
        inside = 1 / (1 + np.exp(np.clip((np.hypot(down, right) - radius) / (edge / 4), -50, 50)))
        maps[row] = inside.reshape(n, FINE, n, FINE).mean(axis=(1, 3))
    return maps
