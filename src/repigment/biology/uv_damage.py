"""Sunlight leaves damage that signals for days; melanin screens it. Phototherapy sessions are doses, see the engine."""

from typing import Any

from repigment.biology.rates import Place, Rates
from repigment.biology.signals import screening
from repigment.skin.exposure import Drive
from repigment.skin.fields import Field, Skin


def uv_damage(skin: Skin, p: Any, drive: Drive, place: Place) -> Rates:
    """u' = E_sun X - dl_u u, X = exp(-k_scr phi (P1+P2))."""
    return Rates(
        gain={Field.UV_DAMAGE: drive.sun * screening(skin, p)},
        loss={Field.UV_DAMAGE: p.dl_u},
    )
