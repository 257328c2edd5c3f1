"""What is simulated of a region: a square of skin, how lesional each pixel is, and what each pixel stands for."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

PARTS = 6  # places of a window that are watched one by one, where a condition watches any
AIM = 0.1  # a procedure aimed at a lesion meets all skin that is lesional by at least this much


@dataclass(frozen=True)
class Window:
    """A square of n x n pixels of `dx` mm.

    `share` (n, n) how lesional each pixel is, 0 to 1; `follicles` (n, n) usable per mm2; `inside` and `outside` (n, n)
    weights of the lesion and of the skin around it, each summing to 1; `parts` (parts, n, n) weights of what is watched
    apart, each summing to 1, or to 0 where a window has fewer; `sizes` (parts,) what each part is of all, summing to 1.
    """

    dx: float
    share: NDArray[np.float32]
    follicles: NDArray[np.float32]
    inside: NDArray[np.float32]
    outside: NDArray[np.float32]
    parts: NDArray[np.float32]
    sizes: NDArray[np.float32]


def weighed(share: NDArray[np.floating]) -> NDArray[np.float32]:
    """A map (..., n, n) as weights that sum to 1, or to 0 where it is empty.

    >>> float(weighed(np.ones((2, 2))).sum())
    1.0
    """
    total = share.sum(axis=(-2, -1), keepdims=True)
    return np.where(total > 0, share / np.where(total > 0, total, 1), 0).astype(np.float32)


def core(share: NDArray[np.floating]) -> NDArray[np.floating]:
    """The part of a soft map (..., n, n) that lies above half of its height.

    >>> core(np.array([[0.2, 0.6, 1.0]])).round(1).tolist()
    [[0.0, 0.1, 0.5]]
    """
    return np.clip(share - share.max(axis=(-2, -1), keepdims=True) / 2, 0, None)


def window_of_parts(
    dx: float, parts: NDArray[np.floating], density: float, share: NDArray[np.floating] | None = None
) -> Window:
    """A window whose lesion is its `parts` (parts, n, n), each a map of 0 to 1, in skin of `density` follicles per mm2.

    `share` (n, n) where the lesion is more than its parts. What is measured of a part or a lesion is measured in its
    core, and what is around it away from its edge, as with an instrument.

    >>> window_of_parts(1.0, np.eye(4)[None], 2.0).sizes.tolist()
    [1.0]
    """
    lesional = parts.sum(axis=0).clip(0, 1) if share is None else share
    area = parts.sum(axis=(1, 2))
    return Window(
        dx,
        lesional.astype(np.float32),
        np.full(lesional.shape, density, np.float32),
        weighed(core(lesional)),
        weighed(core(1 - lesional)),
        weighed(core(parts)),
        (area / area.sum()).astype(np.float32),
    )
