"""Every kind of question finds the effect that was put in."""

import numpy as np
import pytest

from repigment.claims import effect
from repigment.claims.answering import answer
from tests.claims.conftest import PERSONS, WORLDS


def test_a_difference_is_that_of_the_same_persons(vitiligo, ask):
    gains = np.linspace(-20, 40, WORLDS)
    found = answer(ask(17), vitiligo({"sham": 0, "UC-MSC": gains}))
    np.testing.assert_allclose(found.values, -gains, rtol=1e-3, atol=1e-3)
    assert sum(found.holds) == (gains > 10).sum()
    assert found.persons == PERSONS
    assert found.quantiles["median"] == pytest.approx(-10, abs=0.1)
    assert found.influences[0]["parameter"] == "e_sup"
    assert found.influences[0]["correlation"] == pytest.approx(-1, abs=0.01)


def test_all_draws_hold_where_the_effect_is_put_in_and_none_where_harm_is(vitiligo, ask):
    for gain, share in ((30, 1), (-30, 0)):
        found = answer(ask(17), vitiligo({"sham": 0, "UC-MSC": np.full(WORLDS, gain)}))
        assert np.mean(found.holds) == share


def test_a_margin_must_be_passed_and_not_only_reached(vitiligo, ask):
    played = vitiligo({"sham": 0, "UC-MSC": np.full(WORLDS, 10.0)})
    assert not any(answer(ask(17), played).holds)
    assert all(answer(ask(17, margin=9.9), played).holds)


def test_either_direction_counts_where_a_change_is_claimed(vitiligo, ask):
    gains = np.where(np.arange(WORLDS) % 2, 20.0, -20.0)
    played = vitiligo({"sham": 0, "UC-MSC": gains})
    found = answer(ask(17, better="either"), played)
    assert all(found.holds)
    assert found.bar == [-10, 10]
    assert found.trial["n"]


def test_a_ratio_is_in_per_cent_of_the_second_arm(vitiligo, ask):
    played = vitiligo({"sham": 0, "UC-MSC": np.full(WORLDS, 50.0)}, luck=0)
    found = answer(ask(24), played)  # memory falls from 5 to 4.5
    np.testing.assert_allclose(found.values, -10, atol=1e-6)


def test_what_is_left_of_an_effect_needs_an_effect(vitiligo, ask):
    gains = np.linspace(0, 40, WORLDS)
    found = answer(ask(26), vitiligo({"sham": 0, "UC-MSC": gains}, {"UC-MSC": 0.25}, luck=0))
    known = [each for each in found.values if each is not None]
    assert len(known) == (gains >= 10).sum()
    np.testing.assert_allclose(known, 25, atol=1e-6)
    assert not any(found.holds)
    assert all(answer(ask(26, margin=20), vitiligo({"sham": 0, "UC-MSC": np.full(WORLDS, 40)}, {"UC-MSC": 0.25})).holds)


def test_relapse_is_asked_of_those_who_respond_in_both_arms(vitiligo, ask):
    played = vitiligo(
        {"NB-UVB": 50, "UC-MSC and NB-UVB": np.full(WORLDS, 60.0)}, {"NB-UVB": 0.2, "UC-MSC and NB-UVB": 0.9}
    )
    found = answer(ask(27), played)
    np.testing.assert_allclose(found.values, -100)
    assert found.persons == PERSONS
    assert all(found.holds)
    nobody = answer(ask(27), vitiligo({"NB-UVB": 5, "UC-MSC and NB-UVB": np.full(WORLDS, 60.0)}))
    assert nobody.persons == 0
    assert not any(nobody.holds)
    assert "too few" in nobody.trial["reason"]


def test_the_refractory_are_those_whom_light_failed(vitiligo, ask):
    played = vitiligo({"sham": 0, "UC-MSC": np.full(WORLDS, 20.0), "NB-UVB": 25.0}, luck=5.0)
    light = effect.at(ask(18), played.seen["NB-UVB"], 24)[0]
    found = answer(ask(18), played)
    assert 0 < found.persons == int((-light < 25).sum()) < PERSONS
    assert all(found.holds)
    assert "who gain less than 25 %" in found.criterion


def test_who_loses_a_response_is_counted_without_draws(vitiligo, ask):
    played = vitiligo({"ruxolitinib cream": 60.0}, {"ruxolitinib cream": 0.1})
    found = answer(ask(1), played)
    assert found.values == [100.0]
    assert found.holds == [True]
    assert found.quantiles["low95"] < 100
    assert found.trial["n"] == [97]
    nobody = answer(ask(1), vitiligo({"ruxolitinib cream": 10.0}))
    assert nobody.values == [None]
    assert nobody.holds == [False]


def test_few_persons_do_not_widen_the_draws(vitiligo, ask):
    """Worlds without an effect of their own stand closer together than the luck of persons throws them."""
    rng, played = np.random.default_rng(5), vitiligo({"sham": 0, "UC-MSC": np.zeros(WORLDS)})
    noisy = played.seen["UC-MSC"]["F-VASI"]
    noisy[..., 24] += rng.normal(0, 0.4, noisy.shape[:2])
    found = answer(ask(17), played)
    raw = effect.mean(effect.sides(ask(17), played).arm)
    assert np.ptp(found.values) < 0.6 * np.ptp(raw)


def test_the_trial_is_larger_for_a_smaller_effect(vitiligo, ask):
    large, small = (
        answer(ask(17, margin=1), vitiligo({"sham": 0, "UC-MSC": np.full(WORLDS, gain)}, luck=20)).trial
        for gain in (30.0, 15.0)
    )
    assert sum(large["n"]) < sum(small["n"])
    assert large["if_true"] >= 0.8
    assert large["if_false"] is None


def test_where_no_world_holds_a_trial_that_could_find_the_margin_is_told(vitiligo, ask):
    found = answer(ask(17), vitiligo({"sham": 0, "UC-MSC": np.zeros(WORLDS)}, luck=20))
    assert found.trial["target"] == 10
    assert found.trial["power"] >= 0.8
    assert sum(found.trial["n"]) > 20
