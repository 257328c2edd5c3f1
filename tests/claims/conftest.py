"""Studies that were never simulated, with effects that are known."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from repigment.claims.answers import Answer, answered
from repigment.claims.catalogue import claims
from repigment.claims.finding import Finding, spread
from repigment.claims.library import study
from repigment.claims.played import Played
from repigment.claims.question import Question, all_questions, questions

WORLDS, PERSONS, WEEKS = 40, 12, 76
Effect = Callable[[np.ndarray], np.ndarray]  # of worlds, in per cent of the baseline


@pytest.fixture(scope="session")
def vitiligo() -> Callable[..., Played]:
    """`vitiligo(gains)`: F-VASI of arms falls evenly to its gain (in %, one a world) at week 24 and stays there."""

    def made(gains: dict[str, object], later: dict[str, float] | None = None, luck: float = 3.0) -> Played:
        rng, seen = np.random.default_rng(3), {}
        own = rng.normal(0, luck, PERSONS)
        for arm, gain in gains.items():
            per_world = np.atleast_1d(np.asarray(gain, float))
            end = per_world[:, None] + own
            rising = np.minimum(np.arange(WEEKS + 1) / 24, 1)
            course = end[..., None] * rising
            if later and arm in later:
                course[..., 25:] *= later[arm]
            seen[arm] = {"F-VASI": 2 * (1 - course / 100), "spread": 2 - course / 100, "memory": 5 - course / 100}
        draws = pd.DataFrame({"e_sup": np.linspace(-1, 1, WORLDS), "dl_Q": rng.normal(size=WORLDS)})
        return Played(study("vitiligo", WORLDS, PERSONS), seen, draws)

    return made


@pytest.fixture(scope="session")
def ask() -> Callable[..., Question]:
    """`ask(2, margin=5)`: the first question of a claim, changed."""
    return lambda claim, place=0, **changes: replace(questions(claim)[place], **changes)


@pytest.fixture(scope="session")
def invented() -> tuple[Answer, ...]:
    """Answers to all claims with invented numbers, in the form that a run gives."""
    rng, found = np.random.default_rng(1), {}
    trial = {"arms": ["a", "b"], "n": [30, 30], "weeks": 24, "endpoint": "score", "screen": ""}
    chances = {"if_true": 0.81, "if_false": 0.02, "assurance": 0.2}
    for question in all_questions():
        drawn = question.kind not in ("lost", "what-if")
        values = rng.normal(-5, 6, 64 if drawn else 1)
        finding = Finding(
            claim=question.claim,
            study=question.study,
            condition="vitiligo",
            kind=question.kind,
            criterion=question.criterion,
            counts=question.counts,
            outcome=question.outcome,
            unit=question.unit,
            better=question.better,
            nothing=0.0,
            bar=[-question.margin],
            names=("no effect", "margin"),
            persons=20,
            values=values.tolist(),
            holds=(values < -question.margin).tolist(),
            chances=(values < -question.margin).astype(float).tolist(),
            trial=trial | chances,
            influences=[{"parameter": "e_imm", "correlation": -0.8, "low": -0.9, "high": -0.7, "partial": True}],
            quantiles=spread(values),
            full_strength=-20.0 if drawn else None,
            full_holds=True if drawn else None,
        )
        found.setdefault(question.claim, []).append(finding)
    return tuple(answered(claim, found) for claim in claims())
