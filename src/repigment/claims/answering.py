"""From a study that was played to what each question came to."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from repigment.claims import chance, effect
from repigment.claims.finding import Finding, certain, influences, short, spread
from repigment.claims.full import reach
from repigment.claims.lasting import lasting
from repigment.claims.played import Bools, Floats, Played
from repigment.claims.question import Question
from repigment.claims.settling import conversion, counting, settling
from repigment.evidence.parameters import parameters, value
from repigment.treatments.cell_product import MECHANISMS, CellProduct
from repigment.trials.analysis.proportions import wilson
from repigment.trials.assurance.effects import Effects

NEEDS = {"pr_imm": "e_imm", "pr_inf": "e_inf"}  # matter only where the mechanism is on
EVENTS = "adverse_events"  # the theme of what happens to a patient and not to the pigment
BURDEN = "burden"  # ends the names of outcomes that such events can move
UNCERTAIN = 0.01  # reliability below which nothing of the differences between worlds is their own
NO_DRAW = "No draw is made: the interval is that of the patients."


def answer(question: Question, played: Played, full: Sequence[Played] = ()) -> Finding:
    """Answer a question from a study that was played, and from the same at full strength if that was played, too."""
    reached = reach(question, full)
    found = _answer(question, played)
    return replace(
        found, full_strength=None if reached.value is None else short(reached.value), full_holds=reached.holds
    )


def _answer(question: Question, played: Played) -> Finding:
    if question.kind == "lost":
        return _lost(question, played)
    of, better = effect.sides(question, played), effect.sense(question, played)
    made = effect.effects(question, of, played.draws, better)
    values, chances = _values(question, played, of, made)
    holds = effect.holding(question, values)
    found = _finding(question, played, values, holds, None if made is None else chances, of.judged)
    if question.kind == "what-if":
        return replace(found, trial=conversion(), note=_note(question))
    margin = 0.0 if question.kind == "kept" else question.margin
    sized = _without_sign(made) if made is not None and question.better == "either" else made
    trial = settling(sized, holds, margin, _target(question, values), question)
    note = _note(question) or _luck(made, of.judged)
    return replace(found, trial=trial, influences=influences(_felt(question, played), values), note=note)


def _values(question: Question, played: Played, of: effect.Sides, made: Effects | None) -> tuple[Floats, Floats]:
    """The effect in each world, drawn towards the mean by what is luck of few persons; the chance that it holds."""
    if question.kind == "kept":
        found = lasting(question, played, effect.sense(question, played))
        return found.left, chance.of_lasting(question, found)
    own = effect.contributions(question, of)
    values = effect.mean(of.difference) if made is None else made.better * made.benefit
    return values, chance.of_effect(question, values, own)


def _without_sign(made: Effects) -> Effects:
    """Effects in either direction, each as a benefit: their luck is taken out before the sign, which it would bias."""
    return replace(made, estimate=np.abs(made.benefit), spread=0.0)


def _luck(made: Effects | None, persons: int) -> str:
    """What is said where worlds differ no more than few persons make them differ."""
    if made is None or made.reliability > UNCERTAIN or float(np.ptp(made.estimate)) < effect.TINY:
        return ""
    return (
        f"Where all draws stand on one value, they differ by no more than {persons} persons make them differ by luck: "
        "that luck is taken out."
    )


def _target(question: Question, values: Floats) -> float:
    """The difference that a trial should be able to find: the margin; without one, the one that the worlds show."""
    if question.kind == "kept":
        return question.margin / effect.PER_CENT * value("claim_least_effect")
    known = np.abs(values[np.isfinite(values)])
    return question.margin or (float(np.median(known)) if known.size else 0.0)


def _felt(question: Question, played: Played) -> pd.DataFrame:
    """Of what was drawn, what the arms of a question can feel: mechanisms that are on, and the rest.

    What befalls a patient (fever, granuloma) is left out, but where a burden of it is asked for.
    """
    arms = [arm for arm in played.study.arms if arm.name in (question.arm, question.versus)]
    given = [each for arm in arms for each in arm.treatments if isinstance(each, CellProduct)]
    on = {MECHANISMS[mechanism] for each in given for mechanism in each.mechanisms}
    off = {name for name in MECHANISMS.values() if name not in on}
    off |= {name for name, strength in NEEDS.items() if strength in off}
    if not question.outcome.endswith(BURDEN):
        off |= {known.name for known in parameters().values() if known.theme == EVENTS}
    return played.draws.drop(columns=[name for name in played.draws if name in off])


def _bar(question: Question) -> list[float]:
    signs = {"higher": (1,), "lower": (-1,), "either": (-1, 1)}[question.better]
    return [sign * question.margin for sign in signs]


def _note(question: Question) -> str:
    if question.kind == "kept":
        least = value("claim_least_effect")
        return f"Draws in which the effect never was {least:g} percentage points have no value and do not hold."
    if question.kind == "what-if":
        return (
            "In the prior conversion is off in each draw, so the claim holds in none; this is what would follow if not."
        )
    return ""


def _finding(
    question: Question, played: Played, values: Floats, holds: Bools, chances: Floats | None, persons: int
) -> Finding:
    return Finding(
        claim=question.claim,
        study=question.study,
        condition=played.study.population.condition,
        kind=question.kind,
        criterion=question.criterion,
        counts=question.counts,
        outcome=question.outcome,
        unit=question.unit,
        better=question.better,
        nothing=0.0,
        bar=_bar(question),
        names=("nothing left" if question.kind == "kept" else "no effect", "margin"),
        persons=persons,
        values=[short(float(each)) for each in values],
        holds=[bool(each) for each in holds],
        chances=None if chances is None else [round(float(each), 4) for each in chances],
        trial={},
        quantiles=spread(values),
    )


def _lost(question: Question, played: Played) -> Finding:
    """A share of patients without cells."""
    gone, responders = effect.lost(question, played)
    share = gone / responders if responders else float("nan")
    values = np.array([effect.PER_CENT * share])
    holds = effect.holding(question, values)
    told = np.array(certain(holds)) if responders >= value("claim_least_judged") else None
    found = _finding(question, played, values, holds, told, responders)
    low, high = (short(effect.PER_CENT * end) for end in wilson(share, responders, effect.CONFIDENCE))
    quantiles: dict[str, Any] = {"median": found.quantiles["median"], "low95": low, "high95": high}
    note = f"{gone} of {responders} responders. {NO_DRAW}"
    trial = counting(question.arm, question.week, f"loss of {question.outcome}", 0.5)
    return replace(found, quantiles=quantiles, note=note, trial=trial, names=("nobody", "margin"))
