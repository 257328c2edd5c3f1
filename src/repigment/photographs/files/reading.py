"""Reading a photograph: linear light, upright, in one space of colour, without anything about who and where."""

import math
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from repigment.errors import RepigmentError
from repigment.evidence.parameters import value
from repigment.photographs.files import decoding, heic
from repigment.photographs.files.formats import kind_of, note_of_suffix
from repigment.photographs.files.limits import contents, name_of
from repigment.photographs.files.pixels import Pixels
from repigment.photographs.files.rounding import EXACT, Steps
from repigment.photographs.refusal import Refusal

BAND = 256  # rows that are made linear at once
ROUNDING = 1e-4  # of a mean over pixels


@dataclass(frozen=True, eq=False)
class Photograph:
    """A photograph as light, shape (h, w), and what was done to it. Nothing tells where, when or by whom it was taken.

    `name` is that of the file, without folders. `linear` (h, w, 3), float32 in 0..1, has the primaries of sRGB under
    D65. `clipped` (h, w) is true where a channel was at an end of its range in the file, or the colour is outside of
    sRGB. `seen` (h, w) is false where the file is transparent; `linear` is 0 there. `original` is the width and the
    height before it was made smaller, upright; one pixel is `factor` of the original's wide. `notes` are for the
    user. `refused` is what cannot be had because of how the file is stored, `steps` what it rounds off.
    """

    name: str
    kind: str
    linear: NDArray[np.float32]
    clipped: NDArray[np.bool_]
    seen: NDArray[np.bool_]
    original: tuple[int, int]
    factor: float = 1.0
    notes: tuple[str, ...] = ()
    refused: tuple[Refusal, ...] = ()
    steps: Steps = EXACT

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        height, width = self.clipped.shape
        return height, width


def read(path: str | Path, pixels: float | None = None) -> Photograph:
    """The photograph in the file `path`, made smaller to at most `pixels` pixels if it has more.

    The file is opened for reading only. Making it smaller here needs far less memory than `reduced` does afterwards.
    RepigmentError if it cannot be read, is damaged, or is larger than is safe.
    """
    return unpacked(contents(Path(path)), name_of(Path(path)), pixels)


def unpacked(data: bytes, name: str, pixels: float | None = None) -> Photograph:
    """The photograph in the bytes of a file called `name`, made smaller as by `read`; RepigmentError as there."""
    kind = kind_of(data, name)
    stored = heic.decode(data, name) if kind == "HEIC" else decoding.decode(data, kind, name)
    photograph = _linear(stored, name, kind, pixels)
    if not photograph.seen.any():
        raise RepigmentError("every pixel is transparent", where=name, remedy="save it without transparency")
    return photograph if pixels is None else reduced(photograph, pixels)


def _linear(stored: Pixels, name: str, kind: str, pixels: float | None) -> Photograph:
    """Linear light, band by band, so that the whole is never there in floating point if it is to be made smaller."""
    rows, columns = stored.levels.shape[:2]
    by = _whole_factor(rows, columns, pixels)
    linear = np.empty((rows // by, columns // by, 3), np.float32)
    clipped = np.empty(linear.shape[:2], bool)
    seen = np.ones(linear.shape[:2], bool)
    table = stored.space.table(stored.top + 1)
    step = max(1, BAND // by)
    for first in range(0, len(linear), step):
        here = slice(first, min(first + step, len(linear)))
        part = np.s_[here.start * by : here.stop * by, : linear.shape[1] * by]
        linear[here], clipped[here] = _band(stored.levels[part], stored, table, by)
        if stored.seen is not None:
            seen[here] = _all_of(stored.seen[part], by)
    linear[~seen] = 0
    return Photograph(
        name,
        kind,
        _upright(linear, stored.orientation),
        _upright(clipped & seen, stored.orientation),
        _upright(seen, stored.orientation),
        (columns, rows) if stored.orientation < 5 else (rows, columns),
        float(by),
        note_of_suffix(kind, name) + stored.notes + ((decoding.UPRIGHT,) if stored.orientation != 1 else ()),
        stored.refused,
        stored.steps,
    )


def _whole_factor(rows: int, columns: int, pixels: float | None) -> int:
    if pixels is None:
        return 1
    return max(1, min(rows, columns, int(math.sqrt(rows * columns / pixels))))


def _band(
    levels: NDArray[Any], stored: Pixels, table: NDArray[np.float32], by: int
) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
    """Linear sRGB (h, w, 3) and clipped (h, w) of some rows, `by` times smaller; means of light, not of levels."""
    import cv2

    levels = np.ascontiguousarray(levels)
    low, high = value("photo_bottom") * stored.top + 1, value("photo_top") * stored.top
    inside: NDArray[np.bool_] = cv2.inRange(levels, (int(low),) * 3, (math.ceil(high) - 1,) * 3) > 0
    light: NDArray[Any] = cv2.LUT(levels, table[None]) if stored.top < 256 else _looked_up(levels, table)
    size = (light.shape[1] // by, light.shape[0] // by)
    if by > 1:
        light = cv2.resize(light, size, interpolation=cv2.INTER_AREA).astype(np.float32, copy=False)
    clipped: NDArray[np.bool_] = ~_all_of(inside, by)
    if stored.space.matrix is not None:
        light = cv2.transform(light, stored.space.matrix).astype(np.float32, copy=False)
        beyond = value("photo_outside")
        clipped |= ((light < -beyond) | (light > 1 + beyond)).any(axis=2)
    return np.clip(light, 0, 1), clipped


def _looked_up(levels: NDArray[Any], table: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.stack([table[levels[..., each], each] for each in range(3)], axis=2)


def _all_of(mask: NDArray[np.bool_], by: int) -> NDArray[np.bool_]:
    """Whether all of each `by` x `by` pixels are true."""
    if by == 1:
        return mask
    rows, columns = mask.shape
    return np.asarray(mask.reshape(rows // by, by, columns // by, by).all(axis=(1, 3)))


def _upright(array: NDArray[Any], orientation: int) -> NDArray[Any]:
    """An array (h, w, ...) as it should be looked at (EXIF 2.32, tag 274)."""
    half = np.rot90(array, 2)
    turned = {
        2: array[:, ::-1],
        3: half,
        4: array[::-1],
        5: array.swapaxes(0, 1),
        6: np.rot90(array, 3),
        7: half.swapaxes(0, 1),
        8: np.rot90(array, 1),
    }
    return np.ascontiguousarray(turned.get(orientation, array))


def reduced(photograph: Photograph, pixels: float) -> Photograph:
    """The photograph with at most `pixels` pixels, each the mean light over its area; the same if it is small.

    A pixel is clipped if any part of it was, seen if all of it was. `factor` grows, and millimetres a pixel with it.
    """
    import cv2

    rows, columns = photograph.shape
    shrink = math.sqrt(rows * columns / pixels)
    if shrink <= 1:
        return photograph
    size = (max(1, int(columns / shrink)), max(1, int(rows / shrink)))

    def smaller(array: NDArray[Any]) -> NDArray[Any]:
        return cv2.resize(array.astype(np.float32, copy=False), size, interpolation=cv2.INTER_AREA)

    return replace(
        photograph,
        linear=np.clip(smaller(photograph.linear), 0, 1),
        clipped=smaller(photograph.clipped) > ROUNDING,
        seen=smaller(~photograph.seen) <= ROUNDING,  # the mean of a whole is not always quite one
        factor=photograph.factor * math.sqrt(rows * columns / (size[0] * size[1])),
    )
