"""Watched regions made by hand: no simulation is needed to test a score."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from repigment.scores.watched import Watched

TOLLS = ("irritation", "injection_site", "uvb_dose")
FACE = (0.15, 0.15, 0.3, 0.3, 0.05, 0.05)


def dark(weeks: int = 1, **seen) -> Watched:
    """A region of `weeks` weeks; numbers are the same every week, parts a number or (weeks, 6) or (6,)."""
    course = {
        "contrast": 0.6,
        "darker": 1.0,
        "unevenness": 0.2,
        "inflammation": 0.0,
        "niche": 0.0,
    }
    parts = {"part_contrast": 0.6, "part_darker": 1.0, "part_depth": 0.6, "part_lighter": 0.0}
    plain = {name: each for name, each in seen.items() if name not in {*course, *parts}}
    whole = {
        name: np.broadcast_to(np.asarray(seen.get(name, each), float), (weeks,)).copy() for name, each in course.items()
    }
    places = {
        name: np.broadcast_to(np.asarray(seen.get(name, each), float), (weeks, 6)).copy()
        for name, each in parts.items()
    }
    zero = np.zeros(weeks)
    made = Watched("face", 2.0, 5.0, zero + 1, zero, dict.fromkeys(TOLLS, zero), **whole, **places)
    return replace(made, **{"part_size": np.array(FACE), **plain})


def streams(lesions: int = 1, person: int = 2) -> tuple[np.random.Generator, np.random.Generator]:
    """Random numbers of the lesions and of the person."""
    return np.random.default_rng(lesions), np.random.default_rng(person)


@pytest.fixture(name="dark")
def _dark() -> Callable[..., Watched]:
    return dark


@pytest.fixture(name="streams")
def _streams() -> Callable[..., tuple[np.random.Generator, np.random.Generator]]:
    return streams
