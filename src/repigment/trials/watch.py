"""Treat and watch the cases of a trial, ward by ward, on all workers."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from repigment.engine.runtime import keep_compiled
from repigment.patients.lesion import Lesion
from repigment.patients.ward import WATCHED, Resolution, Ward, histories
from repigment.skin.exposure import EVENTS, TOLLS, Exposure
from repigment.trials.enrol import Case

Seen = NDArray[np.float32]  # (lesions, weeks + 1, COLUMNS and then the columns of the condition's parts)
COLUMNS = (*WATCHED, *TOLLS, *EVENTS)
BEDS = 32  # lesions of a ward: enough to fill the vector units, few enough to stay in cache


class Store(Protocol):
    """Where wards are kept."""

    def keep(self, ward: int, seen: Seen) -> None:
        """Keep what was seen of a ward."""

    def kept(self, ward: int) -> Seen | None:
        """What was seen of a ward, None if it is not there."""


@dataclass(frozen=True)
class Schedule:
    """How long the trial lasts, and the weeks at which something is decided on the way.

    `decide(case, seen)` gives the lesions of a case with their treatments, from what was seen until then.
    """

    weeks: int
    resolution: Resolution
    decisions: tuple[int, ...] = ()
    decide: Callable[[Case, Seen], tuple[Lesion, ...]] = lambda case, seen: case.lesions


def wards(cases: Sequence[Case], beds: int = BEDS) -> list[list[Case]]:
    """Cases in groups of at most `beds` lesions; the lesions of a case stay together."""
    groups: list[list[Case]] = [[]]
    taken = 0
    for case in cases:
        if taken + len(case.lesions) > beds:
            groups.append([])
            taken = 0
        groups[-1].append(case)
        taken += len(case.lesions)
    return groups


def watch_ward(group: Sequence[Case], history: NDArray[np.float64], schedule: Schedule) -> Seen:
    """Everything seen of the lesions of one ward, weekly from week 0: COLUMNS, tolls and hazards as running totals."""
    lesions = [lesion for case in group for lesion in case.lesions]
    ward = Ward(lesions, schedule.resolution, size=BEDS, history=history)
    exposures = [lesion.exposure(7 * schedule.weeks) for lesion in lesions]
    seen = [ward.observe()[:, None]]
    for before, after in pairwise(sorted({0, *schedule.decisions, schedule.weeks})):
        if before in schedule.decisions:
            so_far = _with_totals(np.concatenate(seen, axis=1), exposures)
            decided = _decided(group, so_far, schedule.decide)
            exposures = [
                known if new == old else new.exposure(7 * schedule.weeks)
                for known, new, old in zip(exposures, decided, lesions, strict=True)
            ]
            lesions = decided
            ward.prescribe(lesions)
        seen.append(ward.follow(_tables(exposures)[7 * before : 7 * after]))
    return _with_totals(np.concatenate(seen, axis=1), exposures)


def _decided(group: Sequence[Case], seen: Seen, decide: Callable[[Case, Seen], tuple[Lesion, ...]]) -> list[Lesion]:
    after: list[Lesion] = []
    for case in group:
        first = len(after)
        after += decide(case, seen[first : first + len(case.lesions)])
    return after


def _tables(exposures: Sequence[Exposure]) -> NDArray[np.float32]:
    return np.stack([exposure.table for exposure in exposures], axis=-1)


def _with_totals(seen: Seen, exposures: Sequence[Exposure]) -> Seen:
    days = 7 * np.arange(seen.shape[1])
    totals = np.zeros((*seen.shape[:2], len(TOLLS) + len(EVENTS)), np.float32)
    for row, exposure in enumerate(exposures):
        paid = [exposure.tolls[toll] for toll in TOLLS] + [exposure.hazards[event] for event in EVENTS]
        for column, each in enumerate(paid):
            if each.any():
                totals[row, :, column] = np.concatenate([[0], np.cumsum(each)])[days]
    whole, parts = np.split(seen, [len(WATCHED)], axis=-1)
    return np.concatenate([whole, totals, parts], axis=-1)


def pasts(cases: Sequence[Case]) -> list[NDArray[np.float64]]:
    """Skin at enrolment of each case's lesions (lesions, levels, fields); worlds and arms share a patient's past."""
    keys = [(lesion.person.number, lesion.site) for case in cases for lesion in case.lesions]
    firsts = dict(zip(keys, _lesions(cases), strict=True))
    order = {key: row for row, key in enumerate(firsts)}
    known = histories([replace(lesion, treatments=()) for lesion in firsts.values()])
    return [known[[order[lesion.person.number, lesion.site] for lesion in case.lesions]] for case in cases]


def _lesions(cases: Sequence[Case]) -> Iterator[Lesion]:
    return (lesion for case in cases for lesion in case.lesions)


def watch(
    groups: Sequence[Sequence[Case]],
    schedule: Schedule,
    workers: int,
    store: Store,
    progress: Callable[[int, int], None],
) -> None:
    """Watch every ward that `store` does not hold yet, on `workers` threads, and keep what was seen as it comes."""
    keep_compiled()
    missing = [index for index in range(len(groups)) if store.kept(index) is None]
    progress(len(groups) - len(missing), len(groups))
    if not missing:
        return
    needed = [case for index in missing for case in groups[index]]
    states = iter(pasts(needed))
    own = {index: np.concatenate([next(states) for _ in groups[index]]) for index in missing}

    def one(index: int) -> int:
        store.keep(index, watch_ward(groups[index], own[index], schedule))
        return index

    keep_going = ThreadPoolExecutor(max_workers=workers)
    try:
        one(missing[0])  # compiles once, before the workers start
        progress(len(groups) - len(missing) + 1, len(groups))
        for done, _ in enumerate(keep_going.map(one, missing[1:]), start=2):
            progress(len(groups) - len(missing) + done, len(groups))
    finally:
        keep_going.shutdown(wait=True, cancel_futures=True)
