"""The effect that a question asks for, in each world: from what was seen of the same persons in both arms."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from repigment.claims.played import Floats, Played
from repigment.claims.question import Question
from repigment.evidence.parameters import value
from repigment.trials.analysis.endpoints import MEASURES
from repigment.trials.analysis.values import change, responded
from repigment.trials.assurance.effects import Effects

CONFIDENCE = 0.95
PER_CENT = 100.0
SCREENED_BY = "F-VASI"  # the score by which patients count as refractory
TINY = 1e-9
Seen = Mapping[str, Floats]
Table = NDArray[np.float64]  # (worlds, persons), NaN where a person is not judged


@dataclass(frozen=True)
class Sides:
    """Both arms at the week that is judged, (worlds, persons) each, the same persons; `enrolled` a trial would need."""

    arm: Table
    versus: Table
    enrolled: int

    @property
    def judged(self) -> int:
        """Persons who are judged in at least one world."""
        return int(np.isfinite(self.arm - self.versus).any(axis=0).sum())


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


def sides(question: Question, played: Played) -> Sides:
    """What the arms show: of all persons, of those who were screened, or of those who responded in both."""
    first, second = played.seen[question.arm], played.seen[question.versus]
    shape = (_worlds(first, second), min(_persons(first), _persons(second)))
    one, other = (_fitted(at(question, seen, question.week), shape) for seen in (first, second))
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


def kept(question: Question, played: Played) -> Floats:
    """Of the largest advantage over time, what is left at the week, in per cent (K,); NaN where it was never large."""
    first, second = played.seen[question.arm], played.seen[question.versus]
    shape = (_worlds(first, second), min(_persons(first), _persons(second)))
    weeks = range(1, question.week + 1)
    gains = np.stack(
        [mean(_fitted(at(question, second, week), shape) - _fitted(at(question, first, week), shape)) for week in weeks]
    )
    largest, least = gains.max(axis=0), value("claim_least_effect")
    return np.where(largest >= least, PER_CENT * gains[-1] / np.maximum(largest, least), np.nan)


def effects(question: Question, of: Sides, draws: pd.DataFrame) -> Effects | None:
    """The sides as the assurance of a trial reads them; None where some world has nobody to judge."""
    difference = of.arm - of.versus
    estimate = mean(difference)
    error = np.sqrt(_variance(of.arm, question) + _variance(of.versus, question) + TINY**2)
    better = -1 if question.better == "lower" else 1
    if question.better == "either":
        estimate = np.abs(estimate)
    if not (np.isfinite(estimate).all() and np.isfinite(error).all()) or of.enrolled < 2:
        return None
    spread, luck = _patients_luck(difference)
    sizes = (of.enrolled, of.enrolled)
    names = (question.outcome, question.week, question.arm, question.versus, question.unit)
    known = draws if len(draws) == estimate.size else pd.DataFrame(index=range(estimate.size))
    return Effects(*names, better, estimate, error, spread, luck, sizes, CONFIDENCE, 2.0 * of.enrolled - 2, known)


def _variance(table: Table, question: Question) -> Floats:
    """Of the mean of one arm, (K,); of a share with half a person added to either side."""
    n = np.isfinite(table).sum(axis=1)
    middle = mean(table)
    if question.kind == "relapse":
        share = (n * middle / PER_CENT + 0.5) / (n + 1)
        return np.asarray(PER_CENT**2 * share * (1 - share) / np.maximum(n, 1))
    squares = np.where(np.isfinite(table), (table - middle[:, None]) ** 2, 0.0).sum(axis=1)
    return np.where(n > 1, squares / np.maximum(n - 1, 1) / np.maximum(n, 1), np.nan)


def _patients_luck(difference: Table) -> tuple[float, float]:
    """What the choice of persons does to the means of the worlds: to their spread (variance), to their mean (error).

    Residuals of the table (K, n) after its rows and columns, as in two-way analysis of variance; only persons who are
    judged in every world.
    """
    known = difference[:, np.isfinite(difference).all(axis=0)]
    worlds, n = known.shape
    if n < 2:
        return 0.0, 0.0
    of_person = known.mean(axis=0)
    luck = float(of_person.std(ddof=1) / np.sqrt(n))
    if worlds < 2:
        return 0.0, luck
    residual = known - known.mean(axis=1, keepdims=True) - of_person + known.mean()
    return float((residual**2).sum() / ((n - 1) * (worlds - 1)) / n), luck


def lost(question: Question, played: Played) -> tuple[int, int]:
    """Of the responders of an arm without cells: how many lose their response, and how many there are."""
    seen = played.seen[question.arm]
    before, now = at(question, seen, question.from_week)[0] > 0, at(question, seen, question.week)[0] > 0
    return int((before & ~now).sum()), int(before.sum())
