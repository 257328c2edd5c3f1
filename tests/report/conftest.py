"""Finished trials without a simulation: every table that a result holds, with plausible numbers."""

from collections.abc import Callable
from types import SimpleNamespace as Some

import numpy as np
import pandas as pd
import pytest
import xarray as xr

from repigment.evidence.parameters import Parameter, parameters
from repigment.optics.people import own
from repigment.optics.tissue import Pigments, typical
from repigment.trials.analysis import MEASURES

WEEKS = [0, 4, 8, 12, 24, 36, 52, 104]
SCORES = ("F-VASI", "T-VASI", "repigmentation", "spread", "injection-site burden", "irritation burden")
EFFECT = {"vehicle": 0.0, "sham-injection": 0.05, "uc-msc": 0.25, "nb-uvb": 0.6, "ruxolitinib-cream": 0.8}
COURSES = {
    "melanocytes": ("Melanocytes", "of capacity"),
    "effectors": ("Effector T cells", "of reference"),
    "memory": ("Resident memory T cells", "of reference"),
    "interferon": ("Interferon axis", "of active disease"),
    "melanin": ("Visible melanin", "of own skin"),
    "secretome": ("UC-MSC secretome", "-"),
    "tacrolimus": ("Tacrolimus in skin", "-"),
}


def treatment(give: str, **how: object) -> Some:
    """A treatment as a study holds it."""
    if give in ("uc-msc", "sham-injection"):
        return Some(give=give, **{"weeks": [0, 4, 8], **how})
    return Some(**{"give": give, "start": 0.0, "until": 24.0, "adherence": 0.8, **how})


def study(arms: list[tuple[str, int, list[Some]]], **changes: object) -> Some:
    """A study with the given arms; `changes` replace its other fields."""
    made = Some(
        name="uc-msc-vitiligo",
        title="UC-MSC microinjection in facial vitiligo",
        question="Does UC-MSC microinjection repigment facial vitiligo better than sham, alone or with NB-UVB?",
        context_of_use="Planning a phase 2 trial; no evidence of efficacy.",
        design="parallel",
        visits=list(WEEKS),
        population=Some(condition="vitiligo", age=Some(mean=38, sd=14), skin_types={"III": 0.5, "IV": 0.5}),
        arms=[Some(name=name, n=n, treatments=given) for name, n, given in arms],
        withdrawal=None,
        endpoints=[
            Some(score="F-VASI75", week=24, primary=True),
            Some(score="F-VASI75", week=52, primary=False),
            Some(score="F-VASI50", week=24, primary=False),
            Some(score="T-VASI change", week=24, primary=False),
        ],
        comparisons=[],
        analysis=Some(control=arms[0][0], confidence=0.95, adjust=["baseline"], missing="non-responder"),
        dropout=Some(per_year=0.1),
        rater="live",
        published=[],
        uncertainty=Some(prior_draws=6),
        simulation=Some(grid=32, dx_mm=0.3, step_days=0.5),
        toml=lambda: 'title = "UC-MSC"\n\n[population]\ncondition = "vitiligo"\n',
    )
    vars(made).update(changes)
    return made


def _people(made: Some, rng: np.random.Generator) -> pd.DataFrame:
    arms = [arm.name for arm in made.arms for _ in range(arm.n)]
    n = len(arms)
    patient = np.arange(n) % made.arms[0].n if made.design == "within-patient" else np.arange(n)
    leaves = rng.exponential(520, n)
    return pd.DataFrame(
        {
            "patient": patient,
            "arm": arms,
            "skin_type": rng.choice([3, 4, 5], n, p=[0.5, 0.4, 0.1]),
            "age": rng.normal(38, 12, n).clip(18, 75),
            "female": rng.random(n) < 0.55,
            "sun_habit": rng.choice(["indoor", "mixed", "outdoor"], n),
            "latitude": 13.8,
            "sensitive": rng.random(n) < 0.2,
            "stable": rng.random(n) < 0.7,
            "duration": rng.gamma(2, 6, n),
            "area_face": rng.gamma(2, 0.5, n) + 0.5,
            "area_trunk": rng.gamma(2, 2.0, n),
            "dropout_week": np.where(leaves > 104, np.inf, leaves),
        }
    )


def _scores(made: Some, people: pd.DataFrame, effects: dict[str, float], rng: np.random.Generator) -> pd.DataFrame:
    rows = []
    for person in people.itertuples():
        end, base = rng.beta(2, 2) * effects[person.arm], rng.gamma(3, 0.3)
        for week in made.visits:
            gain = end * (1 - np.exp(-week / 20))
            values = (base * (1 - gain), 8 * base * (1 - gain / 2), 100 * gain, 0.01 * week * base, 9.0 * base, 4.0)
            for score, value in zip(SCORES, values, strict=True):
                seen = value if week <= person.dropout_week else np.nan
                rows.append((0, person.patient, person.arm, score, week, seen))
    return pd.DataFrame(rows, columns=["world", "patient", "arm", "score", "week", "value"])


def _estimates(made: Some, arms: list[Some], effects: dict[str, float]) -> pd.DataFrame:
    rows = []
    for endpoint in made.endpoints:
        unit = MEASURES[endpoint.score].unit
        for arm in arms:
            share = effects[arm.name] * (1 - np.exp(-endpoint.week / 25))
            scale = {"fraction": 1, "%": -80}.get(unit, 3)
            half = 0.9 / np.sqrt(max(arm.n, 1)) + (0.1 if "MSC" in arm.name else 0)
            ends = sorted((scale * max(share - half, 0), scale * min(share + half, 1)))
            values = (scale * share, *ends) if arm.n > 0 else (np.nan,) * 3
            rows.append(
                (endpoint.score, endpoint.week, arm.name, *values, arm.n, unit, abs(scale) * 0.012, endpoint.primary)
            )
    columns = ["endpoint", "week", "arm", "estimate", "ci_low", "ci_high", "n", "unit", "mc_error", "primary"]
    return pd.DataFrame(rows, columns=columns)


def _comparisons(made: Some, estimates: pd.DataFrame) -> pd.DataFrame:
    control, rows = made.analysis.control, []
    for (name, week), group in estimates.groupby(["endpoint", "week"], sort=False):
        values = group.set_index("arm")
        for arm in values.index[values.index != control]:
            gap = values.estimate[arm] - values.estimate[control]
            half = 0.6 * (values.ci_high[arm] - values.ci_low[arm])
            p = float(np.exp(-3 * abs(gap) / half)) if half > 0 else np.nan
            rows.append(
                (name, week, arm, control, gap, gap - half, gap + half, p, "logistic, adjusted for baseline", 0.02)
            )
    columns = ["endpoint", "week", "arm", "versus", "difference", "ci_low", "ci_high", "p_value", "method", "mc_error"]
    return pd.DataFrame(rows, columns=columns)


def _courses(made: Some, arms: list[Some], effects: dict[str, float]) -> xr.Dataset:
    weeks, quantiles = np.arange(0, max(made.visits) + 1, 2), np.array([0.05, 0.25, 0.5, 0.75, 0.95])
    grown = 1 - np.exp(-weeks / 25)
    found = {}
    for i, (name, (long_name, units)) in enumerate(COURSES.items()):
        level = np.array([effects[arm.name] for arm in arms])[:, None, None]
        shape = 0.1 + level * grown[None, :, None] * (0.6 + 0.8 * quantiles[None, None, :])
        shape = {5: level * np.exp(-weeks / 12)[None, :, None] * quantiles, 6: 0 * shape}.get(i, shape)
        found[name] = xr.DataArray(
            shape, dims=("arm", "week", "quantile"), attrs={"long_name": long_name, "units": units}
        )
    return xr.Dataset(found, {"arm": [arm.name for arm in arms], "week": weeks, "quantile": quantiles})


def _gallery(made: Some, arms: list[Some], n: int = 16) -> list[Some]:
    y, x = np.mgrid[:n, :n] - (n - 1) / 2
    away = np.hypot(x, y) + 0.1 * n * np.sin(3 * np.arctan2(y, x))
    items = []
    for i, arm in enumerate(arms):
        for caption, gone in (("typical", 0.5), ("best", 0.95), ("worst", -0.1)):
            edges = [0.35 * n * (1 - gone * (1 - np.exp(-week / 20))) for week in made.visits]
            maps = np.array([1 / (1 + np.exp(edge - away)) for edge in edges])
            items.append(
                Some(
                    caption=f"{arm.name}, {caption} patient",
                    arm=arm.name,
                    patient=10 * i,
                    weeks=list(made.visits),
                    maps=maps,
                    skin_type=3 + i % 3,
                    dx_mm=0.3,
                    pigments=Pigments(own(3 + i % 3).melanin * maps, own(3 + i % 3).blood),
                    tissue=typical(),
                    skin=None,
                )
            )
    return items


def finish(made: Some, seed: int = 1) -> Some:
    """A finished trial of a study."""
    rng = np.random.default_rng(seed)
    arms = [*made.arms, *(made.withdrawal.arms if made.withdrawal else [])]
    effects = {arm.name: max([EFFECT.get(t.give, 0.3) for t in arm.treatments] or [0.0]) for arm in arms}
    people = _people(made, rng)
    estimates = _estimates(made, arms, effects)
    return Some(
        study=made,
        seed=seed,
        version="0.1.0",
        people=people,
        scores=_scores(made, people, effects, rng),
        estimates=estimates,
        comparisons=_comparisons(made, estimates),
        courses=_courses(made, arms, effects),
        gallery=_gallery(made, arms),
        errors=pd.DataFrame(
            {
                "patient": people["patient"],
                "arm": people["arm"],
                "endpoint": "F-VASI",
                "error": rng.gamma(2, 0.15, len(people)),
            }
        ),
        assumptions=[*parameters().values(), PRIOR],
        draws=pd.DataFrame({"world": [0, 1], "support": [0.4, -0.4]}),
        seconds=12.3,
        cautions={},
        standings={},
    )


PRIOR = Parameter(
    "cell_effect",
    0.0,
    -1.0,
    1.0,
    "-",
    "effect of the cell product on proliferation",
    "wide prior",
    "",
    "prior",
    "cells",
)
FOUR_ARMS = [
    ("sham", 50, [treatment("sham-injection")]),
    ("UC-MSC", 50, [treatment("uc-msc", cells_per_point=5e5, spacing_mm=7.0)]),
    ("NB-UVB", 50, [treatment("sham-injection"), treatment("nb-uvb", sessions_per_week=3)]),
    ("UC-MSC and NB-UVB", 50, [treatment("uc-msc", cells_per_point=5e5), treatment("nb-uvb", sessions_per_week=3)]),
]


@pytest.fixture(scope="session")
def given() -> Callable[..., Some]:
    """Makes a treatment: `given("nb-uvb", sessions_per_week=3)`."""
    return treatment


@pytest.fixture(scope="session")
def build() -> Callable[..., Some]:
    """Makes a finished trial of arms (name, n, treatments); keywords change its study."""
    return lambda arms, **changes: finish(study(arms, **changes))


@pytest.fixture(scope="session")
def trial() -> Some:
    """The four arms of the cell product's trial."""
    return finish(study(FOUR_ARMS))


@pytest.fixture(scope="session")
def two_arms() -> list[tuple[str, int, list[Some]]]:
    """A cream against its vehicle, which changes to the cream at week 24."""
    late = treatment("ruxolitinib-cream", start=24.0, until=None)
    return [
        ("vehicle", 225, [treatment("vehicle"), late]),
        ("ruxolitinib", 449, [treatment("ruxolitinib-cream", until=None)]),
    ]
