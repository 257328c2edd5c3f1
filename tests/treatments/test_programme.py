"""Programmes: steps in order, ended by what is seen and by nothing that is seen later, in their seasons, in pauses."""

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from repigment.evidence.parameters import value
from repigment.skin.exposure import Channel, Exposure
from repigment.treatments import treatments
from repigment.treatments.programme import Programme, every, spans, unfold
from repigment.treatments.seasons import seasons

LIGHT = {"give": "nb-uvb", "adherence": 0.7}
CREAM = {"give": "ruxolitinib-cream", "adherence": 0.8}
PEEL = {"give": "peel", "weeks": [0, 2, 4]}
GONE, SOME, ALL = 0.0, 0.5, 1.0


def programme(*steps, **details):
    return Programme.model_validate({"steps": list(steps), **details})


def step(*inner, weeks=12, **details):
    return {"treatments": list(inner), "weeks": weeks, **details}


def told(plan, grades=None, weeks=52, **calendar):
    """Name, first and last week of what is given."""
    found = []
    for each in unfold(plan, grades or {}, weeks, **calendar):
        times = each.timeline(weeks)
        found.append((each.give, round(times[0][0], 2), round(times[-1][1], 2)))
    return found


def ends(plan, grades, weeks=52):
    return [end for _, _, end in spans(plan, grades, weeks)]


def test_steps_follow_one_another_and_weeks_count_from_their_start():
    plan = programme(step(CREAM), step(PEEL, {**LIGHT, "from": 2, "until": 6}, weeks=8), step(weeks=4))
    assert told(plan) == [("ruxolitinib-cream", 0, 12), ("peel", 12, 16), ("nb-uvb", 14, 18)]


def test_a_step_cuts_what_reaches_beyond_it():
    plan = programme(step(PEEL, {**LIGHT, "until": 50}, weeks=3), step(CREAM))
    assert told(plan) == [("peel", 0, 2), ("nb-uvb", 0, 3), ("ruxolitinib-cream", 3, 15)]


def test_it_begins_and_ends_when_it_is_told_to():
    plan = programme(step(CREAM, weeks=4), step(LIGHT, weeks=20), **{"from": 6, "until": 16})
    assert told(plan) == [("ruxolitinib-cream", 6, 10), ("nb-uvb", 10, 16)]
    assert plan.timeline(52) == [(6, 16)]
    assert plan.timeline(12) == [(6, 12)]


def test_a_pause_gives_nothing():
    plan = programme(step(CREAM, weeks=4), step(weeks=8), step(CREAM, weeks=4))
    exposure = Exposure.over(7 * 16, "face", 3)
    plan.expose(exposure, np.random.default_rng(0))
    level = exposure.table[:, Channel.JAK_BLOCKADE]
    assert level[20] > 0.1 and level[100] > 0.1
    assert level[40:84].max() < 1e-2 and (np.diff(level[28:84]) <= 0).all()


def test_clear_skin_ends_a_step_at_the_check_that_sees_it():
    plan = programme(step(LIGHT, weeks=24, until="clear"), step(CREAM, weeks=8))
    just, above = value("programme_clear"), value("programme_clear") + 0.01
    assert ends(plan, {4: ALL, 8: just, 12: ALL}) == [8, 16]
    assert ends(plan, {4: ALL, 8: above}) == [24, 32]
    assert ends(plan, {6: GONE, 7: GONE}) == [24, 32], "seen at weeks when nobody looks"


def test_a_relapse_is_a_rise_above_the_best_of_the_step():
    plan = programme(step(LIGHT, weeks=8), step(weeks=40, until="relapse"), step(CREAM, weeks=4))
    rise = value("programme_relapse")
    seen = {8: 0.3, 12: 0.1, 16: 0.1 + rise - 0.01}
    assert ends(plan, seen) == [8, 48, 52]
    assert ends(plan, {**seen, 20: 0.1 + rise + 0.01}) == [8, 20, 24]
    assert ends(plan, {4: 0.0, 8: 0.3, 12: 0.3}) == [8, 48, 52], "the best of an earlier step is not held against it"


def test_no_better_is_too_little_gained_since_the_step_began():
    plan = programme(step(LIGHT, weeks=24, until="no better"), step(CREAM, weeks=8), check_weeks=8)
    least = value("programme_better")
    assert ends(plan, {8: 1 - least - 0.01, 16: 1 - least - 0.01}) == [24, 32]
    assert ends(plan, {8: 1 - least + 0.01}) == [8, 16]
    assert ends(plan, {8: 0.5, 16: 0.95}) == [16, 24]


def test_no_better_waits_for_a_whole_interval():
    plan = programme(step(weeks=3), step(LIGHT, weeks=24, until="no better"), check_weeks=4)
    assert ends(plan, {4: ALL}) == [3, 27]
    assert ends(plan, {4: ALL, 8: ALL}) == [3, 8]


def test_repeated_it_starts_over_until_the_end():
    plan = programme(step(LIGHT, weeks=8, until="clear"), step(weeks=4), repeat=True)
    assert ends(plan, {}, 30) == [8, 12, 20, 24, 30]
    assert ends(plan, {4: GONE}, 30) == [4, 8, 16, 20, 28, 30]
    once = programme(step(LIGHT, weeks=8, until="clear"), step(weeks=4))
    assert ends(once, {}, 30) == [8, 12]


def test_given_in_its_seasons_only():
    plan = programme(step(LIGHT, weeks=104, season=["autumn", "winter"]))
    north = told(plan, weeks=104, first_day=80.0, latitude=45.0)
    assert len(north) == 2
    for _, first, last in north:
        for week in np.arange(np.ceil(first), np.floor(last)):
            assert seasons(80 + 7 * week, 1, 45.0).item() in ("autumn", "winter")
    south = told(plan, weeks=104, first_day=80.0, latitude=-33.0)
    assert south[0][1] == 0
    assert sum(last - first for _, first, last in north) == pytest.approx(52, abs=1.5)


def test_sessions_out_of_season_are_not_made_up_for():
    plan = programme(step({"give": "peel", "weeks": list(range(52))}, weeks=52, season=["winter"]))
    given_weeks = [week for each in unfold(plan, {}, 52, 80.0, 45.0) for week in each.weeks]
    assert 12 <= len(given_weeks) <= 14
    assert {seasons(80 + 7 * week, 1, 45.0).item() for week in given_weeks} == {"winter"}


def test_seasons_of_the_whole_year():
    counts = Counter(seasons(0.0, 366, 50.0).tolist())
    assert all(90 <= counts[name] <= 92 for name in ("winter", "spring", "summer", "autumn"))
    assert seasons(20.0, 1, -30.0).item() == "summer"
    assert seasons(360.0, 20, 30.0).tolist() == ["winter"] * 20


def test_the_doctor_looks_only_where_something_depends_on_it():
    steps = (step(LIGHT, weeks=10, until="clear"), step(weeks=10))
    assert programme(*steps).checks(52) == (4, 8, 12, 16)
    assert programme(*steps, **{"from": 6}).checks(20) == (6, 10, 14, 18)
    assert programme(step(LIGHT)).checks(52) == ()


def test_it_follows_the_calendar_of_the_patient():
    plan = programme(step(LIGHT, weeks=10, season=["summer"]))
    for latitude, given_then in ((40.0, True), (-40.0, False)):
        exposure = replace(Exposure.over(70, "face", 3), first_day=160.0, latitude=latitude)
        plan.expose(exposure, np.random.default_rng(0))
        assert bool(exposure.tolls["uvb_dose"].any()) == given_then


def test_unless_someone_looks_every_step_lasts_its_longest():
    plan = programme(step(LIGHT, weeks=8, until="clear"), step(CREAM, weeks=8, until="no better"))
    exposure = Exposure.over(7 * 20, "face", 3)
    plan.expose(exposure, np.random.default_rng(1))
    assert (exposure.tolls["uvb_dose"] > 0).any() and not exposure.tolls["uvb_dose"][56:].any()
    assert not exposure.table[:56, Channel.JAK_BLOCKADE].any() and exposure.table[60:112, Channel.JAK_BLOCKADE].all()


def test_preparations_of_its_treatments_are_made():
    plan = programme(step(weeks=2), step({"give": "microneedling", "weeks": [0]}, weeks=4))
    exposure = Exposure.over(28, "face", 3)
    plan.prepare(exposure, np.random.default_rng(0))
    assert (exposure.opened[:14] == 1).all() and exposure.opened[14] > 1


def test_cells_of_a_step_have_a_grid_and_strengths():
    plan = programme(step(LIGHT), step({"give": "uc-msc", "weeks": [0], "strength": 0.5, "mechanisms": ["immune"]}))
    assert plan.switches({}) == {"e_imm": 0.5}
    assert plan.depots(16, 0.3, 1.0, np.random.default_rng(0)).shape == (16, 16)
    assert programme(step(LIGHT)).depots(16, 0.3, 1.0, np.random.default_rng(0)) is None
    assert [each.give for each in every([plan, treatments()["vehicle"]()])] == ["nb-uvb", "uc-msc", "vehicle"]


INNER = st.sampled_from(
    [
        (),
        (LIGHT,),
        (CREAM, PEEL),
        ({**CREAM, "from": 5}, CREAM),
        ({"give": "tacrolimus-ointment", "adherence": 0.6}, {"give": "laser", "device": "picosecond", "weeks": [1, 5]}),
        ({"give": "uc-msc", "weeks": [0, 3], "strength": 1.0}, {"give": "excimer", "adherence": 0.5}),
    ]
)
STEPS = st.builds(
    lambda inner, weeks, until, season: step(*inner, weeks=weeks, until=until, season=season),
    INNER,
    st.integers(1, 20),
    st.sampled_from(["time", "clear", "relapse", "no better"]),
    st.sampled_from([None, ["winter"], ["spring", "autumn"]]),
)
PROGRAMMES = st.builds(
    lambda steps, first, check, again: programme(*steps, **{"from": first, "check_weeks": check, "repeat": again}),
    st.lists(STEPS, min_size=1, max_size=4),
    st.integers(0, 3),
    st.integers(1, 5),
    st.booleans(),
)
WEEKS = 45
LEVELS = st.sampled_from([0.0, 0.05, 0.3, 0.6, 0.95, 1.4])
WEEKLY = st.lists(LEVELS, min_size=WEEKS, max_size=WEEKS)
SLOWLY = st.lists(LEVELS, min_size=3, max_size=3).map(lambda levels: np.repeat(levels, WEEKS // 3).tolist())
GRADES = st.one_of(SLOWLY, WEEKLY).map(lambda levels: dict(enumerate(levels)))


def reached(plan, grades, until):
    """What reaches the skin before week `until`."""
    exposure = replace(Exposure.over(7 * WEEKS, "face", 3), grades=grades, first_day=200.0, latitude=-20.0)
    plan.prepare(exposure, np.random.default_rng(4))
    plan.expose(exposure, np.random.default_rng(5))
    return exposure.table[: 7 * until], exposure.opened[: 7 * until]


@settings(max_examples=300, deadline=None)
@given(PROGRAMMES, GRADES, GRADES, st.integers(0, WEEKS))
def test_what_is_seen_from_a_week_on_never_changes_what_was_given_before(plan, grades, others, week):
    """Nor which doses were missed."""
    before = {when: grade for when, grade in grades.items() if when < week}
    otherwise = before | {when: grade for when, grade in others.items() if when >= week}
    once, again = reached(plan, grades, week), reached(plan, otherwise, week)
    assert all(np.array_equal(one, other) for one, other in zip(once, again, strict=True))


@settings(max_examples=100, deadline=None)
@given(PROGRAMMES, GRADES)
def test_steps_leave_no_gap_and_each_goes_forward(plan, grades):
    seen = dict(grades)
    reached_steps = list(spans(plan, grades, WEEKS))
    begins, stops = [begin for _, begin, _ in reached_steps], [end for _, _, end in reached_steps]
    assert begins[0] == plan.start and begins[1:] == stops[:-1]
    assert all(begin < end <= begin + each.weeks for each, begin, end in reached_steps)
    assert list(spans(plan, grades, WEEKS)) == reached_steps and grades == seen
    for each in unfold(plan, grades, WEEKS):
        assert all(plan.start <= a <= b <= WEEKS for a, b in each.timeline(WEEKS))


def test_a_relapse_is_not_foreseen():
    plan = programme(step(weeks=40, until="relapse"), step(CREAM, weeks=4))
    assert ends(plan, {4: 0.6, 8: 0.6, 12: 0.0}) == [40, 44]


def test_a_treatment_planned_for_later_does_not_change_which_doses_were_missed():
    """Two courses of one cream: the one that begins first is the first, whether or not the other is ever reached."""
    plan = programme(step({**CREAM, "from": 10}, CREAM, weeks=24, until="clear"), step(weeks=20))
    stopped, went_on = reached(plan, {4: GONE}, 4), reached(plan, {4: ALL}, 4)
    assert np.array_equal(stopped[0], went_on[0])


def test_that_what_is_seen_does_change_what_follows():
    plan = programme(step(LIGHT, weeks=24, until="clear"), step(CREAM, weeks=20))
    assert not np.array_equal(reached(plan, {8: GONE}, 45)[0], reached(plan, {8: SOME}, 45)[0])


def test_read_from_a_file_and_written_it_is_the_same():
    plan = programme(step(LIGHT, PEEL, season=["winter"]), step(weeks=4, until="relapse"), **{"from": 2})
    written = plan.model_dump_json(by_alias=True, exclude_none=True)
    assert Programme.model_validate_json(written, strict=True) == plan
    assert type(plan.steps[0].treatments[1]) is treatments()["peel"]


def test_treatments_of_a_step_are_told_like_those_of_an_arm():
    wrong = '{"give": "programme", "steps": [{"weeks": 4, "treatments": [{"give": "nb-uvb", "adherence": 2}]}]}'
    with pytest.raises(ValidationError) as refused:
        TypeAdapter(Programme).validate_json(wrong, strict=True)
    error = refused.value.errors()[0]
    assert error["loc"] == ("steps", 0, "treatments", 0, "nb-uvb", "adherence")
    assert error["type"] == "less_than_equal"
    inner = Programme.model_json_schema()["$defs"]["Step"]["properties"]["treatments"]["items"]
    assert set(inner["discriminator"]["mapping"]) == set(treatments()) - {"programme"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"steps": []},
        {"steps": [step(weeks=0)]},
        {"steps": [step(until="bored")]},
        {"steps": [step(season=[])]},
        {"steps": [step(season=["monsoon"])]},
        {"steps": [step({"give": "magic"})]},
        {"steps": [step({"give": "programme", "steps": [step(LIGHT)]})]},
        {"steps": [step(LIGHT)], "check_weeks": 0},
        {"steps": [step(LIGHT)], "from": 8, "until": 8},
    ],
)
def test_impossible_programmes_are_refused(wrong):
    with pytest.raises(ValidationError):
        Programme.model_validate(wrong)
