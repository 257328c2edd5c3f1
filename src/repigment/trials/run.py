"""Run a study: enrol, treat and watch, rate, analyse."""

import os
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from repigment import __version__
from repigment.patients.ward import Resolution
from repigment.trials.courses import by_arm, courses, watched_region
from repigment.trials.enrol import Case, enrol, people_table
from repigment.trials.gallery import choose, paint
from repigment.trials.grounds import assumptions
from repigment.trials.result import TrialResult, keep
from repigment.trials.scoring import score_rows
from repigment.trials.stages import analysed
from repigment.trials.storage import Folder, Memory
from repigment.trials.watch import COLUMNS, Schedule, Seen, wards, watch
from repigment.trials.withdrawal import Withdrawal

Progress = Callable[[int, int], None]  # wards done, wards in all
Followed = list[tuple[Case, Seen]]  # cases with what was seen of them


def run_study(
    study: Any,
    *,
    patients: int | None = None,
    seed: int = 1,
    out: str | Path | None = None,
    workers: int | None = None,
    resume: bool = False,
    progress: Progress | None = None,
) -> TrialResult:
    """Play a study with `patients` virtual patients (its own number if None) in the virtual world `seed`.

    `out` keeps what was watched as it comes, and the finished tables; with `resume` an interrupted run goes on.
    `progress(done, total)` is called after each ward. RepigmentError if the folder cannot be used.
    """
    started = time.perf_counter()
    if patients is not None:
        study = study.scaled(patients)
    store = _store(study, seed, out, resume)
    second = Withdrawal.of(study)
    groups = wards(enrol(study, seed))
    watch(
        groups, _schedule(study, second), workers or os.cpu_count() or 1, store, progress or (lambda done, total: None)
    )
    followed = _followed(groups, store)
    if second is not None:
        followed += [(second.continued(case), seen) for case, seen in followed if second.qualifies(case, seen)]
    result = _result(study, seed, followed, started)
    if isinstance(store, Folder):
        keep(result, store)
    return result


def _store(study: Any, seed: int, out: str | Path | None, resume: bool) -> Folder | Memory:
    if out is None:
        return Memory()
    manifest = {
        "study": study.name,
        "fingerprint": study.fingerprint(),
        "patients": study.patients,
        "seed": seed,
        "version": __version__,
    }
    return Folder.open(Path(out), manifest, resume=resume)


def resolution_of(study: Any) -> Resolution:
    """Grid and step of a study."""
    return Resolution(study.simulation.grid, study.simulation.dx_mm, round(1 / study.simulation.step_days))


def _schedule(study: Any, second: Withdrawal | None) -> Schedule:
    if second is None:
        return Schedule(study.last_week, resolution_of(study))
    return Schedule(study.last_week, resolution_of(study), second.week, second.decide)


def _followed(groups: Sequence[Sequence[Case]], store: Folder | Memory) -> Followed:
    followed: Followed = []
    for index, group in enumerate(groups):
        ward = store.kept(index)
        if ward is None:
            raise RuntimeError(f"ward {index} was watched and is not there")
        first = 0
        for case in group:
            followed.append((case, ward[first : first + len(case.lesions)]))
            first += len(case.lesions)
    return followed


def _result(study: Any, seed: int, followed: Followed, started: float) -> TrialResult:
    rows = [score_rows(case, seen, study.visits, study.rater) for case, seen in followed]
    scores = pd.concat(rows, ignore_index=True)
    cases = [case for case, _ in followed]
    people = people_table(cases, sorted(study.population.areas))
    found = analysed(study, scores, people)
    primary = next((endpoint.week for endpoint in study.endpoints if endpoint.primary), study.last_week)
    return TrialResult(
        study=study,
        seed=seed,
        version=__version__,
        people=people,
        scores=scores,
        estimates=found.estimates,
        comparisons=found.comparisons,
        courses=courses(by_arm(followed)),
        gallery=paint(choose(followed, primary), study.visits, resolution_of(study)),
        errors=_errors(followed, study.visits),
        assumptions=assumptions(study),
        seconds=time.perf_counter() - started,
    )


def _errors(followed: Followed, visits: Sequence[int]) -> pd.DataFrame:
    """Largest difference between coarse and fine run over the visits: a cautious bound of the discretisation error.

    In percentage points of depigmentation of the watched region.
    """
    fine, coarse = COLUMNS.index("depigmented"), COLUMNS.index("coarse_depigmented")
    rows = []
    for case, seen in followed:
        region = np.asarray(seen[watched_region(case)])[list(visits)]
        points = 100 * float(np.max(np.abs(region[:, coarse] - region[:, fine])))
        rows.append({"patient": case.person.number, "arm": case.arm, "world": case.world, "error": points})
    return pd.DataFrame(rows)
