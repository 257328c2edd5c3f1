"""Power by doing the trial again: patients drawn from those simulated, and the whole analysis on each such trial."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from repigment.trials.analysis.directions import more_is_better
from repigment.trials.analysis.endpoints import measure
from repigment.trials.analysis.summary import Contrast, Floats
from repigment.trials.analysis.trial import Trial
from repigment.trials.assurance.effects import Finished
from repigment.trials.stages import Rules, design

NAMES = ("arm", "versus")
SCORE = ["patient", "score", "week", "value"]


@dataclass(frozen=True)
class Repeated:
    """Of `replicates` trials the share with a significant benefit, and with any significant difference.

    `effects`: what each of them found, positive where good; `succeeded`: which found a significant benefit.
    """

    benefit: float
    significant: float
    replicates: int
    effects: Floats
    succeeded: NDArray[np.bool_]

    def error(self, share: float) -> float:
        """Binomial standard error of a share of the replicates."""
        return float(np.sqrt(max(share * (1 - share), 1 / self.replicates) / self.replicates))


def repeat(
    result: Finished,
    endpoint: Any,
    arm: str,
    versus: str,
    sizes: tuple[int, int],
    world: int,
    replicates: int,
    seed: int,
) -> Repeated:
    """Do a trial of two arms again: `sizes` patients (arm, versus), drawn with replacement from those of one world.

    Both arms may be the same one, in which there is no effect: then `significant` is the false alarms of the trial's
    own analysis. endpoint: one of the study's. For a parallel design; patients of both arms are drawn independently.
    """
    rng = np.random.default_rng([seed, world, *sizes])
    sides = [_Side.of(result, endpoint.score, name, world) for name in (arm, versus)]
    better = 1 if more_is_better(endpoint.score, result.study.population.condition) else -1
    found = [
        _analysed(
            result, endpoint, [s.drawn(rng, n, first) for s, n, first in zip(sides, sizes, (0, sizes[0]), strict=True)]
        )
        for _ in range(replicates)
    ]
    alpha = 1 - result.study.analysis.confidence
    significant = np.array([each.p_value < alpha for each in found])
    effects = np.array([better * each.difference for each in found])
    good = significant & (effects > 0)
    return Repeated(float(good.mean()), float(significant.mean()), replicates, effects, good)


def _analysed(result: Finished, endpoint: Any, drawn: list[tuple[pd.DataFrame, pd.DataFrame]]) -> Contrast:
    tables = []
    for name, (scores, people) in zip(NAMES, drawn, strict=True):
        tables.append((scores.assign(arm=name), people.assign(arm=name)))
    scores, people = (pd.concat(part, ignore_index=True) for part in zip(*tables, strict=True))
    rules = Rules.of(result.study.analysis, NAMES)
    trial = Trial.read(scores, people, design(result.study), rules, NAMES)
    return trial.contrast(endpoint.score, endpoint.week, *NAMES)


@dataclass(frozen=True)
class _Side:
    """The rows of one arm in one world, by patient."""

    scores: pd.DataFrame
    dropout: NDArray[np.float64]
    rows: list[NDArray[np.int64]]

    @classmethod
    def of(cls, result: Finished, score: str, arm: str, world: int) -> "_Side":
        what, table = measure(score), result.scores
        own = table[(table["arm"] == arm) & table["score"].isin([what.score, *what.covariates])]
        own = own[own["world"] == (world if world in set(own["world"]) else 0)][SCORE].reset_index(drop=True)
        groups = own.groupby("patient", sort=True).indices
        people = result.people[result.people["arm"] == arm].set_index("patient")
        leaves = people["dropout_week"].reindex(list(groups)).to_numpy(float)
        return cls(own, leaves, [np.asarray(rows) for rows in groups.values()])

    def drawn(self, rng: np.random.Generator, n: int, first: int) -> tuple[pd.DataFrame, pd.DataFrame]:
        """Scores and people of `n` patients drawn with replacement, numbered from `first`."""
        chosen = rng.integers(len(self.rows), size=n)
        rows = np.concatenate([self.rows[k] for k in chosen])
        numbers = np.repeat(np.arange(first, first + n), [self.rows[k].size for k in chosen])
        people = pd.DataFrame({"patient": np.arange(first, first + n), "dropout_week": self.dropout[chosen]})
        return self.scores.take(rows).assign(patient=numbers, world=0), people
