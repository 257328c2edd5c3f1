"""What the benchmarks share: interleaved rounds, a ward to measure, and tables."""

import statistics
import time
from collections.abc import Callable, Mapping, Sequence

import numpy as np

from repigment.engine.runtime import keep_compiled
from repigment.patients.lesion import Lesion
from repigment.patients.simulate import typical_person
from repigment.patients.ward import Resolution, Ward
from repigment.treatments import treatments

WEEKS_A_YEAR = 52


def rounds(jobs: Mapping[str, Callable[[], object]], count: int) -> dict[str, list[float]]:
    """Seconds of each job in `count` rounds, one after the other in each, after one that is not counted."""
    keep_compiled()
    seconds: dict[str, list[float]] = {name: [] for name in jobs}
    for turn in range(count + 1):
        for name, job in jobs.items():
            started = time.perf_counter()
            job()
            if turn:
                seconds[name].append(time.perf_counter() - started)
    return seconds


def spread(values: Sequence[float], digits: int = 1) -> str:
    """`median (least-most)`."""
    return f"{statistics.median(values):.{digits}f} ({min(values):.{digits}f}-{max(values):.{digits}f})"


def ward(count: int, resolution: Resolution, *, companion: bool = False) -> tuple[Ward, np.ndarray]:
    """`count` facial lesions under light, and a year of their exposure."""
    light = treatments()["nb-uvb"].model_validate({"adherence": 0.9})
    lesions = [Lesion(typical_person(3, "face"), "face", (light,), seed=1, replicate=row) for row in range(count)]
    tables = np.stack([lesion.exposure(7 * WEEKS_A_YEAR).table for lesion in lesions], axis=-1)
    return Ward(lesions, resolution, companion=companion), tables


def table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a table in Markdown."""
    widths = [max(len(row[i]) for row in [headings, *rows]) for i in range(len(headings))]
    for row in [headings, ["-" * width for width in widths], *rows]:
        print("| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |")
