"""Adverse events of a whole trial: the same luck in every arm and world, and no old results taken for new ones."""

import json

import numpy as np
import pytest

from repigment.errors import RepigmentError
from repigment.evidence.parameters import value
from repigment.skin.adverse import expected
from repigment.skin.exposure import EVENTS
from repigment.trials.study import Study

SESSIONS = tuple(range(0, 24, 2))
STUDY = f"""
name = "events"
question = "What follows the needle and what the cells?"
context_of_use = "testing the software"
visits = [0, 8, 24]
rater = "none"
arm = [
  {{ name = "sham", n = 40, treatments = [{{ give = "sham-injection", weeks = {list(SESSIONS)} }}] }},
  {{ name = "off", n = 40, treatments = [{{ give = "uc-msc", weeks = {list(SESSIONS)}, mechanisms = [] }}] }},
  {{ name = "cells", n = 40, treatments = [{{ give = "uc-msc", weeks = {list(SESSIONS)} }}] }},
  {{ name = "drip", n = 40, treatments = [{{ give = "uc-msc-intravenous", weeks = {list(SESSIONS)} }}] }},
  {{ name = "capsule", n = 40, treatments = [{{ give = "placebo" }}] }},
]
endpoint = [{{ score = "site reaction", week = 24, primary = true }}, {{ score = "fever", week = 24 }}]
simulation = {{ grid = 8, dx_mm = 0.6, step_days = 1.0 }}
uncertainty = {{ prior_draws = 2 }}
dropout = {{ per_year = 0 }}

[population]
condition = "vitiligo"
age = {{ mean = 40, sd = 10, min = 18, max = 75 }}
skin_types = {{ III = 1 }}
latitude = 10
"""


@pytest.fixture(scope="module")
def result():
    return Study.from_toml(STUDY).run(seed=11)


def had(result, arm, event, world=0):
    """0 or 1 (persons, visits) of one arm, person by person."""
    rows = result.scores.query("arm == @arm and score == @event and world == @world")
    return rows.pivot(index="patient", columns="week", values="value").to_numpy()


def test_cells_without_mechanisms_have_the_events_of_the_sham(result):
    assert all(np.array_equal(had(result, "off", event), had(result, "sham", event)) for event in EVENTS)


@pytest.mark.parametrize("world", [0, 1])
def test_every_person_has_the_same_luck_in_every_arm_and_world(result, world):
    """Whoever reacts to needles reacts to needles with cells, at no later visit: the arm expects more."""
    for event in ("site reaction", "fever"):
        assert (had(result, "cells", event, world) >= had(result, "sham", event)).all()
    assert (had(result, "cells", "site reaction", world) > had(result, "sham", "site reaction")).any()


def test_as_many_react_as_twelve_sessions_make_expect(result):
    share = 1 - np.exp(-len(SESSIONS) * expected(value("event_risk.site")))
    seen = had(result, "sham", "site reaction")[:, -1].mean()
    assert seen == pytest.approx(share, abs=3 * np.sqrt(share * (1 - share) / 40))
    estimate = result.endpoints.query("arm == 'sham' and endpoint == 'site reaction'").iloc[0]
    assert estimate["estimate"] == pytest.approx(seen)
    assert estimate["ci_low"] < share < estimate["ci_high"] and estimate["unit"] == "fraction"


def test_a_drip_brings_fever_and_nothing_to_the_skin_and_a_capsule_brings_nothing(result):
    assert had(result, "drip", "fever").any()
    assert not any(had(result, "drip", event).any() for event in EVENTS if event != "fever")
    assert not any(had(result, "capsule", event).any() for event in EVENTS)
    drip, capsule = (result.courses.sel(arm=arm)["visible_melanin"].values for arm in ("drip", "capsule"))
    assert np.array_equal(drip, capsule), "nothing of it reaches the pigment"


def test_what_is_assumed_of_events_is_among_the_grounds(result):
    names = {parameter.name for parameter in result.assumptions}
    assert {"event_risk.fever", "event_risk.site", "event_risk.infection", "event_risk.granuloma"} <= names
    assert value("event_ratio.fever") > 1


def test_results_with_other_columns_are_not_gone_on_with(tiny, tmp_path):
    """Wards of an older program have fewer columns; a ward of dark lesions would not show it by its size."""
    tiny.run(seed=1, out=tmp_path)
    manifest = json.loads((tmp_path / "run.json").read_text())
    for key, told in (("columns", "columns: there '0badc0de'"), ("parameters", "parameters: there '0badc0de'")):
        (tmp_path / "run.json").write_text(json.dumps(manifest | {key: "0badc0de"}))
        with pytest.raises(RepigmentError, match=rf"holds another run \({told}.*choose another --out"):
            tiny.run(seed=1, out=tmp_path, resume=True)
