"""Run a study: enrol, treat and watch, rate, analyse."""

import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from repigment import __version__
from repigment.patients.ward import Resolution
from repigment.trials.analysis import analyse, estimate
from repigment.trials.courses import by_arm, courses, watched_region
from repigment.trials.enrol import Case, enrol, people_table
from repigment.trials.gallery import choose, paint
from repigment.trials.grounds import assumptions
from repigment.trials.result import TrialResult
from repigment.trials.scoring import score_rows
from repigment.trials.storage import Folder, Memory
from repigment.trials.watch import COLUMNS, Schedule, Seen, wards, watch
from repigment.trials.withdrawal import Withdrawal

Progress = Callable[[int, int], None]


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
    cases = enrol(study, seed)
    groups = wards(cases)
    store = _store(study, seed, out, resume)
    second = Withdrawal.of(study)
    schedule = _schedule(study, second)
    watch(groups, schedule, workers or os.cpu_count() or 1, store.keep, store.kept, progress or _quiet)
    cases, seen = _second_stage(cases, _seen(groups, store), second)
    return _result(study, seed, cases, seen, second, schedule.resolution, started, store)


def _quiet(done: int, total: int) -> None:
    pass


def _store(study: Any, seed: int, out: str | Path | None, resume: bool) -> Folder | Memory:
    if out is None:
        return Memory()
    manifest = {
        "study": study.name,
        "fingerprint": study.fingerprint(),
        "patients": sum(arm.n for arm in study.arms),
        "seed": seed,
        "version": __version__,
    }
    return Folder.open(Path(out), manifest, resume=resume)


def _schedule(study: Any, second: Withdrawal | None) -> Schedule:
    grid = study.simulation
    resolution = Resolution(grid.grid, grid.dx_mm, round(1 / grid.step_days))
    weeks = study.visits[-1]
    if second is None:
        return Schedule(weeks, resolution)
    return Schedule(weeks, resolution, second.week, second.decide)


def _seen(groups: Sequence[Sequence[Case]], store: Folder | Memory) -> list[Seen]:
    seen: list[Seen] = []
    for index, group in enumerate(groups):
        ward = store.kept(index)
        assert ward is not None
        first = 0
        for case in group:
            seen.append(ward[first : first + len(case.lesions)])
            first += len(case.lesions)
    return seen


@dataclass(frozen=True)
class _Stages:
    """Cases of the first randomisation, then those that were randomised once more."""

    first: list[Case]
    again: list[Case]


def _second_stage(
    cases: list[Case], seen: list[Seen], second: Withdrawal | None
) -> tuple[_Stages, tuple[list[Seen], list[Seen]]]:
    if second is None:
        return _Stages(cases, []), (seen, [])
    chosen = [index for index, case in enumerate(cases) if second.qualifies(case, seen[index])]
    again = [second.continued(cases[index]) for index in chosen]
    return _Stages(cases, again), (seen, [seen[index] for index in chosen])


def _result(
    study: Any,
    seed: int,
    stages: _Stages,
    seen: tuple[list[Seen], list[Seen]],
    second: Withdrawal | None,
    resolution: Resolution,
    started: float,
    store: Folder | Memory,
) -> TrialResult:
    everyone, all_seen = stages.first + stages.again, seen[0] + seen[1]
    regions = sorted(study.population.areas)
    scores = pd.concat(
        [score_rows(c, s, study.visits, study.rater) for c, s in zip(everyone, all_seen, strict=True)],
        ignore_index=True,
    )
    people = people_table(everyone, regions)
    estimates, comparisons = _analysed(study, scores, people, second)
    week = next((endpoint.week for endpoint in study.endpoints if endpoint.primary), study.visits[-1])
    shown = choose(everyone, all_seen, week)
    result = TrialResult(
        study=study,
        seed=seed,
        version=__version__,
        people=people,
        scores=scores,
        estimates=estimates,
        comparisons=comparisons,
        courses=courses(by_arm(everyone, all_seen)),
        gallery=paint(shown, study.visits, resolution),
        errors=_errors(everyone, all_seen, study.visits),
        assumptions=assumptions(study),
        seconds=time.perf_counter() - started,
    )
    if isinstance(store, Folder):
        _keep(result, store)
    return result


def _analysed(
    study: Any, scores: pd.DataFrame, people: pd.DataFrame, second: Withdrawal | None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """One analysis a randomisation: each sees its own arms, and the endpoints of its own time."""
    if second is None:
        stages = [(list(study.arms), list(study.endpoints))]
    else:
        before = [endpoint for endpoint in study.endpoints if endpoint.week <= second.week]
        after = [endpoint for endpoint in study.endpoints if endpoint.week > second.week]
        stages = [(list(study.arms), before), (list(second.arms), after)]
    tables = [_stage(study, scores, people, arms, endpoints) for arms, endpoints in stages if endpoints]
    estimates, comparisons = zip(*tables, strict=True)
    return pd.concat(estimates, ignore_index=True), pd.concat(comparisons, ignore_index=True)


def _stage(
    study: Any, scores: pd.DataFrame, people: pd.DataFrame, arms: list[Any], endpoints: list[Any]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    names = [arm.name for arm in arms]
    plan = study.analysis
    if plan.control not in names:
        plan = plan.model_copy(update={"control": names[0]})
    asked = [pair for pair in study.comparisons if set(pair.arms) <= set(names)] or None
    design = study.design if study.design == "within-patient" else "parallel"
    found = analyse(
        scores[scores["arm"].isin(names)],
        people[people["arm"].isin(names)],
        design,
        endpoints,
        asked,
        plan,
        arms=names,
    )
    return found.estimates, found.comparisons


def _errors(cases: Sequence[Case], seen: Sequence[Seen], visits: Sequence[int]) -> pd.DataFrame:
    """Largest difference between coarse and fine run over the visits: a cautious bound of the discretisation error."""
    fine, coarse = COLUMNS.index("depigmented"), COLUMNS.index("coarse_depigmented")
    rows = []
    for case, each in zip(cases, seen, strict=True):
        region = np.asarray(each[watched_region(case)])[list(visits)]
        points = 100 * float(np.max(np.abs(region[:, coarse] - region[:, fine])))
        rows.append({"patient": case.person.number, "arm": case.arm, "world": case.world, "error": points})
    return pd.DataFrame(rows)


def _keep(result: TrialResult, folder: Folder) -> None:
    tables = {
        "patients": result.people,
        "scores": result.scores,
        "endpoints": result.estimates,
        "comparisons": result.comparisons,
        "errors": result.errors,
    }
    for name, table in tables.items():
        folder.write(f"{name}.csv", table.to_csv(index=False, lineterminator="\n"))
    folder.write("courses.nc", bytes(result.courses.to_netcdf(engine="scipy")))
    folder.write("study.toml", result.study.toml())
    folder.write("result.json", result.json(timed=False) + "\n")
