"""A lesion of a photograph: which pixels it covers, where its edges run, how sure that is."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Map = NDArray[np.float32]
Mask = NDArray[np.bool_]
Place = tuple[slice, slice]
Pixel = TypeVar("Pixel", bound=np.generic)


@dataclass(frozen=True, eq=False)
class Lesion:
    """One lesion: `cover` the share of each pixel of `here` (rows, columns of a picture of `shape`) that it covers.

    `contours` are its edges (n, 2) in pixels of the picture. `middle` is its contrast to own skin in melanin index
    (above zero), `spread` the relative SD of its area by where the edge is drawn and what is `hidden` of it (share of
    its area), `darker` whether it is darker than own skin. It is `doubtful` where it stands out no more than the
    texture of own skin may: its area is then anything down to none.
    """

    cover: Map
    contours: tuple[Floats, ...]
    middle: float
    spread: float
    here: Place
    shape: tuple[int, int]
    darker: bool = True
    hidden: float = 0.0
    doubtful: bool = False
    mask: Mask = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "mask", self.cover > 0.5)

    @property
    def area(self) -> float:
        """What it covers, in pixels."""
        return float(self.cover.sum(dtype=float))

    @property
    def cut(self) -> bool:
        """Whether it goes on beyond the edge of the picture."""
        (rows, columns), (height, width) = self.here, self.shape
        inside = self.mask
        return bool(
            (rows.start == 0 and inside[0].any())
            or (columns.start == 0 and inside[:, 0].any())
            or (rows.stop == height and inside[-1].any())
            or (columns.stop == width and inside[:, -1].any())
        )

    def of(self, picture: NDArray[Pixel]) -> NDArray[Pixel]:
        """Pixels (n, ...) of a picture (h, w, ...) more than half of which it covers."""
        return picture[self.here][self.mask]

    def add_to(self, whole: Mask) -> None:
        """Mark its pixels, more than half of which it covers, in `whole` (h, w)."""
        whole[self.here] |= self.mask


def sure(lesions: Sequence[Lesion]) -> tuple[Lesion, ...]:
    """Those that are not doubtful; all of them where all are."""
    return tuple(lesion for lesion in lesions if not lesion.doubtful) or tuple(lesions)


def pixels(lesions: Sequence[Lesion], shape: tuple[int, int]) -> Mask:
    """Pixels (h, w) of all lesions.

    >>> lesion = Lesion(np.ones((2, 2), np.float32), (), 1.0, 0.1, (slice(1, 3), slice(0, 2)), (4, 4))
    >>> int(pixels([lesion], (4, 4)).sum()), lesion.cut
    (4, True)
    """
    whole = np.zeros(shape, bool)
    for lesion in lesions:
        lesion.add_to(whole)
    return whole
