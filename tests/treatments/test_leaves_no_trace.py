"""What is not given does nothing: every treatment there is, never taken or not yet begun, to the last bit."""

from typing import Any

import numpy as np
import pytest

from repigment.patients.lesion import Lesion
from repigment.patients.simulate import typical_person
from repigment.skin.exposure import Channel, Exposure, untreated
from repigment.treatments import Treatment, treatments
from repigment.treatments.base import Course, Sessions

WEEKS = 16
DAYS = 7 * WEEKS
LATER = WEEKS + 4  # a week after the end of what is simulated
NEEDED: dict[str, dict[str, Any]] = {
    "laser": {"device": "fractional"},
    "uc-msc": {"strength": 1.0},
    "uc-msc-topical": {"strength": 1.0, "on": "needled"},
    "uc-msc-vesicles": {"strength": 1.0},
    "programme": {"steps": [{"treatments": [{"give": "tretinoin"}, {"give": "peel", "weeks": [0, 4]}], "weeks": 12}]},
}  # what must be said of a treatment, or lets it do more
KINDS = treatments()
WITH_ADHERENCE = [give for give, kind in KINDS.items() if "adherence" in kind.model_fields]
DOES_NOTHING = {"vehicle", "placebo", "uc-msc-intravenous"}  # to the skin, by their own word


def made(give: str, **details: Any) -> Treatment:
    """The treatment from week 0, unless `details` say otherwise."""
    kind = KINDS[give]
    first = {"weeks": (0,)} if issubclass(kind, Sessions) else {}
    return kind.model_validate(NEEDED.get(give, {}) | first | details)


def never_taken(give: str) -> Treatment:
    return made(give, adherence=0.0)


def not_yet_begun(give: str) -> Treatment:
    return made(give, **({"weeks": (LATER,)} if issubclass(KINDS[give], Sessions) else {"from": LATER}))


def exposed(*given: Treatment, bare: bool) -> Exposure:
    """What reaches facial skin in a bare life, or in one with sun, light and some hormones."""
    exposure = Lesion(typical_person(4, "face", "melasma", response=0.7), "face", (), seed=1).life(0, DAYS)
    exposure.table[:, Channel.HORMONE] = 0.4
    if bare:
        exposure = Exposure.over(DAYS, "face", 4, 2.0, 0.7)
    for treatment in given:
        treatment.prepare(exposure, np.random.default_rng(1))
    for treatment in given:
        treatment.expose(exposure, np.random.default_rng(2))
    return exposure


def same(one: Exposure, other: Exposure) -> None:
    """Bit for bit: the table, how far the skin is open, each of the tolls, and what events are expected."""
    differs = (one.table.view(np.uint32) != other.table.view(np.uint32)).any(axis=0)
    assert [channel.name for channel in Channel if differs[channel]] == []
    assert one.opened.tobytes() == other.opened.tobytes()
    assert {toll: paid.tobytes() for toll, paid in one.tolls.items()} == {
        toll: paid.tobytes() for toll, paid in other.tolls.items()
    }
    assert {event: each.tobytes() for event, each in one.hazards.items()} == {
        event: each.tobytes() for event, each in other.hazards.items()
    }


@pytest.mark.parametrize("bare", [True, False], ids=["bare", "life"])
@pytest.mark.parametrize("give", WITH_ADHERENCE)
def test_what_is_never_taken_leaves_no_trace(give: str, bare: bool) -> None:
    """Dose times adherence: with none of the doses the table is that of no treatment, and nothing is paid."""
    same(exposed(never_taken(give), bare=bare), exposed(bare=bare))


@pytest.mark.parametrize("bare", [True, False], ids=["bare", "life"])
@pytest.mark.parametrize("give", KINDS)
def test_what_begins_after_the_end_leaves_no_trace(give: str, bare: bool) -> None:
    """A course or a session outside of what is simulated never reaches it, not even through how it is drawn."""
    same(exposed(not_yet_begun(give), bare=bare), exposed(bare=bare))


@pytest.mark.parametrize("give", sorted(set(KINDS) - DOES_NOTHING))
def test_each_would_leave_one_if_it_were_given(give: str) -> None:
    """Given from the first day it changes the table: the comparisons above could fail."""
    assert not np.array_equal(exposed(made(give), bare=False).table, exposed(bare=False).table)


@pytest.mark.parametrize("give", sorted(DOES_NOTHING))
def test_controls_that_do_nothing_leave_none_even_when_given(give: str) -> None:
    """A vehicle, a capsule without drug, and cells that never reach the skin, after which fever is all there is."""
    given = exposed(made(give), bare=False)
    if give == "uc-msc-intravenous":
        assert given.hazards["fever"].any()
        given.hazards["fever"][:] = 0
    same(given, exposed(bare=False))


@pytest.mark.parametrize("give", sorted(set(WITH_ADHERENCE) - DOES_NOTHING - {"hormone-stop"}))
def test_the_more_often_it_is_taken_the_more_is_done(give: str) -> None:
    """Half the adherence does something between none and all, in each channel; hormones are left off wholly or not."""
    none, half, full = (exposed(made(give, adherence=share), bare=False).table for share in (0.0, 0.5, 1.0))
    written = (none != full).any(axis=0)
    partly, wholly = (abs(table - none).sum(axis=0)[written] for table in (half, full))
    assert written.any()
    assert (partly > 0.1 * wholly).all() and (partly < 0.9 * wholly).all()


BESIDE = made("triple-cream"), made("peel", weeks=(1, 5)), made("sunscreen")


@pytest.mark.parametrize("give", KINDS)
def test_beside_others_it_leaves_none_either(give: str) -> None:
    """What two drugs block together is 1 - (1-a)(1-b), and 1 - (1-a) is a again: to the last bit, in either order."""
    idle = not_yet_begun(give)
    others = exposed(*BESIDE, bare=False)
    same(exposed(*BESIDE, idle, bare=False), others)
    same(exposed(idle, *BESIDE, bare=False), others)


def test_every_table_begins_as_untreated() -> None:
    """The bare comparison is with skin that nothing reaches at all."""
    assert np.array_equal(exposed(bare=True).table, untreated(DAYS))


def test_courses_and_sessions_are_all_there_is_but_programmes() -> None:
    """Every treatment can be put off in one of the ways above, so that none escapes these tests."""
    assert all(issubclass(kind, Course | Sessions) for give, kind in KINDS.items() if give != "programme")
