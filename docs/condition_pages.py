"""The page of each condition, from what its code says and does."""

import inspect
import tomllib
from collections.abc import Iterator
from typing import Any

import study_keys
import treatment_pages
from numbers_read import numbers_read
from shown import PATIENTS, Patient, shown

from repigment.conditions import Condition, conditions
from repigment.evidence.parameters import parameter
from repigment.patients.person import Person
from repigment.treatments import treatments
from repigment.trials.protocol.scores import listed, measures
from repigment.trials.study import built_in_studies

STEPS = ("draw", "window", "injury", "past")


def patient(name: str) -> Patient:
    """Who is shown."""
    return PATIENTS.get(name, Patient(name))


def stated(kind: Condition) -> Iterator[tuple[str, str]]:
    """What a condition does, step by step, as its docstrings state it; what it takes over from the base is left out."""
    for step in STEPS:
        if getattr(type(kind), step) is not getattr(Condition, step):
            yield step, str(inspect.getdoc(getattr(kind, step))).split(">>>")[0].strip()


def differences(kind: Condition) -> list[tuple[str, str, str, str, str]]:
    """Parameters in which the typical patient differs: name, in healthy skin, around the lesion, in it, meaning."""
    person = patient(kind.name).person()
    around, inside = skin_of(person), person.disease.lesion
    names = dict.fromkeys([*person.disease.skin, *inside])
    return [
        (
            name,
            f"{parameter(name).value:g}",
            f"{around.get(name, parameter(name).value):.3g}",
            f"{inside.get(name, around.get(name, parameter(name).value)):.3g}",
            parameter(name).meaning,
        )
        for name in names
    ]


def skin_of(person: Person) -> dict[str, float]:
    """Parameters of the skin around the lesion."""
    return person.parameters(next(iter(person.areas or person.spots), "face"))


def studies(name: str) -> list[str]:
    """Built-in studies of the condition."""
    read = {study: tomllib.loads(text) for study, text in built_in_studies().items()}
    return [study for study, data in read.items() if data["population"]["condition"].casefold() == name]


def treated(name: str) -> list[tuple[str, str]]:
    """Treatments that a built-in study of it gives or whose page shows it, with their titles."""
    given: set[str] = set()
    for study in studies(name):
        given |= treatment_pages.given_in(tomllib.loads(built_in_studies()[study]))
    return [(each, treatment_pages.title(each)) for each in treatments() if each in given or of(each) == name]


def of(treatment: str) -> str:
    """The condition on the page of a treatment."""
    return shown(treatment).patient.condition


def context(name: str) -> dict[str, Any]:
    """What the template of the page is filled with."""
    kind = conditions()[name]
    return {
        "alt": f"Skin of a {patient(name).words()}, untreated, at six visits of {patient(name).weeks} weeks",
        "counted": kind.counted,
        "differences": differences(kind),
        "file": f"src/{type(kind).__module__.replace('.', '/')}.py",
        "headline": treatment_pages.headline(type(kind)),
        "lesion": kind.lesion,
        "meaning": study_keys.prose(str(inspect.getdoc(type(kind)))),
        "name": name,
        "numbers": numbers_read(type(kind)),
        "patient": patient(name).words(),
        "says": kind.says,
        "scores": listed(measures(name)),
        "sites": kind.sites,
        "stated": list(stated(kind)),
        "studies": studies(name),
        "title": kind.title,
        "weeks": patient(name).weeks,
        "treatments": treated(name),
    }
