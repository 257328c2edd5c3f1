"""An adverse event that a patient had stays had, whatever the study's rule for missed visits."""

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from repigment.trials.analysis import analyse

PEOPLE = 40


def trial(missing: str) -> pd.DataFrame:
    """Half of an arm has a fever by week 4, and every second patient of all is gone at week 12."""
    rows = []
    for arm in (0, 1):
        for patient in range(PEOPLE):
            had = float(patient < PEOPLE / 2 and arm == 1)
            seen = {0: 0.0, 4: had, 12: had if patient % 2 else np.nan}
            rows += [(0, arm * PEOPLE + patient, "ab"[arm], "fever", week, value) for week, value in seen.items()]
    scores = pd.DataFrame(rows, columns=["world", "patient", "arm", "score", "week", "value"])
    people = scores[["patient", "arm"]].drop_duplicates()
    plan = SimpleNamespace(control="a", confidence=0.95, adjust=[], missing=missing)
    endpoint = SimpleNamespace(score="fever", week=12, primary=True)
    return analyse(scores, people, "parallel", [endpoint], None, plan).estimates


@pytest.mark.parametrize("missing", ["non-responder", "observed", "last-observation", "multiple-imputation"])
def test_who_left_keeps_the_fever_that_was_seen(missing: str) -> None:
    found = trial(missing).set_index("arm")
    assert found.loc["b", "estimate"] == pytest.approx(0.5)
    assert found.loc["a", "estimate"] == 0
    assert found["n"].tolist() == [PEOPLE, PEOPLE]
