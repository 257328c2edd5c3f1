"""Amounts stay amounts: for any admissible parameters, exposures, states and steps nothing is negative or infinite."""

from typing import Any

import jax.numpy as jnp
import numpy as np
import pytest

from repigment.engine.batching import defaults, make_batch, model_parameters, unstack
from repigment.evidence.parameters import parameters
from repigment.patients.simulate import simulate
from repigment.patients.ward import Resolution
from repigment.skin.exposure import Channel, untreated
from repigment.skin.fields import Field, name
from repigment.treatments.uc_msc import UCMSC

N, DX, COUNT, DAYS = 8, 0.2, 40, 28
SEED = 11
SHARES = [
    Channel.VISIBLE_LIGHT,
    Channel.HORMONE,
    Channel.JAK_BLOCKADE,
    Channel.CALCINEURIN_BLOCKADE,
    Channel.IL15_BLOCKADE,
    Channel.TYROSINASE_BLOCKADE,
    Channel.TRANSFER_BLOCKADE,
    Channel.PLASMIN_BLOCKADE,
]
DOSES = [Channel.UV_DOSE, Channel.NEEDLING, Channel.CELL_DOSE, Channel.VESICLE_DOSE]


def drawn_parameters(rng: np.random.Generator) -> dict[str, Any]:
    """Each parameter anywhere in its range, one patch in four at an end of it."""
    known = parameters()
    drawn = {}
    for each in defaults():
        share = rng.random(COUNT)
        share = np.where(rng.random(COUNT) < 0.25, share.round(), share)
        drawn[each] = known[each].low + share * (known[each].high - known[each].low)
    return drawn


def drawn_state(rng: np.random.Generator) -> Any:
    """Rough states (patches, fields, n, n), from nothing to many times the usual, occupancy above 1 too."""
    state = rng.gamma(0.5, 1.0, (COUNT, len(Field), N, N))
    return np.where(rng.random(state.shape) < 0.2, 0.0, state)


def drawn_table(rng: np.random.Generator) -> Any:
    """Exposure (days, channels, patches): everything at once, doses on one day in three."""
    table = untreated(DAYS)[:, :, None].repeat(COUNT, 2)
    table[:, SHARES] = rng.random((DAYS, len(SHARES), COUNT))
    table[:, DOSES] = rng.gamma(1, 2, (DAYS, len(DOSES), COUNT)) * (rng.random((DAYS, len(DOSES), COUNT)) < 1 / 3)
    table[:, Channel.SUN] = rng.gamma(1, 3, (DAYS, COUNT))
    table[:, Channel.IRRITATION] = rng.gamma(1, 0.5, (DAYS, COUNT))
    table[:, Channel.ANTI_INFLAMMATORY] = rng.gamma(1, 2, (DAYS, COUNT))
    table[:, Channel.TURNOVER] = rng.uniform(0.3, 3, (DAYS, COUNT))
    table[:, Channel.CELL_CLEARANCE] = rng.uniform(1, 7, (DAYS, COUNT))
    return table


@pytest.mark.parametrize("steps", [1, 2, 4, 10])
def test_nothing_is_negative_or_infinite(follow: Any, steps: int) -> None:
    """Forty patches with parameters from their whole ranges, random states and exposures, steps from 1 to 0.1 d."""
    rng = np.random.default_rng([SEED, steps])
    p = model_parameters(drawn_parameters(rng))
    follicles = rng.gamma(0.3, 10, (COUNT, N, N))
    depots = rng.gamma(0.3, 3, (COUNT, N, N))
    flat = np.full((COUNT, N, N), 1 / N**2)
    batch = make_batch(p, follicles, depots, flat, flat, DX, 1 / steps)
    skin = unstack(jnp.asarray(drawn_state(rng)))
    course = follow(skin, p, batch, drawn_table(rng), steps)
    assert np.isfinite(course.seen).all()
    for field, values in zip(Field, course.skin, strict=True):
        assert np.isfinite(values).all(), name(field)
        assert float(values.min()) >= 0, name(field)


@pytest.mark.parametrize("steps", [1, 10])
def test_what_has_a_limit_keeps_to_it(follow: Any, steps: int) -> None:
    """Memory stays below R_max and the reservoir below 1, from states within, under absurd doses of cells."""
    rng = np.random.default_rng([SEED, steps, 1])
    own = drawn_parameters(rng)
    p = model_parameters(own)
    flat = np.full((COUNT, N, N), 1 / N**2)
    batch = make_batch(p, rng.gamma(0.3, 10, (COUNT, N, N)), 0 * flat, flat, flat, DX, 1 / steps)
    state = np.minimum(drawn_state(rng), 0.45)
    course = follow(unstack(jnp.asarray(state)), p, batch, drawn_table(rng), steps)
    assert (np.asarray(course.skin.memory) <= np.maximum(own["R_max"], 0.45)[:, None, None] * 1.001).all()
    assert np.asarray(course.skin.reservoir).max() <= 1.001


@pytest.mark.parametrize("strength", [1.0, -1.0])
def test_the_largest_dose_that_a_study_may_ask_for(strength: float) -> None:
    """1e8 cells at points 2 mm apart, all mechanisms at full benefit or harm: absurd, admissible, and still numbers."""
    cells = UCMSC(weeks=(0, 4), cells_per_point=1e8, spacing_mm=2, strength=strength)
    course = simulate(treatments=[cells], weeks=8, resolution=Resolution(n=16, dx=0.3, steps=2))
    assert float(course.weekly["secretome"].max()) > 100
    assert np.isfinite(course.weekly.to_array().values).all()
    assert np.isfinite(course.maps.values).all()
    assert float(course.weekly["reservoir"].max()) <= 1.001
