"""Worlds: draws of everything about the cell product that nobody knows."""

from collections.abc import Sequence
from zlib import crc32

import numpy as np

from repigment.evidence.parameters import Parameter, parameter, value
from repigment.skin.adverse import ADVERSE

STRENGTHS = ("e_sup", "e_imm", "e_inf", "e_sig")
IN_THE_SKIN = ("dl_Q", "pr_imm", "pr_inf", "V_tox")  # parameters of the engine
ON_THE_WAY = (
    "k_sens",
    "k_ab",
    "q_EV",
    "p_antibody",
    "topical_through.secretome",
    "topical_through.vesicles",
    "source_potency.marrow",
    "source_potency.fat",
    "lot_dying",
    "lot_passage_loss",
    "lot_passage_clearance",
    "lot_inhibition_carry",
    "lot_primed_immune",
    "lot_primed_clearance",
)
UNKNOWN = (*IN_THE_SKIN, *ON_THE_WAY, *ADVERSE)
Z90 = 1.6448536269514722  # a range holds nine draws in ten


def draw_world(world: int, seed: int, more: Sequence[str] = ()) -> dict[str, float]:
    """What nobody knows about the cells, as it is in one world: values by parameter name, those of `more` among them.

    Strengths of mechanisms are normal around no effect, cut at -1 and 1. Every other number has its value as median
    and its range as 90 % interval: log-normal on either side where it cannot be 0, else normal, cut at the range.
    Worlds come in pairs of opposite luck, so that an even number of them is centred whatever the seed. Differentiation
    has never been seen in living skin: its strength is 0 unless a study sets it.

    >>> one, other = draw_world(0, seed=1), draw_world(1, seed=1)
    >>> one["e_imm"] == -other["e_imm"], (one["dl_Q"] < 0.231) == (other["dl_Q"] > 0.231)
    (True, True)
    """
    sign = 1 - 2 * (world % 2)
    luck = sign * np.random.default_rng([seed, world // 2, 5]).standard_normal(len(STRENGTHS))
    strengths = np.clip(value("sd_efficacy") * luck, -1, 1)
    return {
        "e_dif": 0.0,
        **{name: float(strength) for name, strength in zip(STRENGTHS, strengths, strict=True)},
        **{name: within(parameter(name), sign * _luck(name, world // 2, seed)) for name in (*UNKNOWN, *more)},
    }


def _luck(name: str, pair: int, seed: int) -> float:
    """A standard normal draw of one parameter's own, so that it stays the same whichever others are drawn."""
    return float(np.random.default_rng([seed, pair, 10, crc32(name.encode())]).standard_normal())


def within(known: Parameter, z: float) -> float:
    """The value of a parameter at `z` standard deviations: its range is the middle 90 %, and nothing lies outside.

    >>> within(parameter("dl_Q"), 0.0), within(parameter("dl_Q"), 9.0)
    (0.231, 0.693)
    """
    far = known.high if z > 0 else known.low
    steps = abs(z) / Z90
    positive = known.low > 0
    drawn = known.value * (far / known.value) ** steps if positive else known.value + (far - known.value) * steps
    return float(np.clip(drawn, known.low, known.high))
