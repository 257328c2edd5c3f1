"""Where a chart of six by four patches lies in a picture: even squares, their lattice, and which is which."""

from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from repigment.evidence.parameters import value

Floats = NDArray[np.float64]
COLUMNS, ROWS = 6, 4
CENTRES = np.array(
    [(column, row) for row in range(ROWS) for column in range(COLUMNS)], float
)  # of the patches, in pitches
LEAST_LATTICE = 8  # squares on one lattice from which it may be a chart: a third of the patches
NEAR = 0.22  # of a pitch: how far a square may lie from where the lattice wants it


class Squares(NamedTuple):
    """Even squares of a picture: centres (n, 2) and sides (n,), in pixels."""

    centres: Floats
    sides: Floats


def search(picture: NDArray[np.float32], reference: Floats) -> Floats | None:
    """The homography (3, 3) from patches (column, row) to pixels (x, y) of `picture`, or None where no chart is found.

    `picture` (h, w, 3) is in linear light, `reference` (24, 3) how the patches should look in linear light, row by
    row. Patch (0, 0) is dark skin, (5, 0) bluish green, (0, 3) white, (5, 3) black. Of all places on the lattice the
    one counts whose colours agree best with the reference, whatever the lamp and the exposure.
    """
    best: tuple[float, Floats] | None = None
    for share in (1.0, 0.5):
        side = value("card_search_side") * share
        factor = min(1.0, side / max(picture.shape[:2]))
        resized = cv2.resize(picture, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
        small = np.asarray(resized, np.float32)
        for lattice in _lattices(squares(small)):
            found = _placed(small, lattice, reference)
            if found is not None and (best is None or found[0] > best[0]):
                best = (
                    found[0],
                    _zoom(small.shape[1] / picture.shape[1], small.shape[0] / picture.shape[0]) @ found[1],
                )
        if best is not None:
            break
    return None if best is None else best[1] / best[1][2, 2]


def _zoom(across: float, down: float) -> Floats:
    """From pixels of a smaller picture to those of the whole one, whose corner pixel's middle is (0, 0)."""
    return np.array([[1 / across, 0, 0.5 / across - 0.5], [0, 1 / down, 0.5 / down - 0.5], [0, 0, 1]])


def project(homography: Floats, points: Floats) -> Floats:
    """Points (n, 2) seen through a homography (3, 3).

    >>> project(np.diag([2.0, 2.0, 1.0]), np.array([[1.0, 3.0]])).tolist()
    [[2.0, 6.0]]
    """
    flat = np.c_[points, np.ones(len(points))] @ homography.T
    return flat[:, :2] / flat[:, 2:]


def squares(picture: NDArray[np.float32]) -> Squares:
    """Even regions that are about as wide as high and fill their box."""
    levels = cv2.GaussianBlur(np.cbrt(np.maximum(picture, 0)), (0, 0), 1.2)
    slope = np.zeros(levels.shape[:2], np.float32)
    for channel in cv2.split(levels):
        slope = np.maximum(slope, np.hypot(cv2.Sobel(channel, cv2.CV_32F, 1, 0), cv2.Sobel(channel, cv2.CV_32F, 0, 1)))
    centres, sides = [], []
    still = float(np.median(slope))  # of noise and texture alone, as most of a picture has no edge
    for cut in max(value("card_edge"), still) * np.array([1, 2, 4]):
        count, labels, stats, middles = cv2.connectedComponentsWithStats((slope < cut).astype(np.uint8), connectivity=4)
        for index in range(1, count):
            if (square := _square(labels, stats[index], index)) is not None:
                centres.append(middles[index])
                sides.append(square)
    return _without_twins(np.reshape(centres, (-1, 2)), np.array(sides, float))


def _square(labels: NDArray[np.int32], box: NDArray[np.int32], index: int) -> float | None:
    """The side of the region, or None where it is no square."""
    left, top, width, height, area = box
    if area < 25 or area > labels.size / (COLUMNS * ROWS) or area < 0.4 * width * height:
        return None
    part = (labels[top : top + height, left : left + width] == index).astype(np.uint8)
    outlines, _ = cv2.findContours(part, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    outer = max(outlines, key=cv2.contourArea)
    _, (across, down), _ = cv2.minAreaRect(outer)
    across, down = across + 1, down + 1
    if min(across, down) < 5 or max(across, down) > 1.45 * min(across, down) or area < 0.72 * across * down:
        return None
    return float(np.sqrt(across * down))


def _without_twins(centres: Floats, sides: Floats) -> Squares:
    """One of those that lie on each other: the larger."""
    kept: list[int] = []
    for index in np.argsort(-sides):
        if all(np.hypot(*(centres[index] - centres[k])) > 0.4 * sides[k] for k in kept):
            kept.append(int(index))
    return Squares(centres[kept], sides[kept])


def _lattices(squares: Squares) -> list[Floats]:
    """Homographies (3, 3) from lattice places to pixels on which enough squares stand, most squares first."""
    found: list[tuple[int, Floats]] = []
    used = np.zeros(len(squares.sides), bool)
    for seed in range(len(squares.sides)):
        if used[seed]:
            continue
        places = _grown(squares, seed)
        if len(places) < LEAST_LATTICE:
            continue
        used[[*places]] = True
        where = np.array([*places.values()], float)
        lattice, _ = cv2.findHomography(where, squares.centres[[*places]], cv2.RANSAC, 0.15 * squares.sides[seed])
        if lattice is not None:
            found.append((len(places), np.asarray(lattice, float)))
    return [lattice for _, lattice in sorted(found, key=lambda each: -each[0])[:4]]


def _grown(squares: Squares, seed: int) -> dict[int, tuple[int, int]]:
    """The lattice place of every square that is reached from the seed in steps of one pitch."""
    axes = _axes(squares, seed)
    if axes is None:
        return {}
    places, taken = {seed: (0, 0)}, {(0, 0)}
    waiting = [seed]
    steps = {(1, 0): axes[0], (-1, 0): -axes[0], (0, 1): axes[1], (0, -1): -axes[1]}
    while waiting and len(places) <= COLUMNS * ROWS:
        here = waiting.pop(0)
        for (across, down), step in steps.items():
            place = (places[here][0] + across, places[here][1] + down)
            away = np.hypot(*(squares.centres - squares.centres[here] - step).T)
            nearest = int(np.argmin(away))
            alike = abs(np.log(squares.sides[nearest] / squares.sides[here])) < 0.35
            if away[nearest] < NEAR * np.hypot(*step) and alike and nearest not in places and place not in taken:
                places[nearest] = place
                taken.add(place)
                waiting.append(nearest)
    return places


def _axes(squares: Squares, seed: int) -> tuple[Floats, Floats] | None:
    """Steps (2,) to a neighbour and to the one at a right angle to it, turned as x is to y; None without them."""
    away = squares.centres - squares.centres[seed]
    far = np.hypot(*away.T)
    side = squares.sides[seed]
    near = np.flatnonzero((far > 0.9 * side) & (far < 1.7 * side) & (abs(np.log(squares.sides / side)) < 0.35))
    for first in near[np.argsort(far[near])]:
        for second in near[np.argsort(far[near])]:
            x, y = away[first], away[second]
            turn = float(x[0] * y[1] - x[1] * y[0]) / (far[first] * far[second])
            if turn > 0.94 and abs(np.log(far[first] / far[second])) < 0.25:
                return x, y
    return None


def _placed(picture: NDArray[np.float32], lattice: Floats, reference: Floats) -> tuple[float, Floats] | None:
    """The best agreement of colours and its homography, over all places and quarter turns on the lattice."""
    best: tuple[float, Floats] | None = None
    turn = np.array([[0.0, -1, 0], [1, 0, 0], [0, 0, 1]])
    for quarter in range(4):
        turned = lattice @ np.linalg.matrix_power(turn, quarter)
        for across in range(-COLUMNS, COLUMNS + 1):
            for down in range(-COLUMNS, COLUMNS + 1):
                shifted = turned @ np.array([[1.0, 0, across], [0, 1, down], [0, 0, 1]])
                colours = _glance(picture, shifted)
                if colours is None:
                    continue
                agreed = agreement(colours, reference)
                if best is None or agreed > best[0]:
                    best = (agreed, shifted)
    return best if best is not None and best[0] > value("card_agreement") else None


def _glance(picture: NDArray[np.float32], homography: Floats) -> Floats | None:
    """The pixel (24, 3) in the middle of each patch; None where one lies outside of the picture."""
    x, y = np.round(project(homography, CENTRES)).astype(int).T
    if min(x.min(), y.min()) < 0 or x.max() >= picture.shape[1] or y.max() >= picture.shape[0]:
        return None
    return np.asarray(picture[y, x], float)


def agreement(colours: Floats, reference: Floats) -> float:
    """Correlation (-1 to 1) of patch colours (24, 3) with the reference, in log light, each channel about its mean.

    So neither exposure nor white balance changes it.

    >>> shades = np.linspace(0.1, 0.9, 72).reshape(24, 3)
    >>> round(agreement(shades * [0.5, 1.0, 0.8], shades), 6)
    1.0
    """
    floor = value("card_floor")
    seen, meant = (np.log(np.maximum(each, floor)) for each in (colours, reference))
    seen, meant = (each - each.mean(axis=0) for each in (seen, meant))
    norm = float(np.linalg.norm(seen) * np.linalg.norm(meant))
    return float((seen * meant).sum()) / norm if norm > 0 else 0.0
