"""What each treatment writes into a patient's exposure, day by day."""

import numpy as np
import pytest
from pydantic import ValidationError

from repigment.errors import RepigmentError
from repigment.evidence.parameters import value
from repigment.skin.exposure import Channel, Exposure, untreated
from repigment.treatments import treatments
from repigment.treatments.base import skin_level
from repigment.treatments.worlds import draw_world

KINDS = treatments()
DAYS = 7 * 30


def exposed(give: str, *, skin_type: int = 3, sensitivity: float = 1.0, response: float = 0.0, seed: int = 0, **given):
    """The exposure of a face to one treatment over thirty weeks."""
    exposure = Exposure.over(DAYS, "face", skin_type, sensitivity, response)
    KINDS[give](**given).expose(exposure, np.random.default_rng(seed))
    return exposure


def test_vehicle_leaves_no_trace():
    exposure = exposed("vehicle")
    assert np.array_equal(exposure.table, untreated(DAYS))
    assert all(not toll.any() for toll in exposure.tolls.values())


@pytest.mark.parametrize(
    ("give", "channel", "most", "half_life"),
    [
        ("ruxolitinib-cream", Channel.JAK_BLOCKADE, "rux_J", "rux_half_life"),
        ("tacrolimus-ointment", Channel.CALCINEURIN_BLOCKADE, "tac_CNI", "tac_half_life"),
    ],
)
def test_a_cream_builds_up_holds_and_washes_out(give, channel, most, half_life):
    level = exposed(give, until=20).table[:, channel]
    assert level[139] == pytest.approx(value(most), rel=1e-3)
    after = round(3 * value(half_life))
    assert level[139 + after] == pytest.approx(value(most) * 0.5 ** (after / value(half_life)), rel=0.01)
    assert level[-1] < 1e-6


def test_half_of_the_doses_give_half_of_the_level():
    full, half = (exposed("ruxolitinib-cream", adherence=share).table[100:, Channel.JAK_BLOCKADE] for share in (1, 0.5))
    assert half.mean() == pytest.approx(full.mean() / 2, rel=0.1)
    assert half.std() > full.std()


def test_a_good_responder_is_blocked_more_and_nobody_fully():
    usual, good = (exposed("ruxolitinib-cream", response=r).table[-1, Channel.JAK_BLOCKADE] for r in (0, 2))
    assert usual < good < 1


def test_two_drugs_block_what_the_first_leaves():
    exposure = Exposure.over(3, "face", 3)
    for level in (0.5, 0.6):
        exposure.block(Channel.JAK_BLOCKADE, np.full(3, level, np.float32))
    assert exposure.table[:, Channel.JAK_BLOCKADE].tolist() == pytest.approx([0.8] * 3)


def test_sensitive_skin_burns_more_under_tacrolimus_and_less_with_time():
    usual, sensitive = (exposed("tacrolimus-ointment", sensitivity=s).tolls["irritation"] for s in (1, 2))
    assert sensitive.sum() == pytest.approx(2 * usual.sum())
    assert usual[60] < usual[10] / 4


def test_light_escalates_from_the_dose_of_the_skin_type_to_the_cap():
    for skin_type in (1, 4, 6):
        doses = exposed("nb-uvb", skin_type=skin_type).tolls["uvb_dose"]
        given = doses[doses > 0]
        assert given[0] == value(f"nbuvb_start.{skin_type}")
        assert given[1] - given[0] == pytest.approx(value(f"nbuvb_step.{skin_type}"))
        assert given[-1] == value("nbuvb_cap")
        assert len(given) == 90


def test_missed_sessions_lower_the_count_and_a_long_gap_the_dose():
    kept = exposed("nb-uvb", adherence=0.4, seed=3).tolls["uvb_dose"]
    days = np.flatnonzero(kept)
    assert 0.3 * 90 < len(days) < 0.5 * 90
    gap = next(i for i in range(len(days) - 1) if days[i + 1] - days[i] > value("nbuvb_break"))
    assert kept[days[gap + 1]] == pytest.approx(0.75 * kept[days[gap]], rel=1e-6)


def test_the_engine_gets_the_sessions_in_sed():
    exposure = exposed("nb-uvb")
    sed = exposure.table[:, Channel.UV_DOSE].sum()
    assert sed == pytest.approx(exposure.tolls["uvb_dose"].sum() / value("nbuvb_per_sed"), rel=1e-5)


def test_sham_is_needles_and_nothing_else():
    exposure = exposed("sham-injection", weeks=[0, 4])
    changed = np.flatnonzero((exposure.table != untreated(DAYS)).any(axis=0))
    assert changed.tolist() == [Channel.NEEDLING]
    assert np.flatnonzero(exposure.table[:, Channel.NEEDLING]).tolist() == [0, 28]


def test_cells_without_mechanisms_are_exactly_the_sham():
    sham = exposed("sham-injection", weeks=[0, 4, 8])
    cells = exposed("uc-msc", weeks=[0, 4, 8], mechanisms=[])
    assert np.array_equal(sham.table, cells.table)
    assert all(np.array_equal(sham.tolls[toll], cells.tolls[toll]) for toll in sham.tolls)


def test_later_doses_of_cells_are_cleared_faster():
    clearance = exposed("uc-msc", weeks=[0, 4]).table[:, Channel.CELL_CLEARANCE]
    assert clearance[0] == 1
    assert np.all(np.diff(clearance) >= 0)
    assert clearance[28] == pytest.approx(1 + value("k_sens") * (1 - np.exp(-28 / value("tau_sens"))), rel=1e-5)


def test_the_dose_per_area_follows_cells_and_spacing():
    dense, sparse = (KINDS["uc-msc"](weeks=[0], spacing_mm=s).areal_dose for s in (5, 10))
    assert dense == pytest.approx(4 * sparse)
    assert sparse == pytest.approx(5e5 / 1.0 / value("Q_ref"))


def test_blebs_cover_a_share_of_the_skin_and_keep_the_dose():
    """Mean 1 over whole unit cells, so that spreading points apart moves the dose but loses none."""
    given = KINDS["uc-msc"](weeks=[0], spacing_mm=6.0, volume_ml=0.05)
    depots = given.depots(120, 0.1, 1.0, np.random.default_rng(0))
    assert depots.mean() == pytest.approx(1, abs=0.01)
    assert 0.3 < (depots > 0).mean() < 0.6


def test_wherever_the_grid_lies_a_window_gets_its_dose_on_average():
    given = KINDS["uc-msc"](weeks=[0], spacing_mm=10.0)
    means = [given.depots(24, 0.3, 1.0, np.random.default_rng(seed)).mean() for seed in range(600)]
    assert np.std(means) > 0.2
    assert np.mean(means) == pytest.approx(1, abs=0.06)


def test_too_few_points_leave_part_of_the_lesion_without():
    given = KINDS["sham-injection"](weeks=[0], spacing_mm=5.0, points=40)
    treated = [given.depots(8, 0.6, 4000.0, np.random.default_rng(seed)).any() for seed in range(400)]
    assert np.mean(treated) == pytest.approx(40 * 25 / 4000, abs=0.07)


def test_strengths_are_drawn_around_no_effect_and_differentiation_is_off():
    drawn = [draw_world(world, seed) for seed in range(200) for world in range(2)]
    support = np.array([strengths["e_sup"] for strengths in drawn])
    assert support.mean() == pytest.approx(0, abs=1e-12)
    assert 0.4 < support.std() < 0.5
    assert {strengths["e_dif"] for strengths in drawn} == {0.0}
    assert draw_world(0, 1) != draw_world(2, 1)


def test_cells_without_a_known_strength_are_refused():
    with pytest.raises(RepigmentError, match=r"what the cells do is not known.*draw it from the prior"):
        KINDS["uc-msc"](weeks=[0]).switches({})


def test_a_level_stays_where_the_doses_hold_it():
    assert skin_level(np.ones(400), 5.0)[-1] == pytest.approx(1)


@pytest.mark.parametrize(
    ("give", "wrong"),
    [
        ("nb-uvb", {"sessions_per_week": 6}),
        ("nb-uvb", {"adherence": 1.1}),
        ("nb-uvb", {"from": 8, "until": 8}),
        ("uc-msc", {"weeks": []}),
        ("uc-msc", {"weeks": [4, 0]}),
        ("uc-msc", {"weeks": [0], "cells_per_point": 0}),
        ("uc-msc", {"weeks": [0], "mechanisms": ["magic"]}),
        ("sham-injection", {"weeks": [0], "depth": 3}),
    ],
)
def test_impossible_treatments_are_refused(give, wrong):
    with pytest.raises(ValidationError):
        KINDS[give](**wrong)
