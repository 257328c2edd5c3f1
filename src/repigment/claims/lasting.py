"""What is left of an effect: of the largest advantage over time, the part that is there at the week."""

from dataclasses import dataclass

import numpy as np

from repigment.claims import effect
from repigment.claims.played import Floats, Played
from repigment.claims.question import Question
from repigment.evidence.parameters import value


@dataclass(frozen=True)
class Lasting:
    """Advantages of each person (worlds, persons), positive where good: where the mean is `largest`, and `last`."""

    largest: effect.Table
    last: effect.Table

    @property
    def left(self) -> Floats:
        """In per cent of the largest (K,); NaN where that never was claim_least_effect."""
        largest, last = effect.mean(self.largest), effect.mean(self.last)
        least = value("claim_least_effect")
        return np.where(largest >= least, effect.PER_CENT * last / np.maximum(largest, least), np.nan)


def lasting(question: Question, played: Played, better: int) -> Lasting:
    """The advantages week by week; the week of the largest is that of its world."""
    shown = [better * effect.sides(question, played, week).difference for week in range(1, question.week + 1)]
    best = np.argmax([effect.mean(table) for table in shown], axis=0)
    largest = np.stack([shown[week][world] for world, week in enumerate(best)])
    return Lasting(largest, shown[-1])
