"""A wound heals over weeks and inflames the skin meanwhile: why a laser or a burn is answered for so long."""

from typing import Any

from repigment.biology.rates import Place, Rates
from repigment.skin.exposure import Drive
from repigment.skin.fields import Field, Skin


def healing(skin: Skin, p: Any, drive: Drive, place: Place) -> Rates:
    """W' = -dl_W W, N' = k_W W."""
    return Rates(gain={Field.INFLAMMATION: p.k_W * skin.wound}, loss={Field.WOUND: p.dl_W})
