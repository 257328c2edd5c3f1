"""Who takes part: the same virtual people in every arm, each with the lesions that will be watched."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from repigment.patients.complexion import own_ita
from repigment.patients.lesion import Lesion
from repigment.patients.person import Person
from repigment.treatments import Treatment
from repigment.treatments.programme import every
from repigment.trials.entry import enrolled
from repigment.trials.unknown import worlds

KNOWN: Mapping[str, float] = {}  # a world in which every parameter is as the tables say
DAYS_A_YEAR = 365.25
WEEKS_A_YEAR = DAYS_A_YEAR / 7


@dataclass(frozen=True)
class Case:
    """One patient under one arm in one world: the same person may be several cases.

    `patient` numbers the patients of the trial; the k-th of each arm is the same person, so that arms differ by their
    treatments and not by who was enrolled. `world` is a draw of what is not known about the cell product; arms without
    it live in world 0 only.
    """

    patient: int
    person: Person
    arm: str
    world: int
    lesions: tuple[Lesion, ...]
    leaves: float  # week of drop-out, inf if the patient stays
    moves: float = float("inf")  # week at which the patient is randomised into another arm


def leaving_week(per_year: float, number: int, seed: int) -> float:
    """Week in which a patient drops out at a constant hazard `per_year`; infinite if there is none."""
    if per_year <= 0:
        return float("inf")
    return float(np.random.default_rng([seed, number, 4]).exponential(WEEKS_A_YEAR / per_year))


def unknown(treatments: Sequence[Treatment]) -> bool:
    """Whether an arm must be played in every world: it gives something whose effect is drawn from a prior."""
    return any(type(given).from_prior and getattr(given, "strength", None) is None for given in every(treatments))


def lesions_of(
    person: Person,
    treatments: tuple[Treatment, ...],
    seed: int,
    replicate: int,
    share: float,
    supposed: Mapping[str, float],
) -> tuple[Lesion, ...]:
    """One watched lesion for each affected region, in a world where parameters are as `supposed`."""
    known = dict(supposed)
    return tuple(Lesion(person, site, treatments, seed, replicate, share, known) for site in sorted(person.areas))


def enrol(study: Any, seed: int) -> list[Case]:
    """All cases of a study, person by person through the arms."""
    supposed, everywhere = worlds(study, seed), study.uncertainty.of == "treatments"
    within = study.design == "within-patient"
    share = 1 / len(study.arms) if within else 1.0
    later = [treatment for arm in study.all_arms[len(study.arms) :] for treatment in arm.treatments]
    before = np.concatenate([[0], np.cumsum([arm.n for arm in study.arms])])
    cases = []
    for number, person in enumerate(enrolled(study.population, max(arm.n for arm in study.arms), seed)):
        leaves = leaving_week(study.dropout.per_year, person.number, seed)
        for index, arm in enumerate(study.arms):
            if number >= arm.n:
                continue
            patient = number if within else int(before[index]) + number
            given = tuple(arm.treatments)
            for world, what in enumerate(supposed if everywhere or unknown([*given, *later]) else [KNOWN]):
                lesions = lesions_of(person, given, seed, index if within else 0, share, what)
                cases.append(Case(patient, person, arm.name, world, lesions, leaves))
    return cases


def people_table(cases: Sequence[Case], regions: Sequence[str]) -> pd.DataFrame:
    """One row a patient and arm: who was enrolled."""
    rows = [
        {
            "patient": case.patient,
            "arm": case.arm,
            "skin_type": case.person.skin_type,
            "age": case.person.age,
            "female": case.person.female,
            "sun_habit": case.person.sun_habit,
            "latitude": case.person.latitude,
            "sensitive": case.person.sensitive,
            "ita": own_ita(case.person),
            "stable": case.person.stable,
            "duration": case.person.duration,
            **{f"area_{site}": case.person.areas.get(site, 0.0) for site in regions},
            **{f"spots_{site}": case.person.spots[site] for site in regions if site in case.person.spots},
            **case.person.disease.form,
            "dropout_week": case.leaves,
        }
        for case in cases
        if case.world == 0
    ]
    return pd.DataFrame(rows)


def draws_table(cases: Sequence[Case]) -> pd.DataFrame:
    """What was drawn in each world, a row a world and a column a parameter; empty if nothing was drawn."""
    drawn = {case.world: case.lesions[0].strengths for case in cases if case.lesions[0].strengths}
    return pd.DataFrame([{"world": world} | drawn[world] for world in sorted(drawn)])
