"""A population of virtual patients from a study's baseline table."""

from collections.abc import Mapping
from typing import Any, Protocol

import numpy as np

from repigment.conditions.vitiligo import susceptibility
from repigment.evidence.parameters import value
from repigment.patients.person import Person, draw_traits
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


def draw_areas(areas: Mapping[str, Any], rng: np.random.Generator) -> dict[str, float]:
    """Hand units of each affected region; a patient has at least the likeliest one."""
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
    age = cut_normal(population.age, rng)
    ill = population.duration
    duration = skewed(ill.mean, ill.sd, ill.min, min(ill.max, age), rng)
    latitude = cut_normal(population.latitude, rng)
    stable = bool(rng.random() < population.stable)
    return Person(
        number=number,
        skin_type=SKIN_TYPES[pick(population.skin_types, rng)],
        age=age,
        female=bool(rng.random() < population.female),
        latitude=latitude,
        sun_habit=pick(population.sun_habits, rng),
        sensitive=bool(rng.random() < population.sensitive),
        stable=stable,
        duration=duration,
        first_day=float(rng.uniform(0, YEAR)),
        areas=draw_areas(population.areas, rng),
        traits=susceptibility(stable, rng) | draw_traits(duration, rng),
        response=value("response_sd") * float(rng.standard_normal()),
    )
