"""What skin is made of, to light: pigments that change from place to place, and tissue that is the person's own."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from repigment.evidence.parameters import value
from repigment.optics.arrays import library
from repigment.optics.chromophores import baseline, melanosome, reduced_scattering, whole_blood

Floats = NDArray[np.float64]
CM = 1e-4  # of a micrometre


class Pigments(NamedTuple):
    """Pigment by place, (...) each.

    `melanin` of the epidermis in um of melanosome (volume share times thickness, by the formula of Jacques 1998),
    `blood` as volume share of the dermis, `dermal` melanin of the upper dermis in um.
    """

    melanin: Any
    blood: Any
    dermal: Any = 0.0


class Tissue(NamedTuple):
    """A person's skin without its pigments, (...) each: fold scattering and baseline, oxygenated share of blood."""

    scattering: Any
    baseline: Any
    saturation: Any


class Optical(NamedTuple):
    """Skin at WAVELENGTHS as a layer (epidermis) and a thin layer (upper dermis) on a half-space, (..., 31) each.

    Absorption and reduced scattering depths (mua d, mus' d) of the layers, and mua / mus' of the dermis below.
    """

    absorbed: Floats
    scattered: Floats
    absorbed_upper: Floats
    scattered_upper: Floats
    ratio: Floats


def typical() -> Tissue:
    """The median of the measured population.

    >>> 0.5 < typical().saturation < 1
    True
    """
    return Tissue(value("tissue.scattering"), value("tissue.baseline"), value("tissue.saturation"))


def optical(pigments: Pigments, tissue: Tissue) -> Optical:
    """Optical depths of skin: mua = M mel + (1 - M) base in the epidermis, B blood + (1 - B) base in the dermis.

    Shapes of pigments and tissue are broadcast; dermal melanin is spread over `melanophage_depth`. Of JAX arrays if
    one is given.
    """
    xp = library(*pigments, *tissue)
    *spread, saturation = xp.broadcast_arrays(*(xp.asarray(each, float) for each in (*pigments, *tissue)))
    melanin, blood, dermal, scattering, base_fold = (each[..., None] for each in spread)
    epidermis, upper = value("epidermis_thickness"), value("melanophage_depth")
    base = base_fold * baseline()
    below = blood * whole_blood(saturation) + (1 - blood) * base
    scatter = scattering * reduced_scattering("dermis")
    return Optical(
        absorbed=CM * (melanin * melanosome() + (epidermis - melanin) * base),
        scattered=CM * epidermis * scattering * reduced_scattering("epidermis"),
        absorbed_upper=CM * (dermal * melanosome() + (upper - dermal) * below),
        scattered_upper=CM * upper * scatter,
        ratio=below / scatter,
    )


def anisotropy(wavelengths: ArrayLike) -> Floats:
    """g (...) at wavelengths in nm: 0.62 + 0.29e-3 l (van Gemert 1989).

    >>> round(float(anisotropy(500.0)), 3)
    0.765
    """
    return value("anisotropy_base") + value("anisotropy_rise") * np.asarray(wavelengths, float)
