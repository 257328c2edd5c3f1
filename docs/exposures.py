"""What a treatment puts on the skin, found by giving it to skin that nothing else reaches."""

from collections.abc import Iterator
from functools import cache
from itertools import product
from typing import Any, Literal, get_args, get_origin

import numpy as np
from shown import given

from repigment.biology.notation import EXPOSURES
from repigment.skin.exposure import EVENTS, TOLLS, Channel, Exposure
from repigment.treatments import Treatment

WEEKS = 52
LIFE = (Channel.SUN, Channel.VISIBLE_LIGHT, Channel.HORMONE)  # what life brings, and treatments may change
TOLD = {
    "irritation": "irritation that the patient feels, score-days",
    "injection_site": "reactions where needles went in or something was taken off, score-days",
    "uvb_dose": "dose of UVB, mJ/cm2",
}


@cache
def written(name: str) -> tuple[list[str], list[str], bool]:
    """Names of the channels and tolls that a treatment writes in any of its kinds, and whether it opens the skin."""
    channels: set[Channel] = set()
    tolls: set[str] = set()
    opened = False
    for treatment in kinds(name):
        for level in (
            0.0,
            0.5,
        ):  # what lowers hormones shows where there are some, what raises them where there are few
            exposure = Exposure.over(7 * WEEKS, "face", 3)
            exposure.table[:, LIFE] = level
            before = exposure.table.copy()
            treatment.prepare(exposure, np.random.default_rng(1))
            treatment.expose(exposure, np.random.default_rng(1))
            channels |= {each for each in Channel if (exposure.table[:, each] != before[:, each]).any()}
            tolls |= {toll for toll in TOLLS if exposure.tolls[toll].any()}
            opened = opened or bool((exposure.opened > 1).any())
    return (
        [each.name.lower() for each in Channel if each in channels],
        [each for each in TOLLS if each in tolls],
        opened,
    )


@cache
def events(name: str) -> list[str]:
    """Adverse events that are counted after a treatment in any of its kinds."""
    expected: set[str] = set()
    for treatment in kinds(name):
        exposure = Exposure.over(7 * WEEKS, "face", 3)
        treatment.prepare(exposure, np.random.default_rng(1))
        treatment.expose(exposure, np.random.default_rng(1))
        expected |= {event for event in EVENTS if exposure.hazards[event].any()}
    return [event for event in EVENTS if event in expected]


def kinds(name: str) -> Iterator[Treatment]:
    """The treatment as it is shown, with every choice of words that a study has."""
    treatment = given(name)
    choices = {key: get_args(field.annotation) for key, field in type(treatment).model_fields.items() if chosen(field)}
    for words in product(*choices.values()):
        yield treatment.model_copy(update=dict(zip(choices, words, strict=True)))


def chosen(field: Any) -> bool:
    """Whether a field is one word of several."""
    return get_origin(field.annotation) is Literal and len(get_args(field.annotation)) > 1


def rows(name: str) -> list[tuple[str, str, str]]:
    """Channels that a treatment writes: symbol, name, meaning."""
    return [(EXPOSURES[each][0], each, EXPOSURES[each][1]) for each in written(name)[0]]
