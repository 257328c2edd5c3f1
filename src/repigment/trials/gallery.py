"""Pictures of typical and extreme patients, made by following them once more with maps."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from repigment.optics.tissue import Pigments, Tissue
from repigment.patients.appearance import appearance
from repigment.patients.complexion import complexion
from repigment.patients.ward import Resolution, Ward
from repigment.treatments.uc_msc import MECHANISMS
from repigment.trials.enrol import Case
from repigment.trials.rated import Rated, watched_region
from repigment.trials.watch import BEDS, COLUMNS, pasts

MOST = 6  # pictures a strip
FINE = 144  # pixels of the outline of a face
RANKS = {"typical": 0.5, "best": 1.0, "worst": 0.0}


@dataclass(frozen=True)
class GalleryItem:
    """One lesion at some visits: `maps` (weeks, n, n) of visible melanin, where 1 is the person's own skin.

    `pigments`, (weeks, n, n) each, and `tissue` are what light meets there. Where `skin`, a finer map of the same
    square, is false, as beside a face, they show none.
    """

    caption: str
    arm: str
    patient: int
    weeks: list[int]
    maps: NDArray[np.float32]
    skin_type: int
    dx_mm: float
    pigments: Pigments
    tissue: Tissue
    skin: NDArray[np.bool_] | None = None


def choose(followed: Sequence[Rated], week: int) -> list[tuple[str, Case]]:
    """For each arm the typical, the best and the worst patient at `week`, by what the watched region then shows.

    That is its depigmented share in vitiligo, otherwise its contrast with the skin around.

    Of the worlds that an unknown product is played in, the first. A patient who has moved to another arm is not shown.
    """
    arms: dict[str, list[tuple[float, int, Case]]] = {}
    for case, seen in ((each.case, each.seen) for each in followed):
        if case.world == 0 and case.moves >= week:
            column = COLUMNS.index(case.lesions[0].condition.watched)
            arms.setdefault(case.arm, []).append((-float(seen[week, column]), case.patient, case))
    chosen = []
    for ranked in arms.values():
        ranked.sort(key=lambda entry: entry[:2])
        for label, rank in RANKS.items():
            chosen.append((label, ranked[round(rank * (len(ranked) - 1))][2]))
    return chosen


def caption(label: str, case: Case) -> str:
    """Who is shown; and, where the product is not known, what it does in the world that is shown."""
    told = f"{label}: patient {case.patient}, {case.arm}"
    parameters = case.lesions[0].parameters()
    given = {mechanism: parameters.get(switch, 0.0) for mechanism, switch in MECHANISMS.items()}
    acting = ", ".join(f"{mechanism} {strength:+.1f}" for mechanism, strength in given.items() if strength)
    return f"{told} (first draw: {acting})" if acting else told


def some(visits: Sequence[int]) -> list[int]:
    """At most MOST of the visits, first and last among them.

    >>> some([0, 4, 8, 12, 24, 36, 52, 104])
    [0, 4, 12, 24, 52, 104]
    """
    picked = np.linspace(0, len(visits) - 1, min(MOST, len(visits)))
    return [visits[round(float(index))] for index in picked]


def paint(chosen: Sequence[tuple[str, Case]], visits: Sequence[int], resolution: Resolution) -> list[GalleryItem]:
    """Follow the chosen cases again and keep their maps at some of the `visits`."""
    weeks = some(visits)
    items: list[GalleryItem] = []
    for first in range(0, len(chosen), BEDS):
        group = chosen[first : first + BEDS]
        ward, maps, shown = _maps([case for _, case in group], weeks, resolution)
        for row, (label, case) in enumerate(group):
            person = case.person
            there = np.array(weeks)[:, None, None] <= min(case.leaves, case.moves)
            seen = np.where(there, maps[row], np.nan).astype(np.float32)
            pigments = Pigments(*(np.where(there, each, np.nan) for each in appearance(shown[row], ward.lesions[row])))
            face, told = case.lesions[0].condition.outline(FINE), caption(label, case)
            tissue = complexion(person)[1]
            known = (told, case.arm, case.patient, weeks, seen, person.skin_type, ward.dx)
            items.append(GalleryItem(*known, pigments, tissue, face))
    return items


def _maps(
    cases: Sequence[Case], weeks: Sequence[int], resolution: Resolution
) -> tuple[Ward, NDArray[np.float32], NDArray[np.float32]]:
    """The ward, visible melanin (cases, weeks, n, n), and what a picture needs (cases, weeks, 4, n, n)."""
    rows = [watched_region(case) for case in cases]
    lesions = [case.lesions[row] for case, row in zip(cases, rows, strict=True)]
    states = pasts(cases)
    history = np.stack([state[row] for state, row in zip(states, rows, strict=True)])
    ward = Ward(lesions, resolution, size=BEDS, companion=False, history=history)
    tables = np.stack([lesion.exposure(7 * max(weeks[-1], 1)).table for lesion in lesions], axis=-1)
    maps, shown = [ward.visible()], [ward.shown()]
    for before, after in itertools.pairwise(weeks):
        ward.follow(tables[7 * before : 7 * after])
        maps.append(ward.visible())
        shown.append(ward.shown())
    return ward, np.stack(maps, axis=1), np.stack(shown, axis=1)
