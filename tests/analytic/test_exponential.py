"""One step of U' = g - l U against its solution U e^-z + g h (1 - e^-z)/z, z = l h."""

from typing import Any

import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from repigment.engine.exponential import advance
from repigment.engine.precision import computing

QUICK = settings(deadline=None)
amounts = st.floats(0, 1e6)
rates = st.floats(-1e3, 1e3)
steps = st.floats(1e-3, 10)


def stepped(u: Any, gain: Any, loss: Any, h: Any) -> Any:
    """`advance` in double precision."""
    with computing("double") as dtype:
        return np.asarray(advance(*(jnp.asarray(each, dtype) for each in (u, gain, loss)), h))


def exact(u: Any, gain: Any, loss: Any, h: Any) -> Any:
    """The solution after h with constant rates."""
    return u * np.exp(-loss * h) - gain * np.expm1(-loss * h) / loss


@pytest.mark.parametrize("loss", [0.7, -0.7, 3.0, -3.0])
@pytest.mark.parametrize(("u", "gain"), [(1.0, 0.0), (0.0, 2.0), (1.0, 0.3)])
def test_third_order_for_constant_rates(u: float, gain: float, loss: float) -> None:
    """The error of one step falls by 16 when the step is halved, in decay and in growth: a method of third order."""
    h = 0.04 / abs(loss) * 0.5 ** np.arange(4)
    errors = np.abs(stepped(u, gain, loss, h) - exact(u, gain, loss, h))
    assert np.log2(errors[:-1] / errors[1:]) == pytest.approx(4, abs=0.1)


@QUICK
@given(gain=st.floats(1e-6, 1e6), loss=st.floats(1e-6, 1e3), h=steps)
def test_a_steady_state_stays(gain: float, loss: float, h: float) -> None:
    """U = g/l does not move, whatever the step: no drift of health."""
    assert stepped(gain / loss, gain, loss, h) == pytest.approx(gain / loss, rel=1e-12)


@QUICK
@given(u=amounts, gain=amounts, loss=rates, h=steps)
def test_positive_for_any_rate_and_any_step(u: float, gain: float, loss: float, h: float) -> None:
    """No rate of loss or of growth and no step takes a positive amount below zero or out of the numbers."""
    assert 0 <= stepped(u, gain, loss, h) < np.inf


@QUICK
@given(u=amounts, loss=st.floats(0, 1e3), h=steps)
def test_decay_never_overshoots(u: float, loss: float, h: float) -> None:
    """Without gain a loss leaves between nothing and all."""
    assert 0 <= stepped(u, 0.0, loss, h) <= u


@QUICK
@given(u=st.floats(0, 1e3), gain=st.floats(1e-3, 1e3), loss=st.floats(0.01, 1e3), h=steps)
def test_relaxation_stays_between_start_and_target(u: float, gain: float, loss: float, h: float) -> None:
    """A relaxing amount moves toward g/l and does not pass it, however long the step."""
    target = gain / loss
    after = float(stepped(u, gain, loss, h))
    slack = 1e-12 * max(u, target)
    assert min(u, target) - slack <= after <= max(u, target) + slack


@QUICK
@given(u=amounts, gain=amounts, h=steps)
def test_without_loss_the_gain_is_exact(u: float, gain: float, h: float) -> None:
    """l = 0 needs no limit of (1 - e^-z)/z: U + g h."""
    assert stepped(u, gain, 0.0, h) == pytest.approx(u + gain * h, rel=1e-12)
