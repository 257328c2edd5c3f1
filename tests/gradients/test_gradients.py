"""Gradients of an outcome by reverse differentiation against central differences in double precision."""

from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from repigment.conditions.vitiligo import edge
from repigment.engine.batching import defaults, make_batch, model_parameters, opening, unstack
from repigment.engine.observe import OBSERVED, observe
from repigment.engine.patches import Parameters
from repigment.engine.precision import Precision, computing
from repigment.engine.runtime import keep_compiled
from repigment.engine.weeks import one_day
from repigment.skin.exposure import Channel
from repigment.skin.patch import lay_out
from repigment.skin.sites import site_parameters

N, DX, DAYS = 16, 0.3, 56
OWN = defaults() | site_parameters("face") | {"theta": 1.0, "G_set": 0.3, "e_sup": 0.5, "e_imm": 0.4, "e_sig": -0.3}
BY_PARAMETER = ("theta", "G_set", "r_b", "K_m", "k_K", "dl_R", "sig_C", "kap_R", "D_b", "e_sup", "e_imm", "e_sig")
BY_DOSE = (
    (Channel.UV_DOSE, 14),
    (Channel.UV_DOSE, 44),
    (Channel.JAK_BLOCKADE, 10),
    (Channel.CELL_DOSE, 0),
    (Channel.SUN, 20),
)
Outcome = Callable[[dict[str, Any], Any], Any]


@pytest.fixture(scope="module")
def table(mixed: Any) -> Any:
    """Eight weeks (days, channels, 1) of weak JAK inhibitor, light and cells, so that every derivative has a sign."""
    made = mixed.table(DAYS, 1, jak_blockade=0.5, sun=0.2)
    made[[14, 16, 18, 44], Channel.UV_DOSE] = 2.0
    made[[0, 28], Channel.CELL_DOSE] = 0.6
    return made


@pytest.fixture(scope="module")
def start(mixed: Any) -> list[Any]:
    """Maps of one facial lesion: state, follicles, depots, weights inside and outside."""
    fields = mixed.start(2, regulation=0.3, effectors=[0.4, 0])
    inner, outer = mixed.run(fields, mixed.table(399, 2), {"theta": 1.0, "G_set": 0.3}, site="face").end[:, None]
    patch = lay_out(N, DX, OWN["rho_f"], OWN["p_res"], np.random.default_rng(3))
    weights = [side / side.sum() for side in (patch.lesion, ~patch.lesion)]
    return [edge(patch.depth[None], inner, outer), *(each[None] for each in (patch.follicles, patch.depth > 2, *weights))]


def outcome_on(start: list[Any], dtype: Any) -> Outcome:
    """Soft depigmented share of the lesion after the days of a table, as a function of parameters and table."""
    state, *maps = (np.asarray(each, float) for each in start)

    def outcome(own: dict[str, Any], table: Any) -> Any:
        p = Parameters(dict(model_parameters({}, dtype).__dict__) | own)
        batch = make_batch(p, *maps, DX, 0.5, dtype)
        skin = opening(unstack(state, dtype), p, DX, 0.5)
        day = jax.checkpoint(lambda skin, today: (one_day(skin, p, batch, today, 2), None))
        fortnight = jax.checkpoint(lambda skin, days: jax.lax.scan(day, skin, days))
        skin, _ = jax.lax.scan(fortnight, skin, table.reshape(-1, 14, *table.shape[1:]))
        return observe(skin, p, batch)[0, OBSERVED.index("depigmented")]

    return outcome


def gradient(start: list[Any], table: Any, precision: Precision) -> tuple[Any, dict[str, Any], Any, Any]:
    """Outcome, its gradient by parameters and by the table, and the outcome as a compiled function."""
    keep_compiled()
    with computing(precision) as dtype:
        outcome = outcome_on(start, dtype)
        own = {name: jnp.asarray(number, dtype) for name, number in OWN.items()}
        at, (by_own, by_table) = jax.jit(jax.value_and_grad(outcome, (0, 1)))(own, jnp.asarray(table, dtype))
        return at, by_own, by_table, jax.jit(outcome)


@pytest.fixture(scope="module")
def double(start: list[Any], table: Any) -> tuple[Any, dict[str, Any], Any, Any]:
    return gradient(start, table, "double")


def central(double: Any, table: Any, shift: Callable[[float, dict[str, Any], Any], None], size: float) -> float:
    """(f(x + h) - f(x - h))/2h, extrapolated from h and 2h to fourth order; `shift` moves x by what it is given."""

    def slope(h: float) -> float:
        ends = []
        for sign in (1, -1):
            own, moved = dict(OWN), np.asarray(table, float).copy()
            shift(sign * h, own, moved)
            with computing("double") as dtype:
                ends.append(float(double[3]({k: jnp.asarray(v, dtype) for k, v in own.items()}, jnp.asarray(moved))))
        return (ends[0] - ends[1]) / (2 * h)

    return (4 * slope(size) - slope(2 * size)) / 3


@pytest.mark.parametrize("name", BY_PARAMETER)
def test_by_what_a_patient_is(double: Any, table: Any, name: str) -> None:
    """Derivative of the depigmented share at week 8 by each parameter, to 1e-5 of itself."""

    def shift(by: float, own: dict[str, Any], _: Any) -> None:
        own[name] += by

    expected = central(double, table, shift, 2e-4 * abs(OWN[name]))
    assert expected != 0
    assert float(double[1][name]) == pytest.approx(expected, rel=1e-5)


@pytest.mark.parametrize(("channel", "day"), BY_DOSE, ids=lambda each: getattr(each, "name", each))
def test_by_what_a_patient_gets(double: Any, table: Any, channel: Channel, day: int) -> None:
    """Derivative by one day's dose of light, of cells, of sun and of JAK blockade, to 1e-5 of itself."""

    def shift(by: float, _: Any, moved: Any) -> None:
        moved[day, channel, 0] += by

    expected = central(double, table, shift, 2e-4)
    assert expected != 0
    assert float(double[2][day, channel, 0]) == pytest.approx(expected, rel=1e-5)


def test_the_signs_are_those_of_the_biology(double: Any) -> None:
    """More autoreactive cells and killing leave more skin white; more melanoblasts, blockade, light and G less."""
    _, by_own, by_table, _ = double
    assert all(float(by_own[name]) > 0 for name in ("theta", "k_K", "sig_C"))
    assert all(float(by_own[name]) < 0 for name in ("G_set", "r_b", "g0"))
    assert all(float(by_table[day, channel, 0]) < 0 for channel, day in ((Channel.UV_DOSE, 14), (Channel.JAK_BLOCKADE, 10)))


def test_single_precision_has_the_same_gradient(double: Any, start: list[Any], table: Any) -> None:
    """Float32, as it runs by default: every entry finite and within 1e-3 of the largest derivative per per cent."""
    at, by_own, by_table, _ = gradient(start, table, "single")
    assert float(at) == pytest.approx(float(double[0]), abs=1e-5)
    assert np.isfinite(np.asarray(by_table)).all()
    assert all(np.isfinite(float(each)) for each in by_own.values())
    elasticity = {name: float(double[1][name]) * OWN[name] for name in BY_PARAMETER}
    largest = max(map(abs, elasticity.values()))
    wrong = {name: abs(float(by_own[name]) * OWN[name] - elasticity[name]) / largest for name in BY_PARAMETER}
    assert max(wrong.values()) < 1e-3


def test_healthy_skin_has_a_finite_gradient(table: Any, start: list[Any], mixed: Any) -> None:
    """At the kinks max(1 - n, 0) and max(u - u_th, 0), where healthy skin sits, nothing becomes a NaN."""
    healthy = [np.broadcast_to(mixed.start(1)[:, :, None, None], start[0].shape), *start[1:]]
    at, by_own, by_table, _ = gradient(healthy, table * 0 + mixed.table(DAYS, 1), "single")
    assert float(at) < 0.01
    assert all(np.isfinite(float(each)) for each in by_own.values())
    assert np.isfinite(np.asarray(by_table)).all()
