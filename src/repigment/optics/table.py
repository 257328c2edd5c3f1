"""Reflectance of a layer on a half-space, tabled once: every spectrum of skin is read from it.

At a given anisotropy the light that comes back depends on three numbers only: how much the layer absorbs (a = mua d),
how much it scatters (s = mus' d), and how much the matter below absorbs for what it scatters (q = mua / mus'). What
another anisotropy changes is small, and read from a coarse table of d ln R / dg.
Two layers are first taken for one, on the half-space that gives as much even light back as the second layer with what
lies below; a coarse table of what that leaves out corrects it. `tabling` makes the tables, once a version.
"""

from collections.abc import Callable, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from repigment.evidence.parameters import value
from repigment.optics.spectral import WAVELENGTHS
from repigment.optics.tissue import anisotropy
from repigment.saving import remembered

Floats = NDArray[np.float64]
FINE, COARSE = (40, 14, 40), (10, 4, 16)  # nodes of the axes of a, s and q
MOST_ABSORBED, LITTLE = 12.0, 0.03  # largest a; where its axis turns from even steps to even ratios
SCATTERS = (0.15, 4.0)  # range of s: skin has 0.2 to 3; a wider one is coarser
RATIOS = (1e-4, 30.0)  # range of q
FINER = 16  # fold finer, the curve that is turned round
MAKERS = ("adding_doubling", "elimination", "quadrature", "tabling")  # the code that tables are made by
BEYOND = 4  # nodes by which an axis is carried on straight, so that the spline need not turn level at its ends


def _grid(size: tuple[int, int, int] = FINE) -> tuple[Floats, Floats, Floats]:
    """Values of a, s and q at the nodes of their axes."""
    a = LITTLE * np.expm1(np.linspace(0, np.log1p(MOST_ABSORBED / LITTLE), size[0]))
    return a, np.geomspace(*SCATTERS, size[1]), np.geomspace(*RATIOS, size[2])


def _places(a: ArrayLike, s: ArrayLike, q: ArrayLike, size: tuple[int, int, int] = FINE) -> list[Floats]:
    """Where values of a, s and q (...) lie on the axes, in nodes."""
    along = np.log1p(np.maximum(np.asarray(a, float), 0) / LITTLE) / np.log1p(MOST_ABSORBED / LITTLE)
    places = [along * (size[0] - 1)]
    for x, ends, count in ((s, SCATTERS, size[1]), (q, RATIOS, size[2])):
        low, high = np.log(ends)
        places.append((np.log(np.maximum(np.asarray(x, float), ends[0])) - low) * (count - 1) / (high - low))
    return places


class _Layers(NamedTuple):
    """ln R of layers on half-spaces (a, s, q), seen from outside and by even light inside; of half-spaces alone (q)."""

    seen: Floats
    inside: Floats
    bare: Floats


@cache
def _layers(size: tuple[int, int, int] = FINE, g: float | None = None) -> _Layers:
    held, index = _held()
    grid, g = _grid(size), held if g is None else g
    whole, bare = int(np.prod(size)), size[2]

    def make() -> Floats:
        return np.concatenate([each.ravel() for each in _tabling().one_layer(*grid, g, index)])

    found = np.log(_made("layer", [*grid, [g, index]], 2 * whole + bare, make))
    return _Layers(found[:whole].reshape(size), found[whole : 2 * whole].reshape(size), found[2 * whole :])


def _tabling() -> Any:
    """The maker of tables, with the solver and its compiler: asked for only where a table is not there yet."""
    from repigment.optics import tabling

    return tabling


def _made(name: str, at: Sequence[ArrayLike], size: int, make: Callable[[], Floats]) -> Floats:
    """A table (size,), kept for the values `at` that it is made for and the code that makes it."""
    code = [(files("repigment.optics") / f"{part}.py").read_text("utf-8") for part in MAKERS]
    return remembered(
        f"light-{name}", "\n".join([*(repr(np.asarray(each).tolist()) for each in at), *code]), size, make
    )


def _held() -> tuple[float, float]:
    return value("anisotropy_table"), value("refractive_index")


@cache
def _by_anisotropy() -> Floats:
    """d ln R / dg of layers (a, s, q), on the coarse grid: from the shortest wavelength to the table's g."""
    g = _held()[0]
    low = float(anisotropy(WAVELENGTHS[0]))
    here, there = (_layers(COARSE, each).seen for each in (g, low))
    return (here - there) / (g - low)


@cache
def _left_out() -> Floats:
    """ln R of two layers (a, s, a, s, q) above what `layered` and `alike` make of them, on the coarse grid."""
    a, s, q = _grid(COARSE)
    shape = (len(a), len(s), len(a), len(s), len(q))
    made = _made(
        "two-layers", [a, s, q, _held()], int(np.prod(shape)), lambda: _tabling().two_layers(a, s, q, *_held())
    )
    exact = np.log(made).reshape(shape)
    upper = alike(a[:, None, None], s[:, None], q)
    return exact - np.log(layered(a.reshape(-1, 1, 1, 1, 1), s.reshape(-1, 1, 1, 1), upper))


@cache
def _spline(which: str) -> Floats:
    from scipy.ndimage import spline_filter

    known = np.pad(getattr(_layers(), which), BEYOND, mode="reflect", reflect_type="odd")
    return np.asarray(spline_filter(known, order=3, mode="nearest"))


def _read(which: str, a: ArrayLike, s: ArrayLike, q: ArrayLike) -> Floats:
    from scipy.ndimage import map_coordinates

    places = np.broadcast_arrays(*_places(a, s, q))
    at = [np.clip(each, 0, size - 1).ravel() + BEYOND for each, size in zip(places, FINE, strict=True)]
    found = map_coordinates(_spline(which), at, order=3, mode="nearest", prefilter=False)
    return np.exp(found).reshape(places[0].shape)


def _coarse(table: Floats, places: list[Floats]) -> Floats:
    from scipy.ndimage import map_coordinates

    spread = np.broadcast_arrays(*places)
    found = map_coordinates(table, [each.ravel() for each in spread], order=1, mode="nearest")
    return np.asarray(found.reshape(spread[0].shape))


def layered(a: ArrayLike, s: ArrayLike, q: ArrayLike, g: ArrayLike | None = None) -> Floats:
    """Share (...) of light along the normal that a layer (a, s) on matter q gives back; the surface's own not counted.

    `g` (...) is the anisotropy, that of the table if not given.

    >>> bool(layered(1.0, 1.0, 0.01) < layered(0.1, 1.0, 0.01))
    True
    """
    found = _read("seen", a, s, q)
    if g is None:
        return found
    return found * np.exp((np.asarray(g, float) - _held()[0]) * _coarse(_by_anisotropy(), _places(a, s, q, COARSE)))


def alike(a: ArrayLike, s: ArrayLike, q: ArrayLike) -> Floats:
    """The ratio (...) of a half-space that gives back as much even light, inside, as a layer (a, s) on matter q.

    >>> bool(alike(1.0, 1.0, 0.01) > 0.01)
    True
    """
    from scipy.interpolate import CubicSpline

    fine = np.geomspace(*RATIOS, FINER * FINE[2])
    bare = CubicSpline(np.log(_grid()[2]), _layers().bare)(np.log(fine))
    return np.exp(np.interp(-np.log(_read("inside", a, s, q)), -bare, np.log(fine)))


def twice_layered(
    first: tuple[ArrayLike, ArrayLike], second: tuple[ArrayLike, ArrayLike], q: ArrayLike, g: ArrayLike | None = None
) -> Floats:
    """The same share (...) for two layers, each its a and s, the first above the second, on matter q.

    >>> bool(abs(twice_layered((0.5, 1.0), (0.5, 1.0), 0.1) / layered(1.0, 2.0, 0.1) - 1) < 0.1)
    True
    """
    places = [*_places(*first, q, COARSE)[:2], *_places(*second, q, COARSE)]
    return layered(*first, alike(*second, q), g) * np.exp(_coarse(_left_out(), places))
