"""T cells that meet antigen, and inflamed skin, raise the IFN-gamma - CXCL9/10 axis; JAK inhibitors block it."""

from typing import Any

from repigment.biology.rates import Place, Rates
from repigment.biology.signals import antigen, primed
from repigment.biology.symbols import fold
from repigment.skin.exposure import Drive
from repigment.skin.fields import Field, Skin


def interferon(skin: Skin, p: Any, drive: Drive, place: Place) -> Rates:
    """C' = (1-J) phi_s [sig_C (T + om_C R) a (1-CNI) / g + c_N N] - dl_C C (+ D_C lap C).

    g = (1 + (G/K_G)^2) fold(k_Ts e_imm pr V) is the restraint by regulatory cells and by mechanism 2.
    """
    restraint = (1 + (skin.regulation / p.K_G) ** 2) * fold(
        p.k_Ts * p.e_imm * primed(skin, p.pr_imm, p) * skin.secretome
    )
    response = p.sig_C * (skin.effectors + p.om_C * skin.memory) * antigen(skin, p)
    response = response * (1 - drive.calcineurin_blockade) / restraint
    heard = (1 - drive.jak_blockade) * p.phi_s
    return Rates(
        gain={Field.INTERFERON: heard * (response + p.c_N * skin.inflammation)},
        loss={Field.INTERFERON: p.dl_C},
    )
