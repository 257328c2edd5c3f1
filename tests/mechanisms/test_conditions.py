"""What the cells do in each condition: switched off nothing, and each mechanism alone what the model page says."""

from typing import Any

import numpy as np
import pytest

from repigment.conditions import conditions
from repigment.engine.runtime import keep_compiled
from repigment.evidence.parameters import value
from repigment.patients.lesion import Lesion
from repigment.patients.simulate import typical_person
from repigment.patients.ward import WATCHED, Resolution, Ward
from repigment.skin.fields import Field, name
from repigment.treatments.sham import ShamInjection
from repigment.treatments.uc_msc import MECHANISMS, UCMSC
from repigment.treatments.uc_msc_topical import UCMSCTopical

SMALL = Resolution(n=12, dx=0.6, steps=2)
WEEKS = 12
SESSIONS = (0, 4)
DARK = ("freckles", "lentigo", "melasma", "pih")
POOLS = {name(Field.CELLS), name(Field.SECRETOME)}
KINDS = {
    "none": ((), 0.0),
    **{mechanism: ((mechanism,), 1.0) for mechanism in MECHANISMS if mechanism != "differentiation"},
    **{f"{mechanism}, harmful": ((mechanism,), -1.0) for mechanism in MECHANISMS if mechanism != "differentiation"},
}


def patient(condition: str) -> Any:
    """A face of the typical patient, in early summer; a mark of which the inflammation is not over yet."""
    late = {"duration": value("injury_days.acne") / 365.25} if condition == "pih" else {}
    return typical_person(4, "face", condition, first_day=150.0, **late)


INJECTED = {
    "sham": ShamInjection(weeks=SESSIONS),
    "off": UCMSC(weeks=SESSIONS, mechanisms=()),
    "no strength": UCMSC(weeks=SESSIONS, mechanisms=tuple(MECHANISMS), strength=0.0),
    "full": UCMSC(weeks=SESSIONS, mechanisms=tuple(MECHANISMS), strength=1.0),
}
DAILY = {"weeks": tuple(range(0, WEEKS, 4)), "days": 28, "dose": 100.0}  # secretome on intact skin: no needle disturbs
SPREAD = {kind: UCMSCTopical(**DAILY, mechanisms=which, strength=e) for kind, (which, e) in KINDS.items()}
GIVEN = INJECTED | SPREAD


@pytest.fixture(scope="module")
def followed() -> dict[str, tuple[Any, Any]]:
    """By condition what is seen each week (treatments, weeks, quantities), and the last maps of visible melanin."""
    keep_compiled()
    found = {}
    for condition in conditions():
        lesions = [Lesion(patient(condition), "face", (each,), seed=1) for each in GIVEN.values()]
        ward = Ward(lesions, SMALL, companion=False)
        seen = ward.follow(np.stack([each.exposure(7 * WEEKS).table for each in lesions], axis=-1))
        found[condition] = (seen, ward.visible())
    return found


@pytest.fixture(params=sorted(conditions()))
def injected(request: pytest.FixtureRequest, followed: dict[str, tuple[Any, Any]]) -> tuple[Any, Any]:
    """Those of INJECTED, in one condition after the other."""
    return followed[request.param]


def test_without_mechanisms_it_is_the_sham_injection(injected: tuple[Any, Any]) -> None:
    """Cells enter the equations through their mechanisms only: off, every number and every pixel is the sham's."""
    seen, maps = injected
    assert np.array_equal(seen[1], seen[0], equal_nan=True)
    assert np.array_equal(maps[1], maps[0])


def test_living_cells_without_strength_change_nothing_but_their_own_pools(injected: tuple[Any, Any]) -> None:
    """e = 0 multiplies each of their effects: cells and secretome are there, all else is the sham's to the last bit."""
    seen, maps = injected
    differs = [q for column, q in enumerate(WATCHED) if not np.array_equal(*seen[[0, 2], :, column], equal_nan=True)]
    assert set(differs) == POOLS
    assert np.array_equal(maps[2], maps[0])


def test_it_could_have_been_otherwise(injected: tuple[Any, Any]) -> None:
    """The same cells at full strength change what is seen."""
    seen, maps = injected
    column = WATCHED.index("visible_melanin")
    assert abs(seen[3] - seen[0])[:, column].max() > 1e-2
    assert abs(maps[3] - maps[0]).max() > 1e-2


@pytest.fixture(scope="module")
def spread_on(followed: dict[str, tuple[Any, Any]]) -> dict[str, dict[str, Any]]:
    """Weekly courses by condition, mechanism and quantity under secretome on intact skin."""
    names = list(GIVEN)
    return {
        condition: {
            kind: {q: seen[names.index(kind), :, column].astype(float) for column, q in enumerate(WATCHED)}
            for kind in SPREAD
        }
        for condition, (seen, _) in followed.items()
    }


def changed(courses: dict[str, Any], kind: str) -> set[str]:
    """Quantities that differ anywhere from those without mechanisms, the pools of the cells apart."""
    same = {q for q in WATCHED if np.array_equal(courses[kind][q], courses["none"][q], equal_nan=True)}
    return set(WATCHED) - same - POOLS


def moved(courses: dict[str, Any], kind: str, quantity: str = "contrast") -> float:
    """By how much the mean of a quantity over the weeks rises under a mechanism, as a share of what it is without."""
    with_it, without = (courses[each][quantity].mean() for each in (kind, "none"))
    return float((with_it - without) / abs(without))


@pytest.mark.parametrize("condition", DARK)
def test_signals_lighten_every_dark_lesion_and_darken_it_with_the_other_sign(
    spread_on: dict[str, Any], condition: str
) -> None:
    """They pull melanogenesis to its set point and speed the breakdown of melanin (k_mel, k_deg): sign decides."""
    assert moved(spread_on[condition], "signals") < -0.01
    assert moved(spread_on[condition], "signals, harmful") > 0.01


def test_calming_lightens_a_mark_that_is_still_inflamed(spread_on: dict[str, Any]) -> None:
    """A mark is the answer to N, which mechanism 3 clears sooner; harmful cells keep it burning."""
    assert moved(spread_on["pih"], "inflammation", "inflammation") < -0.02
    assert moved(spread_on["pih"], "inflammation") < -0.005
    assert moved(spread_on["pih"], "inflammation, harmful") > 0.005


@pytest.mark.parametrize("condition", ["freckles", "lentigo", "melasma"])
@pytest.mark.parametrize("sign", ["inflammation", "inflammation, harmful"])
def test_calming_has_nothing_to_calm_elsewhere(spread_on: dict[str, Any], condition: str, sign: str) -> None:
    """Melasma, sun spots and freckles are driven by niche and sun, not by N: to the last bit nothing changes."""
    assert changed(spread_on[condition], sign) == set()


@pytest.mark.parametrize("condition", DARK)
@pytest.mark.parametrize("sign", ["immune", "immune, harmful"])
def test_immune_modulation_does_nothing_without_t_cells(spread_on: dict[str, Any], condition: str, sign: str) -> None:
    """Only regulatory tone moves: with theta = 0 there is no T cell to restrain, whatever the sign."""
    assert changed(spread_on[condition], sign) == {"regulation"}


@pytest.mark.parametrize("condition", DARK)
@pytest.mark.parametrize("sign", ["support", "support, harmful"])
def test_support_does_nothing_where_no_cell_is_missing(spread_on: dict[str, Any], condition: str, sign: str) -> None:
    """The skin is full (v = 0.001): division, renewal and emission have no room, and contrast stays within 0.1 %."""
    assert abs(moved(spread_on[condition], sign)) < 1e-3
    assert abs(moved(spread_on[condition], sign, "melanocytes")) < 2e-3


@pytest.mark.parametrize("condition", DARK)
@pytest.mark.parametrize("kind", ["signals", "signals, harmful", "inflammation", "inflammation, harmful"])
def test_what_is_no_mechanism_of_theirs_stays(spread_on: dict[str, Any], condition: str, kind: str) -> None:
    """Signals and calming touch melanin and N: reservoir, memory, T cells and regulation are as without them."""
    untouched = {"effectors", "memory", "regulation", "niche"}
    assert changed(spread_on[condition], kind) & untouched <= ({"niche"} if condition == "melasma" else set())


def test_in_vitiligo_each_mechanism_has_its_own_target(spread_on: dict[str, Any]) -> None:
    """Support more melanocytes and so more T cells; immune modulation fewer T cells; harm the reverse of both."""
    courses = spread_on["vitiligo"]
    assert moved(courses, "support", "melanocytes") > 0.01 > -0.01 > moved(courses, "support, harmful", "melanocytes")
    assert moved(courses, "support", "effectors") > 0
    assert moved(courses, "immune", "effectors") < -0.01 < 0.01 < moved(courses, "immune, harmful", "effectors")
    assert moved(courses, "immune", "regulation") > 0 > moved(courses, "immune, harmful", "regulation")
    assert changed(courses, "inflammation") == changed(courses, "inflammation, harmful") == set(), "N is 0 there"
