"""Shares of patients at or below a grade, or in whom harm was seen: who counts, also of those who were missed."""

import numpy as np
import pandas as pd
import pytest

from repigment.trials.analysis import analyse, measure

pytestmark = pytest.mark.filterwarnings("error")
WEEKS = [0, 12, 24]
NAN = np.nan
# severity: clear, mild, moderate, clear and then missed, moderate and then missed, never seen
GRADES = [[2, 1, 0], [3, 2, 1], [3, 3, 2], [2, 0, NAN], [2, 2, NAN], [NAN, NAN, NAN]]
# PIH so far: had, had not, had before being missed, missed without, seen at week 0 only, never seen
MARKS = [[0, 0, 1], [0, 0, 0], [0, 1, NAN], [0, 0, NAN], [0, NAN, NAN], [NAN, NAN, NAN]]


def shares(name, table, missing, tidy, people_of, endpoint, plan, score=None):
    scores = tidy({"vehicle": table}, WEEKS, score or measure(name).score)
    found = analyse(scores, people_of(scores), "parallel", [endpoint(name, 24)], None, plan(missing=missing))
    return found.estimates["estimate"].item(), found.estimates["n"].item()


@pytest.mark.parametrize(
    ("name", "missing", "seen", "n"),
    [
        ("clear", "non-responder", 1, 5),
        ("clear", "observed", 1, 3),
        ("clear", "last-observation", 2, 5),
        ("clear or mild", "non-responder", 2, 5),
        ("clear or mild", "observed", 2, 3),
        ("clear or mild", "last-observation", 3, 5),
    ],
)
def test_who_is_clear(name, missing, seen, n, tidy, people_of, endpoint, plan):
    found = shares(name, GRADES, missing, tidy, people_of, endpoint, plan)
    assert found == (pytest.approx(seen / n), n)


@pytest.mark.parametrize("name", ["PIH", "hypopigmentation", "darkening"])
@pytest.mark.parametrize(
    ("missing", "seen", "n"), [("non-responder", 2, 5), ("observed", 1, 2), ("last-observation", 2, 5)]
)
def test_who_was_harmed(name, missing, seen, n, tidy, people_of, endpoint, plan):
    """A harm that was seen is not lost with the patient, and a patient who was missed is not harmed for that."""
    found = shares(name, MARKS, missing, tidy, people_of, endpoint, plan)
    assert found == (pytest.approx(seen / n), n)


def test_imputation_completes_shares_too(trial, endpoint, plan):
    scores, people = trial
    grades = scores[scores["score"] == "F-VASI"].assign(score="severity", value=lambda rows: rows["value"].round())
    found = analyse(
        grades, people, "parallel", [endpoint("clear or mild", 24)], None, plan(missing="multiple-imputation")
    )
    assert found.estimates["n"].tolist() == [30, 60]
    assert found.estimates["estimate"].between(0, 1).all()


@pytest.mark.parametrize(
    ("name", "words"),
    [("clear", "missed visits count as no response"), ("PIH", "what missed visits would have shown is not counted")],
)
def test_shares_are_compared_as_responders_are(name, words, tidy, people_of, endpoint, plan):
    """Ten against three of ten: Newcombe's interval and the test of risk.contrast, whatever kind of share it is."""
    one, none = (1, 0) if name == "PIH" else (0, 2)
    table = {"vehicle": [[2, 2, none]] * 7 + [[2, 2, one]] * 3, "cream": [[2, 2, none]] * 1 + [[2, 2, one]] * 9}
    scores = tidy(table, WEEKS, measure(name).score)
    row = analyse(scores, people_of(scores), "parallel", [endpoint(name, 24)], None, plan()).comparisons.iloc[0]
    assert row[["difference", "ci_low", "ci_high"]].tolist() == pytest.approx([0.6, 0.1705, 0.809], abs=1e-4)
    assert row["method"].startswith("risk difference, Newcombe interval")
    assert row["method"].endswith(words)


def test_shares_within_patients_are_paired(tidy, people_of, endpoint, plan):
    table = {"vehicle": [[2, 2, 2]] * 6, "cream": [[2, 2, 0]] * 6}
    scores = tidy(table, WEEKS, "severity").assign(patient=lambda rows: rows["patient"] % 6)
    row = analyse(scores, people_of(scores), "within-patient", [endpoint("clear", 24)], None, plan()).comparisons.iloc[
        0
    ]
    assert row["difference"] == 1
    assert row["p_value"] == pytest.approx(2 / 64)
    assert "McNemar" in row["method"]


@pytest.mark.parametrize(
    ("score", "adjusts"), [("T-VASI", ["T-VASI"]), ("contrast", ["contrast"]), ("T-VASI", ["T-VASI", "contrast"])]
)
def test_burdens_are_adjusted_for_what_the_condition_has(score, adjusts, endpoint, plan, tidy, people_of):
    """T-VASI in vitiligo, where contrast is known too; contrast of dark lesions."""
    rng = np.random.default_rng(4)
    start, noise = rng.normal(50, 10, (2, 20)), rng.normal(0, 0.5, (2, 20))
    base = {name: tidy_of(tidy, start if name == score else rng.normal(0, 1, (2, 20)), name) for name in adjusts}
    burden = tidy_of(tidy, 2 * start + noise, "irritation burden", later=True)
    scores = pd.concat([burden, *base.values()])
    row = analyse(scores, people_of(scores), "parallel", [endpoint("irritation burden", 24)], None, plan())
    width = (row.comparisons["ci_high"] - row.comparisons["ci_low"]).item()
    assert "adjusted for baseline" in row.comparisons["method"].item()
    assert width < 2  # 13 without the right baseline


def tidy_of(tidy, values, score, later=False):
    table = {
        arm: [[0.0, 0.0, x] if later else [x] * 3 for x in side]
        for arm, side in zip(("vehicle", "cream"), values, strict=True)
    }
    return tidy(table, WEEKS, score)


def test_a_scale_holds_its_intervals(tidy, people_of, endpoint, plan):
    """MASI ends at 48, fading at 100 in both directions, contrast nowhere."""
    wide = {"vehicle": [[40, 40, 2], [40, 40, 46]], "cream": [[40, 40, 1], [40, 40, 47]]}
    ends = {}
    for name in ("MASI", "fading", "contrast"):
        scores = tidy(wide, WEEKS, name)
        row = analyse(scores, people_of(scores), "parallel", [endpoint(name, 24)], None, plan()).estimates.iloc[0]
        ends[name] = (row["ci_low"], row["ci_high"])
    assert ends["MASI"] == (0, 48)
    assert ends["fading"] == (-100, 100)
    assert ends["contrast"][0] < -100
    assert ends["contrast"][1] > 100
