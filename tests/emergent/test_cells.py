"""What a credible model of the cells must show: an excess harms, interferon primes, antibody clears, all fades."""

from functools import cache
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from repigment.biology.signals import primed
from repigment.engine.runtime import keep_compiled
from repigment.evidence.parameters import parameter, value
from repigment.patients.lesion import Lesion
from repigment.patients.person import Person
from repigment.patients.population import recruit
from repigment.patients.simulate import drawn_person, typical_person
from repigment.patients.ward import WATCHED, Resolution, Ward
from repigment.skin.exposure import Channel, Exposure
from repigment.skin.fields import Field, name
from repigment.treatments.base import Treatment
from repigment.treatments.sham import ShamInjection
from repigment.treatments.uc_msc import UCMSC
from repigment.treatments.uc_msc_intravenous import UCMSCIntravenous
from repigment.treatments.uc_msc_topical import UCMSCTopical
from repigment.treatments.uc_msc_vesicles import UCMSCVesicles
from repigment.treatments.worlds import UNKNOWN, draw_world
from repigment.trials.study import Study

SMALL = Resolution(n=16, dx=0.45, steps=2)
SESSIONS = (0, 4, 8)
FOUR_MONTHS = 17  # weeks
A_THIRD = 0.35  # "about a third"
PEOPLE = range(1, 13)
QUANTITY = {"melasma": "contrast", "lentigo": "contrast", "pih": "contrast", "vitiligo": "depigmented"}
CALMING = 32  # a world of seed 1 in which the secretome calms melanocytes moderately
PIH_KEEPS = "0.40 is left, 0.89 in people whose basement membrane leaks: pigment that did not fall in"
VITILIGO_KEEPS = "0.86 is left: the best comes only in week 21, 13 weeks after the last dose; 0.28 is left in week 60"


def follow(lesions: list[Lesion], weeks: int, then: Any = None, at: int = 0) -> Any:
    """What is seen each week (lesions, weeks + 1, WATCHED); `then(ward)` is done to the skin at week `at`."""
    keep_compiled()
    ward = Ward(lesions, SMALL, companion=False)
    tables = np.stack([each.exposure(7 * weeks).table for each in lesions], axis=-1)
    seen = [ward.observe()[:, None]]
    for first, last in ((0, at), (at, weeks)) if then else ((0, weeks),):
        seen.append(ward.follow(tables[7 * first : 7 * last]))
        if then and last == at:
            then(ward)
    return np.concatenate(seen, axis=1)


def column(seen: Any, quantity: str) -> Any:
    return seen[..., WATCHED.index(quantity)].astype(float)


def drawn(seed: int, condition: str) -> Person:
    """One of the people in whom a condition is followed."""
    return drawn_person(4, "face", seed, condition, stable=False)


@cache
def effects(condition: str, quantity: str, removed: bool = False) -> Any:
    """Cells at full strength less sham (people, weeks + 1), in drawn people; memory `removed` after the last dose."""
    people = [drawn(seed, condition) for seed in PEOPLE]
    given = (UCMSC(weeks=SESSIONS, strength=1.0), ShamInjection(weeks=SESSIONS))
    lesions = [Lesion(person, "face", (each,), seed=1) for each in given for person in people]

    def forget(ward: Ward) -> None:
        skin = ward.fine.skin
        treated = (np.arange(len(lesions)) < len(people)).reshape(-1, 1, 1)
        nothing = {field: getattr(skin, field) * ~treated for field in ("memory", "effectors")}
        ward.fine.skin = skin._replace(**nothing)

    seen = column(follow(lesions, 60, forget if removed else None, at=12), quantity)
    return seen[: len(people)] - seen[len(people) :]


def left_of(course: Any) -> float:
    """Share of the largest effect (weeks,) that is left four months after the last dose."""
    return float(course[SESSIONS[-1] + FOUR_MONTHS] / course.max())


@pytest.mark.parametrize("condition", QUANTITY)
def test_cells_at_full_strength_do_something(condition: str) -> None:
    assert np.abs(effects(condition, QUANTITY[condition]).mean(axis=0)).max() > 0.01


@pytest.mark.parametrize(
    "condition",
    [
        "melasma",
        "lentigo",
        pytest.param("pih", marks=pytest.mark.xfail(strict=True, reason=PIH_KEEPS)),
        pytest.param("vitiligo", marks=pytest.mark.xfail(strict=True, reason=VITILIGO_KEEPS)),
    ],
)
def test_four_months_after_the_last_dose_at_most_a_third_is_left(condition: str) -> None:
    assert left_of(np.abs(effects(condition, QUANTITY[condition]).mean(axis=0))) < A_THIRD


def test_marks_keep_it_only_where_pigment_falls_into_the_dermis() -> None:
    """What did not fall in stays out: most is left in people with a leaking basement membrane, less in the others."""
    leaking = np.array([drawn(seed, "pih").disease.lesion["bm"] > 1 for seed in PEOPLE])
    change = np.abs(effects("pih", "contrast"))
    deep, shallow = (left_of(change[who].mean(axis=0)) for who in (leaking, ~leaking))
    assert shallow < A_THIRD < 0.7 < deep


def test_white_patches_gain_for_months_and_then_lose_it() -> None:
    """Repigmentation lags the cells: its best is some 12 to 20 weeks after the last dose; then the memory takes it."""
    mean = -effects("vitiligo", "depigmented").mean(axis=0)
    best = int(np.argmax(mean))
    assert mean[best] > 0.02
    assert SESSIONS[-1] + 12 <= best <= SESSIONS[-1] + 20
    assert mean[best + FOUR_MONTHS] < 0.6 * mean[best]
    assert mean[-1] < 0.4 * mean[best]


@pytest.mark.parametrize("field", [Field.INTERFERON, Field.EFFECTORS, Field.REGULATION])
def test_four_months_after_the_last_dose_the_disease_feels_little_of_it(field: Field) -> None:
    """What drives vitiligo is as without cells again; only what the skin gained outlasts them for a while."""
    mean = np.abs(effects("vitiligo", name(field)).mean(axis=0))
    assert mean.max() > 0.05
    assert mean[SESSIONS[-1] + FOUR_MONTHS] < 0.2 * mean.max()


def test_it_lasts_where_the_memory_was_removed() -> None:
    mean = -effects("vitiligo", "depigmented", removed=True).mean(axis=0)
    assert mean[-1] > 0.9 * mean.max()
    assert mean[-1] > 3 * -effects("vitiligo", "depigmented").mean(axis=0)[-1]


def test_the_cells_themselves_are_gone_within_weeks() -> None:
    lesions = [Lesion(typical_person(4, "face"), "face", (UCMSC(weeks=[0], strength=1.0),), seed=1)]
    seen = follow(lesions, 12)
    cells, secretome = column(seen, name(Field.CELLS))[0], column(seen, name(Field.SECRETOME))[0]
    assert cells[4] < parameter("dl_Q").high * 0.01
    assert secretome[6] < 1e-3 * secretome.max()


def test_low_doses_protect_and_high_doses_harm() -> None:
    """Biphasic, as melanocytes answer in a dish: support at the usual dose, loss at a hundred times as much."""
    cells = (0.0, 5e5, 1e7, 1e8)
    given = [UCMSC(weeks=SESSIONS, mechanisms=["support"], strength=1.0, cells_per_point=each or 1e3) for each in cells]
    given[0] = ShamInjection(weeks=SESSIONS)
    people = (typical_person(4, "face", each, stable=True) for each in ("vitiligo", "melasma"))
    seen = [follow([Lesion(person, "face", (each,), seed=1) for each in given], 14) for person in people]
    returning, there = (column(each, name(Field.MELANOCYTES))[:, 10] for each in seen)
    assert returning[1] > 1.05 * returning[0]
    assert there[1] > 0.99 * there[0]
    assert (np.diff(there[1:]) < 0).all()
    assert there[-1] < 0.8 * there[0]


def test_few_vesicles_help_returning_melanocytes_and_many_lower_those_there() -> None:
    """Support alone, injected: in vitiligo a gain that turns at 1e11 a point, in melasma a loss from 2e10 on.

    The usual dose is too small for either: 0.1 % more melanocytes return.
    """
    particles = (5e7, 5e9, 2e10, 1e11, 1e12, 1e13)
    given: list[Treatment] = [
        UCMSCVesicles(weeks=SESSIONS, mechanisms=["support"], strength=1.0, particles_per_point=each)
        for each in particles
    ]
    given.append(ShamInjection(weeks=SESSIONS))
    people = (typical_person(4, "face", each, stable=True) for each in ("vitiligo", "melasma"))
    seen = [follow([Lesion(person, "face", (each,), seed=1) for each in given], 10) for person in people]
    returning, there = (at[:-1] / at[-1] for at in (column(each, name(Field.MELANOCYTES))[:, 10] for each in seen))
    assert 1 < returning[0] < 1.01 < 1.05 < returning[1]
    assert (np.diff(returning[:4]) > 0).all() and (np.diff(returning[3:]) < 0).all()
    assert there[:2] == pytest.approx(1, abs=0.005)
    assert (np.diff(there[1:]) < 0).all()
    assert there[2] < 0.98 and there[-1] < 0.7


@cache
def melasma(world: int | None) -> Any:
    """Contrast of melasma in 24 people (people, 25 weeks), share of what it was; under sham, or cells of a `world`."""
    people = [drawn_person(3 + seed % 2, "face", seed, "melasma", stable=False) for seed in range(24)]
    given = ShamInjection(weeks=SESSIONS) if world is None else UCMSC(weeks=SESSIONS)
    strengths = {} if world is None else draw_world(world, 1)
    contrast = column(
        follow([Lesion(each, "face", (given,), seed=1, strengths=strengths) for each in people], 24), "contrast"
    )
    return contrast / contrast[:, :1]


def darker_and_lighter(world: int, week: int) -> tuple[int, int]:
    """Of 24 people how many are darker, and lighter, than under sham by 0.5 % of their melasma, which no eye sees."""
    change = melasma(world)[:, week] - melasma(None)[:, week]
    return int((change > 0.005).sum()), int((change < -0.005).sum())


@pytest.mark.parametrize("world", [10, 11])
def test_in_one_world_without_signals_some_people_darken_and_some_lighten(world: int) -> None:
    """Two of opposite luck in everything else, e_sig 0.00: the same cells darken some people and lighten others."""
    assert abs(draw_world(world, 1)["e_sig"]) < 0.01
    darker, lighter = darker_and_lighter(world, 12)
    print(f"world {world}: {darker} of 24 darker than under sham, {lighter} lighter")
    assert darker >= 2 and lighter >= 2


@pytest.mark.xfail(
    strict=True, reason="0 of 24 are darker in week 10 where e_sig is 0.36, nor in 4 worlds of .30 to .39"
)
def test_in_one_world_of_calming_signals_some_people_darken_while_cells_act() -> None:
    assert darker_and_lighter(CALMING, 10)[0] > 0


def test_in_one_world_of_calming_signals_some_people_are_darker_later() -> None:
    """While the cells act nearly all are lighter than under sham; four months after the last dose half are darker."""
    assert 0.3 < draw_world(CALMING, 1)["e_sig"] < 0.4
    assert darker_and_lighter(CALMING, 10)[1] > 18
    assert 6 <= darker_and_lighter(CALMING, 24)[0] < 24


def test_interferon_primes_the_same_dose_in_vitiligo_more_than_in_melasma() -> None:
    """Regulatory tone that one dose lifts; without needles, whose inflammation would prime as well."""
    lifted = {}
    for condition in ("vitiligo", "melasma"):
        person = typical_person(4, "face", condition, stable=False)
        given = [UCMSCTopical(weeks=[0], dose=100, days=14, mechanisms=on, strength=1.0) for on in (["immune"], [])]
        tone = column(follow([Lesion(person, "face", (each,), seed=1) for each in given], 4), name(Field.REGULATION))
        lifted[condition] = float((tone[0] - tone[1]).max())
    assert lifted["vitiligo"] > 1.5 * lifted["melasma"] > 0


def test_all_of_a_mechanism_works_in_active_vitiligo_and_its_resting_share_elsewhere() -> None:
    p = SimpleNamespace(K_pr=value("K_pr"))
    none, active = (primed(SimpleNamespace(interferon=level), 0.1, p) for level in (0.0, 1.0))
    assert none == 0.1
    assert active == pytest.approx(1.0)


def clearance(antibody: float) -> Any:
    exposure = Exposure.over(70, "face", 3)
    object.__setattr__(exposure, "antibody", antibody)
    UCMSC(weeks=SESSIONS, strength=1.0).expose(exposure, np.random.default_rng(0))
    return exposure.table[:, Channel.CELL_CLEARANCE]


def test_antibody_clears_a_second_dose_faster_and_the_first_as_ever() -> None:
    without, with_it = clearance(1.0), clearance(0.0)
    assert without[0] == with_it[0] == 1
    assert 1 < without[28] < with_it[28]
    assert with_it[-1] == pytest.approx(1 + value("k_sens") + value("k_ab"), rel=0.05)


def test_one_recipient_in_nine_forms_antibody() -> None:
    population = Study.load("uc-msc-vitiligo").population
    ranks = np.array([recruit(population, number, 1).antibody for number in range(600)])
    assert np.mean(ranks < value("p_antibody")) == pytest.approx(0.1151, abs=3 * np.sqrt(0.1151 * 0.885 / 600))


def test_by_drip_no_skin_changes_whatever_the_dose() -> None:
    person = typical_person(4, "face", stable=False)
    given = [(), (UCMSCIntravenous(weeks=[0, 4], cells_per_kg=1e7),)]
    untreated, drip = follow([Lesion(person, "face", each, seed=1) for each in given], 12)
    assert np.array_equal(untreated, drip, equal_nan=True)


def test_worlds_are_pairs_of_opposite_luck_and_stay_within_the_ranges() -> None:
    for pair in range(40):
        one, other = draw_world(2 * pair, 1), draw_world(2 * pair + 1, 1)
        for name_ in UNKNOWN:
            known = parameter(name_)
            assert known.low <= one[name_] <= known.high
            assert (one[name_] - known.value) * (other[name_] - known.value) <= 0


def test_the_middle_of_many_worlds_is_the_table_and_one_in_ten_lies_at_the_ends() -> None:
    drawn = np.array([draw_world(world, 3)["dl_Q"] for world in range(2000)])
    known = parameter("dl_Q")
    assert np.median(drawn) == pytest.approx(known.value, rel=0.01)
    assert np.mean((drawn == known.low) | (drawn == known.high)) == pytest.approx(0.1, abs=0.025)
