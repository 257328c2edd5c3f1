"""Cases after they were watched: rated, and reduced to the region that stands for the patient."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from repigment.patients.checks import graded
from repigment.trials.decisions import Decisions
from repigment.trials.enrol import Case
from repigment.trials.scoring import score_rows
from repigment.trials.storage import Folder, Memory
from repigment.trials.watch import Seen


@dataclass(frozen=True)
class Rated:
    """A case with its scores at the visits, and `seen` (weeks + 1, COLUMNS) of its watched region."""

    case: Case
    scores: pd.DataFrame
    seen: NDArray[np.float32]


def watched_region(case: Case) -> int:
    """Position of the region that stands for a patient: the face where it is affected, otherwise the largest."""
    sites = [lesion.site for lesion in case.lesions]
    if "face" in sites:
        return sites.index("face")
    return int(np.argmax([lesion.hand_units for lesion in case.lesions]))


def rated(
    groups: Sequence[Sequence[Case]], store: Folder | Memory, study: Any, decisions: Decisions
) -> Iterator[Rated]:
    """Every case of every ward, one ward in memory at a time; then those who were randomised once more."""
    again: list[Rated] = []
    for index, group in enumerate(groups):
        ward = store.kept(index)
        if ward is None:
            raise RuntimeError(f"ward {index} was watched and is not there")
        first = 0
        for case in group:
            seen = ward[first : first + len(case.lesions)]
            first += len(case.lesions)
            second = decisions.second
            if second is not None and second.qualifies(case, seen):
                again.append(_rate(second.continued(case), seen, study))
                case = replace(case, moves=second.week)
            yield _rate(case, seen, study)
    yield from again


def _rate(case: Case, seen: Seen, study: Any) -> Rated:
    known = replace(case, lesions=graded(case.lesions, seen))
    rows = score_rows(known, seen, study.visits, study.rater)
    return Rated(known, rows, seen[watched_region(known)].copy())
