"""The same right-hand side in py-pde, written from the model's own SymPy equations: explicit Euler on a mirrored grid.

Simplified: one lesion, constant sun, no session, needle or dose (jumps), the mean of the UV signal over the patch that
speeds motility is held at its first value, and mechanisms of the cell product that are off are folded away.
"""

import numpy as np
import pde
import sympy
from pde.solvers import EulerSolver

from repigment.biology.typeset import DRIVE, SHARED, SKIN, equations
from repigment.skin.exposure import UNTREATED, Channel

BOUNDARY = {"derivative": 0}


def _numbers(ward, sun):
    """Every parameter and exposure of the first lesion, by symbol name."""
    given = ward.fine.p.__dict__.items()
    found = {name: float(each if isinstance(each, float) else np.ravel(each)[0]) for name, each in given}
    rest = {channel.name.lower(): UNTREATED.get(channel, 0.0) for channel in Channel} | {"sun": sun}
    return found | {symbol.name: rest[name] for name, symbol in zip(DRIVE._fields, DRIVE, strict=True)}


def expressions(ward, sun):
    """One expression a field, in the names c0 to c15, `rho` (a map) and numbers."""
    numbers = _numbers(ward, sun)
    names = {field: sympy.Symbol(f"c{i}", real=True) for i, field in enumerate(SKIN)}
    uh = np.asarray(ward.fine.skin.uv_damage)[0]
    mean = float((uh / (uh + numbers["K_u"])).mean())
    found = []
    for rate in equations().values():
        for each in reversed(SHARED):
            rate = rate.subs(each.symbol, each.value)
        rate = rate.replace(lambda e: e.func.__name__ == "mean", lambda e: sympy.Float(mean))
        rate = rate.replace(lambda e: e.func.__name__ == "fold", lambda e: _fold(e.args[0]))
        known = {s: numbers[s.name] for s in rate.free_symbols if s not in names and s.name in numbers}
        rate = rate.subs(known).replace(sympy.Max, lambda *e: _positive(sum(e))).xreplace(names)
        left = {s: sympy.Symbol("rho") for s in rate.free_symbols - set(names.values())}
        assert len(left) <= 1, left
        rate = rate.xreplace(left).replace(
            lambda e: e.func.__name__ == "lap", lambda e: sympy.Function("laplace")(*e.args)
        )
        found.append(str(rate))
    return {f"c{i}": text for i, text in enumerate(found)}


def _positive(x):
    return (x + sympy.Abs(x)) / 2


def _fold(x):
    return (1 + sympy.Max(x, 0)) / (1 + sympy.Max(-x, 0))


class PyPDE:
    """The first lesion of a ward in py-pde, compiled when made; `follow(days)` advances it by steps of `dt` days."""

    def __init__(self, ward, sun, dt):
        n, dx = ward.resolution.n, ward.resolution.dx
        grid = pde.CartesianGrid([[0, n * dx]] * 2, n)
        rho = pde.ScalarField(grid, np.asarray(ward.fine.batch.follicles, float)[0])
        fields = [
            pde.ScalarField(grid, np.asarray(each, float)[0], label=f"c{i}") for i, each in enumerate(ward.fine.skin)
        ]
        self.state = pde.FieldCollection(fields)
        self.equation = pde.PDE(expressions(ward, sun), bc=BOUNDARY, consts={"rho": rho})
        self.advance = EulerSolver(self.equation, adaptive=False).make_stepper(self.state, dt)

    def follow(self, days):
        """Advance the lesion."""
        self.advance(self.state, 0, days)
