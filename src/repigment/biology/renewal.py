"""The follicle's stem-cell reservoir renews itself and pays for what it emits."""

from typing import Any

from repigment.biology.rates import Place, Rates
from repigment.biology.signals import support, uv_signal, vacancy
from repigment.skin.exposure import Drive
from repigment.skin.fields import Field, Skin


def renewal(skin: Skin, p: Any, drive: Drive, place: Place) -> Rates:
    """S' = s r_S S (1-S) - e, with the emission e = (g0 s + g_u uh) S v taken per cell."""
    s = support(skin, p)
    leaving = (p.g0 * s + p.g_u * uv_signal(skin, p)) * vacancy(skin)
    renewed = s * p.r_S * skin.reservoir
    # crowding as a loss, not as less growth: no step overshoots, however strong the support
    return Rates(gain={Field.RESERVOIR: renewed}, loss={Field.RESERVOIR: leaving + renewed})
