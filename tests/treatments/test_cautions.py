"""What is unsafe together is said once, with its weeks, and only where it is so."""

import pytest

from repigment.evidence.parameters import value
from repigment.treatments import treatments
from repigment.treatments.cautions import cautions

KINDS = treatments()
RETINOID_GAP, TAN = value("caution_retinoid"), value("caution_tan")


def said(*given, skin_type=3, weeks=52):
    return cautions([KINDS[give](**fields) for give, fields in given], skin_type, weeks)


def course(give, first=0, until=None, **fields):
    return give, {"from": first, "until": until, **fields}


def laser(*weeks, device="picosecond"):
    return "laser", {"weeks": weeks, "device": device}


def peel(*weeks):
    return "peel", {"weeks": weeks}


@pytest.mark.parametrize(
    "alone",
    [
        laser(0, 4),
        peel(0),
        course("tretinoin"),
        course("nb-uvb"),
        course("oral-jak"),
        ("uc-msc", {"weeks": [0]}),
        course("hormones"),
        ("microneedling", {"weeks": [0]}),
    ],
    ids=lambda each: each[0],
)
def test_one_treatment_alone_is_not_warned_of(alone):
    assert said(alone) == []


@pytest.mark.parametrize("session", [peel, laser])
def test_a_retinoid_too_near_a_peel_or_laser(session):
    retinoid = course("tretinoin", 10, 20)
    (sentence,) = said(session(0, 9, 12, 21, 30), retinoid)
    give = session(0)[0]
    assert sentence == (
        f"{give} in weeks 9, 12 and 21 within 2 weeks of tretinoin: more burning, and more darkening afterwards."
    )
    assert said(session(10 - RETINOID_GAP, 20 + RETINOID_GAP), retinoid) == []


def test_a_laser_on_dark_skin_without_sunscreen_before():
    (sentence,) = said(laser(8), skin_type=5)
    assert sentence.startswith("laser in week 8 on skin type 5 without sunscreen in the 4 weeks before")
    assert said(laser(8), skin_type=3) == []
    assert said(laser(8), course("sunscreen", 8 - TAN), skin_type=5) == []
    assert len(said(laser(8), course("sunscreen", 8 - TAN + 1), skin_type=5)) == 1
    assert len(said(laser(8), course("sunscreen", 0, 7), skin_type=5)) == 1
    assert len(said(("ipl", {"weeks": [8]}), skin_type=4)) == 1
    assert said(peel(8), skin_type=6) == []


def test_a_laser_that_opens_the_skin_for_cells_is_a_laser():
    cells = ("uc-msc-topical", {"weeks": [6], "on": "laser-opened"})
    assert "skin type 4" in said(cells, skin_type=4)[0]
    assert said(("uc-msc-topical", {"weeks": [6], "on": "needled"}), skin_type=4) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (course("nb-uvb", 4, 16), course("tretinoin", 8, 20)),
        (course("excimer", 4, 16), course("adapalene", 8, 20)),
        (course("nb-uvb", 4, 16), course("oral-jak", 8, 20)),
        (course("hydroquinone", 4, 16), course("hormones", 8, 20)),
        (course("oral-tranexamic-acid", 4, 16), course("hormones", 8, 20)),
        (course("triple-cream", 4, 16), course("hormones", 8, 20)),
    ],
    ids=lambda each: each[0],
)
def test_what_is_given_at_one_time(one, other):
    sentences = said(other, one)
    assert sentences
    assert all(each.startswith(f"{one[0]} beside {other[0]}, week 8 to 16: ") for each in sentences)
    assert any("thrombosis" in each for each in sentences) == (one[0] == "oral-tranexamic-acid")
    apart = (other[0], {"from": 16, "until": 20})
    assert said(one, apart) == []


def test_cells_beside_what_suppresses_immunity():
    jak = course("oral-jak", 4, 20)
    for cells in ("uc-msc", "uc-msc-intravenous", "uc-msc-topical"):
        (sentence,) = said((cells, {"weeks": [0, 4, 8, 24]}), jak)
        assert sentence.startswith(f"{cells} beside oral-jak, weeks 4 and 8: ")
    assert said(("uc-msc", {"weeks": [0, 24]}), jak) == []


def test_programmes_are_opened_and_what_repeats_is_said_once():
    steps = [
        {"weeks": 8, "treatments": [{"give": "tretinoin"}]},
        {"weeks": 4, "treatments": [{"give": "peel", "weeks": [1, 3]}]},
    ]
    (sentence,) = said(("programme", {"steps": steps, "repeat": True}), weeks=24)
    assert sentence.startswith("peel in weeks 9, 11 and 21 within 2 weeks of tretinoin")
    (once,) = said(("programme", {"steps": steps}), weeks=24)
    assert once.startswith("peel in week 9 within")


def test_sunscreen_that_goes_on_from_step_to_step_counts_as_one():
    wear = {"give": "sunscreen"}
    steps = [{"weeks": 6, "treatments": [wear]}, {"weeks": 6, "treatments": [wear, {"give": "ipl", "weeks": [1]}]}]
    assert said(("programme", {"steps": steps}), skin_type=5) == []


def test_what_falls_after_the_study_is_not_said():
    assert said(peel(40), course("tretinoin", 30), weeks=20) == []
