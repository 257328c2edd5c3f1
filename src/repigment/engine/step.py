"""One step of the skin: sessions as jumps, every process as gain and loss, exact diffusion of what spreads fast."""

from typing import Any

import jax.numpy as jnp

from repigment.biology import PROCESSES
from repigment.biology.signals import screening
from repigment.biology.symbols import positive
from repigment.engine.diffusion import spread
from repigment.engine.exponential import advance
from repigment.engine.patches import Batch
from repigment.skin.exposure import Drive
from repigment.skin.fields import Field, Skin


def doses(skin: Skin, p: Any, drive: Drive, batch: Batch) -> Skin:
    """What falls on the first moment of a day: light, needles, cells and vesicles, each an exact jump.

    u += d X; T *= exp(-nb_kT d); R *= exp(-nb_kR d); N, Q and V rise by their doses. d in SED: that of the whole
    field, and that of the lesion where it is aimed at.
    """
    dose = drive.uv_dose + drive.targeted_uv * batch.target
    lit = skin._replace(
        uv_damage=skin.uv_damage + dose * screening(skin, p),
        effectors=skin.effectors * jnp.exp(-p.nb_kT * dose),
        memory=skin.memory * jnp.exp(-p.nb_kR * dose),
        inflammation=skin.inflammation + drive.needling * batch.depots,
        cells=skin.cells + drive.cell_dose * batch.depots,
        secretome=skin.secretome + drive.vesicle_dose + drive.injected_vesicles * batch.depots,
    )
    return procedure(lit, p, drive, batch)


def procedure(skin: Skin, p: Any, drive: Drive, batch: Batch) -> Skin:
    """What lasers, cold, peels and grafts do at once where they are aimed, w = target + (1 - target) whole.

    P1 *= 1 - w removed, likewise P2, D and F; h = w heat phi (P1+P2)/(1 + c_corn tau2/tau1); N and W += h + w wound;
    m and b *= (1 - w lost) exp(-k_heat h); then m += w graft max(1 - m - b, 0).
    """
    where = batch.target + (1 - batch.target) * drive.whole
    whole = 1 + p.c_corn * p.tau2 / p.tau1
    heat = where * drive.heat * p.phi * (skin.melanin_viable + skin.melanin_corneum) / whole
    kept = (1 - where * drive.melanocyte_loss) * jnp.exp(-p.k_heat * heat)
    hurt = heat + where * drive.wound
    mature, young = skin.melanocytes * kept, skin.melanoblasts * kept
    return skin._replace(
        melanocytes=mature + where * drive.graft * positive(1 - mature - young),
        melanoblasts=young,
        melanin_viable=skin.melanin_viable * (1 - where * drive.viable_removal),
        melanin_corneum=skin.melanin_corneum * (1 - where * drive.corneum_removal),
        melanin_dermal=skin.melanin_dermal * (1 - where * drive.dermal_removal),
        niche=skin.niche * (1 - where * drive.niche_removal),
        inflammation=skin.inflammation + hurt,
        wound=skin.wound + hurt,
    )


def rates(skin: Skin, p: Any, drive: Drive, batch: Batch) -> tuple[list[Any], list[Any]]:
    """Gain and loss of each field, summed over all processes of the biology."""
    gains: list[Any] = [0.0] * len(Field)
    losses: list[Any] = [0.0] * len(Field)
    for process in PROCESSES:
        gain, loss = process(skin, p, drive, batch)
        for field, amount in gain.items():
            gains[field] = gains[field] + amount
        for field, amount in loss.items():
            losses[field] = losses[field] + amount
    return gains, losses


def _advance_all(skin: Skin, gains: list[Any], losses: list[Any], h: float) -> Skin:
    return Skin(*(advance(u, g, l, h) for u, g, l in zip(skin, gains, losses, strict=True)))  # noqa: E741


def step(skin: Skin, p: Any, drive: Drive, batch: Batch, h: float) -> Skin:
    """Advance by `h` days: exponential midpoint, then exact spreading of interferon, effectors and secretome.

    Second order in `h` (Strang splitting, the half steps of neighbours merged, so that interferon, effectors and
    secretome are half a step of spreading ahead; `batching.opening` begins it); positive for any h.
    """
    middle = _advance_all(skin, *rates(skin, p, drive, batch), h / 2)
    after = _advance_all(skin, *rates(middle, p, drive, batch), h)
    return after._replace(
        interferon=spread(after.interferon, batch.interferon_kernel),
        effectors=spread(after.effectors, batch.effector_kernel),
        secretome=spread(after.secretome, batch.secretome_kernel),
    )
