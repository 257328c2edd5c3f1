"""Quantities that several processes share: how full the skin is, what the immune system sees, what the cells add."""

from typing import Any

from repigment.biology.symbols import exp, fold, positive, saturating
from repigment.skin.fields import Skin


def occupancy(skin: Skin) -> Any:
    """n = m + b, the filled share of the melanocyte capacity."""
    return skin.melanocytes + skin.melanoblasts


def vacancy(skin: Skin) -> Any:
    """v = max(1 - n, 0), the room that calls melanoblasts out of the follicles."""
    return positive(1 - occupancy(skin))


def uv_signal(skin: Skin, p: Any) -> Any:
    """uh = u / (u + K_u), p53 - alpha-MSH signal of UV damage."""
    return saturating(skin.uv_damage, p.K_u)


def inflamed(skin: Skin, p: Any) -> Any:
    """Nh = N / (N + K_N)."""
    return saturating(skin.inflammation, p.K_N)


def antigen(skin: Skin, p: Any) -> Any:
    """a = (m + w_b b) / (m + w_b b + K_a): few melanocytes suffice to keep T cells busy."""
    return saturating(skin.melanocytes + p.w_b * skin.melanoblasts, p.K_a)


def licence(skin: Skin, p: Any) -> Any:
    """l = lic0 + (1 - lic0) C / (C + K_L): killing needs interferon to make its targets visible."""
    return p.lic0 + (1 - p.lic0) * saturating(skin.interferon, p.K_L)


def killing_rate(skin: Skin, p: Any) -> Any:
    """kill = k_K (T + om_R R) l, 1/d."""
    return p.k_K * (skin.effectors + p.om_R * skin.memory) * licence(skin, p)


def excess(skin: Skin, p: Any) -> Any:
    """x = max(V/V_tox - 1, 0): secretome beyond what melanocytes bear."""
    return positive(skin.secretome / p.V_tox - 1)


def support(skin: Skin, p: Any) -> Any:
    """s = fold(k_sup e_sup V / (1 + x)^2): growth factors (mechanism 1, support), less help where there is too much."""
    return fold(p.k_sup * p.e_sup * skin.secretome / (1 + excess(skin, p)) ** 2)


def primed(skin: Skin, resting: Any, p: Any) -> Any:
    """pr = r + (1 - r) (1 + K_pr) C/(C + K_pr): what works of a mechanism; r is its resting share.

    r in skin without interferon, 1 at C = 1, active vitiligo; where interferon is still higher a little more.
    """
    return resting + (1 - resting) * (1 + p.K_pr) * saturating(skin.interferon, p.K_pr)


def emission_rate(skin: Skin, p: Any) -> Any:
    """e = (g0 s + g_u uh) S v, 1/d: reservoir cells that leave the follicle where there is room."""
    return (p.g0 * support(skin, p) + p.g_u * uv_signal(skin, p)) * skin.reservoir * vacancy(skin)


def screening(skin: Skin, p: Any) -> Any:
    """X = exp(-k_scr phi (P1 + P2)): the share of UV that melanin lets through."""
    return exp(-p.k_scr * p.phi * (skin.melanin_viable + skin.melanin_corneum))


def incontinence_rate(skin: Skin, p: Any) -> Any:
    """inc = l0 + l_N bm Nh + l_F F, 1/d: melanin that drops through the basement membrane."""
    return p.l0 + p.l_N * p.bm * inflamed(skin, p) + p.l_F * skin.niche
