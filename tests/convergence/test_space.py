"""Convergence in the pixel, with one geometry on all grids: maps of 8 to 32 pixels averaged from the finest."""

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from repigment.skin.patch import coarsen

GRIDS = (8, 16, 32)  # of 0.6, 0.3 and 0.15 mm
STEPS = 32  # a day, so that what is left is the error in space
SEEN = ("visible_melanin", "depigmented", "melanocytes")


@pytest.fixture(scope="module")
def courses(lesion: Callable[..., Any], advance: Callable[..., Any]) -> dict[bool, dict[int, Any]]:
    """Eight weeks by grid, of the smooth lesion (True) and of that with single follicles (False)."""
    return {smooth: {n: advance(maps, STEPS) for n, maps in lesion(smooth).items()} for smooth in (True, False)}


def block_means(course: Any, field: str) -> Any:
    """A map (arms, n, n) averaged over the blocks of the coarsest grid."""
    values = np.asarray(getattr(course.skin, field))
    while values.shape[-1] > GRIDS[0]:
        values = coarsen(values)
    return values


@pytest.mark.parametrize("field", ["melanocytes", "melanoblasts", "melanin_viable", "memory", "effectors"])
def test_second_order_where_the_lesion_is_smooth(courses: Any, field: str) -> None:
    """A margin wider than the pixel, follicles spread evenly: halving the pixel quarters the change of the map."""
    maps = [block_means(courses[True][n], field) for n in GRIDS]
    coarse, fine = (np.abs(a - b).mean(axis=(1, 2)) for a, b in pairwise(maps))
    assert np.log2(coarse / fine) == pytest.approx(2, abs=0.35)


@pytest.mark.parametrize("quantity", SEEN)
def test_what_is_seen_of_a_smooth_lesion_is_of_second_order(courses: Any, quantity: str) -> None:
    """Means over the lesion, from which scores are made: order 1.9 to 2.1 in every arm."""
    coarse, middle, fine = (courses[True][n][quantity][-1] for n in GRIDS)
    assert np.log2(np.abs(coarse - middle) / np.abs(middle - fine)) == pytest.approx(2, abs=0.1)


@pytest.mark.parametrize("quantity", ["visible_melanin", "melanocytes"])
def test_single_follicles_converge_with_first_order(courses: Any, quantity: str) -> None:
    """A follicle is a point and a pixel is not: where islands grow the order is 1.0 to 1.4, honestly no more."""
    coarse, middle, fine = (courses[False][n][quantity][-1] for n in GRIDS)
    orders = np.log2(np.abs(coarse - middle) / np.abs(middle - fine))
    assert (orders > 0.95).all() and (orders < 1.5).all()


@pytest.mark.parametrize(("quantity", "bound"), [("visible_melanin", 0.006), ("depigmented", 0.008), ("memory", 0.001)])
def test_the_pixel_in_use_is_fine_enough(courses: Any, quantity: str, bound: float) -> None:
    """From 0.3 to 0.15 mm the repigmenting lesion changes by less than one percentage point, at any time."""
    usual, finer = (courses[False][n][quantity] for n in GRIDS[1:])
    assert np.abs(usual - finer).max() < bound
