"""Treatments in words: every one readable, with its dose, its times and the steps of a programme."""

from collections.abc import Callable
from types import SimpleNamespace as Some

import pytest

from repigment.treatments import treatments
from repigment.treatments.programme import Programme
from repigment.trials.report.design import NARROW, WIDE, drawing, randomisation
from repigment.trials.report.lanes import events, lanes
from repigment.trials.report.treatment_words import DOSE, NAMES, details, steps, treatment_name, when
from repigment.trials.run import cautions_by_arm

NEEDED = {"laser": {"device": "q-switched", "weeks": [0]}, "programme": {"steps": [{"weeks": 4}]}}
CREAM = {"give": "triple-cream", "adherence": 0.9}
STEPS = [
    {"weeks": 24, "until": "clear", "treatments": [CREAM]},
    {"weeks": 8},
    {
        "weeks": 52,
        "until": "relapse",
        "season": ["spring", "summer"],
        "treatments": [CREAM | {"days_per_week": 2}, {"give": "peel", "weeks": [0, 4]}],
    },
]


@pytest.fixture(scope="module")
def clinic(build: Callable, given: Callable) -> Some:
    """A programme against placebo."""
    programme = Programme(steps=STEPS, repeat=True)
    return build([("placebo", 8, [given("placebo")]), ("programme", 8, [programme])], visits=[0, 24, 52])


@pytest.mark.parametrize("give", sorted(treatments()))
def test_every_treatment_has_a_readable_name_with_its_dose(give: str) -> None:
    kind = treatments()[give]
    field = kind.model_fields.get("weeks")
    sessions = {"weeks": [0]} if field is not None and field.is_required() else {}
    name = treatment_name(kind(**{**sessions, **NEEDED.get(give, {})}))
    assert set(DOSE.findall(NAMES.get(give, ""))) <= set(kind.model_fields)
    assert "{" not in name and "  " not in name and name == name.strip()
    assert "-" not in name or give in (
        "laser",
        "mini-pulse",
        "nb-uvb",
        "uc-msc",
        "uc-msc-topical",
        "uc-msc-intravenous",
        "uc-msc-vesicles",
    )


@pytest.mark.parametrize(
    ("give", "how", "name"),
    [
        ("sunscreen", {"spf": 50.0, "tinted": True}, "tinted sunscreen SPF 50"),
        ("sunscreen", {"spf": 30.0}, "sunscreen SPF 30"),
        ("tretinoin", {"strength": 0.025}, "tretinoin 0.025\u202f%"),
        ("laser", {"device": "q-switched", "weeks": [0]}, "Q-switched laser, usual energy"),
        ("oral-tranexamic-acid", {}, "tranexamic acid by mouth, 500 mg a day"),
        ("uc-msc-topical", {"weeks": [0], "on": "needled"}, "UC-MSC secretome on needled skin"),
        ("uc-msc", {"weeks": [0], "source": "marrow"}, "marrow-MSC injection"),
    ],
)
def test_names(give: str, how: dict[str, object], name: str) -> None:
    assert treatment_name(treatments()[give](**how)) == name


def test_what_stands_in_the_name_is_not_said_again() -> None:
    assert details(treatments()["hydroquinone"](strength=4, adherence=0.8)) == "adherence 0.8"
    assert details(treatments()["oral-jak"]()) == "adherence 1"
    assert "loading 200 mg; loading weeks 4" in details(treatments()["oral-jak"](loading_mg=200))


def test_how_often_is_said_where_it_is_not_daily() -> None:
    assert when(treatments()["triple-cream"](days_per_week=2, until=12)) == "2 days a week, week 0 to 12"
    assert when(treatments()["triple-cream"]()) == "week 0 to the end"


def test_the_steps_of_a_programme_are_told() -> None:
    assert steps(Programme(steps=STEPS, repeat=True)) == [
        "step 1: triple cream, until clear, 24 weeks at most",
        "step 2: pause, 8 weeks",
        "step 3: triple cream (2 days a week) and superficial peel (in its weeks 0 and 4) in spring and summer only, "
        "until it comes back, 52 weeks at most",
        "then again from step 1",
        "a doctor looks every 4 weeks",
    ]
    assert steps(Programme(steps=[{"weeks": 1}])) == ["step 1: pause, 1 week"]


def test_a_programme_is_one_bar_with_its_steps_and_placebo_is_empty(clinic: Some) -> None:
    placebo, programme = lanes(clinic)
    assert placebo.bars[0].hollow
    [bar] = programme.bars
    assert (bar.start, bar.until, bar.sessions, bar.hollow) == (0, 52, (), False)
    assert len(bar.notes) == 5
    for setting in (WIDE, NARROW):
        chart = drawing(clinic, setting)
        assert "step 2: pause, 8 weeks" in chart.svg
        assert "step 3: triple cream (2 days a week)" in chart.alt


def test_primary_endpoints_of_one_week_are_told_together(clinic: Some) -> None:
    clinic.study.endpoints = [Some(score=name, week=24, primary=True) for name in ("MASI", "clear or mild")]
    assert events(clinic.study) == {24.0: "primary endpoint MASI · clear or mild"}


def test_halves_of_a_face(build: Callable, given: Callable) -> None:
    arms = [("left", 5, [given("placebo")]), ("right", 5, [given("hydroquinone")])]
    made = build(arms, design="within-patient", visits=[0, 24], population=Some(condition="melasma"))
    assert randomisation(made) == "5 patients, each with every treatment on a half of the face of its own."


def test_a_caution_that_holds_for_several_skin_types_is_said_once() -> None:
    laser, cream = treatments()["laser"](device="picosecond", weeks=[8]), treatments()["tretinoin"]()
    arm = Some(name="both", treatments=(laser, cream))
    study = Some(all_arms=[arm, Some(name="none", treatments=(cream,))], last_week=24)
    found = cautions_by_arm(study, [2, 3, 4, 5, 6])
    assert found["none"] == []
    tanned = [each for each in found["both"] if "skin type" in each]
    assert len(found["both"]) == 2 and len(tanned) == 1
    assert "on skin types IV, V and VI without" in tanned[0]
    assert "on skin type IV without" in " ".join(cautions_by_arm(study, [4])["both"])
