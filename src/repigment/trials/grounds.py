"""What a result rests on: the numbers that no measurement stands behind, of those that the study uses."""

from typing import Any

from repigment.conditions import conditions
from repigment.conditions.base import Who
from repigment.conditions.luck import Median
from repigment.evidence.parameters import Parameter, noting, parameters
from repigment.patients.lesion import Lesion
from repigment.patients.population import recruit
from repigment.patients.ward import histories
from repigment.treatments.programme import Programme, every
from repigment.treatments.worlds import draw_world

WEAK = ("prior", "assumed", "fitted")
MODEL = {"melanocytes", "melanin", "inflammation", "immunity", "raters", "scores"}  # themes that act in any study
CELLS = "cells"  # the theme of what only cells do
DARK = {"F_set", "f_u", "h_E", "a_v"}  # open in lesions of some conditions only
LOOK = 12  # patients who are asked what their disease and treatments rest on
PIXELS, MM = 8, 0.9  # a window that is only laid out for the numbers it asks for


def assumptions(study: Any) -> list[Parameter]:
    """Prior, assumed and fitted parameters that act in a study, priors first."""
    asked, given = asked_by(study), every([treatment for arm in study.all_arms for treatment in arm.treatments])
    cells = any(type(treatment).from_prior for treatment in given)
    closed = DARK - set(conditions()[study.population.condition].local)
    acting = [
        known
        for known in parameters().values()
        if known.status in WEAK
        and known.name not in closed
        and (cells if known.theme == CELLS else known.name in asked or known.theme in MODEL)
    ]
    return sorted(acting, key=lambda known: (WEAK.index(known.status), known.theme, known.name))


def asked_by(study: Any) -> set[str]:
    """Names of the parameters that patients, disease, lesions and treatments of a study ask for."""
    strengths, known = draw_world(0, 0), conditions()[study.population.condition]
    with noting() as asked:
        for number in range(min(LOOK, study.patients)):
            person = recruit(study.population, number, 0)
            for arm in study.all_arms:
                given = tuple(every(arm.treatments))  # every step of a programme, whether it is reached or not
                lesions = [Lesion(person, site, given, 0, strengths=strengths) for site in person.areas]
                for lesion in lesions:
                    lesion.exposure(7 * study.last_week)
                if number == 0 and arm is study.arms[0]:
                    histories(lesions)
                    lesions[0].window(PIXELS, MM)
        for form in known.says:
            known.draw(Who(3, 40.0, True, 1.0, True, {form: 1.0}), Median())
    programmes = any(isinstance(given, Programme) for arm in study.all_arms for given in arm.treatments)
    return asked | ({p.name for p in parameters().values() if p.theme == "programme"} if programmes else set())
