"""Autoreactive CD8 T cells are recruited by the chemokine axis and leave or die, sooner where no antigen is left."""

from typing import Any

from repigment.biology.rates import Place, Rates
from repigment.biology.signals import antigen, primed
from repigment.biology.symbols import positive
from repigment.skin.exposure import Drive
from repigment.skin.fields import Field, Skin


def effectors(skin: Skin, p: Any, drive: Drive, place: Place) -> Rates:
    """T' = theta [s_T + r_T C^2/(C^2 + K_C^2)] - [dl_T (1 + al_a (1-a)) + out] T (+ D_T lap T).

    out = k_out k_Ts max(e_imm, 0) pr V, pr = pr(pr_imm), how far interferon has primed the cells.
    The square keeps health locally stable for every theta.
    """
    called = skin.interferon**2 / (skin.interferon**2 + p.K_C**2)
    suppressed = p.k_out * p.k_Ts * positive(p.e_imm) * primed(skin, p.pr_imm, p) * skin.secretome
    return Rates(
        gain={Field.EFFECTORS: p.theta * (p.s_T + p.r_T * called)},
        loss={Field.EFFECTORS: p.dl_T * (1 + p.al_a * (1 - antigen(skin, p))) + suppressed},
    )
