"""How busy a melanocyte is: UV, light, inflammation and the niche drive it, interferon and the secretome turn it."""

from typing import Any

from repigment.biology.rates import Place, Rates
from repigment.biology.signals import inflamed, uv_signal
from repigment.biology.symbols import fold, positive, saturating, sqrt
from repigment.skin.exposure import Drive
from repigment.skin.fields import Field, Skin


def drive_to_pigment(skin: Skin, p: Any, drive: Drive) -> Any:
    """A0 = [1 + a_u mc1r uh (1 + s_F F) + a_v VL + a_N Nh sqrt(phi) + a_F F] [1 - i_C C/(1+C)]."""
    stimulus = (
        1
        + p.a_u * p.mc1r * uv_signal(skin, p) * (1 + p.s_F * skin.niche)
        + p.a_v * drive.visible_light
        + p.a_N * inflamed(skin, p) * sqrt(p.phi)
        + p.a_F * skin.niche
    )
    return stimulus * (1 - p.i_C * saturating(skin.interferon, 1))


def melanogenesis(skin: Skin, p: Any, drive: Drive, place: Place) -> Rates:
    """A' = (Ainf - A) / tau_A; the secretome pulls A0 to 1 (homeo = 1) or lowers it (homeo = 0): rival hypotheses.

    Ainf = homeo (1 + (A0-1)/q) + (1-homeo) A0/q, q = fold(k_mel e_sig V) > 0 whatever the sign of mechanism 4.
    """
    target = drive_to_pigment(skin, p, drive)
    pull = fold(p.k_mel * p.e_sig * skin.secretome)
    settled = p.homeo * positive(1 + (target - 1) / pull) + (1 - p.homeo) * target / pull
    return Rates(gain={Field.MELANOGENESIS: settled / p.tau_A}, loss={Field.MELANOGENESIS: 1 / p.tau_A})
