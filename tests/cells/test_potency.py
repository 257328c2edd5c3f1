"""What a lot is worth: exactly 1 for the reference lot, and otherwise what the stated equations give."""

from dataclasses import astuple
from datetime import datetime
from math import exp

import pytest

from repigment.cells import potency, sources
from repigment.cells.lot import Lot, reference
from repigment.evidence.parameters import parameters, supposing
from tests.cells.conftest import GONE, Made

NAMES = [name for name in parameters() if name.startswith("lot_")]


def test_the_reference_lot_is_one_everywhere_whatever_is_supposed() -> None:
    assert potency.of(reference()) == potency.Effect()
    for end in ("low", "high"):
        with supposing({name: getattr(parameters()[name], end) for name in NAMES}):
            assert set(astuple(potency.of(reference()))) == {1.0}


def test_a_lot_that_tells_nothing_is_taken_for_the_reference_lot() -> None:
    assert potency.of(Lot(name="A", source="fat")) == potency.Effect()


def test_living_cells(lot: Made) -> None:
    assert potency.of(lot(quality__viability=81.0)).alive == pytest.approx(0.9)
    later = lot(bag__0__injected=datetime(2024, 5, 6, 13))
    assert potency.of(later).alive == pytest.approx(exp(-0.02 * 2))
    assert potency.of(later).support == 1


def test_passage(lot: Made) -> None:
    old = potency.of(lot(culture__passage=5))
    assert old.clearance == pytest.approx(exp(0.05 * 2))
    assert [old.support, old.immune, old.inflammation, old.signals] == pytest.approx([exp(-0.05 * 2)] * 4)
    assert old.alive == 1


def test_inhibition_moves_the_immune_mechanism_alone(lot: Made) -> None:
    weak = potency.of(lot(quality__inhibition=20.0))
    assert weak.immune == pytest.approx(0.4)
    assert (weak.support, weak.inflammation, weak.signals, weak.clearance) == (1, 1, 1, 1)
    assert potency.of(lot(quality__inhibition=-30.0)).immune == 0
    with supposing({"lot_inhibition_carry": 0.0}):
        assert potency.of(lot(quality__inhibition=20.0)).immune == 1


def test_priming(lot: Made) -> None:
    primed = potency.of(lot(culture__primed=True))
    assert (primed.immune, primed.clearance, primed.support) == (1.5, 1.5, 1)


def test_hours_are_the_mean_of_the_bags_that_tell_them(lot: Made) -> None:
    bag = reference().bag[0].model_dump()
    later = {**bag, "code": "B02", "patient": "P-022", "injected": datetime(2024, 5, 6, 13)}
    untold = {**bag, "code": "B03", "patient": "P-023", "thawed": None}
    assert potency.of(lot(bag=[bag, later, untold])).alive == pytest.approx(exp(-0.02 * 1))
    assert potency.of(lot(bag=GONE)).alive == 1


def test_nothing_of_this_is_evidence() -> None:
    assert len(NAMES) == 6
    assert {parameters()[name].status for name in NAMES} == {"prior"}


def test_sources_have_the_median_one_and_a_range_that_holds_either_order() -> None:
    assert sources.potency("cord") == 1
    for source in ("marrow", "fat"):
        known = parameters()[f"source_potency.{source}"]
        assert known.value == 1 and known.low < 1 < known.high
