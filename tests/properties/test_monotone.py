"""More does not do less: every dose there is, doubled, in every channel that the treatment writes."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any, Literal, get_args, get_origin

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from repigment.skin.exposure import Channel, Exposure
from repigment.treatments import Treatment, treatments
from repigment.treatments.base import Sessions

WEEKS = 26
DAYS = 7 * WEEKS
SEED = 3
KINDS = treatments()
NEEDED: dict[str, dict[str, Any]] = {
    "laser": {"device": "fractional"},
    "uc-msc-topical": {"on": "needled"},
    "programme": {"steps": [{"treatments": [{"give": "tretinoin"}], "weeks": 12}]},
}
AS_DOSES = {
    "loading_mg": {"mg_per_day": 1.0},
    "loading_weeks": {"loading_mg": 200.0},
}  # what must hold for a dose to be given at all
LADDERS = {
    "potency": ("mild", "moderate", "potent", "very-potent"),
    "energy": ("mild", "usual", "aggressive"),
    "depth": ("superficial", "medium"),
    "tinted": (False, True),
}
LESS_IS_MORE = {"expansion", "spacing_mm"}  # the wider cells or needles are spread, the fewer fall on each mm2
NO_DOSES = {
    "give", "start", "until", "weeks", "steps", "repeat", "check_weeks",  # when, and whether again
    "product", "on", "device", "route", "mechanisms",  # which
    "source", "lot",  # whose cells, and what was measured of them
    "volume_ml", "points", "cells_per_kg",  # where a bleb reaches and how many there are; what never comes to the skin
    "adherence",  # draws of its own: see below
}  # fmt: skip
SINCE_THE_LAST = (Channel.CELL_CLEARANCE, Channel.VISIBLE_LIGHT)  # what a session leaves does not add up
LIMITS = ("ge", "gt", "le", "lt")


def made(give: str, **details: Any) -> Treatment:
    kind = KINDS[give]
    first: dict[str, Any] = {"weeks": (0,) if give == "graft" else (0, 4)} if issubclass(kind, Sessions) else {}
    return kind.model_validate(NEEDED.get(give, {}) | first | details)


def limits(give: str, name: str) -> tuple[float, float] | None:
    """The least and the largest number that a field may hold; None if it is no number with two limits."""
    found: dict[str, float] = {}
    waiting: list[Any] = [KINDS[give].model_fields[name]]
    while waiting:
        one = waiting.pop()
        waiting += getattr(one, "metadata", None) or getattr(one, "__metadata__", ())
        waiting += get_args(getattr(one, "annotation", one))
        found |= {limit: getattr(one, limit) for limit in LIMITS if getattr(one, limit, None) is not None}
    low, high = (found.get(f"{side}e", found.get(f"{side}t")) for side in "gl")
    return None if low is None or high is None else (float(low), float(high))


def numbers() -> Iterator[tuple[str, str]]:
    """Every dose that is a number: treatment and field."""
    for give, kind in KINDS.items():
        for name in kind.model_fields:
            if name not in NO_DOSES and name not in LADDERS:
                yield give, name


def steps() -> Iterator[tuple[str, str]]:
    """Every dose that is one of some words."""
    for give, kind in KINDS.items():
        yield from ((give, name) for name in LADDERS if name in kind.model_fields)


NUMBERS, STEPS = list(numbers()), list(steps())


def whole(give: str, name: str) -> bool:
    """Whether a field counts: sessions, days, points."""
    return KINDS[give].model_fields[name].annotation is int


def done(give: str, **details: Any) -> dict[str, float]:
    """By channel, toll and switch: how far it is from what it is without the treatment, added up over half a year.

    Under a sun, light and hormones that do not change, and the same missed doses whatever the dose.
    """
    exposure = Exposure.over(DAYS, "face", 3)
    exposure.table[:, [Channel.SUN, Channel.VISIBLE_LIGHT, Channel.HORMONE]] = 1.0, 0.5, 0.5
    before = exposure.table.copy()
    treatment = made(give, **details)
    treatment.prepare(exposure, np.random.default_rng(SEED))
    treatment.expose(exposure, np.random.default_rng(SEED))
    moved = abs(exposure.table.astype(float) - before)
    found = {channel.name: float(moved[:, channel].sum()) for channel in Channel}
    found |= {toll: float(paid.astype(float).sum()) for toll, paid in exposure.tolls.items()}
    switches = treatment.switches(dict.fromkeys(("e_dif", "e_sup", "e_imm", "e_inf", "e_sig"), 0.0))
    return found | switches | {"opened": float(exposure.opened.astype(float).sum())}


def no_less(more: dict[str, float], less: dict[str, float]) -> None:
    """Nothing that the treatment does has become smaller, but for the rounding of single precision."""
    assert [what for what in less if more[what] < less[what] * (1 - 1e-5) - 1e-9] == []


def test_every_field_is_a_dose_or_known_to_be_none() -> None:
    """A new field cannot be overlooked: numbers with two limits are doses unless this file says what they are."""
    unknown = [f"{give}.{name}" for give, name in NUMBERS if limits(give, name) is None]
    assert unknown == []
    named = {name for kind in KINDS.values() for name in kind.model_fields}
    assert NO_DOSES | set(LADDERS) | LESS_IS_MORE <= named, "fields that no treatment has any more"
    words = {
        value
        for kind in KINDS.values()
        for name, field in kind.model_fields.items()
        if name in LADDERS and get_origin(field.annotation) is Literal
        for value in get_args(field.annotation)
    }
    assert words == {value for ladder in LADDERS.values() for value in ladder if isinstance(value, str)}


@pytest.mark.parametrize(("give", "name"), NUMBERS, ids=map(".".join, NUMBERS))
@settings(max_examples=12, deadline=None, derandomize=True)
@given(where=st.floats(0, 1))
def test_twice_the_dose_does_no_less(give: str, name: str, where: float) -> None:
    """Saturating as it may be (c/(c + c_half), SPF^amount), an effect never falls with the dose that makes it."""
    low, high = limits(give, name) or (0.0, 0.0)
    least = max(low, 0.0) or high / 1000
    dose: float = least + where * (high / 2 - least)
    if whole(give, name):
        dose = max(1, round(dose))
    beside = AS_DOSES.get(name, {})
    if name == "loading_mg":
        dose = max(dose, 1.0)
    once, twice = (done(give, **beside, **{name: min(times * dose, high)}) for times in (1, 2))
    no_less(*((once, twice) if name in LESS_IS_MORE else (twice, once)))


@pytest.mark.parametrize(("give", "name"), NUMBERS, ids=map(".".join, NUMBERS))
def test_the_largest_dose_does_more_than_the_least(give: str, name: str) -> None:
    """The comparison above is not that of a field that does nothing."""
    low, high = limits(give, name) or (0.0, 0.0)
    low = low or high / 1000
    beside = AS_DOSES.get(name, {})
    least, most = (done(give, **beside, **{name: int(each) if whole(give, name) else each}) for each in (low, high))
    if name in LESS_IS_MORE:
        least, most = most, least
    assert any(most[what] > 1.05 * least[what] + 1e-9 for what in least)


@pytest.mark.parametrize(("give", "name"), STEPS, ids=map(".".join, STEPS))
def test_each_step_up_does_no_less(give: str, name: str) -> None:
    """Classes, settings and depths are doses in words: each does at least what the one below does, somewhere more."""
    ladder = [done(give, **{name: step}) for step in LADDERS[name]]
    for less, more in pairwise(ladder):
        no_less(more, less)
        assert any(more[what] > less[what] for what in less)


@pytest.mark.parametrize("give", [give for give, kind in KINDS.items() if "adherence" in kind.model_fields])
def test_those_who_take_more_of_it_get_no_less(give: str) -> None:
    """Chance decides which doses are missed; over half a year a step of a quarter shows through it."""
    courses = [done(give, adherence=share) for share in (0.0, 0.25, 0.5, 0.75, 1.0)]
    for less, more in pairwise(courses):
        no_less(more, less)


def test_more_often_is_more() -> None:
    """Sessions and days a week add up: twice as many weeks of each procedure do twice as much, in all they write."""
    for give in ("laser", "ipl", "cryotherapy", "peel", "microneedling", "sham-injection", "uc-msc"):
        strength = {"strength": 1.0} if give == "uc-msc" else {}
        once, twice = (done(give, weeks=weeks, **strength) for weeks in ((0,), (0, 6)))
        no_less(twice, once)
        written = [channel.name for channel in Channel if once[channel.name] > 0 and channel not in SINCE_THE_LAST]
        assert [twice[each] for each in written] == pytest.approx([2 * once[each] for each in written], rel=1e-5)
