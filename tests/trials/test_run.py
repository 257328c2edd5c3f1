"""A trial from start to finish: what is in it, that it repeats, and that it survives being killed."""

import json
from pathlib import Path

import numpy as np
import pytest

from repigment.errors import RepigmentError
from repigment.trials import run as running
from repigment.trials.study import Study


@pytest.fixture(scope="module")
def result(tiny: Study):
    return tiny.run(seed=3)


def files(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_tables_hold_what_the_study_asked_for(result):
    assert set(result.endpoints["arm"]) == {"sham", "cells", "light"}
    assert set(result.endpoints["endpoint"]) == {"F-VASI change", "F-VASI75"}
    assert (result.patients.groupby("arm").size() == 4).all()
    assert set(zip(result.comparisons["arm"], result.comparisons["versus"], strict=True)) == {
        ("cells", "sham"),
        ("light", "sham"),
    }


def test_only_the_arm_with_an_unknown_product_is_played_in_every_world(result):
    worlds = result.scores.groupby("arm")["world"].nunique()
    assert worlds.to_dict() == {"sham": 1, "cells": 2, "light": 1}


def test_light_is_counted_as_a_lifetime_dose_and_needles_as_a_burden(result):
    last = result.scores[result.scores["week"] == 8].groupby(["arm", "score"])["value"].mean().unstack()
    assert last.loc["light", "UVB dose"] > 3  # J/cm2 after about twenty sessions
    assert last.loc["sham", "UVB dose"] == 0
    assert last.loc["cells", "injection-site burden"] > last.loc["sham", "injection-site burden"] > 0
    assert last.loc["light", "injection-site burden"] == 0


def test_courses_carry_units(result):
    assert result.courses.sizes == {"arm": 3, "week": 9, "quantile": 5}
    assert all(variable.attrs["units"] for variable in result.courses.data_vars.values())


def test_every_patient_carries_a_discretisation_error(result):
    assert set(result.errors["patient"]) == set(range(12))
    assert np.isfinite(result.errors["error"]).all()
    assert (result.errors["error"] > 0).all()


def test_the_report_rests_on_named_assumptions(result):
    names = {parameter.name for parameter in result.assumptions}
    assert {"sd_efficacy", "theta_stable", "nbuvb_cap", "needle_N"} <= names
    assert "rux_J" not in names, "ruxolitinib is not given in this study"


def test_json_has_the_promised_keys_and_no_nan(result):
    summary = json.loads(result.json())
    assert list(summary) == [
        "study",
        "question",
        "context_of_use",
        "seed",
        "patients",
        "version",
        "seconds",
        "arms",
        "comparisons",
        "published",
        "assumptions",
    ]
    assert summary["patients"] == 12
    endpoint = summary["arms"][0]["endpoints"][0]
    assert {"endpoint", "week", "estimate", "ci_low", "ci_high", "n", "unit"} <= set(endpoint)
    compared = summary["comparisons"][0]
    wanted = {"arms", "endpoint", "week", "difference", "ci_low", "ci_high", "p_value", "method"}
    assert wanted <= set(compared)


def test_the_same_seed_gives_the_same_bytes_on_any_number_of_workers(tiny, tmp_path):
    for name, workers in (("one", 1), ("three", 3)):
        tiny.run(seed=5, out=tmp_path / name, workers=workers).report(tmp_path / name / "report.html")
    assert files(tmp_path / "one") == files(tmp_path / "three")


def test_another_seed_gives_other_patients(tiny, result):
    other = tiny.run(seed=4)
    assert not np.array_equal(other.people["age"], result.people["age"])


def test_a_killed_run_goes_on_to_the_same_bytes(tiny, tmp_path, monkeypatch):
    monkeypatch.setattr(running, "wards", lambda cases: [cases[:6], cases[6:11], cases[11:]])
    tiny.run(seed=6, out=tmp_path / "whole")

    def killed(done, total):
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        tiny.run(seed=6, out=tmp_path / "killed", workers=1, progress=killed)
    left = files(tmp_path / "killed")
    assert "result.json" not in left
    assert "wards/0000.npy" in left
    (tmp_path / "killed" / "wards" / "0001.npy").write_bytes(b"\x93NUMPY half a file")
    tiny.run(seed=6, out=tmp_path / "killed", resume=True)
    assert files(tmp_path / "killed") == files(tmp_path / "whole")


def test_a_folder_with_another_run_is_not_overwritten(tiny, tmp_path):
    tiny.run(seed=1, out=tmp_path / "run")
    before = files(tmp_path / "run")
    with pytest.raises(RepigmentError, match=r"holds another run \(seed: there 1, now 2\).*choose another --out"):
        tiny.run(seed=2, out=tmp_path / "run", resume=True)
    with pytest.raises(RepigmentError, match=r"already holds this run.*--resume"):
        tiny.run(seed=1, out=tmp_path / "run")
    assert files(tmp_path / "run") == before


def test_a_folder_of_the_users_own_is_not_touched(tiny, tmp_path):
    (tmp_path / "thesis.tex").write_text("mine")
    with pytest.raises(RepigmentError, match="not empty and holds no run of repigment"):
        tiny.run(out=tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == ["thesis.tex"]


def test_a_full_disk_is_one_clear_message_and_leaves_nothing_half_written(tiny, tmp_path, monkeypatch):
    def full(self, data):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(RepigmentError, match=r"cannot be written: the disk is full.*a disk with room"):
        tiny.run(out=tmp_path / "run")
    assert not [p for p in (tmp_path / "run").rglob("*") if p.is_file()]


def test_a_file_where_the_folder_should_be_is_refused(tiny, tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(RepigmentError, match="cannot be written: a part of the path is a file"):
        tiny.run(out=tmp_path / "file")
