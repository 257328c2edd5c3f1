"""Follicles send melanoblasts into depigmented skin: the source of perifollicular islands."""

from typing import Any

from repigment.biology.rates import Place, Rates
from repigment.biology.signals import emission_rate
from repigment.skin.exposure import Drive
from repigment.skin.fields import Field, Skin


def emission(skin: Skin, p: Any, drive: Drive, place: Place) -> Rates:
    """b' = +J, J = rho_i S0 e / K_m, e = (g0 s + g_u uh) S v, rho_i usable follicles per mm2 of the pixel.

    Well mixed, rho_i is rho_f p_res. Healthy skin has no vacancy, so nothing flows.
    """
    return Rates(gain={Field.MELANOBLASTS: place.follicles * p.S0 * emission_rate(skin, p) / p.K_m})
