"""Where the hair follicles of a patch stand, and which of them still hold a reservoir."""

import numpy as np
from numpy.typing import NDArray


def pattern(density: float, width: float, rng: np.random.Generator) -> NDArray[np.float64]:
    """Follicles (n, 2) in mm on a square patch `width` mm wide at `density` per mm2: a jittered lattice.

    A lattice cell holds one follicle, moved by up to 0.35 of the cell: as even as hair, never regular.

    >>> len(pattern(1.0, 10.0, np.random.default_rng(0)))
    100
    """
    if density <= 0:
        return np.empty((0, 2))
    spacing = 1 / np.sqrt(density)
    steps = np.arange(-1, int(np.ceil(width / spacing)) + 1)
    lattice = np.stack(np.meshgrid(steps, steps, indexing="ij"), axis=-1).reshape(-1, 2)
    offset = rng.random(2)
    jitter = rng.uniform(-0.35, 0.35, lattice.shape)
    points = (lattice + offset + jitter) * spacing
    return points[((points >= 0) & (points < width)).all(axis=1)]


def still_usable(
    points: NDArray[np.float64], share: float, patchiness: float, length: float, rng: np.random.Generator
) -> NDArray[np.bool_]:
    """Which follicles (n,) of `points` still hold a reservoir, where losses come in patches of `length` mm.

    logit P(usable at x) = logit(share) + patchiness z(x), z a smooth random field of unit variance (eight plane waves).

    >>> bool(still_usable(np.zeros((5, 2)), 1.0, 0.0, 2.0, np.random.default_rng(0)).all())
    True
    """
    waves = rng.standard_normal((8, 2)) / length
    phases = rng.uniform(0, 2 * np.pi, 8)
    field = np.cos(points @ waves.T + phases).sum(axis=1) / 2  # eight cosines of variance 1/2 each
    share = np.clip(share, 1e-6, 1 - 1e-6)
    odds = share / (1 - share) * np.exp(patchiness * field)
    return rng.random(len(points)) < odds / (1 + odds)


def source_map(points: NDArray[np.float64], usable: NDArray[np.bool_], n: int, dx: float) -> NDArray[np.float32]:
    """Usable follicles per mm2 of each pixel, (n, n), so that its integral counts the usable follicles.

    >>> float(source_map(np.array([[0.1, 0.1]]), np.array([True]), 2, 0.5).sum() * 0.25)
    1.0
    """
    counts = np.zeros((n, n), np.float32)
    row, column = np.minimum((points[usable] / dx).astype(int), n - 1).T
    np.add.at(counts, (row, column), 1.0)
    return counts / np.float32(dx * dx)
