"""From skin to spectrum by the solver itself: what the table is measured against, and what can be differentiated."""

from functools import partial
from typing import Any

import jax
import numpy as np
from numpy.typing import NDArray

from repigment.evidence.parameters import value
from repigment.optics import adding_doubling as ad
from repigment.optics.instrument import Instrument, Sphere, seen
from repigment.optics.spectral import WAVELENGTHS
from repigment.optics.tissue import Optical, Pigments, Tissue, anisotropy, optical, typical

Floats = NDArray[np.float64]
REFERENCE = 16  # directions of the reference


def spectrum_by_solver(
    pigments: Pigments, tissue: Tissue | None = None, instrument: Instrument | None = None, nodes: int = REFERENCE
) -> Floats:
    """Reflectance (..., 31) as `skin.spectrum` gives it, by adding and doubling.

    >>> from repigment.optics.skin import spectrum
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
    >>> bool((np.asarray(by_melanin) < 0).all())
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
