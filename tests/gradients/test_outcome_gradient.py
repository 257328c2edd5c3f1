"""The way back by hand against plain differentiation of the same step, and against differences where it is kinked."""

from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from repigment.engine.adjoint import days
from repigment.engine.batching import make_batch, model_parameters, opening, unstack
from repigment.engine.gradient import KEPT, Maps, outcome
from repigment.engine.observe import OBSERVED, observe
from repigment.engine.patches import Batch, Parameters
from repigment.engine.precision import computing
from repigment.engine.weeks import one_day
from repigment.skin.exposure import Channel, untreated
from repigment.skin.fields import Field, Skin

QUICK_TO_COMPILE = {"xla_disable_hlo_passes": "fusion"}
N, DX, DAYS, STEPS = 6, 0.3, 5, 2
OWN = {"k_K": [0.12, 0.1], "sig_C": [1.0, 1.2], "D_C": 0.01, "D_T": [0.005, 0.004], "D_b": 0.003, "theta": [1.0, 0.8]}
WEIGHTS = np.random.default_rng(5).random((2, len(OBSERVED)))  # of what is observed, so that every field counts


@pytest.fixture(scope="module", autouse=True)
def double() -> Any:
    with computing("double") as dtype:
        yield dtype


@pytest.fixture(scope="module")
def start() -> Maps:
    """Two patches in which nothing is at a kink: some of everything, everywhere different."""
    rng = np.random.default_rng(4)
    state = rng.uniform(0.1, 0.4, (2, len(Field), N, N))
    follicles, depots, inside, outside = rng.random((4, 2, N, N))
    return Maps(state, follicles, depots, inside, outside)


@pytest.fixture(scope="module")
def tables() -> Any:
    table = untreated(DAYS)[:, :, None].repeat(2, 2).astype(float)
    table[:, Channel.SUN], table[::2, Channel.UV_DOSE], table[:, Channel.JAK_BLOCKADE] = 0.4, 1.0, 0.3
    table[1, Channel.CELL_DOSE] = 0.5
    return jnp.asarray(table)


Follow = Callable[[dict[str, Any], Skin, Any, Parameters, Batch], Skin]


def by_hand(own: dict[str, Any], skin: Skin, tables: Any, p: Parameters, batch: Batch) -> Skin:
    return days({name: getattr(p, name) for name in own}, skin, tables, p, batch, STEPS)


def plainly(own: dict[str, Any], skin: Skin, tables: Any, p: Parameters, batch: Batch) -> Skin:
    return jax.lax.scan(lambda skin, table: (one_day(skin, p, batch, table, STEPS), None), skin, tables)[0]


def seen(own: dict[str, Any], state: Any, tables: Any, maps: Maps, follow: Follow) -> Any:
    """A weighted sum of all that is observed after the days of `tables`."""
    p = model_parameters({"e_sup": 0.4, "e_imm": 0.3, "e_sig": -0.2} | own, tables.dtype)
    batch = make_batch(p, *maps[1:], DX, 1 / STEPS, tables.dtype)
    skin = opening(unstack(state, tables.dtype), p, DX, 1 / STEPS)
    return jnp.sum(observe(follow(own, skin, tables, p, batch), p, batch) * WEIGHTS)


def test_it_is_plain_differentiation(start: Maps, tables: Any) -> None:
    """By parameters of a lesion and of all, diffusivities among them, by the state and by the exposure: to 1e-9."""
    own = {name: jnp.asarray(each) for name, each in OWN.items()}
    found, expected = (
        jax.jit(
            jax.value_and_grad(lambda *a, follow=follow: seen(*a, start, follow), (0, 1, 2)),
            compiler_options=QUICK_TO_COMPILE,
        )(own, jnp.asarray(start.state), tables)
        for follow in (by_hand, plainly)
    )
    for mine, theirs in zip(jax.tree.leaves(found), jax.tree.leaves(expected), strict=True):
        np.testing.assert_allclose(mine, theirs, rtol=1e-9, atol=1e-9 * float(np.abs(theirs).max()))


def test_stretches_do_not_change_the_gradient(start: Maps, tables: Any) -> None:
    """Keeping two of the five days at a time instead of all of them."""

    def total(own: dict[str, Any], tables: Any, kept: int) -> Any:
        return jnp.sum(outcome(own, tables, {}, start, dx=DX, steps=1, quantity="visible_melanin", kept=kept))

    own = {"k_K": jnp.asarray(OWN["k_K"])}
    both = jax.jit(jax.value_and_grad(total, (0, 1)), static_argnums=2, compiler_options=QUICK_TO_COMPILE)
    whole, stretched = both(own, tables, KEPT), both(own, tables, 2)
    for mine, theirs in zip(jax.tree.leaves(stretched), jax.tree.leaves(whole), strict=True):
        np.testing.assert_allclose(mine, theirs, rtol=1e-9, atol=1e-12)


def test_the_first_cells_count_in_full(start: Maps, tables: Any) -> None:
    """Where no secretome is yet, the slope is that of a small dose: fields at zero are not cut by half."""
    state = start.state.copy()
    state[:, 14:] = 0
    none = tables.at[:, Channel.CELL_DOSE].set(0.0)

    def total(dose: Any) -> Any:
        dosed = none.at[0, Channel.CELL_DOSE].set(dose)
        given = start._replace(state=state)
        return jnp.sum(outcome({}, dosed, {"e_sup": 0.5}, given, dx=DX, steps=1, quantity="reservoir"))

    slope = float(jax.jit(jax.grad(total), compiler_options=QUICK_TO_COMPILE)(0.0))
    small = 1e-5
    assert slope == pytest.approx(float(total(small) - total(0.0)) / small, rel=1e-3)
    assert slope != 0
