"""A face from in front: its outline, the areas of MASI, and where melasma likes to lie."""

import numpy as np
from numpy.typing import NDArray

AREAS = ("right forehead", "left forehead", "right malar", "left malar", "right chin", "left chin")
HALVES = {"right": (0, 2, 4), "left": (1, 3, 5)}  # which of AREAS each half of the face holds
BROW, MOUTH = 0.34, 0.74  # heights, from hairline 0 to chin 1, at which the areas end; 30, 60 and 10 % of a face
HABITS = (  # centre across (of half the width), height, and half axes of the places that melasma likes
    (0.30, 0.17, 0.34, 0.13),  # forehead
    (0.52, 0.55, 0.28, 0.15),  # cheek
    (0.00, 0.77, 0.30, 0.045),  # upper lip
    (0.00, 0.93, 0.22, 0.06),  # chin
)


def grid(n: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Of each pixel (n, n): how far across, -1 to 1 with the person's right side first, and how far down, 0 to 1."""
    steps = (np.arange(n) + 0.5) / n
    down, across = np.meshgrid(steps, 2 * steps - 1, indexing="ij")
    return across, down


def outline(n: int) -> NDArray[np.bool_]:
    """Pixels (n, n) that lie on the face: an oval, narrower at the chin.

    >>> bool(0.5 < outline(24).mean() < 0.8)
    True
    """
    across, down = grid(n)
    width = 0.92 - 0.30 * np.clip(down - 0.5, 0, 1) ** 1.5 * 2
    return (across / width) ** 2 + ((down - 0.5) / 0.5) ** 2 <= 1


def areas(n: int) -> NDArray[np.bool_]:
    """Which pixels belong to each of AREAS, (6, n, n). The upper lip counts to the chin.

    >>> bool((areas(24).sum(axis=0) == outline(24)).all())
    True
    """
    across, down = grid(n)
    bands = (down < BROW, (down >= BROW) & (down < MOUTH), down >= MOUTH)
    sides = (across < 0, across >= 0)
    return np.stack([band & side & outline(n) for band in bands for side in sides])


def melasma_map(
    n: int, extent: float, asymmetry: float, softness: float, rng: np.random.Generator
) -> NDArray[np.float32]:
    """How far each pixel (n, n) of a face has melasma, 0 to 1, so that the `extent` (0..1) of the face exceeds a half.

    The places it likes, mottled by plane waves that are alike on both sides but for the share `asymmetry`; the edge
    falls over `softness` of the mottled scale. The draw does not depend on `n`, so that grids show the same face.

    >>> found = melasma_map(24, 0.3, 0.2, 0.3, np.random.default_rng(1))
    >>> bool(abs((found > 0.5).sum() / outline(24).sum() - 0.3) < 0.05)
    True
    """
    across, down = grid(n)
    liked = sum(np.exp(-(((np.abs(across) - x) / a) ** 2) - ((down - y) / b) ** 2) for x, y, a, b in HABITS)
    even = _mottle(np.abs(across), down, rng)
    odd = _mottle(across, down, rng)
    tendency = liked + 0.35 * (np.sqrt(1 - asymmetry) * even + np.sqrt(asymmetry) * odd)
    on_face = outline(n)
    cut = np.quantile(tendency[on_face], 1 - np.clip(extent, 0.01, 0.95))
    share = 1 / (1 + np.exp(-np.clip((tendency - cut) / softness * 4, -50, 50)))
    return np.where(on_face, share, 0).astype(np.float32)


def _mottle(across: NDArray[np.float64], down: NDArray[np.float64], rng: np.random.Generator) -> NDArray[np.float64]:
    """A smooth random field of about unit variance: eight plane waves."""
    waves, phases = rng.normal(0, 7, (8, 2)), rng.uniform(0, 2 * np.pi, 8)
    phase = waves[:, 0, None, None] * across + waves[:, 1, None, None] * down + phases[:, None, None]
    return np.asarray(np.cos(phase).sum(axis=0) / 2)
