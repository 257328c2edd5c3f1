"""Every number of the model, with its range, unit, source and status."""

import csv
import difflib
import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from repigment.errors import RepigmentError

STATUSES = ("measured", "derived", "fitted", "assumed", "prior", "switch", "forcing")

_ASKED: ContextVar[set[str] | None] = ContextVar("asked", default=None)
_SUPPOSED: ContextVar[Mapping[str, float]] = ContextVar("supposed", default=MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Parameter:
    """One number of the model: value and admissible range in `unit`, where it comes from, how far to trust it."""

    name: str
    value: float
    low: float
    high: float
    unit: str
    meaning: str
    source: str
    identifier: str
    status: str
    theme: str


def _read(theme: str, text: str) -> Iterator[Parameter]:
    for row in csv.DictReader(text.splitlines()):
        yield Parameter(
            name=row["name"],
            value=float(row["value"]),
            low=float(row["low"]),
            high=float(row["high"]),
            unit=row["unit"],
            meaning=row["meaning"],
            source=row["source"],
            identifier=row["identifier"],
            status=row["status"],
            theme=theme,
        )


@cache
def parameters() -> Mapping[str, Parameter]:
    """All parameters by name, in the order of their themes' files.

    >>> parameters()["dl_T"].unit
    '1/d'
    """
    folder = files("repigment.evidence") / "parameters"
    found: dict[str, Parameter] = {}
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".csv"):
            for parameter in _read(file.name.removesuffix(".csv"), file.read_text("utf-8")):
                if parameter.name in found:
                    raise ValueError(f"parameter {parameter.name} stands in two themes")
                found[parameter.name] = parameter
    return MappingProxyType(found)


def digest() -> str:
    """A short name of all values (16 hexadecimal digits): another number anywhere gives another name."""
    values = "".join(f"{p.name}={p.value!r};" for p in parameters().values())
    return hashlib.sha256(values.encode()).hexdigest()[:16]


def parameter(name: str) -> Parameter:
    """The parameter called `name`; RepigmentError with the nearest name if there is none."""
    known = parameters()
    if name not in known:
        near = difflib.get_close_matches(name, known, n=1)
        raise RepigmentError(
            f"no parameter is called {name!r}",
            remedy=f"did you mean {near[0]!r}?" if near else "`repigment parameters` lists them all",
        )
    return known[name]


def value(name: str) -> float:
    """The value of the parameter called `name`, in its own unit.

    >>> value("mu")
    0.04
    """
    known = parameter(name)
    asked = _ASKED.get()
    if asked is not None:
        asked.add(name)
    return _SUPPOSED.get().get(name, known.value)


@contextmanager
def supposing(values: Mapping[str, float]) -> Iterator[None]:
    """Meanwhile, `value` answers from `values` by parameter name, where they say anything.

    >>> with supposing({"mu": 0.05}):
    ...     value("mu")
    0.05
    """
    before = _SUPPOSED.set(values)
    try:
        yield
    finally:
        _SUPPOSED.reset(before)


@contextmanager
def noting() -> Iterator[set[str]]:
    """The names of the parameters whose values are asked for meanwhile.

    >>> with noting() as asked:
    ...     doubled = 2 * value("mu")
    >>> asked
    {'mu'}
    """
    asked: set[str] = set()
    before = _ASKED.set(asked)
    try:
        yield asked
    finally:
        _ASKED.reset(before)


def search(pattern: str = "") -> list[Parameter]:
    """Parameters whose name, meaning, theme or status contains `pattern`, whatever the case.

    >>> [p.name for p in search("melanoblast motility")]
    ['D_b']
    """
    wanted = pattern.casefold()
    return [p for p in parameters().values() if wanted in f"{p.name} {p.meaning} {p.theme} {p.status}".casefold()]
