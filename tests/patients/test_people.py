"""Virtual patients: they match their study's table, do not depend on each other, and differ where people differ."""

import numpy as np
import pytest

from repigment.evidence.parameters import value
from repigment.patients.lesion import Lesion, parameter_arrays
from repigment.patients.person import Person
from repigment.patients.population import recruit
from repigment.patients.simulate import drawn_person, simulate, typical_person
from repigment.patients.ward import Resolution, Ward
from repigment.treatments import treatments
from repigment.trials.study import Study

KINDS = treatments()
SMALL = Resolution(n=8, dx=0.6, steps=1)


@pytest.fixture(scope="module")
def crowd() -> list[Person]:
    population = Study.load("true-v").population
    return [recruit(population, number, seed=1) for number in range(600)]


def test_the_population_has_the_published_baseline(crowd):
    """TRuE-V baseline rows BAS-030 ff. (recalled), within sampling error of 600 patients."""
    assert np.mean([p.age for p in crowd]) == pytest.approx(39.6, abs=2)
    assert np.mean([p.female for p in crowd]) == pytest.approx(0.531, abs=0.06)
    assert np.mean([p.stable for p in crowd]) == pytest.approx(0.74, abs=0.06)
    assert np.mean([p.duration for p in crowd]) == pytest.approx(14.8, abs=2)
    assert np.mean([p.areas["face"] for p in crowd]) == pytest.approx(1.05, abs=0.1)
    assert np.mean([sum(p.areas.values()) for p in crowd]) == pytest.approx(7.4, abs=0.8)


def test_nobody_has_been_ill_for_longer_than_they_live(crowd):
    assert all(p.duration <= p.age for p in crowd)


def test_a_patient_is_the_same_whatever_the_size_of_the_trial(crowd):
    population = Study.load("true-v").population
    assert recruit(population, 7, seed=1) == crowd[7]
    assert recruit(population, 7, seed=2) != crowd[7]


def test_long_disease_leaves_fewer_usable_follicles(crowd):
    short = [p.traits["p_res"] for p in crowd if p.duration < 5]
    long = [p.traits["p_res"] for p in crowd if p.duration > 25]
    assert np.mean(short) > 1.2 * np.mean(long)


def test_active_disease_means_more_autoreactive_cells(crowd):
    active, stable = ([p.traits["theta"] for p in crowd if p.stable is s] for s in (False, True))
    assert np.median(active) > np.median(stable)


def test_age_slows_turnover_as_measured():
    young, old = (Person(1, 3, age=age).parameters("face")["turn"] for age in (35, 60))
    assert old / young == pytest.approx(value("turn_25y"))


def test_follicles_belong_to_the_person_not_to_the_treatment():
    person = typical_person(3, "face")
    one, two = (Lesion(person, "face", given, seed=1) for given in ((), (KINDS["nb-uvb"](),)))
    assert np.array_equal(one.window(16, 0.3).follicles, two.window(16, 0.3).follicles)
    other = Lesion(person, "face", (), seed=1, replicate=1)
    assert not np.array_equal(one.window(16, 0.3).follicles, other.window(16, 0.3).follicles)


def test_a_parameter_that_one_lesion_sets_is_at_its_default_in_the_others():
    person = typical_person(3, "face")
    cells = KINDS["uc-msc"](weeks=[0], mechanisms=["immune"], strength=0.5)
    arrays = parameter_arrays([Lesion(person, "face", (), 1), Lesion(person, "face", (cells,), 1)])
    assert arrays["e_imm"].tolist() == [0.0, 0.5]


def test_a_lesion_is_white_at_enrolment_and_the_skin_around_it_is_not():
    ward = Ward([Lesion(typical_person(4, "face"), "face", (), 1)], Resolution(n=24, dx=0.3))
    visible, share = ward.visible()[0], ward.lesions[0].window(24, 0.3).share
    assert visible[share > 0.99].max() < 0.3
    assert visible[share < 0.01].min() > 0.8


def test_the_same_seed_draws_the_same_person_and_another_does_not():
    assert drawn_person(3, "face", 5) == drawn_person(3, "face", 5)
    assert drawn_person(3, "face", 5) != drawn_person(3, "face", 6)


def test_a_lesion_in_a_padded_ward_is_the_lesion_alone():
    """Wards are padded to one compiled size; that must not change anybody's course."""
    lesion = Lesion(typical_person(3, "face"), "face", (KINDS["nb-uvb"](),), 1)
    tables = lesion.exposure(14).table[:, :, None]
    alone = Ward([lesion], SMALL).follow(tables)
    padded = Ward([lesion], SMALL, size=4).follow(tables)
    assert np.allclose(alone, padded, rtol=1e-5, atol=1e-6)


def test_simulate_labels_every_quantity_with_its_unit():
    course = simulate(weeks=3, skin_type=2, site="trunk", treatments=[KINDS["nb-uvb"]()], resolution=SMALL)
    assert all("units" in variable.attrs for variable in course.weekly.data_vars.values())
    assert course.maps.dims == ("visit", "y", "x")
    assert float(course.weekly["uvb_dose"][-1]) > 0
