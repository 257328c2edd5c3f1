"""Studies as they are read: what they hold, what is filled in, how they are scaled and written again."""

import pickle
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

import repigment
from repigment import Study
from repigment.errors import RepigmentError
from repigment.trials.study import built_in_studies

SMALL = """
question = "Does UC-MSC microinjection repigment facial vitiligo better than sham, alone or with NB-UVB?"
context_of_use = "planning a phase 2 trial; no evidence of efficacy"
visits = [0, 4, 8, 12, 24, 36, 52, 104]          # weeks

[population]
condition = "vitiligo"
age = { mean = 38, sd = 14, min = 18, max = 75 } # years
skin_types = { III = 0.5, IV = 0.4, V = 0.1 }
latitude = 13.8                                  # degrees

[[arm]]
name = "UC-MSC and NB-UVB"
n = 50
treatments = [
  { give = "uc-msc", route = "microinjection", cells_per_point = 5e5, spacing_mm = 7, weeks = [0, 4, 8] },
  { give = "nb-uvb", sessions_per_week = 3, from = 0, until = 24, adherence = 0.8 },
]

[[endpoint]]
score = "F-VASI75"
week = 24
primary = true
"""


@pytest.mark.parametrize("name", built_in_studies())
def test_a_built_in_study_reads_and_keeps_its_own_words(name: str) -> None:
    study = Study.load(name)
    assert study.name == name
    assert study.toml() == built_in_studies()[name]
    assert study.title != name
    assert sum(endpoint.primary for endpoint in study.endpoints) == 1


@pytest.mark.parametrize("name", built_in_studies())
def test_a_built_in_study_can_be_written_from_its_values(name: str) -> None:
    scaled = Study.load(name).scaled(40)
    again = Study.from_toml(scaled.toml())
    assert again.fingerprint() == scaled.fingerprint()
    assert again.scaled(40).toml() == scaled.toml()


@pytest.mark.parametrize("name", built_in_studies())
def test_every_published_result_has_a_source_a_status_and_a_declared_endpoint(name: str) -> None:
    study = Study.load(name)
    asked = {(endpoint.score, endpoint.week) for endpoint in study.endpoints}
    for row in study.published:
        assert row.source
        assert row.identifier
        assert row.status in ("VERIFIED", "VERIFIED_SECONDARY", "DERIVED", "RECALLED")
        assert (row.endpoint, row.week) in asked


def test_true_v_enrols_as_it_was_published() -> None:
    study = Study.load("true-v")
    assert {arm.name: arm.n for arm in study.arms} == {"vehicle": 224, "ruxolitinib": 450}
    assert study.patients == 674
    assert (study.population.age.mean, study.population.age.sd, study.population.age.min) == (39.6, 15.1, 12)
    assert sum(area.share * area.mean for area in study.population.areas.values()) == pytest.approx(7.4, abs=0.05)
    assert [treatment.model_dump()["give"] for treatment in study.arms[0].treatments] == [
        "vehicle",
        "ruxolitinib-cream",
    ]


def test_true_v_says_which_rows_its_population_was_set_on() -> None:
    used = [row for row in Study.load("true-v").published if row.role == "calibration"]
    assert {(row.arm, row.endpoint, row.week, row.value) for row in used} == {
        ("vehicle", "F-VASI75", 24, 0.096),
        ("ruxolitinib", "F-VASI75", 24, 0.31),
        ("vehicle", "F-VASI75", 52, 0.282),
        ("ruxolitinib", "F-VASI75", 52, 0.503),
    }


def test_the_cell_study_injects_everybody_and_treats_nobody_after_week_24() -> None:
    study = Study.load("uc-msc-vitiligo")
    assert [(arm.name, arm.n) for arm in study.arms] == [
        ("sham", 50),
        ("UC-MSC", 50),
        ("NB-UVB", 50),
        ("UC-MSC and NB-UVB", 50),
    ]
    for arm in study.arms:
        assert any(each.model_dump()["give"] in ("uc-msc", "sham-injection") for each in arm.treatments)
        assert max(end for each in arm.treatments for _, end in each.timeline(study.last_week)) <= 24
    assert study.uncertainty.prior_draws == 8
    assert study.context_of_use == "planning a phase 2 trial; no evidence of efficacy"


def test_the_withdrawal_randomises_again_at_week_52() -> None:
    study = Study.load("true-v-withdrawal")
    assert study.withdrawal is not None
    assert (study.withdrawal.week, study.withdrawal.criterion) == (52, "F-VASI90")
    assert [arm.name for arm in study.all_arms] == ["open ruxolitinib", "ruxolitinib continued", "changed to vehicle"]
    assert study.patients == 450


def test_where_every_patient_is_in_every_arm_each_counts_once() -> None:
    study = Study.load("nb-uvb-half-body")
    assert study.patients == 22
    assert [arm.n for arm in study.scaled(10).arms] == [10, 10]
    assert study.scaled(1).patients == 1


def test_a_short_study_is_completed_by_what_is_assumed() -> None:
    study = Study.from_toml(SMALL, name="my trial")
    assert (study.name, study.title, study.design, study.rater) == ("my-trial", "my-trial", "parallel", "live")
    assert list(study.population.areas) == ["face"]
    assert (study.population.latitude.mean, study.population.latitude.sd) == (13.8, 0)
    assert study.analysis.control == "UC-MSC and NB-UVB"
    assert study.analysis.confidence == 0.95
    assert study.dropout.per_year == 0
    assert study.uncertainty.prior_draws == 12
    assert study.comparisons == ()
    assert study.published == ()


def test_what_a_study_says_is_not_replaced_by_what_is_assumed() -> None:
    said = SMALL.replace("latitude = 13.8 ", "female = 0.2\nlatitude = 13.8 ") + "\n[uncertainty]\nprior_draws = 3\n"
    study = Study.from_toml(said)
    assert study.population.female == 0.2
    assert study.uncertainty.prior_draws == 3


def test_the_unit_of_a_published_result_is_that_of_its_endpoint() -> None:
    units = {row.endpoint: row.unit for row in Study.load("nb-uvb-half-body").published}
    assert units == {"T-VASI change": "%"}


def test_a_result_may_be_surer_or_less_sure_than_its_source() -> None:
    statuses = {row.endpoint: row.status for row in Study.load("tacrolimus-face").published}
    assert statuses == {"F-VASI50": "VERIFIED", "F-VASI25": "VERIFIED_SECONDARY", "F-VASI75": "RECALLED"}


def test_withdrawn_arms_are_compared_with_the_first_of_them_unless_the_study_says_otherwise() -> None:
    text = built_in_studies()["true-v-withdrawal"]
    text = text.replace('control = "ruxolitinib continued"\n', "")
    text = text.replace('[[comparison]]\narms = ["changed to vehicle", "ruxolitinib continued"]\n', "")
    study = Study.from_toml(text)
    assert study.analysis.control == "ruxolitinib continued"
    assert [pair.arms for pair in study.comparisons] == [("changed to vehicle", "ruxolitinib continued")]


def test_a_file_is_read_with_windows_line_ends_and_byte_order_mark(tmp_path: Path) -> None:
    file = tmp_path / "my own study.toml"
    file.write_bytes(b"\xef\xbb\xbf" + SMALL.replace("\n", "\r\n").encode())
    study = Study.load(file)
    assert study.name == "my-own-study"
    assert study.fingerprint() == Study.from_toml(SMALL, name="my own study").fingerprint()


def test_the_fingerprint_is_of_the_content() -> None:
    study = Study.from_toml(SMALL)
    assert Study.from_toml("# a comment\n" + SMALL).fingerprint() == study.fingerprint()
    assert Study.from_toml(SMALL.replace("0.8 }", "0.7 }")).fingerprint() != study.fingerprint()
    assert study.scaled(40).fingerprint() != study.fingerprint()
    assert len(study.fingerprint()) == 16


def test_the_fingerprint_is_the_same_in_another_process() -> None:
    code = "from repigment import Study; print(Study.load('true-v').fingerprint())"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == Study.load("true-v").fingerprint()


def test_scaling_shares_by_largest_remainder_with_one_in_every_arm() -> None:
    assert [arm.n for arm in Study.load("true-v").scaled(300).arms] == [100, 200]
    assert [arm.n for arm in Study.load("true-v").scaled(2).arms] == [1, 1]
    assert [arm.n for arm in Study.load("uc-msc-vitiligo").scaled(6).arms] == [2, 2, 1, 1]


def test_scaling_to_the_same_size_changes_nothing() -> None:
    study = Study.load("true-v")
    assert study.scaled(674).toml() == study.toml()
    assert study.scaled(674).fingerprint() == study.fingerprint()


def test_a_study_can_not_be_changed() -> None:
    with pytest.raises(ValueError, match="frozen"):
        Study.load("true-v").name = "other"  # type: ignore[misc]


def test_a_study_goes_to_another_process_and_back() -> None:
    study = Study.load("uc-msc-vitiligo")
    assert pickle.loads(pickle.dumps(study)).fingerprint() == study.fingerprint()


def test_a_study_made_in_python_is_checked_too() -> None:
    parts = {name: getattr(Study.load("true-v"), name) for name in Study.model_fields}
    assert Study(**parts).patients == 674
    with pytest.raises(RepigmentError, match=r"the first visit is in week 4\. In: the study 'true-v', visits"):
        Study(**{**parts, "visits": (4, 24, 52)})


def test_run_hands_the_study_to_the_runner(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = []
    runner = SimpleNamespace(run_study=lambda study, **how: calls.append((study.name, how)))
    monkeypatch.setitem(sys.modules, "repigment.trials.run", runner)
    Study.load("true-v").run(patients=30, seed=7, out="folder", workers=2, resume=True)
    how = {"patients": 30, "seed": 7, "out": "folder", "workers": 2, "resume": True, "progress": None}
    assert calls == [("true-v", how)]


def test_the_package_gives_the_study_and_nothing_that_it_lacks() -> None:
    assert repigment.Study is Study
    with pytest.raises(AttributeError, match="no attribute 'Sturdy'"):
        _ = repigment.Sturdy


def test_the_package_is_imported_without_its_parts() -> None:
    code = "import sys, repigment; print([name for name in ('pydantic', 'numpy', 'jax') if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
