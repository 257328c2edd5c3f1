"""UC-MSC by other routes than injection: what passes the skin, and that off is exactly the preparation."""

import numpy as np
import pytest
from pydantic import ValidationError

from repigment.errors import RepigmentError
from repigment.evidence.parameters import value
from repigment.skin.exposure import Channel, Exposure, untreated
from repigment.treatments import treatments
from repigment.treatments.worlds import IN_THE_SKIN, draw_world

KINDS = treatments()
DAYS = 7 * 12
PREPARED = {
    "needled": lambda weeks: KINDS["microneedling"](weeks=weeks, depth_mm=0.5),
    "laser-opened": lambda weeks: KINDS["laser"](weeks=weeks, device="fractional"),
}


def exposed(*given):
    exposure = Exposure.over(DAYS, "face", 3)
    for treatment in given:
        treatment.prepare(exposure, np.random.default_rng(0))
    for treatment in given:
        treatment.expose(exposure, np.random.default_rng(0))
    return exposure


def topical(**details):
    return KINDS["uc-msc-topical"](**{"weeks": [0, 4], **details})


def vesicles(**details):
    return exposed(topical(**details)).table[:, Channel.VESICLE_DOSE]


def alike(one, other):
    same = all(np.array_equal(one.tolls[toll], other.tolls[toll]) for toll in one.tolls)
    return same and np.array_equal(one.table, other.table) and np.array_equal(one.opened, other.opened)


@pytest.mark.parametrize("on", ["intact", "needled", "laser-opened"])
def test_doses_fall_on_their_days_and_on_no_other(on):
    assert np.flatnonzero(vesicles(on=on)).tolist() == [0, 28]


def test_on_intact_skin_the_dose_is_all_that_is_written():
    exposure = exposed(topical())
    assert np.flatnonzero((exposure.table != untreated(DAYS)).any(axis=0)).tolist() == [Channel.VESICLE_DOSE]
    assert all(not toll.any() for toll in exposure.tolls.values())
    assert (exposure.opened == 1).all()


@pytest.mark.parametrize("product", ["secretome", "vesicles"])
def test_intact_skin_lets_far_less_through(product):
    intact, needled, lasered = (vesicles(product=product, on=on)[0] for on in ("intact", "needled", "laser-opened"))
    assert intact == pytest.approx(value(f"topical_through.{product}"), rel=1e-5)
    assert 0 < intact < needled / 10
    assert intact < lasered / 10


def test_vesicles_pass_less_than_what_is_dissolved():
    assert vesicles(product="vesicles")[0] < vesicles(product="secretome")[0]


def test_more_is_more_and_never_more_than_was_put_on():
    reached = [vesicles(dose=dose, on="needled", depth_mm=2.5)[0] for dose in (0.1, 1, 10, 100)]
    assert np.allclose(np.diff(np.log10(reached)), 1, atol=1e-4)
    skin = Exposure.over(DAYS, "face", 3)
    skin.opened[:] = 1e9
    topical(dose=2).expose(skin, np.random.default_rng(0))
    assert skin.table[0, Channel.VESICLE_DOSE] == 2


def test_longer_needles_let_more_through():
    reached = [vesicles(on="needled", depth_mm=mm)[0] for mm in (0.2, 0.5, 1.5, 2.5)]
    assert (np.diff(reached) > 0).all()


def test_what_is_put_on_in_the_days_after_meets_skin_that_closes():
    put_on = vesicles(on="needled", days=5)[:8]
    assert (np.diff(put_on[:5]) < 0).all()
    assert put_on[4] > 0 and not put_on[5:].any()


def test_what_another_treatment_opened_counts_and_in_any_order():
    needles = PREPARED["needled"]([0, 4])
    assert alike(exposed(topical(), needles), exposed(topical(on="needled")))
    assert alike(exposed(needles, topical()), exposed(topical(on="needled")))


@pytest.mark.parametrize("on", PREPARED)
def test_without_mechanisms_it_is_exactly_the_preparation(on):
    assert alike(exposed(topical(on=on, mechanisms=[])), exposed(PREPARED[on]([0, 4])))
    assert not alike(exposed(topical(on=on)), exposed(PREPARED[on]([0, 4])))


def test_without_mechanisms_on_intact_skin_it_is_nothing():
    assert alike(exposed(topical(mechanisms=[])), Exposure.over(DAYS, "face", 3))


def test_its_strength_is_set_or_drawn_and_otherwise_refused():
    drawn = draw_world(0, 1)
    assert topical(mechanisms=["immune"], strength=0.5).switches(drawn)["e_imm"] == 0.5
    assert topical(mechanisms=["immune"]).switches(drawn) == {name: drawn[name] for name in ("e_imm", *IN_THE_SKIN)}
    assert topical(mechanisms=[]).switches({}) == {}
    with pytest.raises(RepigmentError, match=r"what the cells do is not known"):
        topical().switches({})
    assert type(topical()).from_prior


def test_by_drip_nothing_reaches_the_skin():
    drip = KINDS["uc-msc-intravenous"](weeks=[0, 4], cells_per_kg=1e7)
    assert alike(exposed(drip), Exposure.over(DAYS, "face", 3))
    assert drip.switches(draw_world(0, 1)) == {}
    assert not type(drip).from_prior
    assert drip.timeline(12) == [(0, 0), (4, 4)]


def test_a_second_course_of_injections_meets_a_patient_who_is_sensitised_already():
    one, two = KINDS["uc-msc"](weeks=[0]), KINDS["uc-msc"](weeks=[4])
    together = exposed(KINDS["uc-msc"](weeks=[0, 4]))
    assert np.array_equal(exposed(one, two).table, together.table)
    assert np.array_equal(exposed(two, one).table, together.table)


@pytest.mark.parametrize(
    "wrong", [{"mechanisms": ["differentiation"]}, {"product": "cells"}, {"on": "plasma"}, {"dose": 0}, {"days": 0}]
)
def test_impossible_products_are_refused(wrong):
    with pytest.raises(ValidationError):
        topical(**wrong)
