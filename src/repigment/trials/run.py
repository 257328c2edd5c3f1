"""Run a study: enrol, treat and watch, rate, analyse."""

import os
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
import pandas as pd

from repigment import __version__
from repigment.conditions import condition
from repigment.errors import RepigmentError
from repigment.evidence.parameters import digest
from repigment.optics.people import skin_type_name
from repigment.patients.ward import Resolution
from repigment.regulation import COUNTRIES, standing
from repigment.treatments.cautions import cautions
from repigment.treatments.cell_product import CellProduct
from repigment.treatments.programme import every
from repigment.trials.courses import by_arm, courses
from repigment.trials.decisions import Decisions
from repigment.trials.enrol import draws_table, enrol, people_table
from repigment.trials.gallery import choose, paint
from repigment.trials.grounds import assumptions
from repigment.trials.rated import Rated, rated
from repigment.trials.result import TrialResult, keep
from repigment.trials.stages import analysed
from repigment.trials.storage import Folder, Memory
from repigment.trials.watch import BEDS, COLUMNS, Schedule, wards, watch

SKIN_TYPE = "skin type {} "  # where a sentence names the skin types that it is said of
Progress = Callable[[int, int], None]  # wards done, wards in all


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
    if seed < 0:
        raise RepigmentError(f"the seed {seed} is negative", where="--seed", allowed="0 or more")
    if patients is not None:
        study = study.scaled(patients)
    store = _store(study, seed, out, resume)
    decisions = Decisions.of(study)
    schedule = Schedule(study.last_week, resolution_of(study), decisions.weeks, decisions.decide)
    groups = wards(enrol(study, seed))
    watch(groups, schedule, workers or os.cpu_count() or 1, store, progress or (lambda done, total: None))
    result = _result(study, seed, list(rated(groups, store, study, decisions)), started)
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
        "parameters": digest(),
        "beds": BEDS,
        "columns": f"{crc32(' '.join(COLUMNS).encode()):08x}",
    }
    return Folder.open(Path(out), manifest, resume=resume)


def resolution_of(study: Any) -> Resolution:
    """Grid and step of a study, and whether any of its arms is given cells."""
    plan = study.simulation
    cells = any(isinstance(each, CellProduct) for arm in study.all_arms for each in every(arm.treatments))
    return Resolution(plan.grid, plan.dx_mm, round(1 / plan.step_days), cells=cells)


def _result(study: Any, seed: int, followed: list[Rated], started: float) -> TrialResult:
    scores = pd.concat([each.scores for each in followed], ignore_index=True)
    people = people_table([each.case for each in followed], sorted(study.population.regions))
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
        courses=courses(by_arm(followed), condition(study.population.condition).scale),
        gallery=paint(choose(followed, primary), study.visits, resolution_of(study)),
        errors=_errors(followed, study),
        assumptions=assumptions(study),
        draws=draws_table([each.case for each in followed]),
        seconds=time.perf_counter() - started,
        cautions=cautions_by_arm(study, sorted(set(people["skin_type"]))),
        standings=standings_by_arm(study),
    )


def cautions_by_arm(study: Any, skin_types: Sequence[int]) -> dict[str, list[str]]:
    """What is unsafe together in each arm (sentences), for people of these skin types, 1 to 6.

    A sentence that is true of several skin types is said once and names them all.
    """
    found: dict[str, list[str]] = {}
    for arm in study.all_arms:
        meant: dict[str, list[str]] = {}
        for kind in skin_types:
            for sentence in cautions(arm.treatments, kind, study.last_week):
                meant.setdefault(sentence.replace(f"skin type {kind} ", SKIN_TYPE), []).append(skin_type_name(kind))
        found[arm.name] = [sentence.replace(SKIN_TYPE, _types(kinds)) for sentence, kinds in meant.items()]
    return found


def standings_by_arm(study: Any) -> dict[str, dict[str, str]]:
    """What each arm is in each country, by its name; empty for a study without cells."""
    if not any("cells" in type(each).cautions for arm in study.all_arms for each in every(arm.treatments)):
        return {}
    ill = study.population.condition
    return {
        arm.name: {named: standing(arm.treatments, code, ill).words for code, named in COUNTRIES.items()}
        for arm in study.all_arms
    }


def _types(names: Sequence[str]) -> str:
    *others, last = names
    return f"skin types {', '.join(others)} and {last} " if others else f"skin type {last} "


def _errors(followed: Sequence[Rated], study: Any) -> pd.DataFrame:
    """Largest difference between coarse and fine run over the visits, an estimate of the discretisation error.

    Of the watched region: in vitiligo percentage points of depigmentation, else hundredths of the contrast's unit, the
    melanin of skin type III.
    """
    quantity = condition(study.population.condition).watched
    fine, coarse = COLUMNS.index(quantity), COLUMNS.index(f"coarse_{quantity}")
    rows = []
    for case, seen in ((each.case, each.seen) for each in followed):
        points = 100 * float(np.max(np.abs(seen[list(study.visits), coarse] - seen[list(study.visits), fine])))
        rows.append({"patient": case.patient, "arm": case.arm, "world": case.world, "error": points})
    return pd.DataFrame(rows)
