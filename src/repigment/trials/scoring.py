"""From what was watched to the tidy table of scores, as the study's rater writes them at its visits."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from repigment.engine.observe import OF_A_PART
from repigment.patients.lesion import Lesion
from repigment.scores.outcomes import CONTINUOUS, Watched, score_patient
from repigment.skin.exposure import EVENTS, TOLLS
from repigment.trials.enrol import Case
from repigment.trials.watch import COLUMNS, Seen

COURSES = ("depigmented", "advance", "contrast", "darker", "unevenness", "inflammation", "niche")


def regions_of(lesions: Sequence[Lesion], seen: Seen) -> list[Watched]:
    """The watched regions of one patient, from `seen` (lesions, weeks + 1, COLUMNS)."""

    def column(row: int, name: str) -> Any:
        return seen[row, :, COLUMNS.index(name)].astype(float)

    def parts(row: int, name: str) -> Any:
        own = seen[row, :, len(COLUMNS) :].reshape(seen.shape[1], -1, len(OF_A_PART))
        return own[..., OF_A_PART.index(name)].astype(float)

    return [
        Watched(
            site=lesion.site,
            hand_units=lesion.hand_units,
            radius=lesion.radius,
            tolls={toll: column(row, toll) for toll in TOLLS},
            hazards={event: column(row, event) for event in EVENTS},
            count=round(lesion.share * lesion.person.spots.get(lesion.site, 0)),
            half=lesion.half,
            sensitivity=lesion.person.sensitivity,
            part_size=lesion.part_sizes,
            **{name: column(row, name) for name in COURSES},
            **{f"part_{name}": parts(row, name) for name in OF_A_PART},
        )
        for row, lesion in enumerate(lesions)
    ]


def scores_by_week(case: Case, seen: Seen, rater: Any) -> dict[str, Any]:
    """Every score of one case by week; errors and luck belong to the patient and the lesions, not to the arm."""
    first = case.lesions[0]
    rng = np.random.default_rng([first.seed, case.person.number, first.replicate, 3])
    person = np.random.default_rng([first.seed, case.person.number, 8])
    return score_patient(case.lesions[0].condition.scale, regions_of(case.lesions, seen), rater, rng, person)


def score_rows(case: Case, seen: Seen, visits: Sequence[int], rater: Any) -> pd.DataFrame:
    """Tidy rows world, patient, arm, score, week, value of one case; visits after the case left its arm are NaN."""
    by_week = scores_by_week(case, seen, rater)
    weeks = np.array([week for week in visits if week < seen.shape[1]])
    present = weeks <= min(case.leaves, case.moves)
    names = [name for name in CONTINUOUS if name in by_week]
    values = np.concatenate([np.where(present, by_week[name][weeks], np.nan) for name in names])
    return pd.DataFrame(
        {
            "world": case.world,
            "patient": case.patient,
            "arm": case.arm,
            "score": np.repeat(names, len(weeks)),
            "week": np.tile(weeks, len(names)),
            "value": values,
        }
    )
