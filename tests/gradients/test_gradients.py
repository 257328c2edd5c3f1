"""Gradients of an outcome by reverse differentiation against central differences in double precision."""

from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from repigment.conditions.base import between
from repigment.conditions.vitiligo import lesional_share
from repigment.engine import gradient
from repigment.engine.batching import defaults
from repigment.engine.gradient import Maps
from repigment.engine.precision import Precision, computing
from repigment.engine.runtime import keep_compiled
from repigment.skin.exposure import Channel
from repigment.skin.patch import lay_out
from repigment.skin.sites import site_parameters

N, DX, DAYS, STEPS = 16, 0.3, 56, 2
QUICK_TO_COMPILE = {"xla_disable_hlo_passes": "fusion"}  # 3 s instead of 20; it runs at half the speed
OWN = defaults() | site_parameters("face") | {"theta": 1.0, "G_set": 0.3, "e_sup": 0.5, "e_imm": 0.4, "e_sig": -0.3}
BY_PARAMETER = ("theta", "G_set", "r_b", "K_m", "k_K", "dl_R", "sig_C", "g0", "kap_R", "D_b", "e_sup", "e_imm", "e_sig")
BY_DOSE = (
    (Channel.UV_DOSE, 14),
    (Channel.UV_DOSE, 44),
    (Channel.JAK_BLOCKADE, 10),
    (Channel.CELL_DOSE, 0),
    (Channel.SUN, 20),
)


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
    return [
        between(lesional_share(patch.depth[None]), (0.0, 1.0), np.stack([outer, inner], axis=1)),
        *(each[None] for each in (patch.follicles, patch.depth > 2, *weights)),
    ]


def outcome(own: dict[str, Any], table: Any, rest: dict[str, Any], maps: list[Any]) -> Any:
    """Soft depigmented share of the lesion after the days of `table`, by the engine's own function."""
    return gradient.outcome(own, table, rest, Maps(*maps), dx=DX, steps=STEPS, quantity="depigmented")[0]


FORWARD = jax.jit(outcome)
BACKWARD = jax.jit(jax.value_and_grad(outcome, (0, 1)), compiler_options=QUICK_TO_COMPILE)


def at(program: Any, maps: list[Any], table: Any, precision: Precision, **changed: float) -> Any:
    """What a program makes of the lesion `maps` under `table` with some parameters changed."""
    keep_compiled()
    with computing(precision) as dtype:
        own = {name: jnp.asarray(number, dtype) for name, number in (OWN | changed).items()}
        chosen = {name: own.pop(name) for name in BY_PARAMETER}
        return jax.block_until_ready(
            program(chosen, jnp.asarray(table, dtype), own, [jnp.asarray(each, dtype) for each in maps])
        )


@pytest.fixture(scope="module")
def double(start: list[Any], table: Any) -> tuple[Any, tuple[dict[str, Any], Any]]:
    """Outcome and its gradient by parameters and by the table."""
    found: tuple[Any, tuple[dict[str, Any], Any]] = at(BACKWARD, start, table, "double")
    return found


def central(slope: Callable[[float], float], size: float) -> float:
    """(f(x + h) - f(x - h))/2h from h and 2h, extrapolated to fourth order."""
    near, far = ((slope(h) - slope(-h)) / (2 * h) for h in (size, 2 * size))
    return (4 * near - far) / 3


@pytest.mark.parametrize("name", BY_PARAMETER)
def test_by_what_a_patient_is(double: Any, start: list[Any], table: Any, name: str) -> None:
    """Derivative of the depigmented share at week 8 by each parameter, to 1e-5 of itself."""

    def moved(by: float) -> float:
        return float(at(FORWARD, start, table, "double", **{name: OWN[name] + by}))

    expected = central(moved, 2e-4 * abs(OWN[name]))
    assert expected != 0
    assert float(double[1][0][name]) == pytest.approx(expected, rel=1e-5)


@pytest.mark.parametrize(("channel", "day"), BY_DOSE, ids=lambda each: getattr(each, "name", each))
def test_by_what_a_patient_gets(double: Any, start: list[Any], table: Any, channel: Channel, day: int) -> None:
    """Derivative by one day's dose of light, of cells, of sun and of JAK blockade, to 1e-5 of itself."""

    def moved(by: float) -> float:
        changed = np.asarray(table, float).copy()
        changed[day, channel, 0] += by
        return float(at(FORWARD, start, changed, "double"))

    expected = central(moved, 2e-4)
    assert expected != 0
    assert float(double[1][1][day, channel, 0]) == pytest.approx(expected, rel=1e-5)


def test_the_signs_are_those_of_the_biology(double: Any) -> None:
    """More autoreactive cells and killing leave more skin white; more melanoblasts, blockade, light and G less."""
    by_own, by_table = double[1]
    assert all(float(by_own[name]) > 0 for name in ("theta", "k_K", "sig_C"))
    assert all(float(by_own[name]) < 0 for name in ("G_set", "r_b", "g0"))
    assert float(by_table[14, Channel.UV_DOSE, 0]) < 0
    assert float(by_table[10, Channel.JAK_BLOCKADE, 0]) < 0


def test_single_precision_has_the_same_gradient(double: Any, start: list[Any], table: Any) -> None:
    """Float32, the default: all finite, each derivative by the log of a parameter within 1e-3 of the largest one."""
    outcome, (by_own, by_table) = at(BACKWARD, start, table, "single")
    assert float(outcome) == pytest.approx(float(double[0]), abs=1e-5)
    assert np.isfinite(np.asarray(by_table)).all()
    expected = {name: float(double[1][0][name]) * OWN[name] for name in BY_PARAMETER}
    wrong = {name: abs(float(by_own[name]) * OWN[name] - expected[name]) for name in BY_PARAMETER}
    assert max(wrong.values()) < 1e-3 * max(map(abs, expected.values()))


def test_healthy_skin_has_a_finite_gradient(start: list[Any], mixed: Any) -> None:
    """At the kinks max(1 - n, 0) and max(u - u_th, 0), where healthy skin sits, nothing becomes a NaN."""
    healthy = np.broadcast_to(mixed.start(1)[:, :, None, None], start[0].shape)
    outcome, (by_own, by_table) = at(BACKWARD, [healthy, *start[1:]], mixed.table(DAYS, 1), "single")
    assert float(outcome) < 0.01
    assert all(np.isfinite(float(each)) for each in by_own.values())
    assert np.isfinite(np.asarray(by_table)).all()


def test_a_batch_gets_each_lesions_own_derivative(start: list[Any], table: Any) -> None:
    """Two different lesions at once have the gradients that they have alone: nothing leaks between patients."""
    days = jnp.asarray(table[:7], jnp.float32)
    both = Maps(*(jnp.concatenate([jnp.asarray(each, jnp.float32)] * 2) for each in start))
    rates = jnp.array([0.04, 0.06])
    rest = {name: number for name, number in OWN.items() if name != "r_b"}
    common = {"dx": DX, "steps": 1, "quantity": "melanocytes"}
    values, by, _ = gradient.outcome_and_gradient({"r_b": rates}, jnp.repeat(days, 2, axis=2), rest, both, **common)
    for row in range(2):
        one = Maps(*(each[row : row + 1] for each in both))
        value, alone, _ = gradient.outcome_and_gradient({"r_b": rates[row]}, days, rest, one, **common)
        assert np.allclose(values[row], value[0], rtol=1e-5)
        assert np.allclose(by["r_b"][row], alone["r_b"], rtol=1e-4)
