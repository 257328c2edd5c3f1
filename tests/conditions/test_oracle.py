"""Dark conditions as the older model has them: the same scenarios, day by day, against its own program.

Nothing is tuned to agree. What differs by design is put the older model's way here: its sun is a cosine of the year
(`season`), where the product has the sun of a latitude; its lentigo has a year's memory and a slow turnover of its own
(`turn_d`), its freckle an `a_u` and `mc1r` of its own, where the product has the niche do both, so that a laser can
destroy them; a laser of the older model removes and inflames as it says there. What remains is the same equations,
solved by Euler steps of 0.1 d there and by the product's own steps here, with sun that changes from day to day here.
"""

from typing import Any

import numpy as np
import pytest

from repigment.skin.exposure import Channel
from repigment.skin.fields import Field

DAYS, STEP = 728, 0.1
CREAM = slice(364, 476)  # days of hydroquinone and retinoid on a melasma
LASER = 364  # day of a laser on a sun spot
INJURY = 21  # days of inflammation of a mark
SHADES = (0.35, 1.0, 2.5)  # phi of light, medium and dark skin
SUN_SPOT = {"F_set": 1.0, "dl_F": 1 / 365, "turn_d": 0.75, "bm": 1.5, "phi": 0.6}
SUBJECTS = {
    "melasma around": {},
    "melasma": {"F_set": 0.15, "f_u": 0.9, "h_E": 0.5, "a_v": 0.5},
    "melasma, creamed": {"F_set": 0.15, "f_u": 0.9, "h_E": 0.5, "a_v": 0.5},
    "freckles around": {"phi": 0.35, "mc1r": 0.25},
    "freckles": {"phi": 0.35, "mc1r": 1.0, "a_u": 3.0},
    "lentigo around": {"phi": 0.6},
    "lentigo": SUN_SPOT,
    "lentigo, lasered": SUN_SPOT,
    **{f"pih around {phi}": {"phi": phi} for phi in SHADES},
    **{f"pih epidermal {phi}": {"phi": phi, "bm": 0.2} for phi in SHADES},
    **{f"pih dermal {phi}": {"phi": phi, "bm": 5.0} for phi in SHADES},
}
NAMES = tuple(SUBJECTS)
SUNNY = np.array([not name.startswith("pih") for name in NAMES])
INJURED = np.array([name.startswith(("pih epidermal", "pih dermal")) for name in NAMES])
HORMONAL = np.array([name.startswith("melasma") for name in NAMES])
ON_FACE = HORMONAL
CREAMED, LASERED = (NAMES.index(name) for name in ("melasma, creamed", "lentigo, lasered"))


def parameter(oracle: Any, name: str) -> Any:
    """One of the older model's parameters by subject, its face for melasma."""
    face = oracle.SITES["face"]
    base = np.where(ON_FACE, face.get(name, oracle.DEFAULT[name]), oracle.DEFAULT[name])
    return np.array([own.get(name, each) for own, each in zip(SUBJECTS.values(), base, strict=True)])


def there(oracle: Any) -> Any:
    """Visible melanin (days + 1, subjects) by the older program."""
    own = {name: parameter(oracle, name) for name in oracle.DEFAULT}
    own |= {"E2": HORMONAL * 1.0, "VL": HORMONAL * 0.5}
    sun = oracle.season()
    cream = np.arange(len(NAMES)) == CREAMED

    def drugs(t: float) -> dict[str, Any]:
        given = cream * (CREAM.start <= t < CREAM.stop)
        return {"I_TYR": 0.35 * given, "turn_d": own["turn_d"] * (1 + 0.15 * given)}

    def laser(y: Any) -> Any:
        for field, left in (("P1", 0.2), ("P2", 0.3), ("D", 0.4)):
            y[oracle.IX[field], LASERED] *= left
        y[oracle.IX["N"], LASERED] += 0.3
        return y

    start = oracle.y0((len(NAMES),))
    start[oracle.IX["F"]] = np.where(own["F_set"] == 1, 1.0, 0.0)
    _, course = oracle.run(
        own,
        DAYS,
        y=start,
        dt=STEP,
        sun=lambda t: sun(t) * SUNNY,
        N_in=lambda t: 0.25 * INJURED * (t < INJURY),
        sched=drugs,
        events=[(LASER + STEP, laser)],  # after that day has been written down
    )
    return oracle.pig(course, own)


def here(oracle: Any, mixed: Any) -> Any:
    """The same by the product."""
    count = len(NAMES)
    table = mixed.table(DAYS, count, hormone=HORMONAL * 1.0, visible_light=HORMONAL * 0.5)
    table[:, Channel.SUN] = oracle.season()(np.arange(DAYS) + 0.5)[:, None] * SUNNY
    table[:INJURY, Channel.IRRITATION] = 0.25 * INJURED
    table[CREAM, Channel.TYROSINASE_BLOCKADE, CREAMED] = 0.35
    table[CREAM, Channel.TURNOVER, CREAMED] = 1.15
    for channel, dose in (("VIABLE_REMOVAL", 0.8), ("CORNEUM_REMOVAL", 0.7), ("DERMAL_REMOVAL", 0.6), ("WOUND", 0.3)):
        table[LASER, Channel[channel], LASERED] = dose
    known = ("rho_f", "turn", "K_m", *sorted(set().union(*SUBJECTS.values())))
    own = {name: parameter(oracle, name) for name in known}
    own["k_W"] = np.zeros(count)  # the older program has no wounds that heal for weeks
    start = mixed.start(count)
    start[:, Field.NICHE] = own["F_set"] == 1
    return mixed.run(start, table, own, steps=4)["visible_melanin"]


@pytest.fixture(scope="module")
def both(oracle: Any, mixed: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """Visible melanin (days + 1,) by subject, there and here."""
    courses = (there(oracle), here(oracle, mixed))
    return tuple(dict(zip(NAMES, course.T, strict=True)) for course in courses)


@pytest.mark.parametrize("subject", NAMES)
def test_the_course_is_that_of_the_older_program(both: tuple[dict[str, Any], dict[str, Any]], subject: str) -> None:
    """Two independent programs of one model agree within 1.5 % of own skin's melanin on each day of two years."""
    theirs, ours = both
    assert ours[subject] == pytest.approx(theirs[subject], abs=0.015)


@pytest.mark.parametrize("subject", ["melasma", "freckles", "lentigo", "pih epidermal 1.0", "pih dermal 2.5"])
def test_the_lesion_stands_out_there_as_here(both: tuple[dict[str, Any], dict[str, Any]], subject: str) -> None:
    """A contrast that is large against the tolerance: the agreement above is not that of two empty courses."""
    shade = subject.split()[-1]
    around = f"pih around {shade}" if subject.startswith("pih") else f"{subject} around"
    for courses in both:
        assert abs(courses[subject] - courses[around]).max() > 0.3
    assert not np.allclose(both[0][subject], both[0][around], atol=0.05)
