"""The engine's courses, well mixed, against scipy's stiff solvers on the model programmed a second time."""

from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from scipy.integrate import solve_ivp

from repigment.engine.batching import defaults, model_parameters
from repigment.engine.precision import computing
from repigment.engine.step import rates
from repigment.engine.wellmixed import well_mixed
from repigment.skin.exposure import Channel, Drive
from repigment.skin.fields import Field, Skin
from repigment.skin.sites import site_parameters

DAYS = 84
RTOL, ATOL = 1e-9, 1e-12
VITILIGO = {"theta": 1.0, "G_set": 0.3}
SWITCHES = {"e_dif": 0.5, "e_sup": 1.0, "e_imm": 0.8, "e_inf": 0.5, "e_sig": -0.6}
SUBJECTS = ("onset", "jak", "nb-uvb", "both", "cells", "burn")  # rows of every table below
FLOOR = {Field.UV_DAMAGE: 0.1, Field.INFLAMMATION: 0.1}  # the rest: 0.02 of its scale, as the melanin of white skin


@pytest.fixture(scope="module")
def start(mixed: Any) -> Any:
    """White skin for the treated, healthy skin with a trigger for the first, sunburnt dark skin for the last."""
    state = mixed.start(len(SUBJECTS), regulation=0.3, effectors=0.6, memory=0.7, interferon=0.6)
    white = [Field.MELANOCYTES, Field.MELANOBLASTS, Field.MELANIN_VIABLE, Field.MELANIN_CORNEUM]
    state[:, white] = [0.02, 0.03, 0.02, 0.005]
    state[0] = mixed.start(1, regulation=0.3, effectors=0.4)
    state[-1] = mixed.start(1, uv_damage=9.0, inflammation=0.5, niche=0.4)
    return state


@pytest.fixture(scope="module")
def parameters() -> dict[str, Any]:
    """Face; all mechanisms on in the one who gets cells, a niche that answers the sun in the last."""
    own = {name: np.full(len(SUBJECTS), number) for name, number in (defaults() | site_parameters("face")).items()}
    for name, number in VITILIGO.items():
        own[name][:-1] = number
    for name, number in SWITCHES.items():
        own[name][SUBJECTS.index("cells")] = number
    for name, number in {"phi": 2.5, "f_u": 0.9, "F_set": 0.3, "h_E": 0.5, "bm": 5.0}.items():
        own[name][-1] = number
    return own


@pytest.fixture(scope="module")
def table(mixed: Any) -> Any:
    """(days, channels, subjects): a blocked JAK, sessions of light, three doses of cells, sun and a hormone."""
    table = mixed.table(DAYS, len(SUBJECTS), sun=0.3)
    day = np.arange(DAYS)
    for subject, channel, level in (
        ("jak", Channel.JAK_BLOCKADE, 0.85),
        ("both", Channel.JAK_BLOCKADE, 0.85),
        ("nb-uvb", Channel.UV_DOSE, 3.0 * np.isin(day % 7, (0, 2, 4))),
        ("both", Channel.UV_DOSE, 3.0 * np.isin(day % 7, (0, 2, 4))),
        ("cells", Channel.CELL_DOSE, 0.8 * np.isin(day, (0, 28, 56))),
        ("cells", Channel.NEEDLING, 0.3 * np.isin(day, (0, 28, 56))),
        ("cells", Channel.CELL_CLEARANCE, 1 + 2 * (1 - np.exp(-day / 14))),
        ("burn", Channel.HORMONE, 1.0),
        ("burn", Channel.SUN, 2 + np.cos(day / 10)),
        ("burn", Channel.TYROSINASE_BLOCKADE, 0.5 * (day > 40)),
    ):
        table[:, channel, SUBJECTS.index(subject)] = level
    return table


def of(parameters: dict[str, Any], row: int) -> dict[str, float]:
    """One subject's parameters."""
    return {name: float(each[row]) for name, each in parameters.items()}


def exposure_of(row: Any, channels: dict[str, Channel]) -> dict[str, float]:
    """One subject's day by the names of the second program."""
    return {name: float(row[channel]) for name, channel in channels.items()}


def of_processes(own: dict[str, float], channels: dict[str, Channel]) -> Callable[..., Any]:
    """The right-hand side of the product itself, as a function of a NumPy state (17,)."""
    with computing("double") as dtype:
        p = model_parameters(own, dtype)
        place = well_mixed(p, 1, dtype)

    @jax.jit
    def summed(state: Any, day: Any) -> Any:
        drive = Drive(*(day[channel] for channel in Channel))
        gains, losses = rates(Skin(*state), p, drive, place)
        both = zip(gains, losses, state, strict=True)
        return jnp.stack([jnp.squeeze(gain - loss * u) for gain, loss, u in both])

    def equations(state: Any, _: Any, exposure: dict[str, float]) -> Any:
        with computing("double"):
            day = np.zeros(len(Channel))
            day[[channels[name] for name in exposure]] = list(exposure.values())
            return np.asarray(summed(state[:, None, None, None], day))

    return equations


Solve = Callable[..., Any]


@pytest.fixture(scope="module")
def solved(channels: dict[str, Channel]) -> Solve:
    """`solved(equations, state, own, rows, method)`: state (17,) after the days of `rows` (days, channels).

    Doses are jumps, and the solver begins anew every day, because exposure is constant within a day.
    """

    def over(equations: Solve, state: Any, own: dict[str, float], rows: Any, method: str = "LSODA") -> Any:
        for row in rows:
            state, day = jump(state, own, row), exposure_of(row, channels)
            solution = solve_ivp(
                lambda _, y, day=day: equations(y, own, day), (0, 1), state, method=method, rtol=RTOL, atol=ATOL
            )
            assert solution.success
            state = solution.y[:, -1]
        return state

    return over


def jump(state: Any, own: dict[str, float], row: Any) -> Any:
    """What falls on the first moment of a day."""
    state = state.copy()
    dose, cut = float(row[Channel.UV_DOSE]), own["k_scr"] * own["phi"]
    light = dose * np.exp(-cut * (state[Field.MELANIN_VIABLE] + state[Field.MELANIN_CORNEUM]))
    pools = [Field.UV_DAMAGE, Field.INFLAMMATION, Field.CELLS]
    state[pools] += [light, row[Channel.NEEDLING], row[Channel.CELL_DOSE]]
    state[Field.EFFECTORS] *= np.exp(-own["nb_kT"] * dose)
    state[Field.MEMORY] *= np.exp(-own["nb_kR"] * dose)
    return state


@pytest.fixture(scope="module")
def reference(solved: Solve, reprogrammed: Solve, start: Any, parameters: Any, table: Any) -> Any:
    """What LSODA makes of each subject, (subjects, 17)."""
    return np.stack([solved(reprogrammed, start[i], of(parameters, i), table[:, :, i]) for i in range(len(SUBJECTS))])


@pytest.fixture(scope="module")
def courses(mixed: Any, start: Any, parameters: dict[str, Any], table: Any) -> dict[int, Any]:
    """The engine's state at the end by steps a day, double precision."""
    return {steps: mixed.run(start, table, parameters, steps=steps, precision="double").end for steps in (2, 4, 8, 16)}


def relative(found: Any, expected: Any) -> Any:
    """Difference (subjects, 17) relative to the expected amount, with a floor."""
    floor = np.array([FLOOR.get(field, 0.02) for field in Field])
    return np.abs(found - expected) / np.maximum(np.abs(expected), floor)


def test_two_stiff_solvers_agree(solved: Solve, reprogrammed: Solve, start: Any, parameters: Any, table: Any) -> None:
    """Radau (implicit Runge-Kutta) and LSODA (multistep) agree to 1e-7 over two weeks: the reference is one."""
    row = SUBJECTS.index("both")
    given = reprogrammed, start[row], of(parameters, row), table[:14, :, row]
    ends = [solved(*given, method) for method in ("LSODA", "Radau")]
    assert ends[0] == pytest.approx(ends[1], rel=1e-7, abs=1e-9)


def test_the_processes_themselves_in_a_stiff_solver(
    solved: Solve, reprogrammed: Solve, channels: dict[str, Channel], start: Any, parameters: Any, table: Any
) -> None:
    """LSODA on gain - loss U of the product's own processes goes where LSODA goes on the second program, to 1e-7."""
    row = SUBJECTS.index("cells")
    own = of(parameters, row)
    both = of_processes(own, channels), reprogrammed
    ends = [solved(equations, start[row], own, table[:14, :, row]) for equations in both]
    assert ends[0] == pytest.approx(ends[1], rel=1e-7, abs=1e-9)


@pytest.mark.parametrize("subject", SUBJECTS)
def test_the_engine_converges_to_the_stiff_solver(courses: dict[int, Any], reference: Any, subject: str) -> None:
    """Every field of every course after 12 weeks: within 3 % at the half-day step in use and 0.05 % at 1/16 day."""
    row = SUBJECTS.index(subject)
    wrong = {steps: relative(end, reference)[row].max() for steps, end in courses.items()}
    assert wrong[2] < 0.03
    assert wrong[16] < 5e-4


def test_it_converges_with_order_two(courses: dict[int, Any], reference: Any) -> None:
    """The error against LSODA, summed over fields and subjects, falls as the square of the step."""
    errors = [relative(end, reference).sum() for end in courses.values()]
    assert np.log2(errors[:-1] / np.array(errors[1:])) == pytest.approx(2, abs=0.25)


def test_single_precision_is_as_good(
    mixed: Any, start: Any, parameters: dict[str, Any], table: Any, courses: Any
) -> None:
    """Float32, the default, differs from float64 by less than 2e-4: a hundredth of the error of the half-day step."""
    single = mixed.run(start, table, parameters, steps=2).end
    assert relative(single, courses[2]).max() < 2e-4
