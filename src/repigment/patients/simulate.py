"""One patient followed closely: the course of every field, and maps of the lesion at some visits."""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from repigment.conditions import condition as condition_called
from repigment.conditions.base import Who
from repigment.conditions.luck import Luck, Median
from repigment.engine.observe import OBSERVED
from repigment.engine.runtime import keep_compiled
from repigment.errors import RepigmentError
from repigment.evidence.parameters import value
from repigment.optics.tissue import Pigments, Tissue
from repigment.patients.appearance import appearance
from repigment.patients.checks import checks, graded
from repigment.patients.complexion import complexion
from repigment.patients.lesion import Lesion
from repigment.patients.person import Person
from repigment.patients.population import as_person
from repigment.patients.ward import WATCHED, Resolution, Ward
from repigment.skin.exposure import TOLLS
from repigment.skin.fields import ABOUT, name
from repigment.skin.sites import Site
from repigment.treatments import Treatment
from repigment.treatments.cell_product import MECHANISMS

PICTURES = 6
FULL = dict.fromkeys(MECHANISMS.values(), 1.0)  # what cells do where their strength is not said: a what-if
FINE = Resolution(n=64, dx=0.2, steps=2)
UNITS = {
    **{name(field): (about.unit, about.meaning) for field, about in ABOUT.items()},
    "visible_melanin": ("own skin = 1", "visible melanin of the lesion"),
    "depigmented": ("share", "depigmented share of the lesion"),
    "advance": ("mm", "advance of the lesion into the skin around it"),
    "surround_melanin": ("own skin = 1", "visible melanin around the lesion"),
    "contrast": ("skin type III = 1", "melanin of the lesion above that of the skin around"),
    "darker": ("share", "share of the lesion that is visibly darker than the skin around"),
    "unevenness": ("skin type III = 1", "standard deviation of melanin over the skin that is shown"),
    "irritation": ("score-days", "irritation so far"),
    "injection_site": ("score-days", "injection-site reactions so far"),
    "uvb_dose": ("mJ/cm2", "narrow-band UVB so far"),
    "error": ("share", "coarse minus fine run: an estimate of the error of `depigmented`"),
    "contrast_error": ("skin type III = 1", "coarse minus fine run: an estimate of the error of `contrast`"),
}


@dataclass(frozen=True)
class PatientCourse:
    """A patient's course: `weekly` (week) of every quantity with units, `maps` (visit, y, x) of visible melanin.

    `pigments` (visit, y, x) each are what light meets there, in absolute amounts; `tissue` is the rest of the skin.
    """

    lesion: Lesion
    weekly: xr.Dataset
    maps: xr.DataArray
    pigments: Pigments
    tissue: Tissue

    @property
    def person(self) -> Person:
        """The patient."""
        return self.lesion.person


def typical_person(skin_type: int, site: str, condition: str = "vitiligo", **details: Any) -> Person:
    """A person with the median of everything that varies between patients of a condition; `details` as `patient`.

    >>> typical_person(4, "face").traits["G_set"]
    0.3
    """
    return patient(skin_type, site, condition, Median(), **details)


def drawn_person(skin_type: int, site: str, seed: int, condition: str = "vitiligo", **details: Any) -> Person:
    """A person whose traits are drawn from the spread between patients; the same `seed` gives the same person."""
    luck = Luck(np.random.default_rng([seed, 2**31 - 2]))
    details.setdefault("antibody", float(np.random.default_rng([seed, 2**31 - 2, 11]).random()))
    return patient(skin_type, site, condition, luck, skin_seed=(seed,), **details)


def patient(
    skin_type: int,
    site: str,
    condition: str,
    luck: Luck,
    *,
    age: float = 40.0,
    female: bool = True,
    duration: float | None = None,
    stable: bool = True,
    said: Mapping[str, float] | None = None,
    **life: Any,
) -> Person:
    """A person with a condition at one site, drawn by `luck`; age and duration in years, `said` as a study's [disease].

    `life` is latitude, sun_habit, sensitive, first_day, response, group, skin_seed and antibody, as in Person.
    """
    known = condition_called(condition)
    years = value(f"{known.name}.years") if duration is None else duration
    who = Who(skin_type, age, female, years, stable, said or {})
    disease = known.draw(who, luck)
    life.setdefault("response", value(known.response) * luck.normal())
    return as_person(1, who, known, disease, {site: known.amount(disease)}, **life)


def simulate(
    *,
    condition: str = "vitiligo",
    site: str = "face",
    skin_type: int = 3,
    treatments: Sequence[Treatment] = (),
    weeks: int = 52,
    seed: int = 1,
    person: Person | None = None,
    resolution: Resolution = FINE,
    pictures: Sequence[int] | None = None,
) -> PatientCourse:
    """Follow one lesion of a typical patient (or of `person`) for `weeks` weeks under `treatments`.

    `site` one of the seven regions, `skin_type` 1 to 6, `pictures` the weeks of the maps (six if not given, the first
    and the last always); RepigmentError for what does not exist.

    >>> course = simulate(weeks=1, resolution=Resolution(n=8, dx=0.6, steps=1))
    >>> dict(course.weekly.sizes)
    {'week': 2}
    """
    check(condition, site, skin_type, weeks)
    keep_compiled()
    who = person or typical_person(skin_type, site, condition)
    if who.condition != condition:
        raise RepigmentError(f"the person has {who.condition}, not {condition}", where="condition")
    lesion = Lesion(who, site, tuple(treatments), seed, strengths=FULL)
    ward = Ward([lesion], resolution)
    exposure = lesion.exposure(7 * weeks)
    asked = np.linspace(0, weeks, PICTURES) if pictures is None else [0, *pictures, weeks]
    visits = sorted({round(float(week)) for week in asked if 0 <= week <= weeks})
    seen, maps, shown = [ward.observe()[:, None]], [ward.visible()[0]], [ward.shown()[0]]
    looks = {week for week in checks(lesion.treatments, weeks) if week < weeks}
    for before, after in itertools.pairwise(sorted({*visits, *looks})):
        if before in looks:
            (lesion,) = graded((lesion,), np.concatenate(seen, axis=1))
            exposure = lesion.exposure(7 * weeks)
        seen.append(ward.follow(exposure.table[7 * before : 7 * after, :, None]))
        if after in visits:
            maps.append(ward.visible()[0])
            shown.append(ward.shown()[0])
    weekly = _dataset(np.concatenate(seen, axis=1)[0], exposure.tolls, weeks)
    across = (np.arange(resolution.n) + 0.5) * ward.dx
    visible = xr.DataArray(
        np.stack(maps),
        dims=("visit", "y", "x"),
        coords={"visit": ("visit", visits, {"units": "weeks"}), "y": across, "x": across},
        attrs={"long_name": "visible melanin", "units": "own skin = 1"},
    )
    return PatientCourse(lesion, weekly, visible, appearance(np.stack(shown), lesion), complexion(who)[1])


def check(condition: str, site: str, skin_type: int, weeks: int) -> None:
    """RepigmentError if the condition, the site, the skin type or the length does not exist."""
    known = condition_called(condition)
    if site not in set(Site):
        raise RepigmentError(f"there is no site {site!r}", where="--site", allowed=", ".join(known.sites))
    if site not in known.sites:
        raise RepigmentError(
            f"{known.title} is not modelled on the {site}", where="--site", allowed=", ".join(known.sites)
        )
    if skin_type not in range(1, 7):
        raise RepigmentError(f"skin type {skin_type} does not exist", where="--skin-type", allowed="1 to 6")
    if not 1 <= weeks <= 520:
        raise RepigmentError(f"{weeks} weeks cannot be followed", where="--weeks", allowed="1 to 520")


def _dataset(seen: NDArray[np.float32], tolls: dict[str, Any], weeks: int) -> xr.Dataset:
    columns = {column: seen[:, WATCHED.index(column)] for column in OBSERVED}
    columns["error"] = seen[:, WATCHED.index("coarse_depigmented")] - columns["depigmented"]
    columns["contrast_error"] = seen[:, WATCHED.index("coarse_contrast")] - columns["contrast"]
    for toll in TOLLS:
        running = np.concatenate([[0], np.cumsum(tolls[toll])])
        columns[toll] = running[7 * np.arange(weeks + 1)].astype(np.float32)
    data: dict[str, Any] = {
        column: ("week", values, {"units": UNITS[column][0], "long_name": UNITS[column][1]})
        for column, values in columns.items()
    }
    return xr.Dataset(data, {"week": ("week", np.arange(weeks + 1), {"units": "weeks"})})


def forms(condition: str, chosen: Sequence[str]) -> dict[str, float]:
    """The chosen forms of a condition, as a patient who has them; RepigmentError for one that it does not have.

    >>> forms("melasma", ["dermal"])
    {'dermal': 1.0}
    """
    known = condition_called(condition)
    for form in chosen:
        if form not in known.says:
            raise RepigmentError(
                f"{known.title} has no form {form!r}", where="--form", allowed=", ".join(known.says) or "none"
            )
    return dict.fromkeys(chosen, 1.0)
