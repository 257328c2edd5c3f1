"""The window stands for a round lesion: its weights against integrals over a disc."""

from typing import Any

import numpy as np
import pytest

from repigment.skin.patch import CORE, lesion_weights

N, DX = 400, 0.04  # a window 16 mm wide, a quarter of it healthy: 12 mm deep
DEPTH = np.broadcast_to((np.arange(N) + 0.5) * DX - 4.0, (N, N)).astype(np.float32)


def mean_over(quantity: Any, radius: float) -> float:
    """Weighted mean of a function of the depth over the window."""
    return float((quantity(DEPTH) * lesion_weights(DEPTH, radius)).sum())


@pytest.mark.parametrize("radius", [2.0, 5.0, 11.0])
def test_a_lesion_that_fits_is_weighed_like_a_disc(radius: float) -> None:
    """int d 2 pi (r - d) dd / (pi r^2) = r/3, the mean depth of a disc; 1 - (1 - x/r)^2 of it lies above x."""
    assert mean_over(lambda d: d, radius) == pytest.approx(radius / 3, rel=0.01)
    for share in (0.2, 0.5):
        shallow = mean_over(lambda d, deep=share * radius: d < deep, radius)
        assert shallow == pytest.approx(1 - (1 - share) ** 2, abs=0.01)


@pytest.mark.parametrize("radius", [15.0, 40.0])
def test_what_the_window_does_not_reach_goes_to_its_core(radius: float) -> None:
    """A disc deeper than the window keeps the disc's share above any depth outside the core, the rest is core."""
    for shallow in (1.0, 4.0, 9.0):
        assert mean_over(lambda d, x=shallow: d < x, radius) == pytest.approx(1 - (1 - shallow / radius) ** 2, abs=0.01)
    deepest = float(DEPTH.max())
    in_core = mean_over(lambda d: d > deepest - CORE, radius)
    assert in_core == pytest.approx((1 - (deepest - CORE) / radius) ** 2, abs=0.01)


@pytest.mark.parametrize("radius", [0.01, 1.0, 12.0, 300.0])
def test_weights_are_shares_of_the_lesion(radius: float) -> None:
    """They sum to 1, are never negative and leave healthy skin out, for lesions from a speck to a whole region."""
    weights = lesion_weights(DEPTH, radius)
    assert weights.sum() == pytest.approx(1, abs=1e-4)
    assert weights.min() >= 0
    assert weights[DEPTH <= 0].max() == 0
