"""The equations of the model programmed a second time, in plain NumPy, from the model page and not from the code."""

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from repigment.skin.exposure import Channel

CHANNELS = {
    "E_sun": Channel.SUN,
    "VL": Channel.VISIBLE_LIGHT,
    "E2": Channel.HORMONE,
    "J": Channel.JAK_BLOCKADE,
    "CNI": Channel.CALCINEURIN_BLOCKADE,
    "I15": Channel.IL15_BLOCKADE,
    "I_TYR": Channel.TYROSINASE_BLOCKADE,
    "I_TX": Channel.TRANSFER_BLOCKADE,
    "TXA": Channel.PLASMIN_BLOCKADE,
    "AI": Channel.ANTI_INFLAMMATORY,
    "turn_d": Channel.TURNOVER,
    "N_in": Channel.IRRITATION,
    "c": Channel.CELL_CLEARANCE,
}


def fold(x: Any) -> Any:
    """1 + x, and for a negative effect the reciprocal of 1 - x."""
    return np.where(x >= 0, 1 + np.abs(x), 1 / (1 + np.abs(x)))


def right_hand_side(state: Any, parameters: dict[str, Any], exposure: dict[str, Any]) -> Any:
    """dU/dt of m b S u A P1 P2 D N F C T R G Q V W (17, ...), well mixed, with light and doses only as jumps outside.

    `exposure`: E_sun, VL, E2, J, CNI, I15, I_TYR, I_TX, TXA, AI (extra fold), turn_d (fold), N_in, c (clearance, fold).
    """
    m, b, S, u, A, P1, P2, D, N, F, C, T, R, G, Q, V, W = state
    p, x = SimpleNamespace(**parameters), SimpleNamespace(**exposure)
    lineage = cells(m, b, S, u, C, T, R, Q, V, p)
    pigment = melanin(m, u, A, P1, P2, D, N, F, C, V, p, x)
    return np.stack([*lineage, *pigment, *immunity(m, b, u, N, F, C, T, R, G, Q, V, W, p, x)])


def cells(m: Any, b: Any, S: Any, u: Any, C: Any, T: Any, R: Any, Q: Any, V: Any, p: Any) -> list[Any]:
    """Equations 1 to 3."""
    n = m + b
    v = np.maximum(1 - n, 0)
    uh = u / (u + p.K_u)
    beyond = np.maximum(V / p.V_tox, 1) - 1
    s = fold(p.k_sup * p.e_sup * V / (1 + beyond) ** 2)
    poisoned = p.k_tox * beyond / (1 + beyond)
    licence = p.lic0 + (1 - p.lic0) * C / (C + p.K_L)
    kill = p.k_K * (T + p.om_R * R) * licence
    leaving = (p.g0 * s + p.g_u * uh) * S * v
    alone = p.dl_al * p.K_al**2 / (n**2 + p.K_al**2)
    mob = p.k_mob * (1 + p.beta_u * uh) * m * v
    divide = s * (1 + p.beta_u * uh) * (1 - n)
    source = p.rho_f * p.p_res * p.S0 * leaving / p.K_m
    return [
        p.mu * b + p.r_m * divide * m - mob - kill * m - (alone + poisoned) * m,
        source
        + p.r_b * divide * b
        - (p.mu + p.dl_b + p.w_b * kill + alone + poisoned) * b
        + mob
        + p.e_dif * p.k_rep * Q * v,
        s * p.r_S * S * (1 - S) - leaving - p.w_S * kill * S,
    ]


def melanin(
    m: Any, u: Any, A: Any, P1: Any, P2: Any, D: Any, N: Any, F: Any, C: Any, V: Any, p: Any, x: Any
) -> list[Any]:
    """Equations 4 to 8."""
    uh, Nh = u / (u + p.K_u), N / (N + p.K_N)
    up = 1 + p.a_u * p.mc1r * uh * (1 + p.s_F * F) + p.a_v * x.VL + p.a_N * Nh * np.sqrt(p.phi) + p.a_F * F
    A0 = up * (1 - p.i_C * C / (1 + C))
    q = fold(p.k_mel * p.e_sig * V)
    settled = p.homeo * np.maximum(1 + (A0 - 1) / q, 0) + (1 - p.homeo) * A0 / q
    outward, dp = p.turn * p.turn_d * x.turn_d / (1 + p.slow_F * F), p.dl_p / np.sqrt(p.phi)
    inc = p.l0 + p.l_N * p.bm * Nh + p.l_F * F
    made = (p.turn / p.tau1 + dp) * m * A * (1 - x.I_TYR) * (1 - x.I_TX)
    return [
        x.E_sun * np.exp(-p.k_scr * p.phi * (P1 + P2)) - p.dl_u * u,
        (settled - A) / p.tau_A,
        made - (outward / p.tau1 + dp * fold(p.k_deg * p.e_sig * V) + inc) * P1,
        p.c_corn * outward / p.tau1 * P1 - outward / p.tau2 * P2,
        inc * P1 - p.dl_D * D,
    ]


def immunity(
    m: Any, b: Any, u: Any, N: Any, F: Any, C: Any, T: Any, R: Any, G: Any, Q: Any, V: Any, W: Any, p: Any, x: Any
) -> list[Any]:
    """Equations 9 to 14, the pools of the cell therapy, and wounds."""
    a = (m + p.w_b * b) / (m + p.w_b * b + p.K_a)
    heard = C / (C + p.K_pr) * (1 + p.K_pr)
    immune = p.e_imm * V * (heard + p.pr_imm * (1 - heard))
    calming = p.e_inf * V * (heard + p.pr_inf * (1 - heard))
    brake = (1 + (G / p.K_G) ** 2) * fold(p.k_Ts * immune)
    answer = p.sig_C * (T + p.om_C * R) * a * (1 - x.CNI) / brake
    L = (p.L0 + C / (1 + C)) * (1 - x.I15) * (1 - p.j_15 * x.J)
    recruited = p.r_T * C**2 / (C**2 + p.K_C**2)
    lift = p.k_G * immune
    target = np.where(lift >= 0, p.G_set + lift, p.G_set / (1 + np.abs(lift)))
    niche = (p.F_set + p.f_u * u / (u + p.K_u) * (1 - x.TXA)) * (1 + p.h_E * x.E2)
    return [
        x.N_in + p.k_W * W + p.nu_u * np.maximum(u - p.u_th, 0) - p.dl_N * (x.AI + fold(p.k_AI * calming)) * N,
        p.dl_F * (niche - (1 + p.k_TXA * x.TXA) * F),
        (1 - x.J) * p.phi_s * (answer + p.c_N * N) - p.dl_C * C,
        p.theta * (p.s_T + recruited)
        - (p.dl_T * (1 + p.al_a * (1 - a)) + p.k_out * p.k_Ts * np.maximum(immune, 0)) * T,
        (p.kap_R * T + p.p_L * L * R) * (1 - R / p.R_max) - (p.dl_R + p.k_15 * x.I15) * R,
        p.dl_G * (target - G),
        -p.dl_Q * x.c * Q,
        p.k_V * Q - p.dl_V * V,
        -p.dl_W * W,
    ]


@pytest.fixture(scope="session")
def reprogrammed() -> Any:
    return right_hand_side


@pytest.fixture(scope="session")
def channels() -> dict[str, Channel]:
    """Where the product keeps what the second program calls by these names."""
    return CHANNELS
