"""Mechanism 1, differentiation: depot cells turn into melanoblasts. No report in living skin; off unless asked for."""

from typing import Any

from repigment.biology.rates import Place, Rates
from repigment.biology.signals import vacancy
from repigment.skin.exposure import Drive
from repigment.skin.fields import Field, Skin


def replacement(skin: Skin, p: Any, drive: Drive, place: Place) -> Rates:
    """b' = +e_dif k_rep Q v."""
    return Rates(gain={Field.MELANOBLASTS: p.e_dif * p.k_rep * skin.cells * vacancy(skin)})
