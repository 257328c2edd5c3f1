"""The engine's equations and scheme fused by hand in numba: the same gain and loss, midpoint, stencil and products.

Numbers of the literature are compiled in, as in the engine; what differs between lesions is read by row. Float32,
no fast-math. Two passes over the pixels a stage (the mean of the UV signal is needed before anything moves).
"""

from collections import namedtuple

import numpy as np
from numba import njit, prange

from repigment.engine.batching import defaults
from repigment.engine.weeks import DAYS
from repigment.skin.exposure import Channel, Drive
from repigment.skin.fields import Field

OWN = ["e_dif", "e_sup", "e_imm", "e_inf", "e_sig", "theta", "G_set", "turn", "phi", "K_m", "r_b", "dl_R"]
Own = namedtuple("Own", OWN)
_fixed = {name: np.float32(value) for name, value in defaults().items() if name not in OWN}
P = namedtuple("P", _fixed)(**_fixed)
ZERO, ONE, HALF, TWO, FOUR, SIXTH = (np.float32(x) for x in (0, 1, 1 / 2, 2, 4, 1 / 6))
SIXTEENTH, TERMS = np.float32(1 / 16), tuple(np.float32(x) for x in (1 / 2, 1 / 6, 1 / 24, 1 / 120, 1 / 720))
SIDE = 24  # compiled in: rows at known distances let the compiler vectorise the loop over pixels
PIXELS = SIDE * SIDE
(M, B, S, U, A, P1, P2, D, N, F, C, T, R, G, Q, V, W) = (int(field) * PIXELS for field in Field)
SETTINGS = {"error_model": "numpy", "fastmath": False, "cache": False}


@njit(inline="always")
def positive(x):
    return x if x > ZERO else ZERO


@njit(inline="always")
def fold(x):
    return (ONE + positive(x)) / (ONE + positive(-x))


@njit(inline="always")
def expf(x):
    """e^x for -6 < x <= 0 as (e^(x/16))^16: plain arithmetic, so that the loop can be vectorised."""
    y = x * SIXTEENTH
    e = ONE + y * (ONE + y * (TERMS[0] + y * (TERMS[1] + y * (TERMS[2] + y * (TERMS[3] + y * TERMS[4])))))
    e = e * e
    e = e * e
    e = e * e
    return e * e


@njit(inline="always")
def advance(u, gain, loss, h):
    z = loss * h
    size = abs(z)
    q = ONE + size * (HALF + size * SIXTH)
    return (u * (ONE + positive(-z) * q) + gain * (h * q)) / (ONE + positive(z) * q)


@njit(inline="always")
def cells(out, base, at, i, h, o, beside, rho, uh, faster):
    """Melanocytes, melanoblasts, reservoir and what the depot gives them."""
    m, b, s, v = at[M + i], at[B + i], at[S + i], at[V + i]
    n = m + b
    room = positive(ONE - n)
    support = fold(P.k_sup * o.e_sup * v)
    licence = P.lic0 + (ONE - P.lic0) * at[C + i] / (at[C + i] + P.K_L)
    kill = P.k_K * (at[T + i] + P.om_R * at[R + i]) * licence
    die = P.dl_al * P.K_al * P.K_al / (n * n + P.K_al * P.K_al)
    quicker = ONE + P.beta_u * uh
    moving = P.k_mob * quicker * room
    divide = support * quicker
    leaving = (P.g0 * support + P.g_u * uh) * room
    slow, quick = P.D_m * faster, P.D_b * faster
    gain = P.mu * b + P.r_m * divide * m + slow * beside[i]
    loss = P.r_m * divide * n + moving + kill + die + FOUR * slow
    out[M + i] = advance(base[M + i], gain, loss, h)
    gain = o.r_b * divide * b + moving * m + rho * P.S0 * leaving * s / o.K_m + quick * beside[PIXELS + i]
    gain += o.e_dif * P.k_rep * at[Q + i] * room
    loss = P.mu + P.dl_b + o.r_b * divide * n + P.w_b * kill + die + FOUR * quick
    out[B + i] = advance(base[B + i], gain, loss, h)
    renewed = support * P.r_S * s
    out[S + i] = advance(base[S + i], renewed, P.w_S * kill + leaving + renewed, h)


@njit(inline="always")
def pigment(out, base, at, i, h, o, d, uh, screen, root):
    """UV damage, melanogenesis, the three melanins, inflammation and niche."""
    v, inflammation, niche = at[V + i], at[N + i], at[F + i]
    inflamed = inflammation / (inflammation + P.K_N)
    out[U + i] = advance(base[U + i], d.sun * screen, P.dl_u, h)
    stimulus = ONE + P.a_u * P.mc1r * uh * (ONE + P.s_F * niche) + P.a_v * d.visible_light
    stimulus += P.a_N * inflamed * root + P.a_F * niche
    target = stimulus * (ONE - P.i_C * at[C + i] / (at[C + i] + ONE))
    pull = fold(P.k_mel * o.e_sig * v)
    settled = P.homeo * positive(ONE + (target - ONE) / pull) + (ONE - P.homeo) * target / pull
    out[A + i] = advance(base[A + i], settled / P.tau_A, ONE / P.tau_A, h)
    decay = P.dl_p / root
    turnover = o.turn * P.turn_d * d.turnover / (ONE + P.slow_F * niche)
    made = (ONE - d.tyrosinase_blockade) * (ONE - d.transfer_blockade)
    drop = P.l0 + P.l_N * P.bm * inflamed + P.l_F * niche
    loss = turnover / P.tau1 + decay * fold(P.k_deg * o.e_sig * v) + drop
    out[P1 + i] = advance(base[P1 + i], (o.turn / P.tau1 + decay) * at[M + i] * at[A + i] * made, loss, h)
    out[P2 + i] = advance(base[P2 + i], P.c_corn * turnover / P.tau1 * at[P1 + i], turnover / P.tau2, h)
    out[D + i] = advance(base[D + i], drop * at[P1 + i], P.dl_D, h)
    calming = d.anti_inflammatory + fold(P.k_AI * o.e_inf * v)
    gain = d.irritation + P.k_W * at[W + i] + P.nu_u * positive(at[U + i] - P.u_th)
    out[N + i] = advance(base[N + i], gain, P.dl_N * calming, h)
    gain = P.dl_F * (P.F_set + P.f_u * uh * (ONE - d.plasmin_blockade)) * (ONE + P.h_E * d.hormone)
    out[F + i] = advance(base[F + i], gain, P.dl_F * (ONE + P.k_TXA * d.plasmin_blockade), h)


@njit(inline="always")
def immunity(out, base, at, i, h, o, d):
    """Interferon, effectors, memory, regulation, and the pools of the cell therapy."""
    c, t, r, v = at[C + i], at[T + i], at[R + i], at[V + i]
    antigen = at[M + i] + P.w_b * at[B + i]
    antigen = antigen / (antigen + P.K_a)
    calm = at[G + i] / P.K_G
    restraint = (ONE + calm * calm) * fold(P.k_Ts * o.e_imm * v)
    response = P.sig_C * (t + P.om_C * r) * antigen * (ONE - d.calcineurin_blockade) / restraint
    heard = (ONE - d.jak_blockade) * P.phi_s
    out[C + i] = advance(base[C + i], heard * (response + P.c_N * at[N + i]), P.dl_C, h)
    called = c * c / (c * c + P.K_C * P.K_C)
    loss = P.dl_T * (ONE + P.al_a * (ONE - antigen)) + P.k_out * P.k_Ts * positive(o.e_imm) * v
    out[T + i] = advance(base[T + i], o.theta * (P.s_T + P.r_T * called), loss, h)
    il15 = (P.L0 + c / (c + ONE)) * (ONE - d.il15_blockade) * (ONE - P.j_15 * d.jak_blockade)
    kept, seeded = P.p_L * il15, P.kap_R * t
    loss = o.dl_R + P.k_15 * d.il15_blockade + (seeded + kept * r) / P.R_max - kept
    out[R + i] = advance(base[R + i], seeded, loss, h)
    lift = P.k_G * o.e_imm * v
    target = (o.G_set + positive(lift)) / (ONE + positive(-lift))
    out[G + i] = advance(base[G + i], P.dl_G * target, P.dl_G, h)
    out[Q + i] = advance(base[Q + i], ZERO, P.dl_Q * d.cell_clearance, h)
    out[V + i] = advance(base[V + i], P.k_V * at[Q + i], P.dl_V, h)
    out[W + i] = advance(base[W + i], ZERO, P.dl_W, h)


@njit(**SETTINGS)
def neighbours(field, beside):
    """Sum over the four neighbours, mirrored at the edge."""
    n = SIDE
    for y in range(n):
        row, up, down = y * n, max(y - 1, 0) * n, min(y + 1, n - 1) * n
        beside[row] = field[up] + field[down] + field[row] + field[row + 1]
        for x in range(1, n - 1):
            beside[row + x] = field[up + x] + field[down + x] + field[row + x - 1] + field[row + x + 1]
        last = n - 1
        beside[row + last] = field[up + last] + field[down + last] + field[row + last - 1] + field[row + last]


@njit(**SETTINGS)
def stage(out, base, at, h, o, d, follicles, scratch, area):
    """`base` after h days under the rates of `at`: all fields in one loop over the pixels."""
    uh, screen, beside = scratch[:PIXELS], scratch[PIXELS : 2 * PIXELS], scratch[2 * PIXELS :]
    total, root = ZERO, np.sqrt(o.phi)
    for i in range(PIXELS):
        uh[i] = at[U + i] / (at[U + i] + P.K_u)
        screen[i] = expf(-P.k_scr * o.phi * (at[P1 + i] + at[P2 + i]))
    for i in range(PIXELS):
        total += uh[i]
    neighbours(at[M : M + PIXELS], beside[:PIXELS])
    neighbours(at[B : B + PIXELS], beside[PIXELS:])
    faster = (ONE + P.beta_D * total / np.float32(PIXELS)) / area
    for i in range(PIXELS):
        cells(out, base, at, i, h, o, beside, follicles[i], uh[i], faster)
        pigment(out, base, at, i, h, o, d, uh[i], screen[i], root)
        immunity(out, base, at, i, h, o, d)


@njit(**SETTINGS)
def spread(field, kernel, scratch):
    """Exact diffusion of one field: E U E, cut at zero."""
    n, half, whole = SIDE, scratch[:PIXELS], scratch[PIXELS : 2 * PIXELS]
    half[:] = ZERO
    whole[:] = ZERO
    for y in range(n):
        for k in range(n):
            e = kernel[y, k]
            for x in range(n):
                half[y * n + x] += e * field[k * n + x]
    for y in range(n):
        for k in range(n):
            e = half[y * n + k]
            for x in range(n):
                whole[y * n + x] += e * kernel[k, x]
    for i in range(n * n):
        field[i] = positive(whole[i])


@njit(**SETTINGS)
def doses(skin, o, d, depots):
    """What falls on the first moment of a day."""
    if d.uv_dose > ZERO:
        skin[U : U + PIXELS] += d.uv_dose * np.exp(-P.k_scr * o.phi * (skin[P1 : P1 + PIXELS] + skin[P2 : P2 + PIXELS]))
        skin[T : T + PIXELS] *= np.exp(-P.nb_kT * d.uv_dose)
        skin[R : R + PIXELS] *= np.exp(-P.nb_kR * d.uv_dose)
    if d.needling > ZERO or d.cell_dose > ZERO:
        skin[N : N + PIXELS] += d.needling * depots
        skin[Q : Q + PIXELS] += d.cell_dose * depots
    if d.vesicle_dose > ZERO:
        skin[V : V + PIXELS] += d.vesicle_dose


@njit(inline="always")
def drive_of(t):
    return Drive(
        t[0],
        t[1],
        t[2],
        t[3],
        t[4],
        t[5],
        t[6],
        t[7],
        t[8],
        t[9],
        t[10],
        t[11],
        t[12],
        t[13],
        t[14],
        t[15],
        t[16],
        t[17],
        t[18],
        t[19],
        t[20],
        t[21],
        t[22],
        t[23],
        t[24],
        t[25],
        t[26],
        t[27],
    )


@njit(inline="always")
def own_of(r):
    return Own(r[0], r[1], r[2], r[3], r[4], r[5], r[6], r[7], r[8], r[9], r[10], r[11])


@njit(parallel=True, **SETTINGS)
def follow(skins, own, tables, follicles, depots, kernels, area, steps):
    """Advance `skins` (lesions, fields * n * n) under `tables` (lesions, days, channels)."""
    h = ONE / np.float32(steps)
    for lesion in prange(len(skins)):
        scratch = np.empty(4 * PIXELS, np.float32)
        middle, after, skin = np.empty_like(skins[lesion]), np.empty_like(skins[lesion]), skins[lesion].copy()
        o = own_of(own[lesion])
        for day in range(tables.shape[1]):
            d = drive_of(tables[lesion, day])
            doses(skin, o, d, depots[lesion])
            for _ in range(steps):
                stage(middle, skin, skin, h * HALF, o, d, follicles[lesion], scratch, area)
                stage(after, skin, middle, h, o, d, follicles[lesion], scratch, area)
                spread(after[C : C + PIXELS], kernels[lesion, 0], scratch)
                spread(after[T : T + PIXELS], kernels[lesion, 1], scratch)
                spread(after[V : V + PIXELS], kernels[lesion, 2], scratch)
                skin, after = after, skin
        skins[lesion] = skin


class Fused:
    """The lesions of a ward, taken over as they are now, under the same exposure `tables` (days, channels, lesions)."""

    def __init__(self, ward, tables):
        run, r = ward.fine, ward.resolution
        assert r.n == SIDE
        given = run.p.__dict__
        known = {name for name, each in given.items() if not isinstance(each, float)}
        extra = known - set(OWN) - {"rho_f", "p_res"}  # those two are in the map of follicles
        if extra:
            raise SystemExit(f"the fused version has no row for {sorted(extra)}")
        columns = [np.broadcast_to(np.ravel(given[name]), ward.size) for name in OWN]
        self.own = np.stack(columns, axis=1).astype(np.float32)
        self.skins = np.stack([np.asarray(each).reshape(ward.size, -1) for each in run.skin], axis=1)
        self.skins = self.skins.reshape(ward.size, -1)
        self.tables = np.ascontiguousarray(np.moveaxis(tables, -1, 0))
        assert self.tables.shape[-1] == len(Channel)
        assert not self.tables[..., Channel.WHOLE :].any(), "the fused version knows no procedures"
        self.maps = [np.array(each).reshape(ward.size, -1) for each in (run.batch.follicles, run.batch.depots)]
        batch = run.batch
        kernels = (batch.interferon_kernel, batch.effector_kernel, batch.secretome_kernel)
        self.kernels = np.stack([np.asarray(each) for each in kernels], axis=1)
        self.grid = (np.float32(r.dx * r.dx), r.steps)

    def follow(self, weeks):
        """Advance by `weeks`, from the first day of the tables."""
        follow(self.skins, self.own, self.tables[:, : DAYS * weeks], *self.maps, self.kernels, *self.grid)
