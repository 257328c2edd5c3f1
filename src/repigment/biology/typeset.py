"""The equations as the code runs them: every process on SymPy symbols instead of arrays. Needs the `docs` extra."""

from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple

from repigment.biology import PROCESSES, signals
from repigment.biology.melanogenesis import drive_to_pigment
from repigment.biology.notation import EXPOSURES, PLACE, field_symbol, latex
from repigment.biology.rates import Process
from repigment.errors import RepigmentError
from repigment.skin.exposure import Drive
from repigment.skin.fields import Field, Skin

try:
    import sympy
    from sympy.printing.latex import LatexPrinter
except ImportError as missing:
    raise RepigmentError("typeset equations need SymPy", remedy="pip install 'repigment[docs]'") from missing

EITHER_SIGN = {"e_dif", "e_sup", "e_imm", "e_inf", "e_sig", "k_mel"}
SPREAD_BY = {Field.INTERFERON: "D_C", Field.EFFECTORS: "D_T", Field.SECRETOME: "D_V"}  # exactly, by the engine


class lap(sympy.Function):  # type: ignore[misc] # noqa: N801 - printed by its name
    """The Laplacian of a field."""


class mean(sympy.Function):  # type: ignore[misc] # noqa: N801
    """The mean of a field over the patch."""


class fold(sympy.Function):  # type: ignore[misc] # noqa: N801
    """`symbols.fold` of an effect of either sign."""


class Term(NamedTuple):
    """What one process adds to the rate of one field."""

    process: str
    field: Field
    rate: Any


class Named(NamedTuple):
    """A shared quantity: its symbol, its name in the code and what it stands for."""

    symbol: Any
    name: str
    value: Any


class Symbols:
    """Hands out a SymPy symbol for any name that is asked for, and remembers which were."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __getattr__(self, name: str) -> Any:
        if name not in self.asked:
            self.asked.append(name)
        return symbol(name)


class SymbolicPlace:
    """A pixel among its neighbours, written with the Laplacian and the mean of the patch."""

    follicles, lesion = (sympy.Symbol(PLACE[name][0], positive=True) for name in ("follicles", "lesion"))
    pixel_area = sympy.Symbol("h2", positive=True)

    def neighbours(self, field: Any) -> Any:
        """Sum over four neighbours: four times the field and h^2 times its Laplacian."""
        return 4 * field + self.pixel_area * lap(field)

    def mean(self, field: Any) -> Any:
        """Mean over the patch."""
        return mean(field)


def symbol(name: str) -> Any:
    """The symbol of a parameter or field; all are positive save for the strengths of the mechanisms."""
    return sympy.Symbol(name, real=True) if name in EITHER_SIGN else sympy.Symbol(name, positive=True)


SKIN = Skin(*(symbol(field_symbol(field)) for field in Field))
DRIVE = Drive(*(symbol(EXPOSURES[name][0]) for name in Drive._fields))


def parameters_of(process: Process) -> list[str]:
    """Names of the parameters that a process reads, in its order.

    >>> from repigment.biology.maturation import maturation
    >>> parameters_of(maturation)
    ['mu', 'dl_b']
    """
    asked = Symbols()
    process(SKIN, asked, DRIVE, SymbolicPlace())
    return asked.asked


def _folded(expression: Any) -> Any:
    """Write (1 + max(x, 0)) / (1 + max(-x, 0)) as fold(x)."""
    for top in sorted(expression.atoms(sympy.Max), key=sympy.default_sort_key):
        x = next((each for each in top.args if each != 0), None)
        if x is None or x.could_extract_minus_sign() or not expression.has(sympy.Max(0, -x)):
            continue
        whole = fold(x) * (1 + sympy.Max(0, -x))
        expression = expression.replace(1 + top, whole) if expression.has(1 + top) else expression
    return expression


def _shared() -> list[Named]:
    """Definitions of the shared quantities, each in terms of those before it."""
    p = Symbols()
    calls: list[tuple[str, Callable[..., Any], tuple[Any, ...]]] = [
        ("n", signals.occupancy, (SKIN,)),
        ("v", signals.vacancy, (SKIN,)),
        ("u_h", signals.uv_signal, (SKIN, p)),
        ("N_h", signals.inflamed, (SKIN, p)),
        ("a", signals.antigen, (SKIN, p)),
        ("l", signals.licence, (SKIN, p)),
        ("kill", signals.killing_rate, (SKIN, p)),
        ("s", signals.support, (SKIN, p)),
        ("e", signals.emission_rate, (SKIN, p)),
        ("X", signals.screening, (SKIN, p)),
        ("inc", signals.incontinence_rate, (SKIN, p)),
        ("A_0", drive_to_pigment, (SKIN, p, DRIVE)),
    ]
    found: list[Named] = []
    for letter, signal, arguments in calls:
        value = _named(_folded(signal(*arguments)), found)
        found.append(Named(symbol(letter), signal.__name__, value))
    return found


def _named(expression: Any, known: list[Named]) -> Any:
    """Put the names of shared quantities where they occur, those made of others last."""
    for each in known:  # as a whole
        expression = expression.xreplace({each.value: each.symbol, -each.value: -each.symbol})
    for each in known:  # within a product
        expression = expression.subs(each.value, each.symbol)
    return expression


SHARED = _shared()


@cache
def terms() -> tuple[Term, ...]:
    """What every process adds to every field it touches: gain - loss U, with shared quantities by name."""
    found = []
    for process in PROCESSES:
        gain, loss = process(SKIN, Symbols(), DRIVE, SymbolicPlace())
        for field in sorted({*gain, *loss}):
            gained, lost = (_named(_folded(sympy.sympify(part.get(field, 0))), SHARED) for part in (gain, loss))
            # each part of the loss by itself, so that what cancels against a gain is seen
            rate = gained - sum(part * SKIN[field] for part in sympy.Add.make_args(lost))
            if rate.has(lap):
                rate = sympy.factor_terms(sympy.simplify(rate))
            found.append(Term(process.__name__, field, _named(rate, SHARED)))
    return tuple(found)


def equations() -> dict[Field, Any]:
    """The rate of each field, 1/d, as one SymPy expression in the shared quantities.

    >>> sorted(str(s) for s in equations()[Field.CELLS].free_symbols)
    ['Q', 'c', 'dl_Q']
    """
    rates: dict[Field, Any] = dict.fromkeys(Field, sympy.Integer(0))
    for term in terms():
        rates[term.field] += term.rate
    for field, name in SPREAD_BY.items():
        rates[field] += symbol(name) * lap(SKIN[field])
    return rates


def typeset(expression: Any) -> str:
    r"""LaTeX of an expression in the notation of the pages: numbers, parameters, exposures, then fields.

    >>> typeset(SKIN.effectors * symbol("dl_T"))
    '\\delta_{T} T'
    """
    ranks = {s.name: 1 for s in DRIVE} | {each.symbol.name: 2 for each in SHARED} | {s.name: 3 for s in SKIN}
    sorted_first = {s: sympy.Symbol(f"{ranks.get(s.name, 0)} {s.name}") for s in expression.free_symbols}
    names = {ranked: latex(s.name) for s, ranked in sorted_first.items()}
    return str(_Printer({"symbol_names": names, "order": "none"}).doprint(expression.xreplace(sorted_first)))


class _Printer(LatexPrinter):  # type: ignore[misc]
    def _print_lap(self, call: Any) -> str:
        return rf"\nabla^2 {self._print(call.args[0])}"

    def _print_mean(self, call: Any) -> str:
        return rf"\langle {self._print(call.args[0])} \rangle"

    def _print_fold(self, call: Any, exp: str | None = None) -> str:
        text = rf"\mathrm{{fold}}({self._print(call.args[0])})"
        return rf"{text}^{{{exp}}}" if exp else text

    def _print_Max(self, call: Any, exp: str | None = None) -> str:  # noqa: N802 - SymPy's name
        inside = " , ".join(self._print(each) for each in call.args if each != 0)
        text = rf"\left[{inside}\right]_{{+}}"
        return rf"{text}^{{{exp}}}" if exp else text
