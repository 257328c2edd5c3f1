"""Every study that comes with the program: what it is held against, and that it runs."""

import re
from collections import Counter

import pytest

from repigment import Study
from repigment.conditions import conditions
from repigment.treatments import treatments
from repigment.treatments.programme import Programme, every
from repigment.trials.report import render
from repigment.trials.study import built_in_studies

IN_VIEW = {
    "true-v",
    "lentigo-laser",
    "freckles-laser",
    "melasma-laser",
    "melasma-microneedling",
}  # docs/calibration.md says why
NAMES = list(built_in_studies())
STUDIES = {name: Study.load(name) for name in NAMES}
LABEL = re.compile(r"\b[A-Z]{3}-\d{3}\b")
CELLS = [name for name in NAMES if name.startswith("uc-msc-")]


def least(study: Study) -> Study:
    """One patient in each arm, on the coarsest grid, in one world."""
    changed = {
        "simulation": study.simulation.model_copy(update={"grid": 8, "dx_mm": 0.6, "step_days": 1.0}),
        "uncertainty": study.uncertainty.model_copy(update={"prior_draws": 1}),
    }
    return study.scaled(1 if study.design == "within-patient" else len(study.arms)).model_copy(update=changed)


def test_every_condition_has_two_studies_held_against_patients_and_one_of_the_cells() -> None:
    held = Counter(study.population.condition for study in STUDIES.values() if study.published)
    assert {name: count for name, count in held.items() if count < 2} == {}
    assert set(held) == set(conditions())
    assert sorted(STUDIES[name].population.condition for name in CELLS) == sorted(conditions())


@pytest.mark.parametrize("name", NAMES)
def test_every_published_result_names_its_row_and_stands_at_a_visit(name: str) -> None:
    study = STUDIES[name]
    assert [row.note for row in study.published if not LABEL.search(row.note)] == []
    assert [row for row in study.published if not 0 < row.week <= study.last_week] == []
    judged = [(row.arm, row.endpoint, row.week) for row in study.published if row.role == "validation"]
    asked = {(endpoint.score, endpoint.week) for endpoint in study.endpoints}
    assert [row for row in judged if (row[1], row[2]) not in asked] == []


@pytest.mark.parametrize("name", NAMES)
def test_what_is_given_exists_and_what_was_in_view_is_calibration(name: str) -> None:
    given = [treatment for arm in STUDIES[name].all_arms for treatment in arm.treatments]
    assert {treatment.give for treatment in every(given)} <= set(treatments())
    roles = {row.role for row in STUDIES[name].published}
    assert ("calibration" in roles) == (name in IN_VIEW)


@pytest.mark.parametrize("name", CELLS)
def test_studies_of_the_cells_are_driven_by_the_prior_and_say_so(name: str) -> None:
    study = STUDIES[name]
    assert "no evidence of efficacy" in study.context_of_use
    assert study.uncertainty.prior_draws == 8
    given = {treatment.give for arm in study.arms for treatment in arm.treatments}
    assert {"sham-injection", "uc-msc"} < given
    assert not any(row.arm == "UC-MSC" for row in study.published)


def test_one_study_plays_a_programme() -> None:
    found = [
        name
        for name, study in STUDIES.items()
        if any(isinstance(treatment, Programme) for arm in study.arms for treatment in arm.treatments)
    ]
    assert found == ["melasma-clinic"]


@pytest.mark.parametrize("name", NAMES)
def test_it_runs_with_the_least_number_of_patients(name: str) -> None:
    """Long ones take some seconds, the first of each shape a compilation."""
    study = least(STUDIES[name])
    result = study.run(workers=1)
    assert result.enrolled == study.patients
    asked = {(endpoint.score, endpoint.week) for endpoint in study.endpoints}
    assert asked <= set(zip(result.estimates["endpoint"], result.estimates["week"], strict=True))
    if name in CELLS:  # one of each condition; drawing the charts takes longer than the trial
        assert "<h1>" in render(result)
