"""A study whose people have the skin of a measured group."""

import pytest

from repigment.errors import RepigmentError
from repigment.optics.people import type_shares
from repigment.patients.complexion import own_ita
from repigment.patients.population import recruit
from repigment.trials.study import Study

TEXT = """
question = "Does a population look as it was measured?"
context_of_use = "a test"
visits = [0, 12]
population = {{ condition = "melasma", {skin} age = {{ mean = 38, sd = 8, min = 18, max = 60 }}, latitude = 13.8 }}
arm = [{{ name = "cream", n = 4, treatments = [{{ give = "hydroquinone", until = 12 }}] }}]
endpoint = [{{ score = "mMASI", week = 12, primary = true }}]
"""


def study(skin: str) -> Study:
    return Study.from_toml(TEXT.format(skin=skin))


def test_a_group_brings_its_skin_types() -> None:
    assert study('group = "TH",').population.skin_types == type_shares("TH")
    said = study('group = "TH", skin_types = { III = 1.0 },').population
    assert said.skin_types == {"III": 1.0} and said.group == "TH"


def test_without_a_group_the_types_must_be_given() -> None:
    with pytest.raises(RepigmentError, match="skin_types"):
        study("")


def test_a_group_that_was_not_measured_is_refused() -> None:
    with pytest.raises(RepigmentError, match="group"):
        study('group = "XX", skin_types = { III = 1.0 },')


def test_its_people_have_the_skin_of_the_group() -> None:
    dark, light = (
        [own_ita(recruit(study(f'group = "{name}",').population, number, 1)) for number in range(1, 13)]
        for name in ("AF", "CA")
    )
    assert max(dark) < sorted(light)[6]


def test_the_same_person_whatever_the_group_but_for_the_skin() -> None:
    """Drawing a colour moves no other number of a patient."""
    types = "skin_types = { III = 1.0 },"
    plain, thai = (recruit(study(skin + types).population, 7, 1) for skin in ("", 'group = "TH", '))
    assert (plain.age, plain.disease, plain.areas) == (thai.age, thai.disease, thai.areas)
