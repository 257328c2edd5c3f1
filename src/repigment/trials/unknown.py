"""What a study draws of the numbers that nobody knows: those of the cells, or those of all its treatments."""

from typing import Any

from repigment.evidence.parameters import noting, parameters
from repigment.patients.lesion import Lesion
from repigment.patients.population import recruit
from repigment.treatments.programme import every
from repigment.treatments.worlds import UNKNOWN, draw_world

WEAK = ("prior", "assumed", "fitted")
DECISIONS = "programme"  # what a doctor decides by is a rule, not a number of nature


def worlds(study: Any, seed: int) -> list[dict[str, float]]:
    """What each world of a study supposes, by parameter name: of cells if it gives any, of treatments if it says so."""
    drawn = drawn_of_treatments(study)
    supposed = [draw_world(world, seed, drawn) for world in range(study.uncertainty.prior_draws)]
    given = every([treatment for arm in study.all_arms for treatment in arm.treatments])
    if any(type(treatment).from_prior for treatment in given):
        return supposed
    return [{name: world[name] for name in drawn} for world in supposed]


def drawn_of_treatments(study: Any) -> tuple[str, ...]:
    """Names, in order, of the weak parameters that a study's treatments ask for, those of the cells apart.

    None where the study draws those of the cells only.
    """
    if study.uncertainty.of == "cells":
        return ()
    person, strengths = recruit(study.population, 0, 0), draw_world(0, 0)
    site = min(person.areas)
    with noting() as asked:
        for arm in study.all_arms:
            given = tuple(every(arm.treatments))  # every step of a programme, whether it is reached or not
            Lesion(person, site, given, 0, strengths=strengths).exposure(7 * study.last_week)
    with noting() as untreated:
        Lesion(person, site, (), 0).exposure(7 * study.last_week)
    known = parameters()
    drawn = (known[name] for name in asked - untreated if name not in UNKNOWN)
    return tuple(sorted(each.name for each in drawn if each.status in WEAK and each.theme != DECISIONS))
