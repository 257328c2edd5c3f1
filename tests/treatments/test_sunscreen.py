"""How much light a sunscreen lets through: by factor, amount, tint, and the days on which it is worn."""

import numpy as np
import pytest
from pydantic import ValidationError

from repigment.evidence.parameters import value
from repigment.skin.exposure import Channel, Exposure, untreated
from repigment.treatments import treatments

KINDS = treatments()
DAYS = 7 * 30
SUN, VL = Channel.SUN, Channel.VISIBLE_LIGHT


def lit(*given, seed=0):
    """Light on a face over thirty weeks, 2 SED a day and half of the visible light, under some treatments."""
    exposure = Exposure.over(DAYS, "face", 3)
    exposure.table[:, SUN], exposure.table[:, VL] = 2.0, 0.5
    for treatment in given:
        treatment.expose(exposure, np.random.default_rng(seed))
    return exposure


def screen(**given):
    return KINDS["sunscreen"](**given)


def through(channel=SUN, seed=0, **given):
    """Share of light let through on each day (days,)."""
    return lit(screen(**given), seed=seed).table[:, channel] / lit().table[:, channel]


def test_a_tested_layer_lets_through_one_part_in_the_factor():
    assert through(spf=30, amount=1) == pytest.approx(np.full(DAYS, 1 / 30), rel=1e-4)


def test_half_of_the_layer_has_the_root_of_the_factor():
    assert through(spf=36, amount=0.5)[0] == pytest.approx(1 / 6, rel=1e-4)


def test_the_more_is_put_on_and_the_higher_the_factor_the_less_gets_through():
    by_amount = [through(spf=50, amount=a)[0] for a in (0, 0.2, 0.35, 0.5, 1)]
    by_factor = [through(spf=spf)[0] for spf in (6, 15, 30, 50, 100)]
    assert by_amount[0] == 1
    assert by_amount == sorted(set(by_amount), reverse=True)
    assert by_factor == sorted(set(by_factor), reverse=True)


def test_tint_dims_visible_light_and_leaves_the_sun_alone():
    plain, tinted = (lit(screen(tinted=tint)).table for tint in (False, True))
    assert np.array_equal(plain[:, SUN], tinted[:, SUN])
    assert np.all(tinted[:, VL] < plain[:, VL])
    assert through(VL, tinted=False)[0] > 0.9
    assert through(VL, tinted=True, amount=1)[0] < through(VL, tinted=True, amount=0.5)[0] < 1
    assert through(VL, tinted=True, amount=1)[0] == pytest.approx(1 - value("sunscreen_visible.tinted"), rel=1e-4)


def test_light_is_multiplied_so_that_two_layers_do_more_and_no_light_stays_none():
    first, second = screen(spf=15), screen(spf=50, tinted=True)
    both = lit(first, second).table[:, SUN]
    assert both == pytest.approx(2.0 * through(spf=15) * through(spf=50), rel=1e-5)
    assert both == pytest.approx(lit(second, first).table[:, SUN])
    dark = Exposure.over(DAYS, "face", 3)
    second.expose(dark, np.random.default_rng(0))
    assert np.array_equal(dark.table, untreated(DAYS))


def test_sessions_of_phototherapy_pass_and_nothing_else_is_touched():
    light = KINDS["nb-uvb"]()
    bare, screened = lit(light), lit(light, screen(tinted=True))
    others = [channel for channel in Channel if channel not in (SUN, VL)]
    assert np.array_equal(bare.table[:, others], screened.table[:, others])
    assert all(np.array_equal(bare.tolls[toll], screened.tolls[toll]) for toll in bare.tolls)


def test_light_is_all_there_before_the_course_and_from_the_day_it_ends():
    share = through(**{"from": 4, "until": 10})
    assert np.all(share[:28] == 1) and np.all(share[70:] == 1)
    assert np.all(share[28:70] < 1)


def test_worn_on_half_of_the_days_it_filters_half_of_the_light():
    worn, half = (1 - through(adherence=a) for a in (1, 0.5))
    assert half.mean() == pytest.approx(worn.mean() / 2, rel=0.15)
    assert set(np.round(half, 5)) == {0.0, np.round(worn[0], 5)}, "a day is worn or not"


def test_never_worn_is_no_sunscreen():
    assert np.array_equal(lit(screen(adherence=0, tinted=True)).table, lit().table)


@pytest.mark.parametrize("wrong", [{"spf": 1}, {"spf": 500}, {"amount": 1.5}, {"tinted": "rather"}, {"adherence": -1}])
def test_impossible_sunscreens_are_refused(wrong):
    with pytest.raises(ValidationError):
        screen(**wrong)
