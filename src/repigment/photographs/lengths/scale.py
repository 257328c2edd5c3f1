"""From pixels to millimetres on the plane of the skin: by the card, a stated scale, or a known length."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from repigment.errors import RepigmentError
from repigment.evidence.parameters import value
from repigment.photographs.colour.card import Card
from repigment.photographs.colour.card_search import COLUMNS, project

Floats = NDArray[np.float64]
MAKES = ("classic", "mini", "nano")


@dataclass(frozen=True)
class Scale:
    """`matrix` (3, 3) from pixels (x, y) to mm, `error` the relative SD of a length, `basis` what it rests on."""

    matrix: Floats
    error: float
    basis: str

    def mm(self, points: Floats) -> Floats:
        """Points (n, 2) in mm.

        >>> stated(0.5).mm(np.array([[2.0, 4.0]])).tolist()
        [[1.0, 2.0]]
        """
        return project(self.matrix, points)

    def areas(self, shape: tuple[int, int]) -> Floats:
        """mm2 (h, w) of each pixel: |det H| / w^3 of the homography H, with w its third coordinate."""
        rows, columns = np.arange(shape[0], dtype=float)[:, None], np.arange(shape[1], dtype=float)
        depth = self.matrix[2, 0] * columns + self.matrix[2, 1] * rows + self.matrix[2, 2]
        return np.abs(np.linalg.det(self.matrix) / depth**3)

    def mm_per_pixel(self, point: Floats) -> float:
        """mm a pixel at a point (2,), the geometric mean over directions."""
        depth = float(self.matrix[2] @ np.array([point[0], point[1], 1.0]))
        return float(np.sqrt(abs(np.linalg.det(self.matrix) / depth**3)))


def across_of(make: str) -> float:
    """mm across the six patches of a row of a card, outer edges: of a make, or a number as the user measured it.

    RepigmentError for anything else.

    >>> across_of("classic"), across_of("55.8")
    (260.0, 55.8)
    """
    if make == "classic":
        return COLUMNS * value("chart_patch") + (COLUMNS - 1) * value("chart_gap")
    if make in MAKES:
        return value(f"card_across.{make}")
    try:
        found = float(make)
    except ValueError:
        found = np.nan
    if not 5 <= found <= 1000:
        raise RepigmentError(
            f"a card {make!r} is not known",
            where="--card",
            allowed="auto, none, classic, mini, nano, or the mm across the six patches of a row, 5 to 1000",
        )
    return found


def by_card(card: Card, make: str) -> Scale:
    """The plane of a card whose make, or whose mm across six patches, the user states.

    The skin must lie in that plane: a card that lies d nearer to a camera at distance D makes lengths d / D too small.
    """
    patches = COLUMNS - 1 + value("chart_patch") / (value("chart_patch") + value("chart_gap"))
    pitch = across_of(make) / patches
    error = value("card_scale_error.make" if make in ("mini", "nano") else "card_scale_error")
    said = f"{make} card" if make in MAKES else f"card with {float(make):g} mm across its patches"
    return Scale(np.diag([pitch, pitch, 1.0]) @ np.linalg.inv(card.homography), error, said)


def stated(mm_per_pixel: float) -> Scale:
    """A scale that the user states; RepigmentError where it is no positive number.

    >>> float(stated(0.1).areas((1, 1)).round(6)[0, 0])
    0.01
    """
    if not (np.isfinite(mm_per_pixel) and mm_per_pixel > 0):
        raise RepigmentError(f"{mm_per_pixel:g} mm a pixel is no scale", where="--mm-per-pixel", allowed="above 0")
    return Scale(np.diag([mm_per_pixel, mm_per_pixel, 1.0]), value("stated_scale_error"), "stated mm a pixel")


def check(mm_per_pixel: float, where: str) -> None:
    """RepigmentError, for the option `where`, of mm a pixel of a whole photograph that no photograph of skin has.

    >>> check(0.1, "--mm-per-pixel")
    """
    least, most = value("mm_per_pixel_least"), value("mm_per_pixel_most")
    if not least <= mm_per_pixel <= most:
        raise RepigmentError(
            f"{mm_per_pixel:g} mm a pixel is no scale of a photograph of skin",
            where=where,
            allowed=f"{least:g} to {most:g} mm a pixel",
            remedy="divide a length in the photograph, in mm, by how many pixels it is long",
        )


def check_inside(ends: Floats, size: tuple[int, int], name: str) -> None:
    """RepigmentError where a point (x, y) of `ends` (2, 2) lies outside of the photograph `name`, (width, height).

    >>> check_inside(np.array([[0.0, 0.0], [640.0, 10.0]]), (640, 480), "arm.jpg")
    """
    for x, y in ends:
        if not (0 <= x <= size[0] and 0 <= y <= size[1]):
            raise RepigmentError(
                f"the point {x:g},{y:g} lies outside of the photograph",
                where=f"--scale, for {name}",
                allowed=f"x from 0 to {size[0]}, y from 0 to {size[1]}",
                remedy="read both points off the whole photograph, in pixels, as it is seen upright",
            )


def by_length(ends: Floats, mm: float) -> Scale:
    """The scale that makes the line between two points (2, 2) in pixels `mm` long; RepigmentError without length.

    >>> by_length(np.array([[0.0, 0.0], [0.0, 50.0]]), 10.0).mm_per_pixel(np.zeros(2))
    0.2
    """
    pixels = float(np.hypot(*(ends[1] - ends[0])))
    if not (mm > 0 and pixels >= 1):
        raise RepigmentError(
            "a scale needs two places apart and the mm between them",
            where="--scale",
            allowed="x1,y1,x2,y2,mm with mm above 0",
        )
    error = float(np.hypot(value("stated_scale_error"), value("pointing_error") / pixels))
    return Scale(np.diag([mm / pixels, mm / pixels, 1.0]), error, f"{mm:g} mm marked in the picture")
