"""Melanin drops through a damaged basement membrane and stays in dermal macrophages for months."""

from typing import Any

from repigment.biology.rates import Place, Rates
from repigment.biology.signals import incontinence_rate
from repigment.skin.exposure import Drive
from repigment.skin.fields import Field, Skin


def incontinence(skin: Skin, p: Any, drive: Drive, place: Place) -> Rates:
    """P1' = -inc P1, D' = inc P1 - dl_D D, inc = l0 + l_N bm Nh + l_F F."""
    rate = incontinence_rate(skin, p)
    return Rates(
        gain={Field.MELANIN_DERMAL: rate * skin.melanin_viable},
        loss={Field.MELANIN_VIABLE: rate, Field.MELANIN_DERMAL: p.dl_D},
    )
