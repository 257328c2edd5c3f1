"""A study of the claims, played: what was seen of each person in each arm and world, week by week."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from repigment.errors import RepigmentError
from repigment.treatments.worlds import IN_THE_SKIN, STRENGTHS
from repigment.trials.decisions import Decisions
from repigment.trials.enrol import Case, draws_table, enrol
from repigment.trials.grounds import asked_by
from repigment.trials.rated import watched_region
from repigment.trials.run import resolution_of
from repigment.trials.scoring import scores_by_week
from repigment.trials.storage import Memory
from repigment.trials.study import Study
from repigment.trials.watch import COLUMNS, Schedule, Seen, wards, watch

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Progress = Callable[[int, int], None]  # wards done, wards in all


@dataclass(frozen=True)
class Played:
    """What questions are answered from.

    `seen`: by arm and name of score or quantity, (worlds, persons, weeks + 1); arms without cells have one world. The
    k-th person of each arm is the same. `draws`: a row a world, a column a drawn parameter
    that the treatments ask for.
    """

    study: Study
    seen: Mapping[str, Mapping[str, Floats]]
    draws: pd.DataFrame

    @property
    def worlds(self) -> int:
        """How many draws there are."""
        return self.study.uncertainty.prior_draws


def play(
    study: Study, seed: int, names: Collection[str], *, workers: int = 1, progress: Progress = lambda done, total: None
) -> Played:
    """Play a study and keep the scores and quantities called `names`, as a rater writes them."""
    cases, decisions, store = enrol(study, seed), Decisions.of(study), Memory()
    groups = wards(cases)
    schedule = Schedule(study.last_week, resolution_of(study), decisions.weeks, decisions.decide)
    watch(groups, schedule, workers, store, progress)
    found: dict[str, dict[tuple[int, int], Mapping[str, Floats]]] = {}
    for index, group in enumerate(groups):
        ward = store.kept(index)
        if ward is None:
            raise RepigmentError(f"ward {index} of the study '{study.name}' was not watched", remedy="run it again")
        first = 0
        for case in group:
            of_case = ward[first : first + len(case.lesions)]
            first += len(case.lesions)
            found.setdefault(case.arm, {})[case.world, case.patient] = _named(case, of_case, names, study.rater)
    return Played(study, {arm: _stacked(rows, names) for arm, rows in found.items()}, _draws(study, cases))


def _draws(study: Study, cases: Sequence[Case]) -> pd.DataFrame:
    """What was drawn, of that what the treatments of the study ask for."""
    table, asked = draws_table(cases), {*STRENGTHS, *IN_THE_SKIN, *asked_by(study)}
    return table[[name for name in table if name in asked]].reset_index(drop=True)


def _named(case: Case, seen: Seen, names: Collection[str], rater: Any) -> dict[str, Floats]:
    region, scores = watched_region(case), scores_by_week(case, seen, rater)
    return {
        name: np.asarray(scores[name] if name in scores else seen[region, :, COLUMNS.index(name)], float)
        for name in names
        if name in scores or name in COLUMNS
    }


def _stacked(rows: Mapping[tuple[int, int], Mapping[str, Floats]], names: Collection[str]) -> dict[str, Floats]:
    """(worlds, persons, weeks + 1) of each name that the condition has."""
    worlds, persons = sorted({world for world, _ in rows}), sorted({patient for _, patient in rows})
    known = next(iter(rows.values()))
    return {
        name: np.array([[rows[world, person][name] for person in persons] for world in worlds])
        for name in names
        if name in known
    }
