"""Rows of even marks in a picture, as the millimetres of a ruler are: found, counted and fitted."""

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from repigment.evidence.parameters import value
from repigment.photographs.lengths.strokes import Strokes, strokes

Floats = NDArray[np.float64]
Single = NDArray[np.float32]
LEVELS = (1.0, 0.5, 0.25)  # sizes at which marks are looked for: fine ones and broad ones
CLEAR = 4.0  # SDs from which tilt is believed
TURNS = 3  # rounds of fitting and taking further marks in


@dataclass(frozen=True, eq=False)
class Marks:
    """Marks of a ruler, one a mm: `points` (n, 2) are their middles in px, `numbers` (n,) tell which mm each is.

    They follow each other in the direction `along` (2,) and each runs in the direction `down` (2,). Mark k lies
    p(k) = (a k + b) / (c k + 1) px along, from `origin` (2,), with `fit` (a, b, c) and its covariance `unsure` (3, 3);
    c is what tilt does.
    """

    points: Floats
    numbers: Floats
    along: Floats
    down: Floats
    origin: Floats
    fit: Floats
    unsure: Floats

    @property
    def middle(self) -> float:
        """The mm half way between the first and the last mark."""
        return float(self.numbers.min() + self.numbers.max()) / 2

    @property
    def pitch(self) -> float:
        """px a mm half way between the first and the last mark."""
        a, b, c = self.fit
        return float((a - b * c) / (c * self.middle + 1) ** 2)

    @property
    def error(self) -> float:
        """Relative SD of that pitch by how the marks scatter."""
        (a, b, c), k = self.fit, self.middle
        below = c * k + 1
        slope = np.array([1, -c, -b - 2 * k * (a - b * c) / below]) / below**2
        return float(np.sqrt(slope @ self.unsure @ slope)) / self.pitch

    @property
    def across(self) -> Floats:
        """The direction (2,) at right angles to `along`."""
        return np.array([-self.along[1], self.along[0]])

    def at(self, numbers: Floats) -> Floats:
        """px along (n,) of marks."""
        a, b, c = self.fit
        return np.asarray((a * numbers + b) / (c * numbers + 1))

    def places(self, points: Floats) -> Floats:
        """px along (n,) of points (n, 2)."""
        return np.asarray((points - self.origin) @ self.along)


def rows(root: Single) -> Iterator[Marks]:
    """Rows of even marks, dark and light ones, at each size of the picture."""
    for level in LEVELS:
        small = cv2.resize(root, None, fx=level, fy=level, interpolation=cv2.INTER_AREA) if level < 1 else root
        for dark in (True, False):
            for each in strokes(np.asarray(small, np.float32), dark=dark):
                if (row := _row(each)) is not None and len(row.points) >= value("ruler_least"):
                    again = _fitted((row.points + 0.5) / level - 0.5, row.numbers, row.down)
                    if again is not None:
                        yield again


def _row(seen: Strokes) -> Marks | None:
    """The longest row of evenly spaced strokes that lie side by side, or None where there is none."""
    along = np.array([-seen.direction[1], seen.direction[0]])
    order = np.argsort(seen.middles @ along, kind="stable")
    seen = seen.of(order)
    after, step = _next(seen, along)
    best: list[int] = []
    taken = np.zeros(len(after), bool)
    for first in range(len(after)):
        chain = [first]
        while not taken[chain[-1]] and (following := after[chain[-1]]) >= 0:
            if len(chain) > 1 and abs(np.log(step[chain[-1]] / step[chain[-2]])) > value("ruler_evenness"):
                break
            taken[chain[-1]] = len(chain) > 1
            chain.append(int(following))
        best = max(best, chain, key=len)
    if len(best) < value("ruler_seed"):
        return None
    return _grown(seen, best)


def _next(seen: Strokes, along: Floats) -> tuple[NDArray[np.int64], Floats]:
    """For each stroke the nearest one that follows beside it (n,), -1 where there is none, and how far (n,) it is."""
    place = seen.middles @ along
    low, high = seen.low, seen.high
    after, step = np.full(len(place), -1), np.full(len(place), np.inf)
    for here in range(len(place)):
        shared = np.minimum(high[here], high[here + 1 :]) - np.maximum(low[here], low[here + 1 :])
        shortest = np.minimum(high[here] - low[here], (high - low)[here + 1 :])
        gap = place[here + 1 :] - place[here]
        beside = np.flatnonzero((shared > 0.5 * shortest) & (gap >= value("ruler_pitch_least")))
        if len(beside):
            after[here] = here + 1 + beside[0]
            step[here] = gap[beside[0]]
    return after, step


def _grown(seen: Strokes, chain: list[int]) -> Marks | None:
    """The row that a chain of strokes begins, with all strokes that lie where it foretells marks."""
    marks = _fitted(seen.middles[chain], np.arange(len(chain), dtype=float), _down(seen, chain))
    reach = float(np.median((seen.high - seen.low)[chain]))
    for _ in range(TURNS):
        if marks is None:
            return None
        place, side = marks.places(seen.middles), (seen.middles - marks.origin) @ marks.across
        ahead = np.ceil(0.5 * (np.ptp(marks.numbers) + 1))
        numbers = np.arange(marks.numbers.min() - ahead, marks.numbers.max() + ahead + 1)
        wanted = marks.at(numbers)
        nearest = np.abs(place[:, None] - wanted).argmin(axis=1)
        near = np.abs(place - wanted[nearest]) < value("ruler_near") * marks.pitch
        near &= np.abs(side) < reach
        kept = {int(number): int(each) for each, number in zip(np.flatnonzero(near), nearest[near], strict=True)}
        run = _unbroken(kept)
        if len(run) < value("ruler_seed"):
            return None
        chosen = [kept[number] for number in run]
        marks = _fitted(seen.middles[chosen], numbers[run], _down(seen, chosen))
    return marks


def _down(seen: Strokes, chosen: list[int]) -> Floats:
    """The direction (2,) in which strokes run, their mean as lines without an arrow."""
    turned = 0.5 * np.angle(np.exp(2j * seen.angles[chosen]).mean())
    return np.array([np.cos(turned), np.sin(turned)])


def _unbroken(kept: dict[int, int]) -> list[int]:
    """The longest run of numbers with no more than one missing at a time."""
    best: list[int] = []
    run: list[int] = []
    for number in sorted(kept):
        run = [*run, number] if run and number - run[-1] <= 2 else [number]
        best = max(best, run, key=len)
    return best


def _direction(points: Floats) -> Floats:
    """Direction (2,) of the line through points, from the first to the last of them."""
    turned = np.linalg.svd(points - points.mean(axis=0), full_matrices=False)[2][0]
    return np.asarray(turned if turned @ (points[-1] - points[0]) > 0 else -turned)


def _fitted(points: Floats, numbers: Floats, down: Floats) -> Marks | None:
    """Marks whose places follow p (c k + 1) = a k + b by least squares, c = 0 unless clear; None if they do not."""
    origin, along = points.mean(axis=0), _direction(points)
    place = (points - origin) @ along
    marks = None
    for free in (2, 3):
        columns = np.stack([numbers, np.ones_like(numbers), -numbers * place], axis=1)[:, :free]
        if len(place) <= free + 1:
            break
        solved, *_ = np.linalg.lstsq(columns, place)
        off = place - columns @ solved
        unsure = np.zeros((3, 3))
        unsure[:free, :free] = np.linalg.inv(columns.T @ columns) * (off @ off) / (len(place) - free)
        if free == 2 or abs(solved[2]) > CLEAR * np.sqrt(unsure[2, 2]):
            fit = np.append(solved, np.zeros(3 - free))
            marks = Marks(points, numbers, along, down, origin, fit, unsure)
    if marks is None or not marks.pitch > 0:
        return None
    scatter = float(np.sqrt(np.mean((marks.at(numbers) - place) ** 2)))
    return marks if scatter <= value("ruler_scatter") * marks.pitch else None
