"""Who is turned away: patients whose lesions are too faint to be seen."""

import numpy as np
import pytest

from repigment import Study
from repigment.errors import RepigmentError
from repigment.evidence.parameters import value
from repigment.patients.lesion import Lesion
from repigment.patients.population import recruit
from repigment.patients.ward import Resolution, Ward
from repigment.trials.enrol import enrol, leaving_week
from repigment.trials.entry import BLOCK, contrasts, enrolled

PEOPLE = Study.load("melasma-tretinoin").population  # fair skin, so that many are turned away
COUNT = 40


def with_least(least: float) -> object:
    """The same people under another entry criterion."""
    return PEOPLE.model_copy(update={"least_contrast": least})


def test_without_a_criterion_everybody_is_enrolled_in_turn() -> None:
    assert enrolled(with_least(0), 5, 3) == [recruit(PEOPLE, number, 3) for number in range(5)]


def test_only_who_has_the_contrast_is_enrolled_and_nobody_else_is_passed_over() -> None:
    kept = enrolled(with_least(20), COUNT, 1)
    candidates = [recruit(PEOPLE, number, 1) for number in range(kept[-1].number + 1)]
    enough = contrasts(candidates, 1) >= 20
    assert len(kept) == COUNT < len(candidates)
    assert kept == [person for person, told in zip(candidates, enough, strict=True) if told]


def test_a_larger_trial_enrols_the_same_people_first() -> None:
    few, many = (enrolled(with_least(40), count, 1) for count in (10, BLOCK + 6))
    assert few == many[:10]


@pytest.mark.parametrize("name", ["melasma-laser", "pih-tretinoin", "lentigo-tretinoin", "freckles-laser"])
def test_the_contrast_is_that_of_the_skin_that_is_then_followed(name: str) -> None:
    """Fully lesional places of the window against the untouched skin in it."""
    person = recruit(Study.load(name).population, 2, 1)
    [expected] = contrasts([person], 1)
    found = []
    for site in person.areas:
        ward = Ward([Lesion(person, site, (), 1)], Resolution(32), companion=False)
        share, seen = ward.fine.share[0], ward.visible()[0]
        assert share.max() > 0.99 and share.min() < 0.01
        slope = value("mexameter_slope") * person.parameters(site)["phi"]
        found.append(slope * (seen[share > 0.99].mean() - seen[share < 0.01].mean()))
    assert expected == pytest.approx(np.mean(found), rel=0.03)


def test_the_mean_of_the_regions_counts() -> None:
    people = Study.load("pih-tretinoin").population
    person = next(p for p in (recruit(people, number, 1) for number in range(20)) if len(p.areas) == 2)
    alone = [type(person)(**(vars(person) | {"areas": {site: area}})) for site, area in person.areas.items()]
    assert contrasts([person], 1)[0] == pytest.approx(contrasts(alone, 1).mean())


def test_all_arms_enrol_the_same_who_passed_and_drop_out_by_their_own_number() -> None:
    study = Study.load("melasma-tretinoin").scaled(40)
    study = study.model_copy(update={"dropout": study.dropout.model_copy(update={"per_year": 0.3})})
    cases = enrol(study, 1)
    passed = enrolled(study.population, 20, 1)
    for arm in study.arms:
        assert [case.person for case in cases if case.arm == arm.name] == passed
    assert any(person.number != place for place, person in enumerate(passed))
    assert [case.leaves for case in cases] == [leaving_week(0.3, case.person.number, 1) for case in cases]
    assert [case.patient for case in cases if case.arm == study.arms[0].name] == list(range(20))


def test_a_criterion_that_nobody_meets_is_refused() -> None:
    with pytest.raises(RepigmentError, match=r"0 of 128 candidates .* at least 400 MI .*Do: lower least_contrast"):
        enrolled(with_least(400), 3, 1)
