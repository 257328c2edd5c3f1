"""Claims about the cells themselves, drawn without a trial."""

import numpy as np
import pytest

from repigment.claims.laboratory import LABORATORY, _last_to_first, tolerated
from repigment.evidence.parameters import supposing


@pytest.mark.parametrize("number", sorted(LABORATORY))
def test_they_give_a_draw_a_world_and_the_same_for_the_same_seed(number):
    found = LABORATORY[number](20, 3)
    assert found == LABORATORY[number](20, 3)
    assert len(found.values) == len(found.holds) == 20
    assert found.claim == number
    assert found.values != LABORATORY[number](20, 4).values


def test_sources_are_not_drawn_with_the_same_luck():
    """Doublings a day overlap little, doublings left more: luck of their own shows in the spread of either."""
    assert 0 < sum(LABORATORY[4](64, 1).holds) < 64
    assert np.ptp([each for each in LABORATORY[5](64, 1).values if each is not None]) > 0.2


def test_without_rejection_each_dose_lives_as_long():
    with supposing({"k_sens": 0.0, "k_ab": 0.0}):
        assert _last_to_first(0.0) == pytest.approx(1)
    with supposing({"k_sens": 2.0, "k_ab": 4.0}):
        assert _last_to_first(0.0) < _last_to_first(1.0) < 1


def test_privilege_fails_in_most_draws():
    found = tolerated(32, 1)
    assert np.mean(found.holds) < 0.5
    assert found.nothing == 100
    assert found.trial["n"][0] > 30
