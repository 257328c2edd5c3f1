"""Drugs by mouth and hormones: how much is in the body, what it does in the skin, what is left once it is stopped."""

import numpy as np
import pytest
from pydantic import ValidationError

from repigment.evidence.parameters import value
from repigment.skin.exposure import Channel, Exposure, untreated
from repigment.treatments import treatments

KINDS = treatments()
DAYS = 7 * 30
JAK, PL, HORMONE = Channel.JAK_BLOCKADE, Channel.PLASMIN_BLOCKADE, Channel.HORMONE
AI, CNI = Channel.ANTI_INFLAMMATORY, Channel.CALCINEURIN_BLOCKADE
DRUGS = {  # channels, the key of the dose, two doses of which the second is twice the first
    "oral-tranexamic-acid": ({PL}, "mg_per_day", (250, 500)),
    "oral-jak": ({JAK}, "mg_per_day", (25, 50)),
    "mini-pulse": ({AI, CNI}, "mg", (2.5, 5)),
}
CHANNELS = {give: each[0] for give, each in DRUGS.items()} | {"hormones": {HORMONE}}


def exposed(give, *, response=0.0, seed=0, site="face", hormone=0.0, **given):
    """The exposure of a region to one drug over thirty weeks, with the hormones that life brings."""
    exposure = Exposure.over(DAYS, site, 3, response=response)
    exposure.table[:, HORMONE] = hormone
    KINDS[give](**given).expose(exposure, np.random.default_rng(seed))
    return exposure


def amount(give, most, half, channel, **given):
    """Drug in the body in mg a day (days,), read back from what it does."""
    done = exposed(give, **given).table[:, channel] / value(most)
    return value(half) * done / (1 - done)


def test_placebo_leaves_no_trace():
    exposure = exposed("placebo")
    assert np.array_equal(exposure.table, untreated(DAYS))
    assert not any(toll.any() for toll in exposure.tolls.values())


@pytest.mark.parametrize("give", CHANNELS)
def test_a_drug_acts_in_its_own_channels_and_costs_no_irritation(give):
    exposure = exposed(give)
    difference = exposure.table - untreated(DAYS)
    assert {Channel(column) for column in np.flatnonzero(difference.any(axis=0))} == CHANNELS[give]
    assert difference.min() >= 0
    assert not any(toll.any() for toll in exposure.tolls.values())


@pytest.mark.parametrize("give", CHANNELS)
def test_nothing_acts_before_the_course_nor_long_after(give):
    difference = np.abs(exposed(give, **{"from": 8, "until": 12}).table - untreated(DAYS)).max(axis=1)
    assert not difference[: 7 * 8].any()
    assert difference[7 * 8 : 7 * 12].all()
    assert difference[7 * 12 + 56 :].max() < 1e-5


@pytest.mark.parametrize("give", CHANNELS)
def test_a_drug_that_is_never_taken_is_no_drug(give):
    assert np.array_equal(exposed(give, adherence=0).table, untreated(DAYS))


@pytest.mark.parametrize("give", CHANNELS)
def test_every_region_is_reached_alike(give):
    face, foot = (exposed(give, site=site).table for site in ("face", "acral"))
    assert np.array_equal(face, foot)


def test_half_of_the_tablets_are_half_of_the_drug():
    for give, most, half, channel in (
        ("oral-tranexamic-acid", "txa_PL", "txa_half", PL),
        ("oral-jak", "jak_J", "jak_half", JAK),
        ("mini-pulse", "cort_T", "pulse_half", CNI),
    ):
        full, missed = (amount(give, most, half, channel, adherence=a, seed=2)[14:].mean() for a in (1, 0.5))
        assert missed == pytest.approx(full / 2, rel=0.15), give


def test_half_of_the_pills_are_half_of_the_hormone():
    full, half = (exposed("hormones", adherence=a).table[30:, HORMONE].mean() for a in (1, 0.5))
    assert full == pytest.approx(1, abs=1e-3)
    assert half == pytest.approx(0.5, rel=0.15)


@pytest.mark.parametrize("give", DRUGS)
def test_twice_the_dose_does_more_but_not_twice_as_much(give):
    channels, key, doses = DRUGS[give]
    for channel in channels:
        low, high = (exposed(give, **{key: dose}).table[100:, channel].mean() for dose in doses)
        assert low < high < 2 * low


@pytest.mark.parametrize("give", DRUGS)
def test_a_good_responder_is_reached_more_and_nobody_beyond_the_most(give):
    for channel in DRUGS[give][0]:
        poor, usual, good, best = (exposed(give, response=r).table[100:, channel].max() for r in (-2, 0, 2, 9))
        assert 0 < poor < usual < good < best <= (value("cort_AI") if channel == AI else 1)


@pytest.mark.parametrize(
    ("give", "most", "half", "channel", "half_life"),
    [
        ("oral-tranexamic-acid", "txa_PL", "txa_half", PL, "txa_half_life"),
        ("oral-jak", "jak_J", "jak_half", JAK, "jak_half_life"),
    ],
)
def test_once_stopped_the_drug_decays_with_its_half_life(give, most, half, channel, half_life):
    held = amount(give, most, half, channel, until=20)
    assert held[139] == pytest.approx(KINDS[give]().mg_per_day, rel=1e-3)
    for after in (1, 2):
        assert held[139 + after] == pytest.approx(held[139] * 0.5 ** (after / value(half_life)), rel=0.01)


def test_tranexamic_acid_at_the_usual_dose_blocks_as_the_older_model_has():
    assert exposed("oral-tranexamic-acid").table[-1, PL] == pytest.approx(0.7, rel=1e-3)


def test_three_doses_of_the_jak_inhibitor_in_their_order():
    reached = [exposed("oral-jak", mg_per_day=mg).table[-1, JAK] for mg in (10, 30, 50)]
    assert reached == sorted(set(reached))


def test_loading_acts_in_its_weeks_and_is_forgotten_after():
    plain, loaded = (exposed("oral-jak", **{"from": 2}, **more).table[:, JAK] for more in ({}, {"loading_mg": 200}))
    assert np.array_equal(plain[:14], loaded[:14])
    assert np.all(loaded[14 : 14 + 28] > plain[14 : 14 + 28])
    assert loaded[14 + 28 + 21] == pytest.approx(plain[14 + 28 + 21], rel=1e-4)
    longer = exposed("oral-jak", **{"from": 2}, loading_mg=200, loading_weeks=8).table[:, JAK]
    assert np.array_equal(longer[: 14 + 28], loaded[: 14 + 28]) and longer[14 + 50] > loaded[14 + 50]


def test_loading_with_less_than_is_taken_later_is_refused():
    with pytest.raises(ValidationError, match=r"loading_mg \(10\) must not be less than mg_per_day \(50\)"):
        KINDS["oral-jak"](loading_mg=10)


@pytest.mark.parametrize("start", [1, 1.4])
def test_a_pulse_rises_on_two_days_and_falls_on_five_whatever_day_the_course_begins(start):
    level = exposed("mini-pulse", **{"from": start}).table[:, CNI]
    for first in range(round(7 * start), 60, 7):
        rises = np.diff(level[first - 1 : first + 7]) > 0
        assert rises.tolist() == [True, True, False, False, False, False, False]


def test_a_pulse_decays_with_its_half_life():
    held = amount("mini-pulse", "cort_T", "pulse_half", CNI)
    assert held[6] == pytest.approx(held[1] * 0.5 ** (5 / value("pulse_half_life")), rel=1e-3)


def test_hormones_stay_as_life_brings_them_where_those_are_higher():
    level = exposed("hormones", hormone=0.3, until=10).table[:, HORMONE]
    assert level.min() == pytest.approx(0.3)
    assert level[69] == pytest.approx(1, abs=1e-3)
    assert level[72] == pytest.approx(0.5 ** (3 / value("hormone_half_life")), rel=0.01)


def test_hormones_that_are_left_off_fall_with_their_half_life_and_nothing_else_changes():
    exposure = exposed("hormone-stop", hormone=0.8, **{"from": 10})
    level = exposure.table[:, HORMONE]
    assert level[:70] == pytest.approx(np.full(70, 0.8))
    for after in (1, 4, 10):
        assert level[69 + after] == pytest.approx(0.8 * 0.5 ** (after / value("hormone_half_life")), rel=1e-3)
    exposure.table[:, HORMONE] = 0
    assert np.array_equal(exposure.table, untreated(DAYS))


def test_hormones_that_are_resumed_come_back():
    level = exposed("hormone-stop", hormone=0.8, **{"from": 2, "until": 10}).table[:, HORMONE]
    assert level[69] < 1e-3
    assert level[-1] == pytest.approx(0.8, rel=1e-4)


def test_who_does_not_stop_keeps_her_hormones_and_half_of_the_patients_do():
    stayed = exposed("hormone-stop", hormone=0.8, adherence=0).table[:, HORMONE]
    assert np.array_equal(stayed, np.full(DAYS, 0.8, np.float32))
    ends = [exposed("hormone-stop", hormone=1.0, adherence=0.5, seed=s).table[-1, HORMONE] for s in range(200)]
    assert np.mean(ends) == pytest.approx(0.5, abs=0.1)
    assert set(np.round(ends, 6)) == {0.0, 1.0}


def test_a_course_of_hormones_is_stopped_by_what_stands_behind_it():
    exposure = exposed("hormones")
    KINDS["hormone-stop"](**{"from": 10}).expose(exposure, np.random.default_rng(0))
    assert exposure.table[69, HORMONE] == pytest.approx(1, abs=1e-3)
    assert exposure.table[-1, HORMONE] < 1e-6


def test_what_must_not_be_forgotten_is_tagged():
    assert all("pregnancy" in KINDS[give].cautions for give in DRUGS)
    assert all("immunosuppressant" in KINDS[give].cautions for give in ("oral-jak", "mini-pulse"))
    assert "steroid" in KINDS["mini-pulse"].cautions
    assert KINDS["placebo"].cautions == frozenset()


@pytest.mark.parametrize(
    ("give", "wrong"),
    [
        ("oral-tranexamic-acid", {"mg_per_day": 0}),
        ("oral-jak", {"mg_per_day": 500}),
        ("oral-jak", {"loading_mg": 200, "loading_weeks": 0}),
        ("mini-pulse", {"mg": 100}),
        ("hormones", {"from": 8, "until": 8}),
        ("hormone-stop", {"adherence": 2}),
        ("placebo", {"mg": 1}),
    ],
)
def test_doses_that_nobody_gives_are_refused(give, wrong):
    with pytest.raises(ValidationError):
        KINDS[give](**wrong)
