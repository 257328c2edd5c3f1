"""Every treatment stands somehow in every country, and an arm stands as badly as its worst."""

from itertools import product
from typing import Any

import pytest

from repigment.conditions import conditions
from repigment.errors import RepigmentError
from repigment.regulation import COUNTRIES, Standing, standing
from repigment.regulation.statement import KINDS, statements
from repigment.treatments import Treatment, treatments
from repigment.treatments.programme import Programme
from repigment.trials.study import Study, built_in_studies

LEAST: dict[str, dict[str, Any]] = {  # what a treatment needs besides its name
    "laser": {"device": "picosecond", "weeks": [0]},
    "programme": {"steps": [{"treatments": [{"give": "uc-msc", "weeks": [0]}], "weeks": 4}]},
}


def given(name: str, **more: Any) -> Treatment:
    kind = treatments()[name]
    needed = {"weeks": [0]} if "weeks" in kind.model_fields else {}
    return kind.model_validate({**needed, **LEAST.get(name, {}), **more})


@pytest.mark.parametrize("country", COUNTRIES)
@pytest.mark.parametrize("name", treatments())
def test_every_treatment_has_an_answer_everywhere(country: str, name: str) -> None:
    for condition in ("", *conditions()):
        found = standing([given(name)], country, condition)
        assert found.items
        assert found.line.startswith(f"{country}: ")
        for item in found.items:
            assert item.standing in KINDS
            assert all(each.source and each.date and each.status for each in item.statements)
            assert item.statements[0].standing == item.standing


@pytest.mark.parametrize(
    ("country", "name", "condition", "kind"),
    [
        ("TH", "uc-msc", "vitiligo", "trial"),
        ("TH", "uc-msc", "melasma", "trial"),
        ("TH", "uc-msc", "freckles", "refused"),
        ("TH", "uc-msc-intravenous", "lentigo", "refused"),
        ("EU", "uc-msc", "vitiligo", "trial"),
        ("US", "uc-msc-intravenous", "pih", "trial"),
        ("US", "uc-msc-topical", "melasma", "trial"),
        ("TH", "uc-msc-topical", "melasma", "unknown"),
        ("US", "ruxolitinib-cream", "vitiligo", "registered"),
        ("EU", "ruxolitinib-cream", "vitiligo", "registered"),
        ("EU", "ruxolitinib-cream", "pih", "practice"),
        ("TH", "ruxolitinib-cream", "vitiligo", "unknown"),
        ("US", "triple-cream", "melasma", "registered"),
        ("US", "hydroquinone", "melasma", "practice"),
        ("US", "oral-jak", "vitiligo", "unknown"),
        ("US", "nb-uvb", "vitiligo", "registered"),
        ("US", "graft", "vitiligo", "registered"),
        ("EU", "graft", "vitiligo", "unknown"),
        ("TH", "laser", "lentigo", "unknown"),
    ],
)
def test_what_the_texts_say(country: str, name: str, condition: str, kind: str) -> None:
    assert standing([given(name)], country, condition).kind == kind


def test_vesicles_on_opened_skin_stand_otherwise_and_bring_their_needles() -> None:
    found = standing([given("uc-msc-topical", on="needled")], "TH", "melasma")
    assert [(item.subject, item.standing) for item in found.items] == [
        ("secretome or vesicles, on opened skin", "trial"),
        ("microneedling", "unknown"),
    ]
    assert found.line == "TH: lawful only inside an approved trial (uc-msc-topical); unknown: microneedling"


def test_a_treatment_that_nobody_wrote_of_is_unknown_and_says_so() -> None:
    class KojicAcid:
        give = "kojic-acid"

    (item,) = standing([KojicAcid()], "EU", "melasma").items  # type: ignore[list-item]
    assert (item.standing, item.statements[0].status) == ("unknown", "unknown")


def test_an_arm_is_as_bad_as_its_worst_and_names_what_is_recalled() -> None:
    arm = [given("adapalene"), given("uc-msc"), given("sunscreen")]
    assert standing(arm, "EU", "pih").line == (
        "EU: lawful only inside an approved trial (uc-msc); recalled only: adapalene"
    )
    assert standing([given("sunscreen")], "EU", "pih").line == "EU: registered or allowed as practice"
    assert standing([given("laser"), given("uc-msc")], "TH", "freckles").line == (
        "TH: not accepted (uc-msc); unknown: laser"
    )


def test_programmes_are_opened() -> None:
    programme = given("programme")
    assert isinstance(programme, Programme)
    assert [item.give for item in standing([programme], "th", "vitiligo").items] == ["uc-msc"]


def test_without_a_condition_only_what_holds_for_all_is_known() -> None:
    assert standing([given("ruxolitinib-cream")], "US").kind == "practice"


def test_nothing_given_is_nothing_to_ask_about() -> None:
    assert Standing("TH", "", ()).line == "TH: registered or allowed as practice"


@pytest.mark.parametrize("country", ["", "THA", "UK", "🇹🇭", "x" * 1000])
def test_another_country_is_a_mistake_that_lists_the_allowed(country: str) -> None:
    with pytest.raises(RepigmentError, match="Allowed: TH, EU, US"):
        standing([], country)


@pytest.mark.parametrize("name", built_in_studies())
def test_every_built_in_study_has_an_answer(name: str) -> None:
    study = Study.load(name)
    for arm, country in product(study.all_arms, COUNTRIES):
        found = standing(arm.treatments, country, study.population.condition)
        assert len(found.line) > len("TH: ")
        cells = any(each.startswith("uc-msc") for each in (item.give for item in found.items))
        assert not cells or found.kind in ("trial", "refused", "unknown")


def test_live_cells_are_registered_nowhere() -> None:
    about = [each for each in statements() if "cultured stromal cells" in each.subjects and each.standing]
    assert {each.standing for each in about} == {"trial", "refused"}
    assert {country for each in about for country in each.countries} == set(COUNTRIES)
