"""Small studies and large trials that are really done, of the same products: what looked good shrinks."""

from collections.abc import Callable
from dataclasses import replace
from types import SimpleNamespace as Some
from typing import Any

import numpy as np
import pytest
from scipy.special import ndtri

from repigment import Study
from repigment.trials.assurance import effects, shrinkage, with_worlds
from repigment.trials.assurance.bootstrap import repeat
from tests.trials.conftest import TINY

SMALL, LARGE = 17, 98


def done(trial: Any, worlds: int, early: int, late: int) -> tuple[float, float, float]:
    """Share of small studies that look good, what they saw, and what large trials then see of the same products."""

    def again(size: int, world: int, times: int) -> Any:
        return repeat(trial, trial.study.endpoints[0], "cells", "sham", (size, size), world, times, seed=size)

    small = [again(SMALL, world, early) for world in range(worlds)]
    good = np.array([each.succeeded.sum() for each in small])
    seen = np.concatenate([each.effects[each.succeeded] for each in small]).mean()
    later = [again(LARGE, world, late).effects.mean() if good[world] else 0.0 for world in range(worlds)]
    return good.sum() / (worlds * early), float(seen), float(np.average(later, weights=good))


def test_what_looks_good_shrinks_as_is_told(played: Callable[..., Some]) -> None:
    """Products of a normal prior around none, in pairs of opposite luck."""
    half = 10 * ndtri((np.arange(6) + 0.5) / 12)
    trial = played(np.stack([half, -half], axis=1).ravel(), n=120, shared=0.9)
    looked, seen, later = done(trial, 12, early=50, late=8)
    told = shrinkage(replace(effects(trial, trial.study.endpoints[0], "cells", "sham"), spread=0.0), SMALL, LARGE)
    assert looked == pytest.approx(told.looks_good, abs=0.03)
    assert seen == pytest.approx(told.seen, abs=3)
    assert later == pytest.approx(told.later, abs=4)
    assert later < 0.75 * seen


def test_cells_that_looked_good_in_simulated_patients_disappoint() -> None:
    text = TINY.replace("[0, 4, 8]", "[0, 12]").replace("week = 8", "week = 12")
    light, endpoints = text.index('[[arm]]\nname = "light"'), text.index("[[endpoint]]")
    study = with_worlds(Study.from_toml(text[:light] + text[endpoints:]), 8)
    trial = study.run(patients=60, seed=1)
    looked, seen, later = done(trial, 8, early=60, late=6)
    assert 0 < looked < 0.15, "the prior is around none: most that looks good is luck"
    assert later < seen / 3
