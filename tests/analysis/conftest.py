"""Tables and plans for the statistics, made by hand: no simulation is needed to test them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pytest


@dataclass(frozen=True)
class Endpoint:
    score: str
    week: int
    primary: bool = False


@dataclass(frozen=True)
class Comparison:
    arms: tuple[str, ...]


@dataclass(frozen=True)
class Plan:
    control: str = "vehicle"
    confidence: float = 0.95
    adjust: Sequence[str] = ("baseline",)
    missing: str = "non-responder"


def tidy(courses: Mapping[str, Sequence[Sequence[float]]], weeks: Sequence[int], score: str = "F-VASI", world: int = 0):
    """Scores from {arm: one row of values over the visits per patient}; patients are numbered through."""
    rows, patient = [], 0
    for arm, table in courses.items():
        for values in table:
            rows += [(world, patient, arm, score, week, value) for week, value in zip(weeks, values, strict=True)]
            patient += 1
    return pd.DataFrame(rows, columns=["world", "patient", "arm", "score", "week", "value"])


def people_of(scores: pd.DataFrame, dropout: Mapping[int, float] | None = None) -> pd.DataFrame:
    """One row a patient; who is not in `dropout` stays."""
    people = scores[["patient", "arm"]].drop_duplicates("patient").reset_index(drop=True)
    return people.assign(dropout_week=[(dropout or {}).get(number, np.inf) for number in people["patient"]])


@pytest.fixture(name="tidy")
def _tidy() -> Callable[..., pd.DataFrame]:
    return tidy


@pytest.fixture(name="people_of")
def _people_of() -> Callable[..., pd.DataFrame]:
    return people_of


@pytest.fixture
def endpoint() -> type[Endpoint]:
    return Endpoint


@pytest.fixture
def comparison() -> type[Comparison]:
    return Comparison


@pytest.fixture
def plan() -> type[Plan]:
    return Plan


@pytest.fixture
def trial() -> tuple[pd.DataFrame, pd.DataFrame]:
    """A parallel trial with every score: 30 on vehicle, 60 on cream, 0 to 24 weeks, one visit in ten missed."""
    return random_trial(np.random.default_rng(7))


@pytest.fixture
def worlds() -> tuple[pd.DataFrame, pd.DataFrame]:
    """The same with six draws of what the cream does; vehicle is in world 0 only."""
    return random_trial(np.random.default_rng(8), worlds=6)


def random_trial(
    rng: np.random.Generator, sizes: Mapping[str, int] | None = None, worlds: int = 1, missed: float = 0.1
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Six scores of every patient at weeks 0, 4, 12 and 24; who drops out is missing from then on."""
    sizes, weeks = sizes or {"vehicle": 30, "cream": 60}, np.array([0, 4, 12, 24])
    arm = np.repeat(list(sizes), list(sizes.values()))
    n = arm.size
    start, luck = rng.gamma(4, 0.3, n) + 0.1, rng.uniform(0, 1, n)
    dropout = np.where(rng.random(n) < missed, rng.uniform(1, 30, n), np.inf)
    people = pd.DataFrame({"patient": np.arange(n), "arm": arm, "dropout_week": dropout})
    tables = []
    for world in range(worlds):
        power = np.where(arm == "cream", np.clip(0.7 + 0.3 * rng.standard_normal(), 0, 1), 0.55)
        gain = np.minimum(1, 1.6 * power * luck)[:, None] * (weeks / 24)
        lost = (dropout[:, None] <= weeks) | (rng.random(gain.shape) < missed) & (weeks > 0)
        noise = rng.gamma(1.0, 1.0, gain.shape) * (weeks > 0)
        values = {
            "F-VASI": start[:, None] * (1 - gain),
            "T-VASI": 6 * start[:, None] * (1 - 0.6 * gain),
            "repigmentation": 100 * gain,
            "spread": noise / 10,
            "injection-site burden": noise,
            "irritation burden": 2 * noise,
        }
        keep = np.ones(n, bool) if world == 0 else arm == "cream"
        for score, table in values.items():
            seen = np.where(lost, np.nan, table)[keep]
            patient = np.repeat(np.flatnonzero(keep), weeks.size)
            tables.append(
                pd.DataFrame(
                    {
                        "world": world,
                        "patient": patient,
                        "arm": arm[patient],
                        "score": score,
                        "week": np.tile(weeks, keep.sum()),
                        "value": seen.ravel(),
                    }
                )
            )
    return pd.concat(tables, ignore_index=True), people


@pytest.fixture(name="random_trial")
def _random_trial() -> Callable[..., tuple[pd.DataFrame, pd.DataFrame]]:
    return random_trial
