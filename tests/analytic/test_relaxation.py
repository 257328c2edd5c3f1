"""Processes with a solution in closed form, through the whole engine: UV signal, regulation, cells, secretome."""

from typing import Any

import jax.numpy as jnp
import numpy as np
import pytest

from repigment.engine.batching import make_batch, model_parameters, unstack
from repigment.engine.precision import computing
from repigment.engine.wellmixed import healthy_state
from repigment.evidence.parameters import value
from repigment.skin.exposure import Channel, untreated
from repigment.skin.fields import Field
from repigment.treatments.injection import Injection

DAYS = np.arange(29)


def secretome(days: Any, cells: float, clearance: float = 1.0) -> Any:
    """V of Q' = -dl_Q c Q, V' = k_V Q - dl_V V from Q = `cells`, V = 0: the difference of two exponentials."""
    fast, slow = value("dl_V"), value("dl_Q") * clearance
    return value("k_V") * cells / (fast - slow) * (np.exp(-slow * days) - np.exp(-fast * days))


def test_uv_signal_halves_in_its_half_life(mixed: Any) -> None:
    """u = u0 exp(-dl_u t) without sun, to 1e-3 of u0 at a half-day step and of third order in the step."""
    start = mixed.start(1, uv_damage=4.0)
    expected = 4.0 * np.exp(-value("dl_u") * DAYS)
    errors = []
    for steps in (2, 4):
        found = mixed.run(start, mixed.table(28), {}, steps=steps, precision="double")["uv_damage"][:, 0]
        errors.append(np.abs(found - expected).max())
    assert errors[0] < 4e-3
    assert np.log2(errors[0] / errors[1]) == pytest.approx(3, abs=0.3)


def test_regulation_returns_to_its_set_point(mixed: Any) -> None:
    """G = G_set + (G0 - G_set) exp(-dl_G t): the tolerant state of a patient after a treatment that lifted it."""
    found = mixed.run(mixed.start(1, regulation=1.4), mixed.table(28), {"G_set": 0.3})["regulation"][:, 0]
    assert found == pytest.approx(0.3 + 1.1 * np.exp(-value("dl_G") * DAYS), abs=1e-4)


@pytest.mark.parametrize("clearance", [1.0, 3.0])
def test_cells_and_secretome_are_biexponential(mixed: Any, clearance: float) -> None:
    """Q falls by dl_Q c, and V is the two-exponential solution of the pools, of second order in the step."""
    table = mixed.table(28, cell_clearance=clearance)
    table[0, Channel.CELL_DOSE] = 0.8
    errors = []
    for steps in (4, 8):
        course = mixed.run(mixed.start(), table, {}, steps=steps, precision="double")
        assert course["cells"][1:, 0] == pytest.approx(0.8 * np.exp(-value("dl_Q") * clearance * DAYS[1:]), abs=1e-4)
        errors.append(np.abs(course["secretome"][1:, 0] - secretome(DAYS[1:], 0.8, clearance)).max())
    assert errors[0] < 0.01 * secretome(DAYS, 0.8, clearance).max()
    assert np.log2(errors[0] / errors[1]) == pytest.approx(2, abs=0.4)


def test_spreading_keeps_the_secretome_of_the_whole_patch(follow: Any) -> None:
    """Depots at points: the mean of V over the patch is the pool's solution, though V is patchy (reach 0.9 mm)."""
    n, dx, steps = 24, 0.3, 4
    depots = Injection(weeks=(0,), spacing_mm=n * dx).depots(n, dx, 1.0, np.random.default_rng(0))[None]
    table = untreated(28)[:, :, None]
    table[0, Channel.CELL_DOSE] = 1.0
    flat = np.full((1, n, n), 1 / n**2)
    with computing("double") as dtype:
        p = model_parameters({}, dtype)
        state = np.broadcast_to(healthy_state(1)[:, :, None, None], (1, len(Field), n, n))
        batch = make_batch(p, np.zeros_like(flat), depots, flat, flat, dx, 1 / steps, dtype)
        course = follow(unstack(jnp.asarray(state), dtype), p, batch, table, steps)
    expected = secretome(DAYS, depots.mean())
    assert course["secretome"][:, 0] == pytest.approx(expected, abs=0.01 * expected.max())
    around = np.asarray(course.skin.secretome)[0]
    assert around.max() > 5 * around.min()
