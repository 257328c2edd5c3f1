"""Needles: whom injections mark, what microneedling does alone and misses, and that cells may darken melasma."""

from functools import cache
from typing import Any

import numpy as np
import pandas as pd
import pytest

from repigment import Study
from repigment.patients.lesion import Lesion
from repigment.patients.simulate import typical_person
from repigment.skin.exposure import Channel
from repigment.treatments import treatments
from repigment.treatments.worlds import draw_world
from repigment.trials.analysis.proportions import wilson
from repigment.trials.run import run_study

GROUPS = {"I-II": ("I", "II"), "III-IV": ("III", "IV"), "V-VI": ("V", "VI")}
N = 24  # patients of a condition in each group of skin types
SESSIONS = "weeks = [0, 4, 8]"
STUDY = """
name = "needles"
title = "needles"
question = "What do needles do?"
context_of_use = "testing the software"
visits = [0, 12, 24]

[population]
condition = "{condition}"
age = {{ mean = 40, sd = 8, min = 18, max = 60 }}
skin_types = {{ {types} }}
latitude = 13.8

[[arm]]
name = "sham"
n = {n}
treatments = [{{ give = "sham-injection", {sessions} }}]
{more}
[[endpoint]]
score = "PIH"
week = 24
primary = true

[analysis]
control = "sham"

[uncertainty]
prior_draws = {worlds}
"""
CELLS = """
[[arm]]
name = "cells"
n = {n}
treatments = [{{ give = "uc-msc", {sessions} }}]
"""


def played(condition: str, types: tuple[str, ...], n: int = N, more: str = "", worlds: int = 1) -> Any:
    """Scores of a small trial with injections in weeks 0, 4 and 8."""
    shares = ", ".join(f"{name} = {1 / len(types)}" for name in types)
    arms = more.format(n=n, sessions=SESSIONS)
    text = STUDY.format(condition=condition, types=shares, n=n, sessions=SESSIONS, more=arms, worlds=worlds)
    return run_study(Study.from_toml(text), seed=5, workers=1)


def at(scores: pd.DataFrame, arm: str, score: str, week: int) -> pd.DataFrame:
    """One score at one week (patients, worlds); the k-th patient of each arm is the same person."""
    mine = scores[(scores["arm"] == arm) & (scores["score"] == score)]
    seen = mine[mine["week"] == week].pivot_table(index="patient", columns="world", values="value")
    return seen.reindex(sorted(mine["patient"].unique())).reset_index(drop=True)


@pytest.fixture(scope="module")
def marked() -> dict[str, tuple[int, int]]:
    """Patients with PIH within 24 weeks of three sham sessions, and patients, by group of skin types.

    Half of them have sun spots, half marks of an earlier inflammation.
    """
    found = {}
    for group, types in GROUPS.items():
        seen = [at(played(name, types).scores, "sham", "PIH", 24).dropna() for name in ("lentigo", "pih")]
        found[group] = (int(sum(each.to_numpy().sum() for each in seen)), sum(len(each) for each in seen))
    return found


def test_injections_mark_dark_skin_more_and_not_everybody(
    marked: dict[str, tuple[int, int]], record_property: Any
) -> None:
    """PIH by skin type, with 95 % intervals: none in I-II, some in III-IV, more in V-VI, never all.

    Published: a filler marked 7 % of skin type IV and 13 % of V and VI after one treatment (150 patients, Burgess 2010,
    10.1111/j.1524-4725.2010.01552.x). Three sessions in patients who have dark spots already mark more here.
    """
    share = {group: count / of for group, (count, of) in marked.items()}
    span = {group: wilson(count / of, of, 0.95) for group, (count, of) in marked.items()}
    for group in GROUPS:
        told = f"{100 * share[group]:.0f} % ({100 * span[group][0]:.0f} to {100 * span[group][1]:.0f})"
        record_property(f"PIH in skin types {group}", told)
        print(f"PIH after injections, skin types {group}: {told}")
    assert span["V-VI"][0] > span["I-II"][1]
    assert share["I-II"] <= share["III-IV"] < share["V-VI"]
    assert all(0 < marked[group][0] < marked[group][1] for group in ("III-IV", "V-VI"))


@pytest.fixture(scope="module")
def melasma() -> tuple[pd.DataFrame, pd.DataFrame]:
    """Contrast of melasma at week 12 less that of the same patient under sham (patients, worlds), and the draws."""
    result = played("melasma", ("III", "IV"), 12, CELLS, 4)
    sham, cells = (at(result.scores, arm, "contrast", 12) for arm in ("sham", "cells"))
    return cells.sub(sham[0], axis=0), result.draws.set_index("world")


def test_some_melasma_darkens_over_all_worlds_and_some_lightens(melasma: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    """The sign of what cells secrete is not known (e_sig), and half of the worlds have either: true by construction.

    Whether patients of one world differ is asked in test_cells.
    """
    change, _ = melasma
    change = change.dropna()
    darker, lighter = float((change > 0.5).to_numpy().mean()), float((change < -0.5).to_numpy().mean())
    print(f"melasma under cells: {100 * darker:.0f} % darker than under sham, {100 * lighter:.0f} % lighter")
    assert 0.1 < darker < 0.9
    assert 0.1 < lighter < 0.9


def test_the_sign_of_the_signals_decides(melasma: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    """Worlds in which the secretome drives pigment are darker than those in which it calms it."""
    change, draws = melasma
    change, signals = change.dropna(), draws["e_sig"].reindex(change.columns)
    assert float(change.loc[:, signals < 0].to_numpy().mean()) > 0 > float(change.loc[:, signals > 0].to_numpy().mean())
    assert draw_world(0, 1)["e_sig"] == -draw_world(1, 1)["e_sig"]


def needled(condition: str = "melasma", response: float = 0.0, **details: Any) -> Any:
    """What six sessions of microneedling put on a typical patient's face, 20 weeks."""
    given = treatments()["microneedling"].model_validate({"weeks": [0, 2, 4, 6, 8, 10], **details})
    exposure = Lesion(typical_person(3, "face", condition), "face", (), seed=1).life(0, 140)
    object.__setattr__(exposure, "response", response)
    before = exposure.table.copy()
    given.expose(exposure, np.random.default_rng(0))
    return exposure.table, before


def test_microneedling_mends_the_whole_field_on_its_days() -> None:
    table, before = needled()
    days = [7 * week for week in (0, 2, 4, 6, 8, 10)]
    assert np.flatnonzero(table[:, Channel.NICHE_REMOVAL]).tolist() == days
    assert (table[days, Channel.WHOLE] == 1).all()
    light = table[:, Channel.VISIBLE_LIGHT] / before[:, Channel.VISIBLE_LIGHT]
    assert (light < 1).all() and light[-1] > light[70]
    untouched = [Channel.SUN, Channel.TYROSINASE_BLOCKADE, Channel.VIABLE_REMOVAL, Channel.MELANOCYTE_LOSS]
    assert np.array_equal(table[:, untouched], before[:, untouched])


def test_longer_needles_and_better_answers_mend_more() -> None:
    lengths = [needled(depth_mm=mm)[0][0, Channel.NICHE_REMOVAL] for mm in (0.2, 0.5, 1.5, 2.5)]
    answers = [needled(response=logits)[0][0, Channel.NICHE_REMOVAL] for logits in (-2, -1, 0, 1, 2)]
    assert (np.diff(lengths) > 0).all() and (np.diff(answers) > 0).all()
    assert min(answers) > 0 and max(answers) < 1


@cache
def needles_alone(name: str, n: int) -> pd.DataFrame:
    """Scores of the needled arm of a built-in study in `n` patients."""
    study = Study.load(name)
    arm = next(arm for arm in study.arms if arm.name == "microneedling")
    analysis = study.analysis.model_copy(update={"control": arm.name})
    alone = study.model_copy(update={"arms": (arm,), "analysis": analysis})
    return run_study(alone, patients=n, seed=3, workers=1).scores


def left_after_six() -> pd.Series:
    """Share of its contrast that each patient's melasma has left in week 12."""
    scores = needles_alone("melasma-microneedling", 80)
    first, last = (at(scores, "microneedling", "contrast", week)[0] for week in (0, 12))
    return (last / first).dropna()


def test_needles_alone_do_what_they_were_set_to() -> None:
    """At least 75 % better after six sessions: 11 of 39 patients (Wu 2016, NDL-001). No evidence: this was fitted."""
    low, high = wilson(11 / 39, 39, 0.95)
    assert low < float((left_after_six() <= 0.25).mean()) < high


def test_needles_alone_reach_half_as_often_as_published() -> None:
    """NDL-002, held out, same series: 16 of 39 half better, read as holding NDL-001. 48 % here, 59 % with seed 1."""
    low, high = wilson(16 / 39, 39, 0.95)
    assert low < float((left_after_six() <= 0.5).mean()) < high


@pytest.mark.xfail(strict=True, reason="PIH in 0 of 79: needles darken lesion and skin around alike; published 1 of 39")
def test_needles_alone_mark_as_often_as_published() -> None:
    """NDL-003, held out: 2.6 % (0.5 to 13.2)."""
    marked = at(needles_alone("melasma-microneedling", 80), "microneedling", "PIH", 12)[0].dropna()
    assert marked.mean() > wilson(1 / 39, 39, 0.95)[0]


@pytest.mark.parametrize(
    ("week", "low", "high"),
    [
        pytest.param(8, -31.3, -10.9, marks=pytest.mark.xfail(strict=True, reason="-42 %, published -21 %")),
        pytest.param(17, -44.3, -27.3, marks=pytest.mark.xfail(strict=True, reason="-46 %, published -36 %")),
    ],
)
def test_monthly_needles_lighten_as_much_as_published(week: int, low: float, high: float) -> None:
    """NDL-004 and 005, held out: change of mean contrast after two and four sessions (20 patients, Farshi 2020)."""
    scores = needles_alone("melasma-microneedling-monthly", 40)
    first, last = (at(scores, "microneedling", "contrast", when)[0] for when in (0, week))
    there = first.notna() & last.notna()
    change = 100 * (last[there].mean() / first[there].mean() - 1)
    print(f"contrast in week {week}: {change:.1f} %")
    assert low < change < high
