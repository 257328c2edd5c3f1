"""What the page prints is what the engine computes: both on the same random skin."""

from types import SimpleNamespace
from typing import Any

import jax
import numpy as np
import pytest
import sympy

from repigment.biology.notation import EXPOSURES
from repigment.biology.rates import Rates
from repigment.biology.symbols import fold as fold_of_number
from repigment.biology.typeset import SHARED, SPREAD_BY, equations, fold, lap, mean, parameters_of, symbol, typeset
from repigment.engine.step import rates
from repigment.evidence.parameters import parameters
from repigment.skin.exposure import Drive
from repigment.skin.fields import ABOUT, Field, Skin

SIDE, DX = 6, 0.3


def laplacian(u: np.ndarray) -> np.ndarray:
    padded = np.pad(u, 1, mode="edge")
    around = padded[:-2, 1:-1] + padded[2:, 1:-1] + padded[1:-1, :-2] + padded[1:-1, 2:]
    return (around - 4 * u) / DX**2


class Pixels:
    """A patch, in plain NumPy."""

    pixel_area = DX**2

    def __init__(self, follicles: np.ndarray) -> None:
        self.follicles = follicles
        self.lesion = follicles / follicles.max()

    def neighbours(self, u: Any) -> Any:
        return laplacian(np.asarray(u)) * DX**2 + 4 * np.asarray(u)

    def mean(self, u: Any) -> Any:
        return np.mean(u)


@pytest.fixture(params=range(4))
def world(request: pytest.FixtureRequest) -> dict[str, Any]:
    """Random fields, exposures and parameters, with mechanisms of either sign."""
    rng = np.random.default_rng(request.param)
    skin = Skin(*rng.uniform(0.05, 1, (len(Field), SIDE, SIDE)))
    skin = skin._replace(uv_damage=skin.uv_damage * 10)
    drive = Drive(*rng.uniform(0, 0.9, len(Drive._fields)))
    drawn = {name: rng.uniform(p.low, p.high) for name, p in parameters().items() if p.low < p.high}
    values = {name: p.value for name, p in parameters().items()} | drawn
    return {"skin": skin, "drive": drive, "p": values, "place": Pixels(rng.uniform(0, 9, (SIDE, SIDE)))}


def printed(expression: Any, world: dict[str, Any]) -> Any:
    """The value of a printed expression, its shared quantities put back from the last to the first."""
    for named in reversed(SHARED):
        expression = expression.xreplace({named.symbol: named.value})
    known = dict(zip((ABOUT[f].symbol for f in Field), world["skin"], strict=True))
    exposures = {EXPOSURES[name][0]: value for name, value in world["drive"]._asdict().items()}
    known = world["p"] | exposures | known | {"rho_i": world["place"].follicles, "w_i": world["place"].lesion}
    functions = {"lap": laplacian, "mean": np.mean, "fold": lambda x: np.asarray(fold_of_number(x))}
    symbols = sorted(expression.free_symbols, key=str)
    compute = sympy.lambdify(symbols, expression, modules=[functions, "numpy"])
    return compute(*(known[s.name] for s in symbols))


def test_printed_equations_are_those_that_run(world: dict[str, Any]) -> None:
    with jax.enable_x64(True):
        gains, losses = rates(world["skin"], SimpleNamespace(**world["p"]), world["drive"], world["place"])
        for field, expression in equations().items():
            run = np.asarray(gains[field]) - np.asarray(losses[field]) * world["skin"][field]
            spread = world["p"][SPREAD_BY[field]] * laplacian(world["skin"][field]) if field in SPREAD_BY else 0
            np.testing.assert_allclose(
                printed(expression, world), run + spread, rtol=1e-9, atol=1e-12, err_msg=field.name
            )


def test_a_process_tells_which_parameters_it_reads() -> None:
    def process(skin: Skin, p: Any, drive: Drive, place: Any) -> Rates:
        return Rates(gain={Field.NICHE: p.f_u * skin.uv_damage}, loss={Field.NICHE: p.dl_F})

    assert parameters_of(process) == ["f_u", "dl_F"]


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        (lap(symbol("m")), r"\nabla^2 m"),
        (mean(symbol("u_h")), r"\langle u_{h} \rangle"),
        (1 / fold(symbol("V")), r"\frac{1}{\mathrm{fold}(V)}"),
        (fold(symbol("V")) ** 2, r"\mathrm{fold}(V)^{2}"),
        (sympy.Max(0, symbol("u") - symbol("u_th")), r"\left[u - u_{\mathrm{th}}\right]_{+}"),
        (symbol("T") * symbol("dl_T"), r"\delta_{T} T"),
    ],
)
def test_typesetting(expression: Any, text: str) -> None:
    assert typeset(expression) == text
