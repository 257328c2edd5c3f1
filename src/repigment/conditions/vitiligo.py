"""Vitiligo: an autoreactive pool, little regulation, and a past flare that left white skin with resident memory."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from repigment.conditions.base import Condition, Disease, Region, State, Who
from repigment.conditions.luck import Luck
from repigment.engine.precision import Precision
from repigment.engine.wellmixed import healthy_state, run_well_mixed
from repigment.evidence.parameters import parameter, value
from repigment.skin.fields import Field
from repigment.skin.patch import lay_out, lesion_weights
from repigment.skin.window import Window, weighed

PIGMENT = [Field.MELANOCYTES, Field.MELANOBLASTS, Field.MELANIN_VIABLE, Field.MELANIN_CORNEUM]


class Vitiligo(Condition):
    """White patches that T cells keep white, on any region; what remains in the follicles decides what comes back.

    Stable and active disease differ in the autoreactive pool theta. In the segmental form it is spent: the flare was
    strong and short, and few follicles are left. White hair (leukotrichia) marks follicles whose reservoir is lost.
    """

    name = "vitiligo"
    title = "Vitiligo"
    lesion = "white patch"
    sites = ("face", "neck", "trunk", "arms", "hands", "legs", "feet")
    levels = (0.0, 1.0)
    scale = "white patches"
    drawn_to_scale = False
    watched = "depigmented"
    response = "response_sd"
    says = {
        "segmental": "share of patients with the segmental form",
        "leukotrichia": "share of patients whose hair in the patches is white",
    }

    def draw(self, who: Who, luck: Luck) -> Disease:
        """The autoreactive pool theta, the regulatory set point G_set, and what is left of reservoir and division.

        ln theta ~ N(ln theta_stable or theta_active, theta_sd), ln G_set ~ N(ln G_vitiligo, G_sd), both cut.
        """
        skin = susceptibility(who.stable, luck) | reserve(who.duration, luck)
        if luck.coin(who.says("segmental", 0.0)):
            skin["theta"] *= value("segmental_theta")
            skin["p_res"] *= value("segmental_left")
        if luck.coin(who.says("leukotrichia", 0.0)):
            skin["p_res"] *= value("leukotrichia_left")
        return Disease(skin=skin)

    def window(self, n: int, dx: float, region: Region, rng: np.random.Generator) -> Window:
        """A strip across the margin; weights by depth make it stand for a round patch of the region's size."""
        patch = lay_out(n, dx, region.density, region.usable, rng)
        radius = float(np.sqrt(region.area / value("lesions_per_region") / np.pi))
        none = np.zeros((0, n, n), np.float32)
        return Window(
            dx,
            lesional_share(patch.depth).astype(np.float32),
            patch.follicles,
            lesion_weights(patch.depth, radius),
            weighed((~patch.lesion).astype(np.float32)),
            none,
            np.zeros(0, np.float32),
        )

    def weeks_before(self) -> int:
        """None: a flare and a quieter time stand for the past."""
        return 0

    def past(
        self,
        around: Mapping[str, Any],
        lesional: Mapping[str, Any],
        diseases: list[Disease],
        life: NDArray[np.float32],
        precision: Precision = "single",
    ) -> State:
        """A flare, then a quieter time; `life` is the week before enrolment, which is repeated."""
        white, surrounding = past(dict(around), life, precision)
        return np.stack([surrounding, white], axis=1)


def susceptibility(stable: bool, luck: Luck) -> dict[str, float]:
    """What a vitiligo patient has that others lack: the autoreactive pool theta and a low regulatory set point.

    >>> susceptibility(True, Luck(np.random.default_rng(0)))["theta"] > 0
    True
    """
    median = value("theta_stable" if stable else "theta_active")
    theta = median * np.exp(value("theta_sd") * luck.normal())
    regulation = value("G_vitiligo") * np.exp(value("G_sd") * luck.normal())
    return {"theta": float(np.clip(theta, 0, 3)), "G_set": float(np.clip(regulation, 0.1, 1))}


def usable_share(duration: float, luck: Luck) -> float:
    """Share of follicles that still hold a reservoir after `duration` years: logit-normal, falling with time.

    >>> from repigment.conditions.luck import Median
    >>> usable_share(0.0, Median()) > usable_share(50.0, Median())
    True
    """
    typical = value("res_share")
    logit = np.log(typical / (1 - typical)) - value("res_loss") * (duration - 10)
    logit += value("res_sd") * luck.normal()
    return float(1 / (1 + np.exp(-logit)))


def reserve(duration: float, luck: Luck) -> dict[str, float]:
    """What differs in how well patients repigment: usable reservoir, proliferation of melanoblasts, loss of memory."""
    varied = {"r_b": value("r_b_person"), "dl_R": value("dl_R")}
    traits = {"p_res": usable_share(duration, luck)}
    for name, median in varied.items():
        drawn = median * float(np.exp(value(f"{name}_sd") * luck.normal()))
        traits[name] = float(np.clip(drawn, parameter(name).low, parameter(name).high))
    return traits


def past(
    p: dict[str, NDArray[np.float64]], week: NDArray[np.float32], precision: Precision = "single"
) -> tuple[Any, Any]:
    """Lesional and surrounding skin at enrolment, each (patches, fields), after a flare and a quieter time.

    `p` parameters (patches,), `week` the exposure (7, channels, patches) that is repeated. The flare runs
    `flare_weeks` with theta of at least `flare_theta` from `trigger_T` effectors; then `quiet_weeks` at the patient's
    own theta settle the immune fields. The lesion keeps the pigment cells it had at the end of the flare: enrolment
    means that it is still white.
    """
    start = healthy_state(week.shape[-1], p["G_set"])
    triggered = start.copy()
    triggered[:, Field.EFFECTORS] = value("trigger_T")
    flaring = {**p, "theta": np.maximum(p["theta"], value("flare_theta"))}
    white = run_well_mixed(triggered, flaring, week, int(value("flare_weeks")), precision=precision)
    settled = run_well_mixed(white, p, week, int(value("quiet_weeks")), precision=precision)
    settled[:, PIGMENT] = white[:, PIGMENT]
    around = run_well_mixed(start, p, week, int(value("quiet_weeks")), precision=precision)
    return settled, around


def lesional_share(depth: NDArray[np.floating]) -> NDArray[np.floating]:
    """How lesional skin is at `depth` mm inside a margin (negative: outside), an edge `margin_width` mm wide.

    >>> lesional_share(np.zeros(1)).tolist()
    [0.5]
    """
    return 1 / (1 + np.exp(-np.clip(depth / (value("margin_width") / 2), -50, 50)))
