"""What creams for pigment, retinoids and steroid creams put on the skin, when, and what they cost the patient."""

import numpy as np
import pytest
from pydantic import ValidationError

from repigment.evidence.parameters import value
from repigment.skin.exposure import Channel, Exposure, untreated
from repigment.treatments import treatments
from repigment.treatments.dose import reached, share

KINDS = treatments()
DAYS = 7 * 30
TYR, TX, PL = Channel.TYROSINASE_BLOCKADE, Channel.TRANSFER_BLOCKADE, Channel.PLASMIN_BLOCKADE
AI, CNI, TURN, IRR = Channel.ANTI_INFLAMMATORY, Channel.CALCINEURIN_BLOCKADE, Channel.TURNOVER, Channel.IRRITATION

ACTS_ON = {  # every channel that a cream may touch
    "hydroquinone": {TYR, IRR},
    "triple-cream": {TYR, TURN, AI, CNI, IRR},
    "azelaic-acid": {TYR, AI, IRR},
    "tretinoin": {TURN, IRR},
    "adapalene": {TURN, IRR},
    "tranexamic-acid-cream": {PL, IRR},
    "cysteamine": {TYR, IRR},
    "niacinamide": {TX, IRR},
    "vitamin-c": {TYR, IRR},
    "corticosteroid-cream": {AI, CNI},
}
MAIN = {  # the channel it is given for, its half-life, and two strengths of which the second is twice the first
    "hydroquinone": (TYR, "hq_half_life", (2, 4)),
    "azelaic-acid": (TYR, "aza_half_life", (10, 20)),
    "tretinoin": (TURN, "tret_half_life", (0.05, 0.1)),
    "adapalene": (TURN, "adap_half_life", (0.1, 0.2)),
    "tranexamic-acid-cream": (PL, "txac_half_life", (2.5, 5)),
    "cysteamine": (TYR, "cyst_half_life", (2.5, 5)),
    "niacinamide": (TX, "niac_half_life", (2, 4)),
    "vitamin-c": (TYR, "vitc_half_life", (5, 10)),
}
OTHERS = {"triple-cream": (TYR, "triple_half_life"), "corticosteroid-cream": (CNI, "cort_half_life")}
HALF_LIVES = {give: each[:2] for give, each in MAIN.items()} | OTHERS
POTENCIES = ("mild", "moderate", "potent", "very-potent")


def exposed(give, *, sensitivity=1.0, response=0.0, seed=0, **given):
    """The exposure of a face to one cream over thirty weeks."""
    exposure = Exposure.over(DAYS, "face", 3, sensitivity, response)
    KINDS[give](**given).expose(exposure, np.random.default_rng(seed))
    return exposure


def effect(exposure, channel):
    """How far a channel is from untreated skin (days,)."""
    return exposure.table[:, channel] - untreated(1)[0, channel]


@pytest.mark.parametrize("give", ACTS_ON)
def test_a_cream_raises_its_own_channels_and_no_others(give):
    difference = exposed(give).table - untreated(DAYS)
    changed = {Channel(column) for column in np.flatnonzero(difference.any(axis=0))}
    assert changed == ACTS_ON[give]
    assert difference.min() >= 0


@pytest.mark.parametrize("give", ACTS_ON)
def test_nothing_is_on_the_skin_before_the_course_and_little_long_after(give):
    exposure = exposed(give, **{"from": 8, "until": 12})
    difference = np.abs(exposure.table - untreated(DAYS)).max(axis=1)
    assert not difference[: 7 * 8].any()
    assert difference[7 * 8 : 7 * 12].all()
    assert difference[7 * 12 + 70 :].max() < 1e-5
    irritation = exposure.tolls["irritation"]
    assert not irritation[: 7 * 8].any() and irritation[7 * 12 + 70 :].max() < 1e-5


@pytest.mark.parametrize("give", ACTS_ON)
def test_a_cream_that_is_never_applied_is_no_cream(give):
    exposure = exposed(give, adherence=0)
    assert np.array_equal(exposure.table, untreated(DAYS))
    assert not any(toll.any() for toll in exposure.tolls.values())


@pytest.mark.parametrize("give", ACTS_ON)
def test_half_of_the_doses_give_half_of_the_effect(give):
    channel = HALF_LIVES[give][0]
    full, half = (effect(exposed(give, adherence=a, seed=1), channel)[40:].mean() for a in (1, 0.5))
    assert half == pytest.approx(full / 2, rel=0.15)


@pytest.mark.parametrize("give", ACTS_ON)
def test_once_stopped_the_effect_decays_with_its_half_life(give):
    channel, half_life = HALF_LIVES[give]
    level = effect(exposed(give, until=20), channel)
    for after in (1, 2, 4):
        assert level[139 + after] == pytest.approx(level[139] * 0.5 ** (after / value(half_life)), rel=0.01)


@pytest.mark.parametrize("give", MAIN)
def test_twice_the_strength_does_more_but_not_twice_as_much(give):
    channel, _, strengths = MAIN[give]
    weak, strong = (effect(exposed(give, strength=s), channel)[100] for s in strengths)
    assert weak < strong < 2 * weak


@pytest.mark.parametrize("give", MAIN)
def test_a_good_responder_has_more_of_it_and_never_more_than_the_most(give):
    channel = MAIN[give][0]
    poor, usual, good, best = (effect(exposed(give, response=r), channel)[100] for r in (-2, 0, 2, 9))
    assert 0 < poor < usual < good < best < 1


@pytest.mark.parametrize("response", [-1.5, 0, 2])
def test_the_response_of_a_person_acts_as_on_every_other_drug(response):
    exposure = Exposure.over(1, "face", 3, response=response)
    assert reached(exposure, 4.0, 2.0) == pytest.approx(exposure.answered(share(4.0, 2.0)))
    assert reached(exposure, 4.0, 2.0) == pytest.approx(reached(Exposure.over(1, "face", 3), 4 * np.exp(response), 2.0))


def test_strengths_in_use_do_what_the_older_model_has():
    assert effect(exposed("hydroquinone", strength=4), TYR)[-1] == pytest.approx(0.35, rel=1e-3)
    assert effect(exposed("tretinoin", strength=0.05), TURN)[-1] == pytest.approx(0.15, rel=1e-3)


def test_twice_a_week_is_two_sevenths_of_daily():
    daily, seldom = (effect(exposed("hydroquinone", days_per_week=d), TYR)[70:].mean() for d in (7, 2))
    assert seldom == pytest.approx(daily * 2 / 7, rel=0.02)


def test_a_cream_for_the_night_is_applied_or_not():
    """One dose a day: with half the adherence half of the days have none, with two doses only a quarter."""
    once, twice = (KINDS[give](adherence=0.5) for give in ("cysteamine", "hydroquinone"))
    for cream, without in ((once, 0.5), (twice, 0.25)):
        level = cream.level(Exposure.over(4000, "face", 3), np.random.default_rng(0), 1e-3)
        assert np.mean(level == 0) == pytest.approx(without, abs=0.03)


def test_triple_cream_does_more_than_each_of_its_parts():
    triple, hydroquinone, tretinoin = (exposed(give) for give in ("triple-cream", "hydroquinone", "tretinoin"))
    assert effect(triple, TYR)[-1] > effect(hydroquinone, TYR)[-1]
    assert effect(triple, TURN)[-1] >= effect(tretinoin, TURN)[-1] * 0.999
    assert triple.tolls["irritation"].sum() > hydroquinone.tolls["irritation"].sum()


def test_retinoids_multiply_the_turnover_that_they_find():
    exposure = Exposure.over(DAYS, "face", 3)
    exposure.table[:, TURN] = 0.8
    KINDS["tretinoin"](strength=0.1).expose(exposure, np.random.default_rng(0))
    alone = exposed("tretinoin", strength=0.1).table[:, TURN]
    assert exposure.table[:, TURN] == pytest.approx(0.8 * alone)


def test_adapalene_is_milder_than_tretinoin():
    tretinoin, adapalene = (exposed(give) for give in ("tretinoin", "adapalene"))
    assert effect(adapalene, TURN)[-1] < effect(tretinoin, TURN)[-1]
    assert adapalene.tolls["irritation"].sum() < tretinoin.tolls["irritation"].sum()


@pytest.mark.parametrize("give", sorted(set(ACTS_ON) - {"corticosteroid-cream"}))
def test_sensitive_skin_is_irritated_and_inflamed_more_and_both_settle(give):
    usual, sensitive = (exposed(give, sensitivity=s) for s in (1, 2))
    for felt in (lambda e: e.tolls["irritation"], lambda e: e.table[:, IRR]):
        assert felt(sensitive).sum() == pytest.approx(2 * felt(usual).sum(), rel=1e-4)
        assert felt(usual)[120] < felt(usual)[10] / 4
    assert usual.table[:, IRR] == pytest.approx(value("cream_N") * usual.tolls["irritation"])


def test_dermatitis_grows_with_the_strength_of_the_retinoid_and_starts_with_the_course():
    weak, strong = (exposed("tretinoin", strength=s).tolls["irritation"] for s in (0.025, 0.1))
    assert strong.sum() > weak.sum()
    late = exposed("tretinoin", strength=0.1, **{"from": 10}).tolls["irritation"]
    assert late[70:] == pytest.approx(strong[: DAYS - 70])


def test_a_steroid_of_a_higher_class_does_more_of_both():
    calm, blocked = ([effect(exposed("corticosteroid-cream", potency=p), c)[-1] for p in POTENCIES] for c in (AI, CNI))
    assert calm == sorted(set(calm)) and blocked == sorted(set(blocked))
    assert blocked[0] > 0 and blocked[-1] < 1


def test_what_must_not_be_forgotten_is_tagged():
    for give in ("tretinoin", "adapalene", "triple-cream"):
        assert {"retinoid", "photosensitiser", "pregnancy"} <= KINDS[give].cautions
    assert all("steroid" in KINDS[give].cautions for give in ("triple-cream", "corticosteroid-cream"))
    assert "pregnancy" in KINDS["hydroquinone"].cautions
    assert KINDS["niacinamide"].cautions == frozenset()


@pytest.mark.parametrize(
    ("give", "wrong"),
    [
        ("hydroquinone", {"strength": 40}),
        ("azelaic-acid", {"strength": 2}),
        ("tretinoin", {"strength": 1}),
        ("adapalene", {"strength": 0}),
        ("cysteamine", {"strength": -5}),
        ("niacinamide", {"days_per_week": 0}),
        ("corticosteroid-cream", {"potency": "strong"}),
        ("triple-cream", {"strength": 4}),
    ],
)
def test_creams_that_nobody_makes_are_refused(give, wrong):
    with pytest.raises(ValidationError):
        KINDS[give](**wrong)
