"""Flat things that lie on the skin in a picture: where they are, and how they are drawn with smooth edges."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Single = NDArray[np.float32]
Floats = NDArray[np.float64]
Paint = Callable[[Single, Single], NDArray[np.floating]]


@dataclass(frozen=True, slots=True)
class Placed:
    """A rectangle of `width` x `height` mm with its middle at (x, y) mm, turned clockwise by `turn` degrees."""

    x: float
    y: float
    width: float
    height: float
    turn: float = 0.0

    def outside(self, points: Floats) -> Floats:
        """Points (..., 2) of the thing, in mm from its middle, in mm of the scene."""
        cos, sin = np.cos(np.radians(self.turn)), np.sin(np.radians(self.turn))
        return np.asarray(points) @ np.array([[cos, sin], [-sin, cos]]) + [self.x, self.y]

    def corners(self) -> Floats:
        """Its corners in mm of the scene (4, 2), clockwise from the upper left.

        >>> Placed(5, 5, 4, 2).corners().tolist()
        [[3.0, 4.0], [7.0, 4.0], [7.0, 6.0], [3.0, 6.0]]
        """
        return self.outside(np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]]) * [self.width / 2, self.height / 2])


def box(distance: Single, half: float) -> Single:
    """The part of a pixel that a stripe covers: `distance` of the pixel from its middle and its half width in pixels.

    >>> box(np.array([0.0, 5.0, 9.0]), 5.0).tolist()
    [1.0, 0.5, 0.0]
    """
    return np.clip(half + 0.5 - np.abs(distance), 0, 1)


def put(picture: Single, placed: Placed, scale: float, paint: Paint) -> Single:
    """Draw a thing into a picture (rows, columns, channels) of `scale` pixels a mm; what it covers, (rows, columns).

    `paint(across, down)` gives the channels at places of the thing in mm from its middle.
    """
    covered = np.zeros(picture.shape[:2], np.float32)
    corners = placed.corners() * scale
    (left, top), (right, bottom) = np.floor(corners.min(axis=0)) - 1, np.ceil(corners.max(axis=0)) + 1
    rows = slice(max(0, int(top)), max(0, int(bottom)))
    columns = slice(max(0, int(left)), max(0, int(right)))
    here = picture[rows, columns]
    if here.size == 0:
        return covered
    y = (np.arange(here.shape[0], dtype=np.float32)[:, None] + np.float32(rows.start + 0.5)) / scale - placed.y
    x = (np.arange(here.shape[1], dtype=np.float32) + np.float32(columns.start + 0.5)) / scale - placed.x
    cos, sin = np.cos(np.radians(placed.turn)), np.sin(np.radians(placed.turn))
    across, down = (cos * x + sin * y).astype(np.float32), (cos * y - sin * x).astype(np.float32)
    share = box(across * scale, placed.width / 2 * scale) * box(down * scale, placed.height / 2 * scale)
    here += share[..., None] * (paint(across, down) - here)
    covered[rows, columns] = share
    return covered
