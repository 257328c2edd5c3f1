"""Health and vitiligo are both states that skin stays in; which of the two depends on where it comes from."""

from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from repigment.engine.batching import defaults, model_parameters
from repigment.engine.precision import computing
from repigment.engine.step import rates
from repigment.engine.wellmixed import well_mixed
from repigment.skin.exposure import Channel, Drive
from repigment.skin.fields import Field, Skin
from repigment.skin.sites import site_parameters

THETAS = np.array([0.0, 0.3, 0.5, 0.6, 0.8, 1.0, 1.5, 2.0, 3.0])
BISTABLE = THETAS >= 0.5
DISEASED = {"effectors": 1.0, "interferon": 1.0, "memory": 0.5, "melanocytes": 0.05}
IMMUNE_AND_LINEAGE = [0, 1, 2, 10, 11, 12, 13]
FAR = 3000  # days


def flow(**parameters: float) -> tuple[Callable[..., Any], Callable[..., Any]]:
    """dU/dt of a state (17,) of untreated facial skin, and its Jacobian (17, 17), double precision."""
    with computing("double") as dtype:
        p = model_parameters(defaults() | site_parameters("face") | parameters, dtype)
        place = well_mixed(p, 1, dtype)
    idle = Drive(*(1.0 if c in (Channel.TURNOVER, Channel.CELL_CLEARANCE) else 0.0 for c in Channel))

    def change(state: Any) -> Any:
        skin = Skin(*state[:, None, None, None])
        gains, losses = rates(skin, p, idle, place)
        return jnp.stack([jnp.squeeze(gain - loss * u) for gain, loss, u in zip(gains, losses, skin, strict=True)])

    return jax.jit(change), jax.jit(jax.jacfwd(change))


def settled(state: Any, **parameters: float) -> tuple[Any, Any]:
    """The steady state next to `state` by Newton's method, and the eigenvalues of the flow there, 1/d."""
    change, jacobian = flow(**parameters)
    with computing("double") as dtype:
        at = jnp.asarray(state, dtype)
        for _ in range(20):
            at = at - jnp.linalg.solve(jacobian(at), change(at))
        assert float(jnp.abs(change(at)).max()) < 1e-12
        return np.asarray(at), np.asarray(jacobian(at))


def test_health_is_a_steady_state_and_stable() -> None:
    """theta = 0, G = 1: full, quiet skin; all eigenvalues are negative, the slowest that of dermal melanin."""
    state, jacobian = settled(
        np.r_[1, 0.001, 1, 0, 1, 1, 0.285, 0.01, 0, 0, 0, 0, 0, 1, 0, 0, 0.0], theta=0.0, G_set=1.0
    )
    assert state[[Field.MELANOCYTES, Field.MELANIN_VIABLE]] == pytest.approx(1, abs=0.005)
    slowest = np.linalg.eigvals(jacobian).real.max()
    assert slowest == pytest.approx(-defaults()["dl_D"], rel=1e-3)


def test_vitiligo_is_a_steady_state_and_stable(white_face: Any) -> None:
    """theta = 1, G = 0.3: m .017, b .029, S .75, C .60, T .61, R .76 (model page), and back there within 63 d."""
    state, jacobian = settled(white_face[0], theta=1.0, G_set=0.3)
    found = {field.name: state[field] for field in Field}
    assert found["MELANOCYTES"] == pytest.approx(0.017, abs=5e-4)
    assert found["MELANOBLASTS"] == pytest.approx(0.029, abs=6e-4)
    assert found["RESERVOIR"] == pytest.approx(0.75, abs=5e-3)
    assert found["INTERFERON"] == pytest.approx(0.60, abs=5e-3)
    assert found["EFFECTORS"] == pytest.approx(0.61, abs=5e-3)
    assert found["MEMORY"] == pytest.approx(0.76, abs=5e-3)
    assert np.linalg.eigvals(jacobian).real.max() < -1.8e-3
    block = jacobian[np.ix_(IMMUNE_AND_LINEAGE, IMMUNE_AND_LINEAGE)]
    assert np.linalg.eigvals(block).real.max() == pytest.approx(-1.58e-2, rel=0.02)


@pytest.fixture(scope="module")
def ends(mixed: Any) -> dict[str, Any]:
    """Melanocytes after 3000 days by theta: from health and from disease, at G = 0.3 and G = 1."""
    k = len(THETAS)
    start = mixed.start(4 * k)
    for name, number in DISEASED.items():
        start[k : 2 * k, Field[name.upper()]] = start[3 * k :, Field[name.upper()]] = number
    regulation = np.repeat([0.3, 1.0], 2 * k)
    start[:, Field.REGULATION] = regulation
    own = {"theta": np.tile(THETAS, 4), "G_set": regulation}
    end = mixed.run(start, mixed.table(FAR, 4 * k), own, site="face").end[:, Field.MELANOCYTES]
    return dict(zip(("healthy", "diseased", "healthy, tolerant", "diseased, tolerant"), end.reshape(4, k), strict=True))


def test_hysteresis(ends: dict[str, Any]) -> None:
    """At G = 0.3 and theta 0.5 to 3 healthy skin stays healthy and diseased skin stays diseased: two states."""
    assert ends["healthy"].min() > 0.99
    assert ends["diseased"][BISTABLE].max() < 0.2
    assert (np.diff(ends["diseased"][BISTABLE]) < 0).all()


def test_without_enough_autoreactive_cells_disease_dies_out(ends: dict[str, Any]) -> None:
    """Below theta 0.5 only health is left."""
    assert ends["diseased"][~BISTABLE].min() > 0.99


def test_with_full_regulation_only_health_exists(ends: dict[str, Any]) -> None:
    """At G = 1 skin ends healthy wherever it started, for theta up to 2."""
    assert ends["healthy, tolerant"].min() > 0.99
    assert ends["diseased, tolerant"][THETAS <= 2].min() > 0.99


@pytest.mark.xfail(
    strict=True, reason="disease with m = 0.02 exists from theta 2.9 on, as the criterion of existence (1.9) allows"
)
def test_with_full_regulation_only_health_exists_whatever_theta(ends: dict[str, Any]) -> None:
    """The model page has no limit to theta at G = 1; the equations have one, in the reference program too."""
    assert ends["diseased, tolerant"].min() > 0.99


def test_healthy_skin_comes_back_from_any_small_harm(mixed: Any) -> None:
    """Up to 20 % of anything added to or taken from healthy skin is made good, susceptible (theta = 1) or not."""
    rng = np.random.default_rng(0)
    start = mixed.start(64, uv_damage=0.3, inflammation=0.1)
    start *= 1 + 0.2 * rng.uniform(-1, 1, start.shape)
    own = {"theta": np.repeat([0.0, 1.0], 32), "G_set": np.repeat([1.0, 0.3], 32)}
    end = mixed.run(start, mixed.table(700, 64), own, site="face").end
    assert end[:, Field.MELANOCYTES] == pytest.approx(1, abs=0.01)
    assert end[:, Field.MELANIN_VIABLE] == pytest.approx(1, abs=0.01)
