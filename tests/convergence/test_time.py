"""Second order in the step, on a lesion with its single follicles, under light and under a blocked JAK."""

from collections.abc import Callable
from typing import Any

import jax.numpy as jnp
import numpy as np
import pytest

from repigment.engine.batching import defaults, make_batch, model_parameters, unstack
from repigment.engine.weeks import one_week
from repigment.skin.sites import site_parameters

STEPS = (1, 2, 4, 8)  # a day
FINE = 64
N = 16


@pytest.fixture(scope="module")
def courses(lesion: Callable[..., Any], advance: Callable[..., Any]) -> dict[int, Any]:
    """Eight weeks by steps a day, at 0.3 mm."""
    maps = lesion(smooth=False)[N]
    return {steps: advance(maps, steps) for steps in (*STEPS, FINE)}


def errors(courses: dict[int, Any], field: str) -> Any:
    """Mean distance (steps, arms) of a map from that of the finest step, corrected for the finest step's own error."""
    reference = np.asarray(getattr(courses[FINE].skin, field))
    return np.array([np.abs(np.asarray(getattr(courses[s].skin, field)) - reference).mean(axis=(1, 2)) for s in STEPS])


@pytest.mark.parametrize("field", ["melanocytes", "melanoblasts", "melanin_viable", "melanin_corneum"])
@pytest.mark.parametrize("arm", ["jak", "nb-uvb", "both"])
def test_second_order_in_the_step(courses: dict[int, Any], arms: tuple[str, ...], arm: str, field: str) -> None:
    """Maps of cells and melanin: each halving of the step from a day to an eighth quarters the error (1.8 to 2.3)."""
    wrong = errors(courses, field)[:, arms.index(arm)]
    mean_order = np.log2(wrong[0] / wrong[-1]) / (len(STEPS) - 1)
    assert 1.8 < mean_order < 2.3
    assert np.log2(wrong[-2] / wrong[-1]) == pytest.approx(2, abs=0.3)


def test_memory_is_of_second_order_where_it_matters(courses: dict[int, Any], arms: tuple[str, ...]) -> None:
    """Under light, which thins it out, memory quarters its error; under a blocked JAK its error is below 1e-5."""
    wrong = errors(courses, "memory")
    uvb = wrong[:, arms.index("nb-uvb")]
    assert 1.8 < np.log2(uvb[0] / uvb[-1]) / (len(STEPS) - 1) < 2.3
    assert wrong[STEPS.index(2), arms.index("jak")] < 1e-5


@pytest.mark.parametrize(("steps", "bound"), [(1, 0.025), (2, 0.006)])
def test_the_error_of_the_step_in_use_is_small(courses: dict[int, Any], steps: int, bound: float) -> None:
    """Depigmented share of the lesion through eight weeks: within 0.6 percentage points at half a day, 2.5 at a day."""
    assert np.abs(courses[steps]["depigmented"] - courses[FINE]["depigmented"]).max() < bound


def test_the_steps_measured_here_are_the_steps_of_the_product(
    follow: Any, lesion: Callable[..., Any], table: Any, arms: tuple[str, ...]
) -> None:
    """`engine.weeks.one_week`, whose number of steps is compiled in, ends where the program measured here ends."""
    state, follicles, depots, inside, outside = (each.astype(np.float32) for each in lesion(smooth=False)[N])
    own = defaults() | site_parameters("face") | {"theta": 1.0, "G_set": 0.3}
    p = model_parameters({name: np.full(len(arms), each) for name, each in own.items()})
    batch = make_batch(p, follicles, depots, inside, outside, 0.3, 0.5)
    measured = follow(unstack(state), p, batch, table[:7], 2)
    product, seen = one_week(unstack(state), p, batch, jnp.asarray(table[:7]), steps=2)
    assert np.asarray(seen) == pytest.approx(measured.seen[-1], rel=2e-5, abs=1e-7)
    for ours, theirs in zip(product, measured.skin, strict=True):
        assert np.asarray(ours) == pytest.approx(np.asarray(theirs), rel=1e-4, abs=1e-6)
