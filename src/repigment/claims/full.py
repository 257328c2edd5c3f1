"""How far cells reach: the same study in one world, with each mechanism that is on at full strength."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from repigment.claims import effect
from repigment.claims.lasting import lasting
from repigment.claims.played import Floats, Played, Progress, play
from repigment.claims.question import Question
from repigment.evidence.parameters import value
from repigment.treatments.cell_product import CellProduct
from repigment.trials.enrol import unknown
from repigment.trials.protocol.arms import Arm
from repigment.trials.study import Study

HELP, HARM = 1.0, -1.0  # strengths of all mechanisms
UNTOLD = ("lost", "what-if")  # kinds without cells, or with cells whose strength is full anyway


@dataclass(frozen=True)
class Reach:
    """The effect at full strength in the unit of its question, None where there is none; whether the question holds."""

    value: float | None = None
    holds: bool | None = None


def senses(questions: Sequence[Question]) -> tuple[float, ...]:
    """Strengths that a study is played at: harm as well as help where a change in either direction is asked for."""
    asked = [question for question in questions if question.kind not in UNTOLD]
    if not asked:
        return ()
    return (HELP, HARM) if any(question.better == "either" for question in asked) else (HELP,)


def with_cells(study: Study) -> tuple[Arm, ...]:
    """The arms whose effect is drawn: the others are the same at any strength."""
    return tuple(arm for arm in study.arms if unknown(arm.treatments))


def at(study: Study, strength: float) -> Study:
    """The arms whose effect is drawn, each mechanism that is on at `strength`, so that nothing is drawn any more."""
    arms = tuple(
        arm.model_copy(
            update={
                "treatments": tuple(
                    each.model_copy(update={"strength": strength})
                    if isinstance(each, CellProduct) and each.strength is None
                    else each
                    for each in arm.treatments
                )
            }
        )
        for arm in with_cells(study)
    )
    return study.model_copy(update={"arms": arms})


def play_full(
    played: Played,
    seed: int,
    names: Collection[str],
    strengths: Sequence[float],
    *,
    workers: int = 1,
    progress: Progress = lambda done, total: None,
) -> tuple[Played, ...]:
    """The study of `played` once more at each of `strengths`, in one world; arms without cells are as they were seen.

    The k-th person of each arm is the same as in the worlds. `progress(done, total)` counts strengths.
    """
    found = []
    for place, strength in enumerate(strengths):
        again = play(at(played.study, strength), seed, names, workers=workers)
        found.append(Played(played.study, {**played.seen, **again.seen}, again.draws))
        progress(place + 1, len(strengths))
    return tuple(found)


def reach(question: Question, full: Sequence[Played]) -> Reach:
    """The effect at full strength: with help, and where either direction is asked for in the one that goes further.

    Nothing where no cells are drawn or too few persons are judged. What is left of an effect that never was
    claim_least_effect has no value, and the question does not hold.
    """
    if not full or question.kind in UNTOLD:
        return Reach()
    tried = full if question.better == "either" else full[:1]
    if min(effect.sides(question, each).judged for each in tried) < value("claim_least_judged"):
        return Reach()
    values = np.concatenate([_value(question, each) for each in tried])
    known = values[np.isfinite(values)]
    if not known.size:
        return Reach(None, False if question.kind == "kept" else None)
    return Reach(float(known[np.argmax(np.abs(known))]), bool(effect.holding(question, values).any()))


def _value(question: Question, played: Played) -> Floats:
    """The effect (1,) of the persons as they were played."""
    if question.kind == "kept":
        return lasting(question, played, effect.sense(question, played)).left
    return effect.mean(effect.sides(question, played).difference)
