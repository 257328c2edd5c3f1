"""Lesional skin beside the skin around it, day by day, of patients as the product enrols them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from repigment.evidence.parameters import value
from repigment.patients.lesion import Lesion
from repigment.patients.simulate import typical_person
from repigment.patients.ward import histories
from repigment.skin.exposure import Channel
from repigment.treatments import Treatment, treatments

Array = NDArray[np.float64]
WINTER, SPRING, SUMMER = 15.0, 80.0, 172.0  # days of the year on which a study may begin
AT_ONCE = slice(Channel.VIABLE_REMOVAL, Channel.GRAFT + 1)  # channels of procedures


@dataclass(frozen=True)
class Beside:
    """Courses (days + 1, lesions) of fully lesional skin and of the skin around it, melanin scale phi (lesions,)."""

    lesional: Any
    around: Any
    phi: Array

    @property
    def contrast(self) -> Array:
        """Excess of visible melanin over the skin around, type III = 1."""
        return self.phi * (self.lesional["visible_melanin"] - self.around["visible_melanin"])


@dataclass(frozen=True)
class Half:
    """The rows of a run that are lesional, or those that are not."""

    course: Any
    rows: slice

    def __getitem__(self, quantity: str) -> Array:
        return self.course[quantity][:, self.rows]


def given(give: str, **details: Any) -> Treatment:
    """A treatment as a study writes it."""
    return treatments()[give].model_validate(details)


def lesion(
    condition: str, *treatment: Treatment, skin_type: int = 3, site: str = "face", parameters: Any = None, **life: Any
) -> Lesion:
    """The lesion of the typical patient; `life` as in `typical_person`, `parameters` of all the skin changed."""
    person = typical_person(skin_type, site, condition, **{"first_day": SPRING, **life})
    person.traits.update(parameters or {})
    return Lesion(person, site, treatment, seed=1)


@pytest.fixture(scope="session")
def watch(mixed: Any) -> Callable[..., Beside]:
    """`watch(lesions, weeks)`: lesions of one condition from enrolment on, at most 32, well mixed.

    A procedure that is aimed at the lesion does not meet the skin around it. `change(table)` may alter the exposure
    (days, channels, lesions) of lesional skin, `enrolled` (lesions, fields) replaces lesional skin at enrolment.
    """

    def watched(
        lesions: Sequence[Lesion], weeks: int, change: Callable[[Any], None] | None = None, enrolled: Any = None
    ) -> Beside:
        past = histories(lesions)
        inner = past[:, -1] if enrolled is None else enrolled
        outer = [each.parameters() for each in lesions]
        rows = [own | each.person.disease.lesion for own, each in zip(outer, lesions, strict=True)] + outer
        names = sorted(set().union(*rows))
        parameters = {name: np.array([row.get(name, value(name)) for row in rows]) for name in names}
        table = np.stack([each.exposure(7 * weeks).table for each in lesions], axis=-1)
        missed = table.copy()
        missed[:, AT_ONCE] *= table[:, [Channel.WHOLE]]
        if change is not None:
            change(table)
        start, tables = np.concatenate([inner, past[:, 0]]), np.concatenate([table, missed], axis=-1)
        course = mixed.run(start, tables, parameters, steps=2)
        count = len(lesions)
        return Beside(Half(course, slice(0, count)), Half(course, slice(count, None)), parameters["phi"][:count])

    return watched


def visible(contrast: Array) -> Array:
    """Days (lesions,) on which a lesion is visibly darker than the skin around."""
    return (contrast > value("dark_step")).sum(axis=0)
