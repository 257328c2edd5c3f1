"""What a study draws of the numbers that nobody knows: those of its cells, or those of all its treatments."""

from dataclasses import replace
from typing import Any

from repigment.evidence.parameters import noting, parameters
from repigment.patients.lesion import Lesion
from repigment.patients.population import recruit
from repigment.treatments.cell_product import MECHANISMS, CellProduct
from repigment.treatments.programme import every
from repigment.treatments.uc_msc import UCMSC
from repigment.treatments.worlds import UNKNOWN, draw_world

WEAK = ("prior", "assumed", "fitted")
DECISIONS = "programme"  # what a doctor decides by is a rule, not a number of nature
PRIMED = {"immune": "pr_imm", "inflammation": "pr_inf"}


def worlds(study: Any, seed: int) -> list[dict[str, float]]:
    """What each world of a study supposes, by parameter name: what acts of its cells, and of its treatments if it says.

    The draw of a parameter does not depend on which others act.
    """
    asked = _asked(study)
    others = _of_treatments(study, asked)
    acting = {*_of_cells(study, asked), *others}
    drawn = (draw_world(world, seed, others) for world in range(study.uncertainty.prior_draws))
    return [{name: each for name, each in world.items() if name in acting} for world in drawn]


def _asked(study: Any) -> set[str]:
    """Names of the parameters that a study's treatments ask for, in somebody who forms antibody."""
    person, strengths = replace(recruit(study.population, 0, 0), antibody=0.0), draw_world(0, 0)
    with noting() as asked:
        for arm in study.all_arms:
            given = tuple(every(arm.treatments))  # every step of a programme, whether it is reached or not
            lesion = Lesion(person, min(person.areas), given, 0, strengths=strengths)
            lesion.exposure(7 * study.last_week)
            for treatment in given:
                treatment.switches(strengths)
    with noting() as untreated:
        Lesion(person, min(person.areas), (), 0).exposure(7 * study.last_week)
    return asked - untreated


def _of_cells(study: Any, asked: set[str]) -> set[str]:
    """What acts of what is unknown of cells: nothing in a study without any whose effect is drawn."""
    given = every([treatment for arm in study.all_arms for treatment in arm.treatments])
    products = [each for each in given if isinstance(each, CellProduct) and each.strength is None]
    if not products:
        return set()
    on = {mechanism for each in products for mechanism in each.mechanisms}
    living = {"dl_Q"} if any(isinstance(each, UCMSC) for each in products) else set()
    in_the_skin = {"V_tox", *living, *(PRIMED[each] for each in on if each in PRIMED)} if on else set()
    return {*(MECHANISMS[each] for each in on), *in_the_skin, *(asked & set(UNKNOWN))}


def _of_treatments(study: Any, asked: set[str]) -> tuple[str, ...]:
    """The weak parameters that the treatments ask for, those of the cells apart; none where only those are drawn."""
    if study.uncertainty.of == "cells":
        return ()
    known = parameters()
    drawn = (known[name] for name in asked if name not in UNKNOWN)
    return tuple(sorted(each.name for each in drawn if each.status in WEAK and each.theme != DECISIONS))
