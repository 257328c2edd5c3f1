"""Each exclusion alone excludes, and what is not said is not taken for said."""

from typing import Any

import pytest

from repigment.conditions import conditions
from repigment.safety.exclusions import EVER, Exclusion, exclusions
from repigment.safety.patient import Patient
from repigment.safety.screen import passes, screen

SAFE: dict[str, Any] = {
    **{key: False for key, field in Patient.model_fields.items() if bool | None == field.annotation},
    **{key: "never" for key in Patient.model_fields if key.startswith("months")},
    "consent": True,
    "age": 40,
    "form": "non-segmental",
    "area_percent": 5,
}


def patient(condition: str = "vitiligo", **answers: Any) -> Patient:
    return Patient.model_validate({**SAFE, "condition": condition, **answers})


def against(rule: Exclusion) -> Any:
    """An answer that the rule excludes, by its words and not by its code."""
    sign, _, bound = rule.rule.partition(" ")
    if sign in ("<", ">"):
        return float(bound) + (0.5 if sign == ">" else -0.5)
    return {"true": True, "false": False, EVER: 600.0}.get(rule.rule, rule.rule.split("|")[0])


def verdicts(of: Patient) -> dict[str, str]:
    return {line.key: line.verdict for line in screen(of)}


@pytest.mark.parametrize("condition", conditions())
def test_who_has_nothing_is_clear(condition: str) -> None:
    lines = screen(patient(condition))
    assert {line.verdict for line in lines} == {"clear"}
    assert passes(lines)


@pytest.mark.parametrize("rule", exclusions(), ids=lambda rule: f"{rule.key}-{rule.rule}-{rule.trial}")
def test_each_exclusion_alone_excludes(rule: Exclusion) -> None:
    for condition in rule.conditions or conditions():
        lines = screen(patient(condition, **{rule.key: against(rule)}))
        (excluded,) = (line for line in lines if line.verdict == "excluded")
        assert excluded.key == rule.key
        assert rule in excluded.rules
        assert excluded.reason
        assert not passes(lines)


@pytest.mark.parametrize("key", dict.fromkeys(rule.key for rule in exclusions()))
def test_what_is_not_said_stops_only_where_it_is_required(key: str) -> None:
    required = {rule.key for rule in exclusions() if rule.need == "required"}
    for condition in conditions():
        lines = screen(patient(condition, **{key: None}))
        said = [line for line in lines if line.key == key]
        assert [line.verdict for line in said] == ["not said"] * len(said)
        assert passes(lines) == (not said or key not in required)


@pytest.mark.parametrize(
    ("answers", "excluded"),
    [
        ({"age": 17.9}, {"age"}),
        ({"age": 18}, set()),
        ({"age": 60}, set()),
        ({"age": 61}, {"age"}),
        ({"area_percent": 20}, set()),
        ({"area_percent": 20.1}, {"area_percent"}),
        ({"months_since_treatment": 3}, set()),
        ({"months_since_treatment": 2.9}, {"months_since_treatment"}),
        ({"months_since_cells": 6}, set()),
        ({"months_since_new_lesion": 11}, {"months_since_new_lesion"}),
        ({"form": "focal"}, {"form"}),
        ({"pregnant": True, "hiv": True}, {"pregnant", "hiv"}),
        ({"pih_before": True, "months_since_hormones": 0}, set()),  # not asked in vitiligo
    ],
)
def test_limits_in_vitiligo(answers: dict[str, Any], excluded: set[str]) -> None:
    found = verdicts(patient(**answers))
    assert {key for key, verdict in found.items() if verdict == "excluded"} == excluded


@pytest.mark.parametrize(
    ("answers", "excluded"),
    [
        ({"koebner": True, "area_percent": 90, "form": "segmental"}, set()),  # asked in vitiligo only
        ({"pih_before": True}, {"pih_before"}),
        ({"months_since_hormones": 11}, {"months_since_hormones"}),
        ({"months_since_cells": 600}, {"months_since_cells"}),  # a trial of live cells took none who ever had any
        ({"autoimmune_disease": True}, {"autoimmune_disease"}),
    ],
)
def test_limits_in_melasma(answers: dict[str, Any], excluded: set[str]) -> None:
    found = verdicts(patient("melasma", **answers))
    assert {key for key, verdict in found.items() if verdict == "excluded"} == excluded


def test_the_strictest_trial_decides_and_is_named() -> None:
    (line,) = (line for line in screen(patient(area_percent=25)) if line.key == "area_percent")
    assert [(rule.told, rule.trial) for rule in line.rules] == [("> 20", "IRCT20240508061704N1")]
    assert line.limits({"IRCT20240508061704N1": 7}) == "> 20 (7)"


@pytest.mark.parametrize("rule", exclusions(), ids=lambda rule: f"{rule.key}-{rule.rule}-{rule.trial}")
def test_a_rule_is_complete(rule: Exclusion) -> None:
    assert rule.key in Patient.model_fields
    assert rule.item and rule.reason and rule.trial and rule.product and rule.source and rule.identifier and rule.date
    assert rule.status == "verified"
    assert rule.need in ("required", "asked")
    assert set(rule.conditions) <= set(conditions())


def test_every_question_is_there_for_a_rule() -> None:
    assert {*Patient.model_fields} - {"condition"} == {rule.key for rule in exclusions()}


def test_what_trials_are_known_to_exclude_is_asked() -> None:
    asked = {rule.key for rule in exclusions()}
    assert asked >= {
        "pregnant", "breastfeeding", "infection_there", "skin_cancer", "clotting", "keloid", "koebner", "form",
        "area_percent", "hiv", "hepatitis_c", "uncontrolled_diabetes", "months_since_treatment",
    }  # fmt: skip
