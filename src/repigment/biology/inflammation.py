"""Sunburn, irritants and needles inflame the skin; it calms down, faster under steroids or mechanism 3."""

from typing import Any

from repigment.biology.rates import Place, Rates
from repigment.biology.signals import primed
from repigment.biology.symbols import fold, positive
from repigment.skin.exposure import Drive
from repigment.skin.fields import Field, Skin


def inflammation(skin: Skin, p: Any, drive: Drive, place: Place) -> Rates:
    """N' = N_in + w N_injury + nu_u max(u - u_th, 0) - dl_N (AI + fold(k_AI e_inf pr V)) N, w how lesional skin is.

    pr = pr(pr_inf), how far interferon has primed the cells.
    """
    calming = drive.anti_inflammatory + fold(p.k_AI * p.e_inf * primed(skin, p.pr_inf, p) * skin.secretome)
    return Rates(
        gain={
            Field.INFLAMMATION: drive.irritation
            + place.lesion * drive.injury
            + p.nu_u * positive(skin.uv_damage - p.u_th)
        },
        loss={Field.INFLAMMATION: p.dl_N * calming},
    )
