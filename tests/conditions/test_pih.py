"""Marks of inflammation: how long they last in whom, what makes them, and what keeps them small."""

from typing import Any

import numpy as np
import pytest

from repigment.evidence.parameters import value
from repigment.skin.exposure import Channel

TYPES = (1, 2, 3, 4, 5, 6)
YEAR = 365.25  # days
WEEKS = 260
ACNE = 21  # days that a spot of acne is inflamed
LONG_AGO = {"duration": 3.0, "said": {"dermal": 0.0}, "site": "trunk"}  # nothing is left of the mark


@pytest.fixture(scope="module")
def fresh(watch: Any, lesion: Any) -> Any:
    """Marks whose inflammation ends on the day of enrolment: skin types I to VI, epidermal and then dermal."""
    said = [(each, {"dermal": deep}) for deep in (0.0, 1.0) for each in TYPES]
    return watch([lesion("pih", skin_type=k, site="trunk", duration=ACNE / YEAR, said=deep) for k, deep in said], WEEKS)


def test_a_mark_lasts_longer_the_darker_the_skin(fresh: Any) -> None:
    """Inflammation adds sqrt(phi) more drive on phi more melanin, and dark skin degrades it slower: 0 to 147 d."""
    epidermal = fresh.visible[:6]
    assert (np.diff(epidermal) > 10).all()
    assert epidermal[0] == 0
    assert epidermal[5] > 120


def test_an_epidermal_mark_is_gone_within_months(fresh: Any) -> None:
    """Melanin of the epidermis leaves with it: whatever the skin type, nothing is visible after half a year."""
    assert (fresh.visible[:6] < 182).all()


def test_a_dermal_mark_lasts_for_years(fresh: Any) -> None:
    """What has dropped through the basement membrane waits for macrophages (half-life a year): 2.2 to 4.5 years."""
    dermal = fresh.visible[6:]
    assert (dermal[2:] > 2 * YEAR).all()
    assert (dermal[2:] > 8 * fresh.visible[2:6]).all()
    assert (dermal[2:] < 7 * WEEKS).all()


def test_a_mark_is_darkest_shortly_after_the_inflammation(fresh: Any) -> None:
    """Melanocytes are excited at once, their melanin is carried outward over weeks: the peak is 7 to 17 d later."""
    assert (fresh.contrast.argmax(axis=0) >= 7).all()
    assert (fresh.contrast.argmax(axis=0) <= 17).all()


@pytest.fixture(scope="module")
def blister(watch: Any, lesion: Any) -> Any:
    """What a blister leaves on arms of types III and IV, from its first day on: two weeks, and weeks of healing."""
    own = {"duration": 0.0, "said": {"dermal": 0.0, "procedure": 1.0}, "site": "arms"}
    return watch([lesion("pih", skin_type=each, **own) for each in (3, 4)], 30)


def test_a_blister_stays_inflamed_for_weeks(blister: Any) -> None:
    """The healing wound keeps inflammation going after the injury (14 d): a tenth of its peak is seen at week 5."""
    inflamed = blister.lesional["inflammation"]
    assert (inflamed[5 * 7] > 0.1 * inflamed.max(axis=0)).all()
    assert (inflamed[20 * 7] < 0.02 * inflamed.max(axis=0)).all()


def test_a_suction_blister_leaves_a_mark_for_three_months_or_four(blister: Any) -> None:
    """Two weeks of injury and weeks of healing are answered, and the epidermis renews itself: 96 and 122 d."""
    assert ((blister.visible > 80) & (blister.visible < 140)).all()


@pytest.mark.xfail(
    strict=True,
    reason="the mark is darkest four weeks after the blister; published: 8 weeks (30 volunteers, types III-IV)",
)
def test_the_mark_of_a_suction_blister_is_darkest_after_eight_weeks(blister: Any) -> None:
    """Volunteers of skin types III and IV: the melanin index was highest at week 8."""
    assert (abs(blister.contrast.argmax(axis=0) / 7 - 8) < 2).all()


@pytest.mark.xfail(
    strict=True, reason="visible for 96 d (type III) and 122 d (type IV) where epidermal; published: more than 24 weeks"
)
def test_the_mark_of_a_suction_blister_is_still_there_after_half_a_year(blister: Any) -> None:
    """The same volunteers were still marked when the study ended at week 24."""
    assert (blister.contrast[24 * 7] > value("dark_step")).all()


def test_enrolment_does_not_end_an_injury(watch: Any, lesion: Any) -> None:
    """The same injury leaves the same mark, whether the patient is seen on its third day or on its last."""
    seen = [lesion("pih", skin_type=4, site="trunk", duration=day / YEAR, said={"dermal": 0}) for day in (3, ACNE)]
    early, late = watch(seen, 12).contrast.max(axis=0)
    assert early == pytest.approx(late, rel=0.1)


@pytest.fixture(scope="module")
def calmed(watch: Any, lesion: Any, treatment: Any) -> Any:
    """Acne of type IV: left alone, with a steroid cream from the first day, and with one that begins three weeks on."""
    cream = [treatment("corticosteroid-cream", **{"from": start, "until": start + 3}) for start in (0, 3)]

    def acne(table: Any) -> None:
        table[:ACNE, Channel.IRRITATION] = value("injury.acne")

    skins = [lesion("pih", *each, skin_type=4, **LONG_AGO) for each in ((), cream[:1], cream[1:])]
    return watch(skins, 26, acne)


def test_early_anti_inflammatory_treatment_helps(calmed: Any) -> None:
    """Less inflammation while it lasts, less to answer: the mark falls from 1.44 to 0.84 and fades 25 d sooner."""
    peak = calmed.contrast.max(axis=0)
    assert peak[1] < 0.7 * peak[0]
    assert calmed.visible[1] < calmed.visible[0] - 14


def test_late_anti_inflammatory_treatment_helps_less(calmed: Any) -> None:
    """Once the inflammation is over the melanin is there: a cream after three weeks does a sixth of that."""
    peak = calmed.contrast.max(axis=0)
    assert peak[0] - peak[2] < 0.25 * (peak[0] - peak[1])


def struck(channel: Channel, dose: float) -> Any:
    """A procedure on the first day that does one thing only."""

    def change(table: Any) -> None:
        table[0, channel] = dose

    return change


@pytest.fixture(scope="module")
def procedures(watch: Any, lesion: Any, treatment: Any) -> dict[str, Any]:
    """Healthy skin of types I to VI after heat or a wound at once, alone and under a strong steroid cream at once."""
    cream = treatment("corticosteroid-cream", potency="very-potent", until=3)
    skins = [lesion("pih", *each, skin_type=k, **LONG_AGO) for each in ((), (cream,)) for k in TYPES]
    doses = {"heat": (Channel.HEAT, 1.0), "wound": (Channel.WOUND, 1.0)}
    return {name: watch(skins, 26, struck(*dose)) for name, dose in doses.items()}


def test_a_wound_marks_dark_skin_more(procedures: dict[str, Any]) -> None:
    """The same inflammation in all: nothing is seen on type I, on type VI it is for three months."""
    assert procedures["wound"].visible[0] == 0
    assert (np.diff(procedures["wound"].visible[:6]) > 0).all()
    assert procedures["wound"].visible[5] > 84


def test_heat_is_absorbed_by_melanin(procedures: dict[str, Any]) -> None:
    """The same light: N rises with phi, so that a mark is seen on types IV to VI and none on types I and II."""
    peak = procedures["heat"].contrast.max(axis=0)[:6]
    assert (np.diff(peak) > 0).all()
    assert peak[3] > 2 * value("dark_step") and peak[1] < value("dark_step")


def test_heat_marks_dark_skin_more_than_in_proportion(procedures: dict[str, Any]) -> None:
    """A wound inflames all skin alike, heat inflames by phi: from type II to V its mark rises by a larger fold."""
    heat, wound = (procedures[name].contrast.max(axis=0)[:6] for name in ("heat", "wound"))
    assert heat[4] / heat[1] > 1.3 * wound[4] / wound[1]


@pytest.mark.parametrize("cause", ["heat", "wound"])
def test_a_steroid_cream_right_after_a_procedure_lowers_the_mark(procedures: dict[str, Any], cause: str) -> None:
    """It speeds the end of inflammation, which is what the mark answers to: less than half in types II to V."""
    peak = procedures[cause].contrast.max(axis=0)
    assert (peak[7:11] < 0.5 * peak[1:5]).all()


@pytest.fixture(scope="module")
def lasered(watch: Any, lesion: Any, treatment: Any) -> Any:
    """Skin of types II, IV and VI after a q-switched laser: usual, then aggressive, then usual with a steroid cream."""
    usual, aggressive = (treatment("laser", device="q-switched", energy=e, weeks=(0,)) for e in ("usual", "aggressive"))
    cream = treatment("corticosteroid-cream", potency="very-potent", until=3)
    kinds = ((usual,), (aggressive,), (usual, cream))
    return watch([lesion("pih", *kind, skin_type=k, **LONG_AGO) for kind in kinds for k in (2, 4, 6)], 26)


def test_a_laser_costs_dark_skin_more_melanocytes(lasered: Any) -> None:
    """Heat that melanin absorbs kills the cells that hold it: more in dark skin, and more at a high energy."""
    usual, aggressive, _ = lasered.lesional["melanocytes"].min(axis=0).reshape(3, 3)
    assert (np.diff(usual) < 0).all() and (np.diff(aggressive) < 0).all()
    assert (aggressive < usual).all()


def test_a_laser_marks_the_darkest_skin_and_not_light_skin(lasered: Any) -> None:
    """On type VI a mark follows the pale place after three weeks, on type II none; a steroid cream halves it."""
    assert lasered.visible.reshape(3, 3)[:, 0].tolist() == [0, 0, 0]
    assert lasered.visible[2] > 7 and 14 < lasered.contrast[:, 2].argmax() < 42
    assert lasered.contrast[:, 8].max() < 0.5 * lasered.contrast[:, 2].max()


def test_a_laser_marks_skin_of_type_iv(lasered: Any) -> None:
    """After q-switched lasers in Asian skin a tenth to a half of the patients get PIH."""
    assert lasered.visible[1] > 7


def test_more_energy_marks_dark_skin_more(lasered: Any) -> None:
    """A high fluence is the first risk factor of PIH after lasers; on type VI loss of pigment cells makes up for it."""
    assert lasered.contrast[1:, 4].max() > 1.1 * lasered.contrast[1:, 1].max()


def test_fractional_laser_marks_dark_skin_and_not_light_skin(watch: Any, lesion: Any, treatment: Any) -> None:
    """Wound and heat with little removal: against skin left alone a mark on type IV only; a steroid cream lowers it."""
    laser = treatment("laser", device="fractional", weeks=(0,))
    cream = treatment("corticosteroid-cream", potency="very-potent", until=3)
    skins = [lesion("pih", *each, skin_type=k, **LONG_AGO) for each in ((), (laser,), (laser, cream)) for k in (2, 4)]
    seen = watch(skins, 26)
    melanin = (seen.phi * seen.lesional["visible_melanin"]).reshape(-1, 3, 2)
    (light, dark), (_, creamed) = (melanin[:, 1:] - melanin[:, :1]).max(axis=0)
    assert light < value("dark_step") < dark
    assert creamed < 0.7 * dark
