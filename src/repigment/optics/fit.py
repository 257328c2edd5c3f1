"""What a measured spectrum says of the skin: five numbers of the model, fitted to many spectra at once.

Melanin, blood, scattering, baseline and saturation are sought through the fast table, after Levenberg (1944) and
Marquardt (1963), in logarithms (the saturation as ln(S / (1 - S))), between bounds. What a spectrum does not tell stays
near what is usual: each number is held to the median by a spread that is wide against the differences between people.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from repigment.errors import RepigmentError
from repigment.evidence.parameters import value
from repigment.optics.instrument import Instrument, Sphere
from repigment.optics.skin import spectrum
from repigment.optics.spectral import WAVELENGTHS
from repigment.optics.tissue import Pigments, Tissue, typical

Floats = NDArray[np.float64]
UNKNOWNS = ("melanin", "blood", "scattering", "baseline", "saturation")
PIGMENTS = 2  # the first unknowns, that change from place to place
LOWEST = Pigments(0.02, 5e-4), Tissue(0.25, 0.02, 0.02)  # where the search ends
HIGHEST = Pigments(60.0, 0.3), Tissue(3.0, 6.0, 0.98)
SMALL = 1e-4  # step of the differences that stand for derivatives
STARTS = 12  # amounts of melanin from which the search may start
ROUNDS, ENOUGH = 40, 1e-4  # most steps, and the step in logarithms that ends the search
DAMPING, EASIER, HARDER = 1e-2, 0.2, 5.0  # of the steps: at first, after a good one, after a bad one
Model = Callable[[Floats], Floats]


class Fit(NamedTuple):
    """Skin that explains a spectrum, each (...), and what it leaves unexplained (..., 31): model less measured."""

    pigments: Pigments
    tissue: Tissue
    residual: Floats

    @property
    def rmse(self) -> Floats:
        """Root mean square (...) of the residual over wavelengths, in reflectance."""
        return np.sqrt(np.mean(self.residual**2, axis=-1))


def fit(measured: ArrayLike, instrument: Instrument | None = None, tissue: Tissue | None = None) -> Fit:
    """Skin that explains reflectance `measured` (..., 31) at WAVELENGTHS, as `instrument` (a sphere) read it.

    A `tissue` (...) that is given is held, and only melanin and blood are sought. RepigmentError for a reflectance that
    is not above 0 and at most 1. Minimises sum (R - R')^2 / noise^2 + sum (x - x0)^2 / spread^2.

    >>> skin = Pigments(np.array([2.0, 9.0]), np.array([0.01, 0.02]))
    >>> fit(spectrum(skin)).pigments.melanin.round(1).tolist()
    [2.0, 9.0]
    """
    target = np.asarray(measured, float)
    if target.shape[-1:] != WAVELENGTHS.shape or not ((target > 0) & (target <= 1)).all():
        raise RepigmentError("a spectrum cannot be fitted", where="reflectance", allowed="31 shares above 0, at most 1")
    rows = target.reshape(-1, len(WAVELENGTHS))
    free = slice(0, len(UNKNOWNS) if tissue is None else PIGMENTS)
    middle = unknowns(Pigments(value("fit.melanin"), value("own.blood")), tissue or typical())
    middle = np.broadcast_to(middle, (*target.shape[:-1], len(UNKNOWNS))).reshape(len(rows), len(UNKNOWNS))

    def model(x: Floats) -> Floats:
        return spectrum(*skin_of(x), instrument or Sphere())

    found = _search(model, rows, middle, free)
    residual = (model(found) - rows).reshape(target.shape)
    return Fit(*skin_of(found.reshape(*target.shape[:-1], len(UNKNOWNS))), residual)


def unknowns(pigments: Pigments, tissue: Tissue) -> Floats:
    """Skin as it is sought and drawn, (..., 5): ln of melanin, blood, scattering and baseline, logit of saturation.

    >>> unknowns(Pigments(1.0, 1.0), Tissue(1.0, 1.0, 0.5)).tolist()
    [0.0, 0.0, 0.0, 0.0, 0.0]
    """
    outer = np.stack(np.broadcast_arrays(*(np.asarray(x, float) for x in (*pigments[:PIGMENTS], *tissue))), axis=-1)
    return np.concatenate([np.log(outer[..., :-1]), np.log(outer[..., -1:] / (1 - outer[..., -1:]))], axis=-1)


def skin_of(x: Floats) -> tuple[Pigments, Tissue]:
    """The skin of `unknowns` (..., 5), each number (...); none of its melanin is dermal.

    >>> float(skin_of(np.zeros(5))[1].saturation)
    0.5
    """
    melanin, blood, scattering, base = (np.exp(x[..., column]) for column in range(4))
    return Pigments(melanin, blood), Tissue(scattering, base, 1 / (1 + np.exp(-x[..., -1])))


def _search(model: Model, target: Floats, middle: Floats, free: slice) -> Floats:
    """The best unknowns (n, 5) for `target` (n, 31), sought from and held to `middle`; only the `free` ones move."""
    noise = value("fit.noise")
    spread = np.array([value(f"fit.{name}_spread") for name in UNKNOWNS])[free]
    low, high = unknowns(*LOWEST)[free], unknowns(*HIGHEST)[free]
    x, damping = middle.copy(), np.full(len(target), DAMPING)
    x[:, 0] = _first_melanin(model, target, middle)
    seen = model(x)
    cost = _cost(seen - target, x - middle, noise, spread, free)
    moving = np.arange(len(target))
    for _ in range(ROUNDS):
        if not len(moving):
            break
        here = x[moving]
        slope = _slopes(model, here, seen[moving], free) / noise
        pull = (here - middle[moving])[:, free] / spread**2
        gradient = np.einsum("nwk,nw->nk", slope, (seen - target)[moving] / noise) + pull
        curve = np.einsum("nwk,nwl->nkl", slope, slope) + np.diag(spread**-2)
        curve += damping[moving, None, None] * curve * np.eye(len(spread))
        trial = here.copy()
        trial[:, free] = np.clip(here[:, free] - np.linalg.solve(curve, gradient[..., None])[..., 0], low, high)
        there = model(trial)
        new = _cost(there - target[moving], trial - middle[moving], noise, spread, free)
        good = new <= cost[moving]
        kept = moving[good]
        x[kept], seen[kept], cost[kept] = trial[good], there[good], new[good]
        damping[moving] *= np.where(good, EASIER, HARDER)
        still = np.abs(trial - here).max(axis=1) > ENOUGH
        moving = moving[still]
    return x


def _first_melanin(model: Model, target: Floats, middle: Floats) -> Floats:
    """ln melanin (n,) to start from: of a few amounts the one that, with the rest usual, comes nearest to `target`."""
    tries = np.linspace(np.log(LOWEST[0].melanin), np.log(HIGHEST[0].melanin / 2), STARTS)
    start = np.repeat(middle[None], len(tries), axis=0)
    start[..., 0] = tries[:, None]
    missed = np.square(np.log(model(start) / target)).sum(axis=-1)
    return np.asarray(tries[missed.argmin(axis=0)])


def _cost(residual: Floats, away: Floats, noise: float, spread: Floats, free: slice) -> Floats:
    return np.square(residual / noise).sum(axis=-1) + np.square(away[:, free] / spread).sum(axis=-1)


def _slopes(model: Model, x: Floats, seen: Floats, free: slice) -> Floats:
    """dR / dx (n, 31, free) by differences."""
    steps = SMALL * np.eye(x.shape[1])[free]
    return np.moveaxis(np.asarray((model(x + steps[:, None]) - seen) / SMALL), 0, -1)
