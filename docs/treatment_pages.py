"""The page of each treatment, from what its code says and does."""

import inspect
import re
import sys
import tomllib
from collections.abc import Iterator
from typing import Any

import exposures
import study_keys
from numbers_read import gives, numbers_read
from shown import IN_FULL, given, shown, when

from repigment.treatments import Treatment, treatments
from repigment.trials.study import built_in_studies

CAUTIONS = {
    "cells": "cells or what they secrete",
    "immunosuppressant": "suppresses immunity",
    "laser": "a laser or a flash lamp",
    "light": "ultraviolet light",
    "needles": "needles",
    "peel": "a peel",
    "photosensitiser": "makes skin burn sooner under light",
    "pregnancy": "not to be given in pregnancy",
    "retinoid": "a retinoid",
    "steroid": "a steroid",
}


def title(name: str) -> str:
    """The heading of the page: the name as words."""
    words = name.replace("-", " ")
    for short in ("uvb", "uc msc", "ipl", "jak", "nb", "c"):
        words = re.sub(rf"\b{short}\b", short.upper().replace("UC MSC", "UC-MSC"), words)
    return words[0].upper() + words[1:]


def headline(kind: type) -> str:
    """First line of the file: the mechanism in words."""
    return str(inspect.getdoc(sys.modules[kind.__module__])).splitlines()[0]


def stated(kind: type[Treatment]) -> Iterator[tuple[str, str]]:
    """Steps of a treatment as their docstrings state them, with their equations; not the empty ones of the base."""
    for step in ("prepare", "expose", "switches", "depots"):
        function = getattr(kind, step)
        if function is not getattr(Treatment, step):
            yield step, str(inspect.getdoc(function)).split(">>>")[0].strip()


def studies(name: str) -> list[str]:
    """Built-in studies in which it is given."""
    return [study for study, text in built_in_studies().items() if name in given_in(tomllib.loads(text))]


def given_in(part: Any) -> set[str]:
    """Names of the treatments in a part of a study, programmes opened."""
    if isinstance(part, list):
        return set().union(*map(given_in, part))
    if isinstance(part, dict):
        own = {part["give"]} if isinstance(part.get("give"), str) else set()
        return own.union(*map(given_in, part.values()))
    return set()


def example(name: str) -> str:
    """The treatment that is shown, as a study writes it."""
    values = given(name).model_dump(mode="json", by_alias=True, exclude_unset=True)
    values = {"give": name} | {key: each for key, each in values.items() if each is not None}
    return f"treatments = [{inline(values)}]"


def inline(value: Any) -> str:
    """A value as TOML on one line."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {inline(each)}" for key, each in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(inline, value)) + "]"
    return study_keys.written(value)


def alt(name: str) -> str:
    """What the picture shows, for those who do not see it."""
    return f"Skin of a {shown(name).patient.words()}: untreated above, with {name} {times(name)} below"


def times(name: str) -> str:
    """The weeks in which it is given to the patient who is shown."""
    return when(given(name), shown(name).patient.weeks)


def note(name: str) -> str:
    """What must be known about the settings that are shown."""
    told = shown(name).told
    return f" Here: {told}." if told else ""


def context(name: str) -> dict[str, Any]:
    """What the template of the page is filled with."""
    kind = treatments()[name]
    table = next(each for each in study_keys.given() if each.heading == f'give = "{name}"')
    channels, tolls, opened = exposures.written(name)
    return {
        "alt": alt(name),
        "cautions": [CAUTIONS.get(tag, tag) for tag in sorted(kind.cautions)],
        "channels": exposures.rows(name) if channels else [],
        "condition": shown(name).patient.condition,
        "events": exposures.events(name),
        "example": example(name),
        "file": f"src/{kind.__module__.replace('.', '/')}.py",
        "gives": [(each, title(each)) for each in gives(kind)],
        "headline": headline(kind),
        "in_full": IN_FULL in shown(name).told,
        "meaning": table.meaning,
        "name": name,
        "note": note(name),
        "numbers": numbers_read(kind),
        "opened": opened,
        "patient": shown(name).patient.words(),
        "stated": list(stated(kind)),
        "studies": studies(name),
        "table": table,
        "title": title(name),
        "tolls": [exposures.TOLD[toll] for toll in tolls],
        "when": times(name),
    }
