"""The effect that a question asks for, in each world: from what was seen of the same persons in both arms."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from repigment.claims.played import Bools, Floats, Played
from repigment.claims.question import Question
from repigment.evidence.parameters import value
from repigment.trials.analysis.directions import more_is_better
from repigment.trials.analysis.endpoints import MEASURES
from repigment.trials.analysis.values import change, responded
from repigment.trials.assurance.effects import Effects
from repigment.trials.assurance.seen import two_way

CONFIDENCE = 0.95
PER_CENT = 100.0
SCREENED_BY = "F-VASI"  # the score by which patients count as refractory
TINY = 1e-9
POINTS = "percentage points"
Seen = Mapping[str, Floats]
Table = NDArray[np.float64]  # (worlds, persons), NaN where a person is not judged


@dataclass(frozen=True)
class Sides:
    """Both arms at the week that is judged, (worlds, persons) each, the same persons; `enrolled` a trial would need."""

    arm: Table
    versus: Table
    enrolled: int

    @property
    def difference(self) -> Table:
        """Of each person with himself."""
        return self.arm - self.versus

    @property
    def judged(self) -> int:
        """Persons who are judged in the world that has the fewest."""
        return int(np.isfinite(self.difference).sum(axis=1).min())


def holding(question: Question, values: Floats) -> Bools:
    """In which worlds (K,) the criterion is met; where nothing can be said it is not."""
    known = np.where(np.isfinite(values), values, 0.0)
    better = {"higher": known, "lower": -known, "either": np.abs(known)}[question.better]
    return np.asarray(np.isfinite(values) & (better > question.margin + TINY))


def sense(question: Question, played: Played) -> int:
    """1 where more of the outcome is good, -1 where less is: of what is left of an effect its own direction is none."""
    if question.kind == "kept":
        return 1 if more_is_better(question.outcome, played.study.population.condition) else -1
    return -1 if question.better == "lower" else 1


def at(question: Question, seen: Seen, week: int) -> Table:
    """The outcome of a question (worlds, persons) at a week: shares and changes in per cent, scores as they are."""
    return np.asarray(sum(_one(part, seen, week) for part in question.outcome.split(" + ")), float)


def _one(name: str, seen: Seen, week: int) -> Table:
    if name not in MEASURES:
        return seen[name][..., week]
    what = MEASURES[name]
    now, start = seen[what.score][..., week], seen[what.score][..., 0]
    if what.kind == "responder":
        return PER_CENT * responded(now, start, what.level)
    return change(now, start) if what.kind == "change" else now


def sides(question: Question, played: Played, week: int | None = None) -> Sides:
    """What the arms show at the week: of all persons, of those who were screened, or who responded in both."""
    first, second = played.seen[question.arm], played.seen[question.versus]
    shape = (_worlds(first, second), min(_persons(first), _persons(second)))
    when = question.week if week is None else week
    one, other = (_fitted(at(question, seen, when), shape) for seen in (first, second))
    enrolled = shape[1]
    if question.kind == "relapse":
        before = [_fitted(at(question, seen, question.from_week), shape) for seen in (first, second)]
        both = (before[0] > 0) & (before[1] > 0)
        one, other = (np.where(both, PER_CENT - now, np.nan) for now in (one, other))
    if question.screen:
        poor = _fitted(_refractory(played.seen[question.screen], question.from_week), (1, shape[1]))[0] > 0
        one, other, enrolled = one[:, poor], other[:, poor], int(poor.sum())
    if question.kind == "ratio":
        whole = mean(other)[:, None]
        scale = PER_CENT / np.where(np.abs(whole) > TINY, whole, np.nan)
        one, other = one * scale, other * scale
    return Sides(one, other, enrolled)


def _refractory(seen: Seen, week: int) -> Table:
    """1 for persons whose score fell by less than claim_poor_response (worlds, persons)."""
    score = seen[SCREENED_BY]
    return np.asarray(-change(score[..., week], score[..., 0]) < value("claim_poor_response"), float)


def _worlds(*arms: Seen) -> int:
    return max(len(next(iter(arm.values()))) for arm in arms)


def _persons(arm: Seen) -> int:
    return int(next(iter(arm.values())).shape[1])


def _fitted(table: Table, shape: tuple[int, int]) -> Table:
    return np.array(np.broadcast_to(table[:, : shape[1]], shape))


def mean(table: Table) -> Floats:
    """Mean over the persons of each world; NaN where nobody is judged."""
    known = np.isfinite(table)
    count = known.sum(axis=1)
    return np.where(count > 0, np.where(known, table, 0.0).sum(axis=1) / np.maximum(count, 1), np.nan)


def contributions(question: Question, of: Sides) -> Table:
    """What each person adds to the effect of each world (worlds, persons), so that its mean is the effect.

    Of a ratio R = 100 mean(a - b)/B by its linear part: person i adds 100 (a_i - b_i)/B - R (b_i - B)/B.
    """
    if question.kind != "ratio":
        return of.difference
    return np.asarray(of.difference - mean(of.difference)[:, None] * (of.versus - PER_CENT) / PER_CENT)


def error(own: Table, shares: bool = False) -> Floats:
    """Standard error of each world's mean from the choice of persons (K,); of `shares` never 0, half a person added."""
    n = np.isfinite(own).sum(axis=1)
    variance = _variance(own)
    if shares:
        half = 0.5 / (n + 1)
        variance = np.maximum(variance, PER_CENT**2 * half * (1 - half) / np.maximum(n, 1))
    return np.sqrt(variance)


def effects(question: Question, of: Sides, draws: pd.DataFrame, better: int) -> Effects | None:
    """The sides as the assurance of a trial reads them; None where in some world too few are judged.

    better: 1 where more of the outcome is good, -1 where less is. Where either is meant, more is.
    """
    if of.judged < value("claim_least_judged"):
        return None
    estimate = mean(of.difference)
    variance = _of_share if question.kind == "relapse" else _variance
    se = np.sqrt(variance(of.arm) + variance(of.versus) + TINY**2)
    own = contributions(question, of)
    spread, luck = two_way(own[:, np.isfinite(own).all(axis=0)])
    sizes = (of.enrolled, of.enrolled)
    unit = POINTS if question.kind == "kept" else question.unit
    names = (question.outcome, question.week, question.arm, question.versus, unit)
    known = draws if len(draws) == estimate.size else pd.DataFrame(index=range(estimate.size))
    return Effects(*names, better, estimate, se, spread, luck, sizes, CONFIDENCE, 2.0 * of.enrolled - 2, known)


def _variance(table: Table) -> Floats:
    """Of the mean of a row, (K,); NaN with fewer than 2 persons."""
    n = np.isfinite(table).sum(axis=1)
    squares = np.where(np.isfinite(table), (table - mean(table)[:, None]) ** 2, 0.0).sum(axis=1)
    return np.where(n > 1, squares / np.maximum(n - 1, 1) / np.maximum(n, 1), np.nan)


def _of_share(table: Table) -> Floats:
    """The same of a share in per cent, with half a person added to either side."""
    n = np.isfinite(table).sum(axis=1)
    share = (n * mean(table) / PER_CENT + 0.5) / (n + 1)
    return np.asarray(PER_CENT**2 * share * (1 - share) / np.maximum(n, 1))


def lost(question: Question, played: Played) -> tuple[int, int]:
    """Of the responders of an arm without cells: how many lose their response, and how many there are."""
    seen = played.seen[question.arm]
    before, now = at(question, seen, question.from_week)[0] > 0, at(question, seen, question.week)[0] > 0
    return int((before & ~now).sum()), int(before.sum())
