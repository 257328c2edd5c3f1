"""The chance that a question holds in each world, given that few persons were played."""

import numpy as np
from scipy.special import stdtr

from repigment.claims import effect
from repigment.claims.lasting import Lasting
from repigment.claims.played import Floats
from repigment.claims.question import Question
from repigment.evidence.parameters import value


def of_effect(question: Question, values: Floats, own: effect.Table) -> Floats:
    """That the effect of all persons is beyond the margin (K,), from `values` and what each person adds to them.

    P = F((b - m)/s): b the effect, positive where good, m the margin, s its standard error in that world, F Student's
    distribution with n - 1 degrees of freedom for n persons. For either direction the chances of both are added.
    """
    se = effect.error(own, shares=question.kind == "relapse")
    n = np.isfinite(own).sum(axis=1)
    signs = {"higher": (1,), "lower": (-1,), "either": (-1, 1)}[question.better]
    return np.asarray(sum(above(sign * values - question.margin, se, n) for sign in signs))


def of_lasting(question: Question, found: Lasting) -> Floats:
    """That the largest advantage is what must be, and that enough of it is left: the lesser of the two chances (K,)."""
    enough = found.last - question.margin / effect.PER_CENT * found.largest
    large = effect.mean(found.largest) - value("claim_least_effect") + 2 * effect.TINY  # may just be reached
    parts = ((large, found.largest), (effect.mean(enough), enough))
    return np.minimum(*(above(ahead, effect.error(own), np.isfinite(own).sum(axis=1)) for ahead, own in parts))


def above(ahead: Floats, se: Floats, persons: Floats) -> Floats:
    """That something is above 0 which is `ahead` of it with standard error `se` from so many persons.

    >>> above(np.array([0.0, 1.0, 1.0]), np.array([1.0, 0.0, 1.0]), np.array([20, 20, 20])).round(2).tolist()
    [0.5, 1.0, 0.84]
    """
    certain = (ahead > effect.TINY).astype(float)
    with np.errstate(divide="ignore", invalid="ignore"):
        chance = stdtr(np.maximum(persons - 1, 1), ahead / se)
    return np.where(np.isfinite(ahead), np.where(se > effect.TINY, chance, certain), 0.0)
