"""From scores to one value per patient: what counts as a response, a change, an event."""

import numpy as np
import pandas as pd
import pytest

from repigment.errors import RepigmentError
from repigment.trials.analysis import MEASURES, analyse, measure, measures_for
from repigment.trials.analysis.courses import read
from repigment.trials.analysis.events import CENSORED, DROPOUT, EVENT, NOT_AT_RISK, times
from repigment.trials.analysis.values import change, responded

pytestmark = pytest.mark.filterwarnings("error")
WEEKS = [0, 12, 24, 36]
NAN = np.nan


LEVELS = (25, 50, 75, 90, 100)
EVERYWHERE = {
    *("injection-site burden", "irritation burden", "UVB dose"),
    *("contrast", "evenness", "redness", "redness burden"),
    *("site reaction", "fever", "infection", "granuloma"),
}
DARK = {
    *("contrast change", *(f"contrast{level}" for level in LEVELS)),
    *("fading", "severity", "clear", "clear or mild"),
    *("PIH", "PIH peak", "PIH duration", "hypopigmentation", "darkening", "time to clearance"),
    "time to recurrence",
}


def of(*scores):
    """A score, its change and its responses."""
    return {name for score in scores for name in (score, f"{score} change", *(f"{score}{level}" for level in LEVELS))}


@pytest.mark.parametrize(
    ("scale", "own"),
    [
        (
            "white patches",
            of("F-VASI", "T-VASI") | {"repigmentation", "spread", "time to repigmentation", "time to relapse"},
        ),
        ("face", of("MASI", "mMASI", "hemi-MASI") | DARK),
        ("spots", of("spots") | DARK),
    ],
)
def test_names_are_those_of_the_protocol(scale, own):
    assert set(measures_for(scale)) == EVERYWHERE | own
    assert set(MEASURES) >= set(measures_for(scale))


def test_an_unknown_scale_has_no_endpoints():
    with pytest.raises(RepigmentError) as error:
        measures_for("acne")
    assert str(error.value) == ("there are no endpoints for 'acne'. Allowed: white patches, face, spots.")


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("F-VASI75", "fraction"),
        ("time to relapse", "fraction"),
        ("T-VASI change", "%"),
        ("repigmentation", "%"),
        ("F-VASI", "VASI points"),
        ("spread", "hand units"),
        ("irritation burden", "score-days"),
        ("MASI", "MASI points"),
        ("clear or mild", "fraction"),
        ("PIH", "fraction"),
        ("darkening", "fraction"),
        ("granuloma", "fraction"),
        ("contrast", "MI units"),
    ],
)
def test_units(name, unit):
    assert measure(name).unit == unit


def test_a_response_is_an_improvement_of_at_least_the_level():
    start = np.full(5, 2.0)
    assert responded(np.array([0.5, 0.5000001, 0.0, 2.0, 3.0]), start, 75).tolist() == [1, 0, 1, 0, 0]
    assert responded(np.array([0.0, 1e-6]), start[:2], 100).tolist() == [1, 0]


def test_exactly_75_per_cent_is_a_response_whatever_the_rounding():
    starts = np.arange(1, 2000) / 997
    assert responded(starts * 0.25, starts, 75).all()
    assert responded(starts * 0.1, starts, 90).all()
    assert not responded(starts * 0.2501, starts, 75).any()


def test_without_a_lesion_at_baseline_there_is_nothing_to_say():
    start = np.array([0.0, NAN, 1.0])
    assert np.isnan(responded(np.array([0.0, 0.0, NAN]), start, 75)).all()
    assert np.isnan(change(np.array([0.0, 0.0, NAN]), start)).all()


def test_change_is_in_per_cent_of_each_patients_own_baseline(tidy, people_of, endpoint, plan):
    scores = tidy({"vehicle": [[1, 1, 0.5, 1], [4, 4, 5, 4]]}, WEEKS)
    rows = analyse(scores, people_of(scores), "parallel", [endpoint("F-VASI change", 24)], None, plan()).estimates
    assert rows["estimate"].item() == pytest.approx((-50 + 25) / 2)


def first_events(table, name, until, tidy, people_of, design="parallel", dropout=None, score="F-VASI"):
    scores = tidy({"a": table}, WEEKS, score)
    course = read(scores, people_of(scores, dropout), design).course("a", score)
    found = times(course, measure(name), until, design)
    return found.week[0].tolist(), found.status[0].tolist()


def test_time_to_repigmentation_is_the_first_visit_with_f_vasi75(tidy, people_of):
    table = [[1, 0.9, 0.2, 0.1], [1, 0.2, 0.9, 0.9], [1, 0.9, 0.9, 0.2], [1, 1, 1, 1], [1, NAN, 0.1, 0.1]]
    week, status = first_events(table, "time to repigmentation", 24, tidy, people_of)
    assert week == [24, 12, 24, 24, 24]
    assert status == [EVENT, EVENT, CENSORED, CENSORED, EVENT]


def test_dropping_out_first_is_the_competing_event(tidy, people_of):
    table = [[1, 0.9, NAN, NAN], [1, 0.2, NAN, NAN], [1, 0.9, 0.9, NAN], [1, NAN, NAN, NAN]]
    dropout = {0: 13.5, 1: 20.0, 2: 30.0, 3: 3.0}
    week, status = first_events(table, "time to repigmentation", 24, tidy, people_of, dropout=dropout)
    assert week == [13.5, 12, 24, 3.0]
    assert status == [DROPOUT, EVENT, CENSORED, DROPOUT]


def test_who_was_never_seen_after_baseline_or_had_no_lesion_is_not_at_risk(tidy, people_of):
    table = [[1, NAN, NAN, NAN], [0, 0, 0, 0], [NAN, 1, 1, 1]]
    assert first_events(table, "time to repigmentation", 36, tidy, people_of)[1] == [NOT_AT_RISK] * 3


def test_who_is_lost_without_a_drop_out_is_censored_where_last_seen(tidy, people_of):
    week, status = first_events([[1, 0.9, NAN, NAN]], "time to repigmentation", 36, tidy, people_of)
    assert (week, status) == ([12], [CENSORED])


def test_relapse_is_the_first_visit_without_a_response_had_before(tidy, people_of):
    table = [
        [1, 0.2, 0.9, 0.2],  # had at 12, lost at 24
        [1, 0.2, 0.2, 0.9],  # lost at 36
        [1, 0.9, 0.9, 0.9],  # never had
        [1, 0.2, NAN, 0.9],  # the missed visit is no relapse
        [1, 0.9, 0.2, 0.2],  # had at 24, kept
    ]
    week, status = first_events(table, "time to relapse", 36, tidy, people_of)
    assert week[:2] == [24, 36]
    assert status == [EVENT, EVENT, NOT_AT_RISK, EVENT, CENSORED]
    assert first_events(table, "time to relapse", 24, tidy, people_of)[1] == [EVENT, 0, NOT_AT_RISK, 0, 0]


def test_dark_lesions_clear_at_75_per_cent_of_contrast_and_come_back_at_half(tidy, people_of):
    table = [
        [60, 15, 15, 31],  # cleared at 12, back at 36
        [60, 16, -9, 10],  # cleared at 24, lighter than the skin around, and kept
        [60, 40, 40, 40],  # never
        [-5, -5, -5, -5],  # nothing to clear
    ]
    cleared = first_events(table, "time to clearance", 36, tidy, people_of, score="contrast")
    assert cleared[0][:3] == [12, 24, 36]
    assert cleared[1] == [EVENT, EVENT, CENSORED, NOT_AT_RISK]
    back = first_events(table, "time to recurrence", 36, tidy, people_of, score="contrast")
    assert back[0][0] == 36
    assert back[1] == [EVENT, CENSORED, NOT_AT_RISK, NOT_AT_RISK]


def test_relapse_by_week_is_a_share_of_those_who_had_a_response(tidy, people_of, endpoint, plan):
    scores = tidy({"vehicle": [[1, 0.2, 0.9, 0.9], [1, 0.1, 0.1, 0.1], [1, 0.2, 0.1, 0.9], [1, 1, 1, 1]]}, WEEKS)
    rows = analyse(
        scores, people_of(scores), "parallel", [endpoint("time to relapse", w) for w in (24, 36)], None, plan()
    ).estimates
    assert rows["estimate"].tolist() == pytest.approx([1 / 3, 2 / 3])
    assert rows["n"].tolist() == [3, 3]


@pytest.fixture
def withdrawal():
    """Lead-in to week 24 for four; three respond and go on as "stop" (2) or "stay" (1) from week 24 or after it."""
    courses = {0: [1, 0.2, 0.1, 0.9], 1: [1, 0.5, 0.1, 0.1], 2: [1, 0.1, 0.1, 0.1], 3: [1, 0.9, 0.8, 0.7]}
    later = {0: "stop", 1: "stop", 2: "stay"}

    def make(switch: int) -> pd.DataFrame:
        rows = []
        for patient, values in courses.items():
            for week, value in zip(WEEKS, values, strict=True):
                arm = later[patient] if patient in later and week >= switch else "lead-in"
                rows.append((0, patient, arm, "F-VASI", week, value))
        return pd.DataFrame(rows, columns=["world", "patient", "arm", "score", "week", "value"])

    return make


@pytest.mark.parametrize("switch", [24, 36])
def test_randomised_withdrawal(withdrawal, switch, people_of, endpoint, comparison, plan):
    """An arm that takes over has its patients' baseline from the lead-in, its own visits, and only its own patients."""
    scores = withdrawal(switch)
    asked = [endpoint("time to relapse", 36), endpoint("F-VASI75", 36)]
    found = analyse(
        scores,
        people_of(scores),
        "randomised-withdrawal",
        asked,
        [comparison(("stop", "stay"))],
        plan(control="stay"),
        arms=["lead-in", "stay", "stop"],
    )
    rows = found.estimates.set_index(["endpoint", "arm"])
    assert rows.loc[("time to relapse", "stop"), ["estimate", "n"]].tolist() == [0.5, 2]
    assert rows.loc[("time to relapse", "stay"), ["estimate", "n"]].tolist() == [0.0, 1]
    assert rows.loc[("time to relapse", "lead-in"), ["estimate", "n"]].tolist() == [0.0, {24: 2, 36: 3}[switch]]
    assert rows.loc[("F-VASI75", "stop"), ["estimate", "n"]].tolist() == [0.5, 2]
    assert rows.loc[("F-VASI75", "lead-in"), ["estimate", "n"]].tolist() == [0.0, 1]
    assert found.comparisons["difference"].tolist() == [0.5, -0.5]


def test_an_arm_that_has_not_begun_has_nobody(withdrawal, people_of, endpoint, plan):
    scores = withdrawal(24)
    asked = [endpoint("F-VASI75", 12), endpoint("time to relapse", 12)]
    design = "randomised-withdrawal"
    rows = analyse(scores, people_of(scores), design, asked, [], plan(control="stay")).estimates
    rows = rows[rows["arm"] != "lead-in"]
    assert rows["n"].tolist() == [0] * 4
    assert rows["estimate"].isna().all()


def test_relapse_before_the_second_randomisation_is_not_counted(tidy, people_of, endpoint, plan):
    """Whole courses under the name of the later arm: lost at 12, had again at 24, randomised at 24, lost or kept."""
    kept, lost = [1, 0.1, 0.9, 0.1, 0.1], [1, 0.1, 0.9, 0.1, 0.9]
    scores = tidy({"vehicle": [kept, lost, kept, kept]}, [0, 6, 12, 24, 36])
    asked = [endpoint("time to relapse", 36)]
    whole = analyse(scores, people_of(scores), "parallel", asked, None, plan()).estimates
    later = analyse(scores, people_of(scores), "parallel", asked, None, plan(), since=24).estimates
    assert (whole["estimate"].item(), later["estimate"].item()) == (1.0, 0.25)
    assert later["n"].item() == 4


def test_drop_out_counts_in_the_arm_in_which_it_happens(tidy, people_of):
    rows = tidy({"lead-in": [[1, 0.9]]}, [0, 12]), tidy({"stop": [[0.9, NAN]]}, [24, 36])
    scores = pd.concat(rows)
    courses = read(scores, people_of(scores, {0: 30.0}), "randomised-withdrawal")
    status = {
        arm: times(courses.course(arm, "F-VASI"), measure("time to repigmentation"), 36, courses.design).status.item()
        for arm in ("lead-in", "stop")
    }
    assert status == {"lead-in": CENSORED, "stop": DROPOUT}
