"""Delayed start, randomised withdrawal and lesions of one patient against each other."""

import numpy as np

from repigment.trials.enrol import enrol
from repigment.trials.study import Study
from tests.trials.conftest import TINY

ARMS = TINY.index("[[arm]]")
REST = TINY.index("[analysis]")


def with_arms(arms: str, endpoints: str, design: str, visits: str = "[0, 4, 8]") -> Study:
    """The tiny study with other arms, endpoints, design and visits."""
    head = TINY[:ARMS].replace("visits = [0, 4, 8]", f'design = "{design}"\nvisits = {visits}')
    return Study.from_toml(head + arms + endpoints + TINY[REST:].replace('control = "sham"', ""))


ENDPOINT = '\n[[endpoint]]\nscore = "F-VASI change"\nweek = 8\nprimary = true\n'


def test_delayed_start_is_untreated_until_it_starts():
    arms = """
[[arm]]
name = "later"
n = 6
treatments = [{ give = "vehicle", until = 4 }, { give = "ruxolitinib-cream", from = 4 }]
[[arm]]
name = "never"
n = 6
treatments = [{ give = "vehicle" }]
"""
    result = with_arms(arms, ENDPOINT, "delayed-start").run(seed=2)
    blocked = [case.lesions[0].exposure(56).table[:, 4] for case in enrol(result.study, 2) if case.arm == "later"]
    assert np.all(np.array(blocked)[:, :28] == 0)
    assert np.all(np.array(blocked)[:, 35:] > 0)


def test_within_patient_arms_share_the_person_but_not_the_follicles():
    arms = """
[[arm]]
name = "left"
n = 5
treatments = [{ give = "nb-uvb" }]
[[arm]]
name = "right"
n = 5
treatments = [{ give = "vehicle" }]
"""
    study = with_arms(arms, ENDPOINT, "within-patient")
    cases = enrol(study, 1)
    left, right = (next(case for case in cases if case.arm == arm) for arm in ("left", "right"))
    assert left.person == right.person
    follicles = [case.lesions[0].window(8, 0.6).follicles for case in (left, right)]
    assert not np.array_equal(*follicles)
    result = study.run(seed=1)
    assert "paired" in result.comparisons["method"].iloc[0].lower()
    assert result.enrolled == 5


def test_withdrawal_randomises_again_only_who_responded():
    arms = """
[[arm]]
name = "open"
n = 24
treatments = [{ give = "ruxolitinib-cream" }, { give = "nb-uvb", until = 8 }]
[withdrawal]
week = 8
criterion = "F-VASI25"
[[withdrawal.arm]]
name = "goes on"
n = 1
treatments = [{ give = "ruxolitinib-cream", from = 8 }]
[[withdrawal.arm]]
name = "stops"
n = 1
treatments = [{ give = "vehicle", from = 8 }]
"""
    endpoints = '\n[[endpoint]]\nscore = "F-VASI change"\nweek = 16\nprimary = true\n'
    study = with_arms(arms, endpoints, "randomised-withdrawal", "[0, 4, 8, 12, 16]")
    result = study.run(seed=1)
    counts = result.people.groupby("arm").size()
    assert counts["open"] == 24
    again = counts.get("goes on", 0) + counts.get("stops", 0)
    rated = result.scores[(result.scores["score"] == "F-VASI") & (result.scores["arm"] == "open")]
    wide = rated.pivot(index="patient", columns="week", values="value")
    assert again == int((wide[8] <= 0.75 * wide[0]).sum()) > 0
    both = result.scores[result.scores["arm"].isin(["goes on", "stops"])]
    assert set(both["week"]) == {0, 4, 8, 12, 16}
    moved = wide.index[wide[8] <= 0.75 * wide[0]]
    assert wide.loc[moved, 8].notna().all()
    assert wide.loc[moved, [12, 16]].isna().all(axis=None), "who was randomised again is no longer in the first arm"
    assert wide.loc[wide.index.difference(moved), 16].notna().all()


def test_cells_may_begin_at_the_second_randomisation():
    arms = """
[[arm]]
name = "open"
n = 12
treatments = [{ give = "nb-uvb", until = 8 }]
[withdrawal]
week = 8
criterion = "F-VASI25"
[[withdrawal.arm]]
name = "cells"
n = 1
treatments = [{ give = "uc-msc", weeks = [8], strength = 1 }]
[[withdrawal.arm]]
name = "nothing"
n = 1
treatments = [{ give = "vehicle", from = 8 }]
"""
    endpoints = '\n[[endpoint]]\nscore = "F-VASI change"\nweek = 12\nprimary = true\n'
    result = with_arms(arms, endpoints, "randomised-withdrawal", "[0, 4, 8, 12]").run(seed=1)
    secretome = result.courses["secretome"].sel(quantile=0.5)
    assert {"cells", "nothing"} <= set(result.courses["arm"].values), "needs a patient in each arm"
    assert float(secretome.sel(arm="cells", week=9)) > 0.1
    assert float(secretome.sel(arm="nothing", week=9)) == 0
