"""From skin to spectrum: fast, from the table, and by the solver itself as the reference."""

from functools import partial
from typing import Any

import jax
import numpy as np
from numpy.typing import NDArray

from repigment.evidence.parameters import value
from repigment.optics import adding_doubling as ad
from repigment.optics.instrument import Instrument, Sphere, seen
from repigment.optics.spectral import WAVELENGTHS
from repigment.optics.table import layered, twice_layered
from repigment.optics.tissue import Optical, Pigments, Tissue, anisotropy, optical, typical

Floats = NDArray[np.float64]
REFERENCE = 16  # directions of the reference


def spectrum(pigments: Pigments, tissue: Tissue | None = None, instrument: Instrument | None = None) -> Floats:
    """Reflectance (..., 31) at WAVELENGTHS of skin with `pigments` (...), as `instrument` reads it; from the table.

    The upper dermis is a layer of its own only where it holds melanin.

    >>> light, dark = spectrum(Pigments(np.array([1.0, 10.0]), np.array([0.01, 0.01])))
    >>> bool((dark < light).all())
    True
    """
    skin = optical(pigments, tissue or typical())
    if np.any(np.asarray(pigments.dermal) > 0):
        upper = skin.absorbed_upper, skin.scattered_upper
        given_back = twice_layered((skin.absorbed, skin.scattered), upper, skin.ratio, anisotropy(WAVELENGTHS))
    else:
        given_back = layered(skin.absorbed, skin.scattered, skin.ratio, anisotropy(WAVELENGTHS))
    return seen(given_back, skin, instrument or Sphere())


def spectrum_by_solver(
    pigments: Pigments, tissue: Tissue | None = None, instrument: Instrument | None = None, nodes: int = REFERENCE
) -> Floats:
    """The same (..., 31) by adding and doubling, the reference.

    >>> skin = Pigments(5.0, 0.01)
    >>> bool(abs(spectrum_by_solver(skin) - spectrum(skin)).max() < 0.001)
    True
    """
    known = tissue or typical()
    with ad.exactly():
        given_back = np.asarray(diffuse(pigments, known, nodes))
    return seen(given_back, optical(pigments, known), instrument or Sphere())


def diffuse(pigments: Pigments, tissue: Tissue, nodes: int = REFERENCE) -> Any:
    """Share (..., 31) of light along the normal that comes out of skin, by the solver; the surface's own not counted.

    Epidermis, upper dermis and dermis are added, with the anisotropy of each wavelength. JAX: call it inside
    `exactly()`; it can be differentiated by everything in `pigments` and `tissue` that is given as JAX arrays.

    >>> with ad.exactly():
    ...     by_melanin = jax.jacfwd(lambda melanin: diffuse(Pigments(melanin, 0.01), typical(), 8))(5.0)
    >>> bool((by_melanin < 0).all())
    True
    """
    return _added(optical(pigments, tissue), anisotropy(WAVELENGTHS), nodes, value("refractive_index"))


@partial(jax.jit, static_argnums=(2, 3))
def _added(skin: Optical, g: Any, nodes: int, index: float) -> Any:
    below = ad.half_space(1 / (1 + skin.ratio * (1 - g)), g, nodes, index)
    upper = ad.slab(ad.layer_of(skin.absorbed_upper, skin.scattered_upper / (1 - g), g, 1.0), nodes, index)
    over = ad.slab(ad.layer_of(skin.absorbed, skin.scattered / (1 - g), g, 1.0), nodes, index)
    dermis = ad.add(upper, ad.Response(below, below))
    return ad.under_surface(ad.add(over, ad.Response(dermis.R, dermis.R)).R, nodes, index)
