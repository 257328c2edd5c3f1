"""Procedures and targeted light: what they do at once, where, how strongly, and what they leave alone."""

import numpy as np
import pytest
from pydantic import ValidationError

from repigment.evidence.parameters import value
from repigment.skin.exposure import Channel, Exposure, untreated
from repigment.treatments import treatments

KINDS = treatments()
DAYS = 7 * 20
WEEKS = [2, 6]
PROCEDURES = {
    "q-switched": ("laser", {"device": "q-switched"}),
    "picosecond": ("laser", {"device": "picosecond"}),
    "low-fluence": ("laser", {"device": "low-fluence"}),
    "fractional": ("laser", {"device": "fractional"}),
    "ipl": ("ipl", {}),
    "cryotherapy": ("cryotherapy", {}),
    "superficial peel": ("peel", {"depth": "superficial"}),
    "medium peel": ("peel", {"depth": "medium"}),
    "microneedling": ("microneedling", {}),
}
WHOLE = {"low-fluence", "fractional", "ipl", "superficial peel", "medium peel", "microneedling"}
OPENING = {"fractional", "superficial peel", "medium peel", "microneedling"}
LIGHT = {"q-switched", "picosecond", "low-fluence", "fractional", "ipl"}


def exposed(*given, skin_type=3, sensitivity=1.0, seed=0):
    exposure = Exposure.over(DAYS, "face", skin_type, sensitivity)
    for treatment in given:
        treatment.prepare(exposure, np.random.default_rng(seed))
    for treatment in given:
        treatment.expose(exposure, np.random.default_rng(seed))
    return exposure


def done(procedure, *, weeks=WEEKS, sensitivity=1.0, **details):
    give, fields = PROCEDURES[procedure]
    return exposed(KINDS[give](weeks=weeks, **fields, **details), sensitivity=sensitivity)


def at(procedure, channel, **details):
    return float(done(procedure, weeks=[0], **details).table[0, channel])


@pytest.mark.parametrize("procedure", PROCEDURES)
def test_nothing_is_done_outside_its_days(procedure):
    table = done(procedure).table
    changed = np.flatnonzero((table != untreated(DAYS)).any(axis=1))
    assert changed.tolist() == [14, 42]
    assert np.array_equal(table[14], table[42])


@pytest.mark.parametrize("procedure", PROCEDURES)
def test_before_the_first_session_nothing_hurts_and_nothing_is_open(procedure):
    exposure = done(procedure)
    assert all(not toll[:14].any() for toll in exposure.tolls.values())
    assert (exposure.opened[:14] == 1).all()
    assert sum(toll[14:].sum() for toll in exposure.tolls.values()) > 0


@pytest.mark.parametrize("procedure", PROCEDURES)
def test_a_session_after_the_end_is_not_done(procedure):
    late = done(procedure, weeks=[20])
    assert np.array_equal(late.table, untreated(DAYS))
    assert (late.opened == 1).all()


@pytest.mark.parametrize("procedure", PROCEDURES)
def test_spots_are_aimed_at_and_fields_are_gone_over(procedure):
    assert at(procedure, Channel.WHOLE) == float(procedure in WHOLE)


@pytest.mark.parametrize("procedure", PROCEDURES)
def test_shares_stay_shares(procedure):
    table = done(procedure).table[14]
    shares = table[[Channel.VIABLE_REMOVAL, Channel.CORNEUM_REMOVAL, Channel.DERMAL_REMOVAL, Channel.MELANOCYTE_LOSS]]
    assert (shares >= 0).all() and (shares <= 1).all()


@pytest.mark.parametrize("procedure", PROCEDURES)
def test_light_alone_looks_for_melanin(procedure):
    assert (at(procedure, Channel.HEAT) > 0) == (procedure in LIGHT)


@pytest.mark.parametrize("procedure", PROCEDURES)
def test_sensitive_skin_pays_twice(procedure):
    usual, sensitive = (done(procedure, sensitivity=s) for s in (1, 2))
    for toll in usual.tolls:
        assert np.allclose(sensitive.tolls[toll], 2 * usual.tolls[toll])
    assert np.array_equal(usual.table, sensitive.table)


@pytest.mark.parametrize("procedure", sorted(LIGHT))
def test_more_energy_takes_and_hurts_more(procedure):
    for channel in (Channel.VIABLE_REMOVAL, Channel.CORNEUM_REMOVAL, Channel.HEAT, Channel.MELANOCYTE_LOSS):
        mild, usual, strong = (at(procedure, channel, energy=e) for e in ("mild", "usual", "aggressive"))
        assert 0 < mild < usual < strong
    assert strong < 1
    mild, strong = (done(procedure, energy=e).tolls["irritation"].sum() for e in ("mild", "aggressive"))
    assert mild < strong


def test_a_q_switched_laser_does_what_the_older_model_says():
    assert at("q-switched", Channel.VIABLE_REMOVAL) == pytest.approx(0.8)
    assert at("q-switched", Channel.CORNEUM_REMOVAL) == pytest.approx(0.7)
    assert at("q-switched", Channel.DERMAL_REMOVAL) == pytest.approx(0.6)
    assert at("q-switched", Channel.HEAT) == pytest.approx(0.3)


def test_a_picosecond_laser_removes_as_much_with_less_heat():
    same = (Channel.VIABLE_REMOVAL, Channel.CORNEUM_REMOVAL, Channel.DERMAL_REMOVAL, Channel.NICHE_REMOVAL)
    assert [at("picosecond", c) for c in same] == [at("q-switched", c) for c in same]
    assert at("picosecond", Channel.HEAT) < at("q-switched", Channel.HEAT)


def test_low_fluence_is_gentle_each_time_and_leaves_the_niche():
    for channel in (Channel.VIABLE_REMOVAL, Channel.DERMAL_REMOVAL, Channel.HEAT):
        assert 0 < at("low-fluence", channel) < at("q-switched", channel) / 2
    assert at("low-fluence", Channel.NICHE_REMOVAL) == 0 < at("q-switched", Channel.NICHE_REMOVAL)
    assert at("low-fluence", Channel.MELANOCYTE_LOSS) > 0


def test_flashes_take_less_from_a_spot_than_a_laser():
    for channel in (Channel.VIABLE_REMOVAL, Channel.CORNEUM_REMOVAL, Channel.DERMAL_REMOVAL, Channel.NICHE_REMOVAL):
        assert 0 < at("ipl", channel) < at("q-switched", channel)


def test_cold_kills_more_melanocytes_and_wounds_more_than_light():
    for channel in (Channel.MELANOCYTE_LOSS, Channel.WOUND):
        assert at("cryotherapy", channel) > max(at(light, channel) for light in LIGHT)
    assert at("cryotherapy", Channel.VIABLE_REMOVAL) > 0 and at("cryotherapy", Channel.NICHE_REMOVAL) > 0


def test_a_deeper_peel_takes_wounds_and_opens_more():
    for channel in (Channel.VIABLE_REMOVAL, Channel.CORNEUM_REMOVAL, Channel.WOUND):
        assert 0 < at("superficial peel", channel) < at("medium peel", channel)
    shallow, deep = (done(depth).opened for depth in ("superficial peel", "medium peel"))
    assert (shallow[14:] < deep[14:]).all()


@pytest.mark.parametrize("procedure", PROCEDURES)
def test_what_opens_the_skin_lets_it_close(procedure):
    opened = done(procedure, weeks=[2]).opened
    assert (opened[14] > 1) == (procedure in OPENING)
    assert (np.diff(opened[14:]) <= 0).all()
    assert opened[-1] == pytest.approx(1, abs=1e-3)


def test_channels_of_needles_close_by_half_in_a_day():
    opened = done("microneedling", weeks=[0]).opened - 1
    assert opened[1] / opened[0] == pytest.approx(0.5 ** (24 / value("mn_closing")), rel=1e-4)
    assert 0.4 < opened[1] / opened[0] < 0.6


def test_longer_needles_inflame_hurt_and_open_more():
    short, long = (done("microneedling", depth_mm=mm) for mm in (0.5, 1.5))
    assert short.table[14, Channel.IRRITATION] > 0
    assert long.table[14, Channel.IRRITATION] == pytest.approx(3 * short.table[14, Channel.IRRITATION], rel=1e-5)
    assert long.opened[14] > short.opened[14] > 1
    assert long.tolls["injection_site"].sum() > short.tolls["injection_site"].sum()


def test_procedures_of_one_day_take_from_what_is_left():
    peel, lamp = KINDS["peel"](weeks=[0], depth="medium"), KINDS["ipl"](weeks=[0])
    table = exposed(peel, lamp).table
    left = (1 - at("medium peel", Channel.VIABLE_REMOVAL)) * (1 - at("ipl", Channel.VIABLE_REMOVAL))
    assert 1 - table[0, Channel.VIABLE_REMOVAL] == pytest.approx(left, rel=1e-5)
    both = at("medium peel", Channel.WOUND) + at("ipl", Channel.WOUND)
    assert table[0, Channel.WOUND] == pytest.approx(both)


def test_what_is_aimed_at_the_lesion_does_not_meet_the_whole_field():
    """A spot laser and a peel on one day: the peel comes a day later, and the laser stays on its spots."""
    laser, peel = KINDS["laser"](weeks=[0], device="q-switched"), KINDS["peel"](weeks=[0], depth="medium")
    table = exposed(laser, peel).table
    assert table[:2, Channel.WHOLE].tolist() == [0, 1]
    assert table[0, Channel.VIABLE_REMOVAL] == pytest.approx(at("q-switched", Channel.VIABLE_REMOVAL))
    assert table[1, Channel.VIABLE_REMOVAL] == pytest.approx(at("medium peel", Channel.VIABLE_REMOVAL))


def test_a_graft_brings_cells_once_and_wounds_the_lesion():
    exposure = exposed(KINDS["graft"](weeks=[4]))
    changed = np.argwhere(exposure.table != untreated(DAYS))
    assert {tuple(each) for each in changed.tolist()} == {(28, Channel.WOUND), (28, Channel.GRAFT)}
    assert (exposure.opened == 1).all()


def test_cells_that_are_spread_wider_fall_thinner():
    dense, sparse = (exposed(KINDS["graft"](weeks=[0], expansion=x)).table[0, Channel.GRAFT] for x in (2, 10))
    assert dense == pytest.approx(5 * sparse, rel=1e-5)
    assert exposed(KINDS["graft"](weeks=[0], expansion=1)).table[0, Channel.GRAFT] <= 1


def test_excimer_rises_to_its_cap_whatever_the_skin_type():
    for skin_type in (1, 6):
        doses = exposed(KINDS["excimer"](), skin_type=skin_type).tolls["uvb_dose"]
        given = doses[doses > 0]
        assert given[0] == value("excimer_start")
        assert given[1] - given[0] == pytest.approx(value("excimer_step"))
        assert given.max() == given[-1] == value("excimer_cap")
        assert len(given) == 40


def test_excimer_writes_light_and_nothing_else():
    exposure = exposed(KINDS["excimer"](**{"from": 2, "until": 6}))
    days, channels = np.nonzero(exposure.table != untreated(DAYS))
    assert set(channels) == {Channel.TARGETED_UV}
    assert days.min() == 14 and days.max() < 42 and len(days) == 8
    sed = exposure.table[:, Channel.TARGETED_UV].sum()
    assert sed == pytest.approx(exposure.tolls["uvb_dose"].sum() / value("excimer_per_sed"), rel=1e-5)


def test_half_the_sessions_give_about_half_the_light():
    full, half = (exposed(KINDS["excimer"](adherence=a), seed=5).tolls["uvb_dose"] for a in (1, 0.5))
    assert 0.3 * (full > 0).sum() < (half > 0).sum() < 0.7 * (full > 0).sum()
    assert not exposed(KINDS["excimer"](adherence=0)).tolls["uvb_dose"].any()


def test_both_lamps_leave_white_skin_equally_pink_at_their_caps():
    caps = [value(f"{lamp}_cap") / value(f"{lamp}_per_sed") for lamp in ("nbuvb", "excimer")]
    assert caps[0] == pytest.approx(caps[1], rel=0.05)


@pytest.mark.parametrize(
    ("give", "wrong"),
    [
        ("laser", {"weeks": [0]}),
        ("laser", {"weeks": [0], "device": "ruby"}),
        ("laser", {"weeks": [0], "device": "picosecond", "energy": "high"}),
        ("peel", {"weeks": [0], "depth": "deep"}),
        ("microneedling", {"weeks": [0], "depth_mm": 5}),
        ("microneedling", {"weeks": []}),
        ("graft", {"weeks": [0, 4]}),
        ("graft", {"weeks": [0], "expansion": 0}),
        ("excimer", {"sessions_per_week": 4}),
    ],
)
def test_impossible_procedures_are_refused(give, wrong):
    with pytest.raises(ValidationError):
        KINDS[give](**wrong)
