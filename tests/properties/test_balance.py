"""Nothing comes from nothing, nothing is lost: books of melanin and of pigment cells, and procedures at any dose."""

from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from repigment.biology.emission import emission
from repigment.biology.maturation import maturation
from repigment.biology.mobilisation import mobilisation
from repigment.biology.motility import motility
from repigment.biology.renewal import renewal
from repigment.biology.signals import screening, support, uv_signal, vacancy
from repigment.biology.symbols import fold
from repigment.engine.batching import defaults, make_batch, model_parameters
from repigment.engine.patches import Batch
from repigment.engine.precision import computing
from repigment.engine.step import doses, procedure, rates, step
from repigment.engine.wellmixed import well_mixed
from repigment.skin.exposure import Channel, Drive
from repigment.skin.fields import Field, Skin
from repigment.skin.window import AIM

COUNT, N, DX = 6, 8, 0.3
ON = {"theta": 1.2, "G_set": 0.4, "phi": 1.7, "mc1r": 0.8, "a_v": 0.5, "F_set": 0.6, "f_u": 0.9, "h_E": 0.5, "bm": 3.0}
ON |= {"slow_F": 0.333, "turn_d": 0.9, "turn": 1.3}
ON |= {"e_dif": 1.0, "e_sup": 0.8, "e_imm": 0.7, "e_inf": 0.6, "e_sig": 0.5}
MELANIN = (Field.MELANIN_VIABLE, Field.MELANIN_CORNEUM, Field.MELANIN_DERMAL)
REMOVALS = ("viable_removal", "corneum_removal", "dermal_removal", "niche_removal", "melanocyte_loss")
KERNELS = ("interferon_kernel", "effector_kernel", "secretome_kernel")


def everything_on(dtype: Any) -> tuple[Skin, Any, Drive, Batch]:
    """Rough patches (COUNT, N, N) with follicles and depots, all switches on, and every drug and dose at once."""
    rng = np.random.default_rng(5)
    p = model_parameters(defaults() | ON, dtype)
    skin = Skin(*(jnp.asarray(rng.gamma(1.5, 0.3, (COUNT, N, N)), dtype) for _ in Field))
    levels = {c: rng.uniform(0.1, 0.6, (COUNT, 1, 1)) for c in Channel}
    levels[Channel.TURNOVER], levels[Channel.CELL_CLEARANCE] = (1 + levels[c] for c in (Channel.TURNOVER, Channel.SUN))
    drive = Drive(*(jnp.asarray(levels[channel], dtype) for channel in Channel))
    maps = (rng.gamma(0.3, 10, (COUNT, N, N)), rng.gamma(0.3, 3, (COUNT, N, N)))
    flat = np.full((COUNT, N, N), 1 / N**2)
    batch = make_batch(p, *maps, flat, flat, DX, 0.5, dtype, lesion=rng.random((COUNT, N, N)))
    return skin, p, drive, batch


def melanin_accounts(skin: Skin, p: Any, drive: Drive) -> dict[str, Any]:
    """What enters and leaves melanin, by where it goes; written from the equations, not from the processes.

    What is made, broken down in keratinocytes, lost on cornification, shed with the stratum corneum, and cleared by
    macrophages of the dermis.
    """
    dp = p.dl_p / jnp.sqrt(p.phi)
    t = p.turn * p.turn_d * drive.turnover / (1 + p.slow_F * skin.niche)
    busy = skin.melanocytes * skin.melanogenesis
    return {
        "made": (p.turn / p.tau1 + dp) * busy * (1 - drive.tyrosinase_blockade) * (1 - drive.transfer_blockade),
        "degraded": -dp * fold(p.k_deg * p.e_sig * skin.secretome) * skin.melanin_viable,
        "cornified": -(1 - p.c_corn) * t / p.tau1 * skin.melanin_viable,
        "shed": -t / p.tau2 * skin.melanin_corneum,
        "cleared": -p.dl_D * skin.melanin_dermal,
    }


def cell_accounts(skin: Skin, p: Any, drive: Drive, batch: Batch) -> dict[str, Any]:
    """What enters and leaves the pigment cells m + b + rho S0/K_m S; written from the equations.

    Divisions, stem cells renewed, melanoblasts that die, cells that are killed or fade out alone, what a depot turns
    into, and what wanders in from the neighbouring pixels.
    """
    m, b, S = skin.melanocytes, skin.melanoblasts, skin.reservoir
    n, room, uh = m + b, vacancy(skin), uv_signal(skin, p)
    stem = batch.follicles * p.S0 / p.K_m
    licence = p.lic0 + (1 - p.lic0) * skin.interferon / (skin.interferon + p.K_L)
    kill = p.k_K * (skin.effectors + p.om_R * skin.memory) * licence
    alone = p.dl_al * p.K_al**2 / (n**2 + p.K_al**2)
    s = support(skin, p)
    faster = (1 + p.beta_D * batch.mean(uh)) / batch.pixel_area
    return {
        "divided": s * (1 + p.beta_u * uh) * (1 - n) * (p.r_m * m + p.r_b * b),
        "renewed": stem * s * p.r_S * S * (1 - S),
        "died young": -p.dl_b * b,
        "killed": -kill * (m + p.w_b * b + p.w_S * stem * S),
        "alone": -alone * n,
        "replaced": p.e_dif * p.k_rep * skin.cells * room,
        "wandered": faster * (p.D_m * (batch.neighbours(m) - 4 * m) + p.D_b * (batch.neighbours(b) - 4 * b)),
    }


def change(skin: Skin, p: Any, drive: Drive, batch: Batch) -> list[Any]:
    """dU/dt of each field: gain - loss U of all processes of the engine."""
    gains, losses = rates(skin, p, drive, batch)
    return [gain - loss * u for gain, loss, u in zip(gains, losses, skin, strict=True)]


def worth(batch: Batch, p: Any) -> Any:
    """What one unit of S is in units of m and b, pixel by pixel: its follicles' stem cells over the capacity."""
    return batch.follicles * p.S0 / p.K_m


def test_melanin_is_made_and_lost_as_the_equations_say() -> None:
    """Melanin that leaves one layer enters the next: P1' + P2' + D' is what is made less four named losses."""
    with computing("double") as dtype:
        skin, p, drive, batch = everything_on(dtype)
        found = change(skin, p, drive, batch)
        accounts = melanin_accounts(skin, p, drive)
        total = sum(found[field] for field in MELANIN)
        assert np.asarray(total) == pytest.approx(np.asarray(sum(accounts.values())), abs=1e-14)
        assert all(float(abs(each).min()) > 0 for each in accounts.values())


def test_pigment_cells_divide_and_die_as_the_equations_say() -> None:
    """Maturation, mobilisation and emission only move cells: m' + b' + rho S0/K_m S' is births less deaths."""
    with computing("double") as dtype:
        skin, p, drive, batch = everything_on(dtype)
        found = change(skin, p, drive, batch)
        total = found[Field.MELANOCYTES] + found[Field.MELANOBLASTS] + worth(batch, p) * found[Field.RESERVOIR]
        accounts = cell_accounts(skin, p, drive, batch)
        assert np.asarray(total) == pytest.approx(np.asarray(sum(accounts.values())), abs=1e-12)
        assert all(float(abs(each).max()) > 0 for each in accounts.values())


def test_what_only_moves_cells_makes_none() -> None:
    """Follicles pay for what they emit, a melanoblast that settles is one melanocyte, and what wanders stays inside."""
    with computing("double") as dtype:
        skin, _, drive, batch = everything_on(dtype)
        still = model_parameters(defaults() | ON | {"dl_b": 0.0, "r_S": 0.0}, dtype)
        worths = {Field.MELANOCYTES: 1.0, Field.MELANOBLASTS: 1.0, Field.RESERVOIR: worth(batch, still)}
        for movers in ((maturation,), (mobilisation,), (emission, renewal), (motility,)):
            total: Any = jnp.zeros((COUNT, N, N), dtype)
            for mover in movers:
                gain, loss = mover(skin, still, drive, batch)
                total += sum(worths[f] * each for f, each in gain.items())
                total -= sum(worths[f] * each * skin[f] for f, each in loss.items())
            left = total.sum(axis=(1, 2)) if movers == (motility,) else total
            assert np.asarray(left) == pytest.approx(0, abs=1e-13), [mover.__name__ for mover in movers]


QUADRATURE = 200  # Runge-Kutta steps of the day whose books are kept


@pytest.fixture(scope="module")
def day() -> tuple[Skin, Skin, dict[str, Any], Any]:
    """Skin before and after a day of everything, what went through each account, and the worth of S, in NumPy."""
    with computing("double") as dtype:
        return jax.tree.map(np.asarray, a_day_with_books(dtype))


def a_day_with_books(dtype: Any) -> tuple[Skin, Skin, dict[str, Any], Any]:
    """A day of everything that goes on.

    Runge-Kutta of fourth order on the engine's own gains and losses, the accounts along with the fields: a linear sum
    that the rates keep, it keeps to rounding.
    """
    skin, p, drive, batch = everything_on(dtype)
    h = 1 / QUADRATURE

    def flow(skin: Skin) -> tuple[list[Any], list[Any]]:
        books = melanin_accounts(skin, p, drive) | cell_accounts(skin, p, drive, batch)
        return change(skin, p, drive, batch), list(books.values())

    def moved(skin: Skin, by: list[Any], share: float) -> Skin:
        return Skin(*(u + share * h * d for u, d in zip(skin, by, strict=True)))

    def one(_: int, carried: tuple[Skin, list[Any]]) -> tuple[Skin, list[Any]]:
        now, books = carried
        first = flow(now)
        second = flow(moved(now, first[0], 0.5))
        third = flow(moved(now, second[0], 0.5))
        fourth = flow(moved(now, third[0], 1.0))
        stages = [
            [(a + 2 * b + 2 * c + d) / 6 for a, b, c, d in zip(*each, strict=True)]
            for each in zip(first, second, third, fourth, strict=True)
        ]
        return moved(now, stages[0], 1.0), [book + h * each for book, each in zip(books, stages[1], strict=True)]

    names = [*melanin_accounts(skin, p, drive), *cell_accounts(skin, p, drive, batch)]
    empty = [jnp.zeros((COUNT, N, N), dtype) for _ in names]
    after, books = jax.jit(lambda skin: jax.lax.fori_loop(0, QUADRATURE, one, (skin, empty)))(skin)
    return skin, after, dict(zip(names, books, strict=True)), worth(batch, p)


def test_the_books_of_a_day_balance_to_rounding(day: tuple[Skin, Skin, dict[str, Any], Any]) -> None:
    """Over a day with everything switched on the melanin and the cells that are there are those that the books say."""
    before, after, books, stem = day
    pigment = sum(after[field] - before[field] for field in MELANIN)
    told = sum(books[name] for name in ("made", "degraded", "cornified", "shed", "cleared"))
    assert pigment == pytest.approx(told, abs=1e-13)
    cells = sum(after[field] - before[field] for field in (Field.MELANOCYTES, Field.MELANOBLASTS))
    cells = cells + stem * (after.reservoir - before.reservoir)
    kinds = ("divided", "renewed", "died young", "killed", "alone", "replaced", "wandered")
    assert cells == pytest.approx(sum(books[kind] for kind in kinds), abs=1e-11)
    assert books["made"].min() > 1e-4
    assert abs(books["wandered"].sum(axis=(1, 2))).max() < 1e-12


def test_the_engine_keeps_the_same_books_as_its_step_shrinks(day: tuple[Skin, Skin, Any, Any]) -> None:
    """The engine's day, without spreading, comes to the balanced one with the square of its step: a quarter each time.

    At two steps a day it misses less than a thousandth of the melanin, on skin where all is far from rest.
    """
    with computing("double") as dtype:
        skin, p, drive, batch = everything_on(dtype)
        still = batch._replace(**{name: 0 * getattr(batch, name) + jnp.eye(N, dtype=dtype) for name in KERNELS})
        exact = sum(day[1][field] for field in MELANIN)
        missing = []
        for steps in (2, 4, 8):
            now = skin
            for _ in range(steps):
                now = jax.jit(step)(now, p, drive, still, 1 / steps)
            missing.append(float(abs(np.asarray(sum(now[field] for field in MELANIN)) - exact).max()))
        assert missing[0] < 1e-3 * float(exact.max())
        assert missing[0] / missing[1] == pytest.approx(4, rel=0.2)
        assert missing[1] / missing[2] == pytest.approx(4, rel=0.2)


def test_a_procedure_takes_exactly_what_it_says() -> None:
    """Each jump to rounding: shares of melanin, niche and cells where it is aimed, and new cells into vacancy."""
    with computing("double") as dtype:
        skin, p, drive, batch = everything_on(dtype)
        after = procedure(skin, p, drive, batch)
        where = batch.target + (1 - batch.target) * drive.whole
        removed = {
            Field.MELANIN_VIABLE: drive.viable_removal,
            Field.MELANIN_CORNEUM: drive.corneum_removal,
            Field.MELANIN_DERMAL: drive.dermal_removal,
            Field.NICHE: drive.niche_removal,
        }
        for field, share in removed.items():
            lost = np.asarray(where * share * skin[field])
            assert np.asarray(skin[field] - after[field]) == pytest.approx(lost, abs=1e-14)
        absorbing = (skin.melanin_viable + skin.melanin_corneum) / (1 + p.c_corn * p.tau2 / p.tau1)
        heat = where * drive.heat * p.phi * absorbing
        gained = after.inflammation - skin.inflammation
        for hurt in (gained, after.wound - skin.wound):
            assert np.asarray(hurt) == pytest.approx(np.asarray(heat + where * drive.wound), abs=1e-14)
        left = (1 - where * drive.melanocyte_loss) * jnp.exp(-p.k_heat * heat)
        placed = where * drive.graft * jnp.maximum(1 - left * (skin.melanocytes + skin.melanoblasts), 0)
        before, now = (each.melanocytes + each.melanoblasts for each in (skin, after))
        assert np.asarray(now) == pytest.approx(np.asarray(left * before + placed), abs=1e-14)
        untouched = set(Field) - set(removed) - {Field.MELANOCYTES, Field.MELANOBLASTS, Field.INFLAMMATION}
        untouched -= {Field.WOUND}
        assert all(np.array_equal(after[field], skin[field]) for field in untouched)


def test_light_falls_where_it_is_aimed() -> None:
    """u rises by the dose that melanin lets through: all of a whole-field session, and a targeted one by its aim."""
    with computing("double") as dtype:
        skin, p, drive, batch = everything_on(dtype)
        after = doses(skin, p, drive, batch)
        dose = drive.uv_dose + drive.targeted_uv * batch.target
        assert np.asarray(after.uv_damage - skin.uv_damage) == pytest.approx(
            np.asarray(dose * screening(skin, p)), abs=1e-14
        )


share = st.one_of(st.sampled_from([0.0, 1.0]), st.floats(0, 1, width=32))
dose = st.one_of(st.sampled_from([0.0, 1e-30, 1e6]), st.floats(0, 1e4, width=32))
amount = st.one_of(st.sampled_from([0.0, 1e-30, 1e3]), st.floats(0, 20, width=32))
SHARES, DOSES = dict.fromkeys((*REMOVALS, "whole", "graft"), share), dict.fromkeys(("heat", "wound"), dose)
exposures = st.fixed_dictionaries(SHARES | DOSES)
skins = st.lists(amount, min_size=len(Field), max_size=len(Field))


@jax.jit
def struck_and_followed(fields: Any, channels: Any, aim: Any) -> tuple[Any, Any]:
    """The skin right after a procedure and a day later, in single precision as trials run."""
    p = model_parameters({})
    batch = well_mixed(p, 1)._replace(lesion=AIM * aim[None, None, None])
    drive = Drive(*(channels[channel][None, None, None] for channel in Channel))
    after = procedure(Skin(*(each[None, None, None] for each in fields)), p, drive, batch)
    later = step(step(after, p, drive, batch, 0.5), p, drive, batch, 0.5)
    return jnp.stack(after).ravel(), jnp.stack(later).ravel()


@settings(max_examples=200, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(skin=skins, exposure=exposures, aim=share)
def test_procedures_at_any_dose_leave_amounts(skin: list[float], exposure: dict[str, float], aim: float) -> None:
    """Shares from 0 to 1 and doses to a million on any skin: nothing is negative, infinite or more than there was."""
    idle = {Channel.TURNOVER: 1.0, Channel.CELL_CLEARANCE: 1.0}
    levels = [exposure.get(c.name.lower(), idle.get(c, 0.0)) for c in Channel]
    before = np.asarray(skin, np.float32)
    after, later = struck_and_followed(jnp.asarray(before), jnp.asarray(levels, jnp.float32), jnp.float32(aim))
    for state in map(np.asarray, (after, later)):
        assert np.isfinite(state).all()
        assert (state >= 0).all()
    for field in (*MELANIN, Field.NICHE):
        assert after[field] <= before[field]
    cells = [Field.MELANOCYTES, Field.MELANOBLASTS]
    assert np.asarray(after)[cells].sum() <= max(1.0, before[cells].sum()) * (1 + 1e-6)
    assert after[Field.INFLAMMATION] >= before[Field.INFLAMMATION]
