"""A square window of skin across the margin of a lesion, and what each pixel stands for in the whole lesion."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from repigment.evidence.parameters import value
from repigment.skin.follicles import pattern, source_map, still_usable

HEALTHY_SHARE = 0.25  # of the window lies outside the lesion
CORE = 2.0  # mm; the deepest strip, which stands for all of the lesion that the window does not reach


@dataclass(frozen=True)
class Patch:
    """A window: `depth` (n, n) mm inside the margin, negative outside; `follicles` (n, n) usable per mm2."""

    n: int
    dx: float
    depth: NDArray[np.float32]
    follicles: NDArray[np.float32]

    @property
    def lesion(self) -> NDArray[np.bool_]:
        """Pixels inside the lesion."""
        return self.depth > 0

    @property
    def width(self) -> float:
        """Side of the window, mm."""
        return self.n * self.dx


def margin(n: int, dx: float, rng: np.random.Generator) -> NDArray[np.float32]:
    """Signed depth (n, n) in mm below a wavy margin that runs across the window."""
    along = (np.arange(n) + 0.5) / n
    waves = np.zeros(n)
    for order in (1, 2, 3):
        # cosines only, so that the line meets the mirrored boundary at a right angle
        waves += rng.normal(0, 0.5 / order) * np.cos(np.pi * order * along)
    position = HEALTHY_SHARE * n * dx + waves - waves.mean()
    across = (np.arange(n) + 0.5) * dx
    return (across[None, :] - position[:, None]).astype(np.float32)


def lay_out(n: int, dx: float, density: float, usable_share: float, rng: np.random.Generator) -> Patch:
    """A window of n x n pixels of dx mm with `density` follicles per mm2, of which `usable_share` hold a reservoir.

    >>> patch = lay_out(32, 0.3, 2.85, 0.6, np.random.default_rng(1))
    >>> bool(0.7 < patch.lesion.mean() < 0.8)
    True
    """
    depth = margin(n, dx, rng)
    points = pattern(density, n * dx, rng)
    usable = still_usable(points, usable_share, value("patchiness"), value("patch_length"), rng)
    return Patch(n, dx, depth, source_map(points, usable, n, dx))


def lesion_weights(depth: NDArray[np.float32], radius: float) -> NDArray[np.float32]:
    """Weight of each pixel (n, n), sum 1, so that the window stands for a round lesion of `radius` mm.

    A round lesion holds area 2 pi (radius - d) per mm of depth d; what lies deeper than the window goes to its core.

    >>> depth = np.linspace(-2, 6, 32, dtype=np.float32)[None, :].repeat(32, 0)
    >>> float(lesion_weights(depth, 20.0).sum().round(5))
    1.0
    """
    deepest = float(depth.max())
    inside = (depth > 0) & (depth < radius)
    if not inside.any():
        inside = depth > 0
        radius = 2 * deepest
    weights = np.where(inside, 1 - depth / radius, 0.0)
    if radius > deepest:
        within = 1 - (1 - deepest / radius) ** 2  # share of the round lesion that the window's depth covers
        core = inside & (depth > deepest - CORE)
        weights = within * weights / weights.sum() + (1 - within) * core / core.sum()
    return (weights / weights.sum()).astype(np.float32)


def coarsen(field: NDArray[np.float32]) -> NDArray[np.float32]:
    """Mean over blocks of two by two pixels: (..., n, n) -> (..., n/2, n/2).

    >>> coarsen(np.array([[0.0, 2.0], [4.0, 6.0]], np.float32)).item()
    3.0
    """
    *lead, n, m = field.shape
    return field.reshape(*lead, n // 2, 2, m // 2, 2).mean(axis=(-3, -1))
