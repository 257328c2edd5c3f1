"""What must hold for any prior: bounds, order, and the same numbers every time."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from repigment.trials.assurance import assurance, narrowing, sensitivity, share_interval, shrinkage
from repigment.trials.assurance.power import MOST, in_worlds, smallest_size
from repigment.trials.assurance.worlds import error, of_worlds
from tests.assurance.conftest import effects_of, normal

EFFECTS = st.lists(st.floats(-5, 5), min_size=4, max_size=24).map(np.array)
BENEFITS = st.lists(st.floats(0.01, 5), min_size=4, max_size=24).map(np.array)


@settings(max_examples=40, deadline=None)
@given(EFFECTS, st.integers(4, 5000))
def test_assurance_lies_between_the_powers_of_its_worlds(truth: np.ndarray, n: int) -> None:
    found = effects_of(truth)
    powers = in_worlds(found, n)
    assert powers.min() - 1e-12 <= assurance(found, n) <= powers.max() + 1e-12


@settings(max_examples=40, deadline=None)
@given(BENEFITS)
def test_more_patients_never_harm_where_every_effect_is_a_benefit(truth: np.ndarray) -> None:
    found = effects_of(truth)
    chances = [assurance(found, n) for n in (5, 10, 40, 160, 640, 2560)]
    assert np.all(np.diff(chances) >= -1e-12)


@settings(max_examples=25, deadline=None)
@given(BENEFITS, st.floats(0.1, 0.95))
def test_the_size_is_the_smallest(truth: np.ndarray, wanted: float) -> None:
    found = effects_of(truth)
    size = smallest_size(lambda n: assurance(found, n), wanted)
    if size is None:
        assert assurance(found, MOST) < wanted
    else:
        assert assurance(found, size) >= wanted
        assert size == 4 or assurance(found, size - 1) < wanted


@settings(max_examples=25, deadline=None)
@given(EFFECTS, st.floats(0.05, 10))
def test_a_trial_never_widens_what_is_known_by_much(truth: np.ndarray, sd: float) -> None:
    found = narrowing(truth, sd)
    assert np.isnan(found.share) or -0.05 <= found.share <= 1


@settings(max_examples=25, deadline=None)
@given(EFFECTS)
def test_selection_flatters(truth: np.ndarray) -> None:
    found = shrinkage(effects_of(truth, error=2.0), 17, 100)
    assert found.seen >= found.later - 1e-9
    assert found.seen_range[0] <= found.seen <= found.seen_range[1]


def test_everything_is_the_same_every_time() -> None:
    found = effects_of(normal(0.3, 1, 32))
    assert narrowing(found.benefit, 1.0) == narrowing(found.benefit, 1.0)
    assert sensitivity(found.draws, found.benefit) == sensitivity(found.draws, found.benefit)


def test_the_error_of_assurance_is_that_of_other_worlds() -> None:
    rng = np.random.default_rng(2)
    samples = [effects_of(rng.normal(0.5, 1, 40)) for _ in range(200)]
    spread = np.std([assurance(each) for each in samples])
    told = np.mean([of_worlds(each, assurance) for each in samples])
    assert told == pytest.approx(spread, rel=0.2)


def test_worlds_of_opposite_luck_make_the_mean_surer() -> None:
    half = np.random.default_rng(3).normal(0, 1, 20)
    pairs = effects_of(np.column_stack([half, -half]).ravel())
    apart = effects_of(np.concatenate([half, -half]))
    assert of_worlds(pairs, lambda each: float(each.benefit.mean())) == pytest.approx(0, abs=1e-12)
    assert of_worlds(apart, lambda each: float(each.benefit.mean())) > 0


def test_patients_luck_is_part_of_the_error() -> None:
    sure, unsure = (effects_of(normal(1, 0.1, 16), luck=luck) for luck in (0.0, 0.5))
    assert error(unsure, assurance) > error(sure, assurance)


def test_a_share_of_worlds_counts_pairs() -> None:
    opposite, alike = np.arange(32) % 2, np.arange(32) // 2 % 2
    widths = [high - low for low, high in (share_interval(each, 0.95) for each in (opposite, alike))]
    assert widths[1] / widths[0] == pytest.approx(np.sqrt(2), abs=0.1), "pairs that agree are worth half as much"
    low, high = share_interval(np.ones(32), 0.95)
    assert 0.7 < low < 0.85 and high == 1, "all of sixteen pairs is not certainty"
