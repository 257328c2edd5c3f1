"""Adverse events that treatments bring: when, how many, and none where none is counted."""

from itertools import product

import numpy as np
import pytest

from repigment.evidence.parameters import parameters, supposing, value
from repigment.skin.adverse import ADVERSE, expected
from repigment.skin.exposure import EVENTS, Exposure
from repigment.treatments import treatments

KINDS = treatments()
DAYS = 7 * 30
COUNTED = {
    *("laser", "microneedling", "peel", "sham-injection"),
    *("uc-msc", "uc-msc-intravenous", "uc-msc-topical", "uc-msc-vesicles"),
}
NEEDED = {
    "graft": {"weeks": [0]},
    "laser": {"device": "fractional"},
    "uc-msc": {"strength": 1.0},
    "uc-msc-topical": {"strength": 1.0},
    "uc-msc-vesicles": {"strength": 1.0},
    "programme": {"steps": [{"treatments": [{"give": "tretinoin"}], "weeks": 12}]},
}


KEYS = {"fever": "fever", "site reaction": "site", "granuloma": "granuloma", "infection": "infection"}


def one(event, odds_ratio=1.0):
    """Events to expect of one session."""
    return expected(value(f"event_risk.{KEYS[event]}"), odds_ratio)


def exposed(*given, days=DAYS):
    exposure = Exposure.over(days, "face", 3)
    for treatment in given:
        treatment.prepare(exposure, np.random.default_rng(0))
    for treatment in given:
        treatment.expose(exposure, np.random.default_rng(0))
    return exposure


def made(give, **details):
    first = {"weeks": [0, 4, 8]} if "weeks" in KINDS[give].model_fields else {}
    return KINDS[give].model_validate(first | NEEDED.get(give, {}) | details)


def totals(*given, days=DAYS):
    hazards = exposed(*given, days=days).hazards
    return {event: float(hazards[event].sum()) for event in EVENTS}


def test_chance_odds_and_expected_number_are_one():
    """1 - exp(-H) has the odds of the background times the odds ratio."""
    for event, odds_ratio in product(EVENTS, (0.2, 1.0, 3.65)):
        p0, p = (1 - np.exp(-one(event, ratio)) for ratio in (1.0, odds_ratio))
        assert p / (1 - p) == pytest.approx(odds_ratio * p0 / (1 - p0))
    assert 1 - np.exp(-one("fever")) == pytest.approx(value("event_risk.fever"))


@pytest.mark.parametrize("give", sorted(KINDS))
def test_only_what_has_a_rate_brings_events(give):
    found = {event for event, total in totals(made(give)).items() if total}
    assert bool(found) == (give in COUNTED)


def test_sham_is_at_background_on_its_days():
    hazards = exposed(made("sham-injection")).hazards
    for event in ("fever", "site reaction", "infection"):
        assert np.flatnonzero(hazards[event]).tolist() == [0, 28, 56]
        assert hazards[event][28] == pytest.approx(one(event))
    assert not hazards["granuloma"].any()


def test_cells_raise_fever_and_reactions_by_their_odds_ratios_and_infections_by_none():
    sham, cells = totals(made("sham-injection")), totals(made("uc-msc"))
    assert cells["fever"] == pytest.approx(3 * one("fever", value("event_ratio.fever")))
    assert cells["site reaction"] == pytest.approx(3 * one("site reaction", value("event_ratio.site")))
    assert cells["infection"] == pytest.approx(sham["infection"], rel=0.02)
    assert cells["granuloma"] == pytest.approx(3 * one("granuloma"), rel=1e-5)
    assert sham["granuloma"] == 0


def test_cells_without_mechanisms_are_the_sham_to_the_last_bit():
    off, sham = exposed(made("uc-msc", mechanisms=[])), exposed(made("sham-injection"))
    assert all(off.hazards[event].tobytes() == sham.hazards[event].tobytes() for event in EVENTS)
    bare, needles = exposed(made("uc-msc-topical", mechanisms=[], on="needled")), exposed(made("microneedling"))
    assert all(bare.hazards[event].tobytes() == needles.hazards[event].tobytes() for event in EVENTS)


def test_by_drip_there_is_fever_and_nothing_in_the_skin():
    drip = totals(made("uc-msc-intravenous"))
    assert drip["fever"] == pytest.approx(3 * one("fever", value("event_ratio.fever")))
    assert not any(total for event, total in drip.items() if event != "fever")


def test_more_sessions_more_events():
    for give in ("sham-injection", "uc-msc", "uc-msc-intravenous"):
        once, three = totals(made(give, weeks=[0])), totals(made(give))
        assert all(three[event] == pytest.approx(3 * once[event], rel=1e-5) for event in EVENTS)


def test_a_granuloma_begins_weeks_after_the_session_and_may_come_after_the_study():
    course = exposed(made("uc-msc", weeks=[2])).hazards["granuloma"]
    first, last = round(value("granuloma_first")), round(value("granuloma_last"))
    assert np.flatnonzero(course)[[0, -1]].tolist() == [14 + first, 14 + last - 1]
    assert np.ptp(course[course > 0]) == 0
    assert 0 < totals(made("uc-msc", weeks=[2]), days=60)["granuloma"] < totals(made("uc-msc", weeks=[2]))["granuloma"]


def test_what_is_put_on_brings_as_little_as_gets_in():
    """Next to nothing through intact skin, more where needles opened it, never more than an injection."""
    intact, needled = (totals(made("uc-msc-topical", on=on))["granuloma"] for on in ("intact", "needled"))
    assert 0 < intact < needled / 10 < totals(made("uc-msc"))["granuloma"]
    assert totals(made("uc-msc-topical", on="needled"))["fever"] == 0


def test_a_granuloma_whose_weeks_shrink_to_nothing_begins_on_one_day():
    with supposing({"granuloma_first": 60.2, "granuloma_last": 59.8}):
        course = exposed(made("uc-msc", weeks=[2])).hazards["granuloma"]
    assert np.flatnonzero(course).tolist() == [14 + 60]
    assert course.sum() == pytest.approx(one("granuloma"))


def test_lasers_and_peels_bring_what_was_counted_after_them():
    laser, peel = totals(made("laser")), totals(made("peel"))
    assert laser["infection"] == pytest.approx(-3 * np.log(1 - value("event_risk.infection.fractional")))
    assert not any(totals(made("laser", device="q-switched")).values())
    assert peel["site reaction"] == pytest.approx(-3 * np.log(1 - value("event_risk.site.peel")))
    assert not any(totals(made("peel", depth="medium")).values())


def test_microneedling_brings_reactions_and_infections_on_its_days_but_no_fever():
    hazards = exposed(made("microneedling")).hazards
    for event, key in (("site reaction", "site"), ("infection", "infection")):
        assert np.flatnonzero(hazards[event]).tolist() == [0, 28, 56]
        assert hazards[event][28] == pytest.approx(expected(value(f"event_risk.{key}.microneedling")))
    assert not hazards["fever"].any() and not hazards["granuloma"].any()


def test_what_is_put_on_needled_skin_brings_what_the_needles_bring():
    """Nothing besides granulomas is added by the product; on intact skin there are no needles and nothing of theirs."""
    needles, product = totals(made("microneedling")), totals(made("uc-msc-topical", on="needled"))
    assert {event for event in EVENTS if needles[event] != product[event]} == {"granuloma"}
    assert {event for event, total in totals(made("uc-msc-topical")).items() if total} == {"granuloma"}


def test_what_nobody_knows_of_events_is_drawn_within_its_range():
    for name in ADVERSE:
        known = parameters()[name]
        assert 0 < known.low < known.value < known.high, "log-normal in its range"
    with supposing({"event_ratio.fever": 6.49}):
        assert totals(made("uc-msc"))["fever"] == pytest.approx(3 * one("fever", 6.49))
