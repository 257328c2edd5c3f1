"""A population of virtual patients from a study's baseline table."""

from collections.abc import Mapping
from typing import Any, Protocol

import numpy as np

from repigment.conditions import Condition, condition
from repigment.conditions.base import Disease, Who
from repigment.conditions.luck import Luck
from repigment.evidence.parameters import value
from repigment.patients.person import Person
from repigment.skin.sites import SKIN_TYPES
from repigment.skin.sun import YEAR


class Spread(Protocol):
    """Mean and spread of a quantity, and where it is cut."""

    mean: float
    sd: float
    min: float
    max: float


class Population(Protocol):
    """What a study says of the people it enrols."""

    age: Spread
    female: float
    skin_types: Mapping[str, float]
    latitude: Spread
    sun_habits: Mapping[str, float]
    sensitive: float
    stable: float
    duration: Spread
    areas: Mapping[str, Any]
    condition: str
    spots: Mapping[str, Any]
    disease: Mapping[str, float]
    months: tuple[int, ...]
    group: str | None


def cut_normal(spread: Spread, rng: np.random.Generator) -> float:
    """A normal draw inside min..max, by rejection; the nearer bound if a thousand draws miss."""
    for _ in range(1000):
        drawn = rng.normal(spread.mean, spread.sd)
        if spread.min <= drawn <= spread.max:
            return float(drawn)
    return float(np.clip(spread.mean, spread.min, spread.max))


def skewed(mean: float, sd: float, low: float, high: float, rng: np.random.Generator) -> float:
    """`low` plus a gamma draw, of given mean and SD, cut at `high`: for areas and durations, positive and skewed."""
    if sd <= 0 or mean <= low:
        return float(np.clip(mean, low, high))
    shape = ((mean - low) / sd) ** 2
    return float(min(low + rng.gamma(shape, (mean - low) / shape), high))


def pick(weights: Mapping[str, float], rng: np.random.Generator) -> str:
    """One of the names, by weight."""
    names = list(weights)
    shares = np.array([weights[name] for name in names], float)
    return names[rng.choice(len(names), p=shares / shares.sum())]


def draw_amounts(areas: Mapping[str, Any], rng: np.random.Generator) -> dict[str, float]:
    """Hand units or spots of each affected region; a patient has at least the likeliest one."""
    drawn: dict[str, float] = {}
    for site, area in areas.items():
        affected = rng.random() < area.share
        size = skewed(area.mean, area.sd, area.min, area.max, rng)
        if affected and size > 0:
            drawn[site] = size
    if not drawn:
        likeliest = max(areas, key=lambda site: areas[site].share)
        drawn[likeliest] = max(areas[likeliest].mean, 1e-3)
    return drawn


def recruit(population: Population, number: int, seed: int) -> Person:
    """Patient `number` of the virtual world `seed`: the same whatever the size of the trial."""
    rng = np.random.default_rng([seed, number, 0])
    known = condition(population.condition)
    age = cut_normal(population.age, rng)
    ill = population.duration
    duration = skewed(ill.mean, ill.sd, ill.min, min(ill.max, age), rng)
    latitude = cut_normal(population.latitude, rng)
    stable = bool(rng.random() < population.stable)
    who = Who(
        skin_type=SKIN_TYPES[pick(population.skin_types, rng)],
        age=age,
        female=bool(rng.random() < population.female),
        duration=duration,
        stable=stable,
        said=population.disease,
    )
    life: dict[str, Any] = {
        "latitude": latitude,
        "sun_habit": pick(population.sun_habits, rng),
        "sensitive": bool(rng.random() < population.sensitive),
        "first_day": day_of_enrolment(population.months, rng),
        "group": population.group,
        "skin_seed": (seed, number),
        "antibody": float(np.random.default_rng([seed, number, 11]).random()),
    }
    amounts = draw_amounts(population.spots if known.counted else population.areas, rng)
    disease = known.draw(who, Luck(rng))
    response = value(known.response) * float(rng.standard_normal())
    return as_person(number, who, known, disease, amounts, response=response, **life)


def day_of_enrolment(months: tuple[int, ...], rng: np.random.Generator) -> float:
    """A day of the year in one of the `months` (1 to 12), any if there are none."""
    if not months:
        return float(rng.uniform(0, YEAR))
    return float((rng.choice(np.array(months)) - 1 + rng.random()) * YEAR / 12)


def as_person(
    number: int, who: Who, known: Condition, disease: Disease, amounts: Mapping[str, float], **life: Any
) -> Person:
    """The patient who has so much of a disease in each region: `amounts` in hand units, or spots where counted."""
    return Person(
        number=number,
        skin_type=who.skin_type,
        age=who.age,
        female=who.female,
        stable=who.stable,
        duration=who.duration,
        areas={site: known.hand_units(amount) for site, amount in amounts.items()},
        spots={site: float(max(np.rint(amount), 1)) for site, amount in amounts.items()} if known.counted else {},
        traits=disease.skin,
        disease=disease,
        condition=known.name,
        **life,
    )
