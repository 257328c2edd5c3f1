"""Worlds without a simulation: effects as a prior has them, and finished trials made of plain numbers."""

from collections.abc import Callable
from types import SimpleNamespace as Some

import numpy as np
import pandas as pd
import pytest
from scipy.special import ndtri

from repigment.trials.assurance import Effects

CHANGE = Some(score="F-VASI change", week=24, primary=True)
SHARE = Some(score="F-VASI50", week=24, primary=False)


def normal(mean: float, sd: float, worlds: int = 400) -> np.ndarray:
    """Equally likely effects of a normal prior."""
    return mean + sd * ndtri((np.arange(worlds) + 0.5) / worlds)


def effects_of(truth: np.ndarray, error: float = 1.0, n: int = 50, **changes: object) -> Effects:
    """Effects that are known without luck, for a trial with that standard error at n patients an arm."""
    draws = pd.DataFrame({"a": truth, "b": np.cos(np.arange(truth.size))})
    made = {
        "endpoint": "repigmentation",
        "week": 24,
        "arm": "cells",
        "versus": "sham",
        "unit": "%",
        "better": 1,
        "estimate": truth,
        "error": np.full(truth.size, error),
        "spread": 0.0,
        "luck": 0.0,
        "sizes": (n, n),
        "confidence": 0.95,
        "df": np.inf,
        "draws": draws,
    }
    return Effects(**{**made, **changes})  # type: ignore[arg-type]


def finished(
    effects: np.ndarray,
    n: int = 40,
    spread: float = 30.0,
    shared: float = 0.9,
    seed: int = 1,
    design: str = "parallel",
    prior: str = "worlds",
) -> Some:
    """A finished trial: F-VASI falls by `effects[world]` per cent of baseline more under cells than under sham.

    The k-th patient of both arms is one person, who shares the part `shared` of what is luck.
    """
    rng = np.random.default_rng(seed)
    own = rng.standard_normal(n)
    rows = []
    for world, effect in enumerate(effects):
        for arm, offset in (("sham", 0), ("cells", n)):
            if arm == "sham" and world > 0:
                continue
            patient = np.arange(n) + (0 if design == "within-patient" else offset)
            luck = np.sqrt(shared) * own + np.sqrt(1 - shared) * rng.standard_normal(n)
            change = -40 + spread * luck - (effect if arm == "cells" else 0)
            for week, value in ((0, np.full(n, 1.0)), (24, 1 + change / 100)):
                rows.append(
                    pd.DataFrame({"world": world, "patient": patient, "arm": arm, "week": week, "value": value})
                )
    scores = pd.concat(rows, ignore_index=True).assign(score="F-VASI")
    people = scores[["patient", "arm"]].drop_duplicates().assign(dropout_week=np.inf)
    worlds = range(len(effects)) if prior == "worlds" else []
    draws = pd.DataFrame({"world": worlds, "e_imm": effects[: len(worlds)], "e_dif": np.zeros(len(worlds))})
    arms = [Some(name=name, n=n, treatments=[]) for name in ("sham", "cells")]
    study = Some(
        arms=arms,
        all_arms=arms,
        withdrawal=None,
        visits=[0, 24],
        design=design,
        endpoints=[CHANGE, SHARE],
        comparisons=[],
        population=Some(condition="vitiligo"),
        analysis=Some(control="sham", confidence=0.95, adjust=["baseline"], missing="observed"),
    )
    return Some(study=study, scores=scores, people=people, draws=draws)


@pytest.fixture(scope="session")
def prior() -> Callable[..., np.ndarray]:
    """Equally likely effects of a normal prior: `prior(mean, sd)`."""
    return normal


@pytest.fixture(scope="session")
def known() -> Callable[..., Effects]:
    """Effects without luck: `known(truth, error=..., n=...)`."""
    return effects_of


@pytest.fixture(scope="session")
def played() -> Callable[..., Some]:
    """A finished trial with these effects in its worlds."""
    return finished
