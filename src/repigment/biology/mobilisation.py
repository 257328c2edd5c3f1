"""A melanocyte at the edge of a gap lets go, loses its pigment and moves in."""

from typing import Any

from repigment.biology.rates import Place, Rates
from repigment.biology.signals import uv_signal, vacancy
from repigment.skin.exposure import Drive
from repigment.skin.fields import Field, Skin


def mobilisation(skin: Skin, p: Any, drive: Drive, place: Place) -> Rates:
    """m' = -mob, b' = +mob, mob = k_mob (1 + beta_u uh) m v: how margins repigment."""
    rate = p.k_mob * (1 + p.beta_u * uv_signal(skin, p)) * vacancy(skin)
    return Rates(gain={Field.MELANOBLASTS: rate * skin.melanocytes}, loss={Field.MELANOCYTES: rate})
