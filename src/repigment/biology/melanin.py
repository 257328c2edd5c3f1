"""Melanin is made, handed to keratinocytes, broken down, and carried outward with the epidermis."""

from typing import Any

from repigment.biology.rates import Place, Rates
from repigment.biology.symbols import fold, sqrt
from repigment.skin.exposure import Drive
from repigment.skin.fields import Field, Skin


def melanin(skin: Skin, p: Any, drive: Drive, place: Place) -> Rates:
    """P1' = (turn/tau1 + dp) m A (1-I_TYR)(1-I_TX) - [t/tau1 + dp fold(k_deg e_sig V)] P1, dp = dl_p/sqrt(phi).

    P2' = c_corn t/tau1 P1 - t/tau2 P2: part of the melanin is lost on cornification.

    t = turn turn_d z/(1 + slow_F F): drugs speed the turnover z, the niche of a sun spot slows it.
    """
    degradation = p.dl_p / sqrt(p.phi)
    turnover = p.turn * p.turn_d * drive.turnover / (1 + p.slow_F * skin.niche)
    made = (1 - drive.tyrosinase_blockade) * (1 - drive.transfer_blockade)
    return Rates(
        gain={
            Field.MELANIN_VIABLE: (p.turn / p.tau1 + degradation) * skin.melanocytes * skin.melanogenesis * made,
            Field.MELANIN_CORNEUM: p.c_corn * turnover / p.tau1 * skin.melanin_viable,
        },
        loss={
            Field.MELANIN_VIABLE: turnover / p.tau1 + degradation * fold(p.k_deg * p.e_sig * skin.secretome),
            Field.MELANIN_CORNEUM: turnover / p.tau2,
        },
    )
