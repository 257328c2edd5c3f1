"""The smallest trial that would settle a question, as JSON has it."""

from typing import Any

import numpy as np
from scipy.special import ndtri

from repigment.claims.finding import short
from repigment.claims.played import Bools
from repigment.claims.question import Question
from repigment.evidence.parameters import value
from repigment.trials.assurance.effects import Effects
from repigment.trials.assurance.power import MOST, at, in_worlds, smallest_size
from repigment.trials.assurance.smallest import smallest_trial

TOO_FEW = "too few of the simulated persons can be judged; more --patients would tell"
PER_CENT = 100.0


def settling(made: Effects | None, holds: Bools, margin: float, target: float, question: Question) -> dict[str, Any]:
    """Arms, patients, weeks, endpoint and chances of the smallest trial; or a `reason` why there is none.

    Success is a difference significantly better than none and, in the estimate, of at least `margin`. `if_true` is its
    chance over the worlds in which the claim holds, `if_false` over the others, `assurance` over all. Where no world
    makes a trial of that kind, the one that would find a difference of `target` with the wanted chance: its `power`.
    `caution`: what the arms of the question take for granted that no trial can know.
    """
    if made is None:
        return {"reason": TOO_FEW}
    wanted = value("claim_assurance")
    found = smallest_trial(made, wanted, holds, margin)
    told = {"arms": [made.arm, made.versus], "weeks": made.week, "endpoint": made.endpoint}
    told |= {"screen": question.screen, "caution": _caution(question)}
    if found.n is not None:
        chances = in_worlds(made, min(found.n), margin)
        means = {"if_true": found.if_true, "if_false": found.if_false, "assurance": float(chances.mean())}
        return {**told, "n": list(found.n), **{name: short(chance) for name, chance in means.items()}}
    size = smallest_size(lambda n: at(made, target, n), wanted)
    if size is None:
        return {"reason": f"{found.reason}; no size up to {MOST} an arm would find {target:.3g} {made.unit} either"}
    power = short(at(made, target, size))
    return {**told, "n": list(made.arms_at(size)), "target": short(target), "unit": made.unit, "power": power}


def _caution(question: Question) -> str:
    """Why persons as they are compared here cannot be enrolled, and which trial can; nothing where they can."""
    if question.kind == "relapse":
        return (
            f"those who respond in both arms are known in a simulation only, as a trial sees each person in one: it "
            f"would give {question.versus} to all, give cells or sham at random to those who respond by week "
            f"{question.from_week}, and follow these"
        )
    if question.screen:
        return (
            f"a simulation gives {question.screen} and cells to the same person over the same weeks: a trial would "
            f"give {question.screen} first, for {question.from_week} weeks, and then cells or sham at random to those "
            f"whom it failed"
        )
    return ""


def counting(whom: str, weeks: int, endpoint: str, expected: float) -> dict[str, Any]:
    """One group that is counted: n so that the 95 % interval of a share is `claim_precision` wide on either side.

    n = z^2 p (1 - p) / d^2 with the `expected` share p.

    >>> counting("cream", 52, "relapse", 0.5)["n"]
    [97]
    """
    width = value("claim_precision") / PER_CENT
    n = int(np.ceil(float(ndtri(0.975)) ** 2 * expected * (1 - expected) / width**2))
    return {"arms": [whom], "n": [n], "weeks": weeks, "endpoint": endpoint, "precision": value("claim_precision")}


def conversion() -> dict[str, Any]:
    """Why no trial of patients is needed to see conversion, with the number of cells that the model would convert.

    Of a dose, k_rep K_m / (dl_Q Q_ref) cells become melanoblasts before they are gone.
    """
    mm2 = 100.0  # in a cm2
    share = value("k_rep") * value("K_m") * mm2 / (value("dl_Q") * value("Q_ref"))
    return {
        "reason": "biopsies after plain injection, searched for melanocytes with the donor's genes, would tell; "
        f"the model converts {1000 * share:.2g} of 1,000 injected cells at most"
    }
