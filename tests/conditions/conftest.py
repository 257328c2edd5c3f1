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
SPRING = 80.0  # day of the year on which patients are enrolled unless a test says otherwise
AT_ONCE = slice(Channel.VIABLE_REMOVAL, Channel.GRAFT + 1)  # what procedures do


@dataclass(frozen=True)
class Rows:
    """Some of the subjects of a run."""

    course: Any
    rows: slice

    def __getitem__(self, quantity: str) -> Array:
        """One quantity, (days + 1, subjects)."""
        return self.course[quantity][:, self.rows]


@dataclass(frozen=True)
class Beside:
    """Fully lesional skin and the skin around it of each lesion; melanin scale phi (lesions,)."""

    lesional: Rows
    around: Rows
    phi: Array

    @property
    def contrast(self) -> Array:
        """Excess of visible melanin over the skin around, type III = 1, (days + 1, lesions)."""
        return self.phi * (self.lesional["visible_melanin"] - self.around["visible_melanin"])

    @property
    def visible(self) -> Array:
        """Days on which the lesion is visibly darker than the skin around, (lesions,)."""
        return (self.contrast > value("dark_step")).sum(axis=0)


def make_treatment(give: str, **details: Any) -> Treatment:
    return treatments()[give].model_validate(details)


def make_lesion(
    condition: str, *given: Treatment, skin_type: int = 3, site: str = "face", traits: Any = None, **life: Any
) -> Lesion:
    person = typical_person(skin_type, site, condition, **{"first_day": SPRING, **life})
    person.traits.update(traits or {})
    return Lesion(person, site, given, seed=1)


@pytest.fixture(scope="session")
def treatment() -> Callable[..., Treatment]:
    """`treatment(give, **details)` as a study writes it."""
    return make_treatment


@pytest.fixture(scope="session")
def lesion() -> Callable[..., Lesion]:
    """`lesion(condition, *treatments, skin_type=3, site="face", traits=None, **life)` of the typical patient."""
    return make_lesion


@pytest.fixture(scope="session")
def watch(mixed: Any) -> Callable[..., Beside]:
    """`watch(lesions, weeks)`: lesions of one condition from enrolment on, at most 32, well mixed.

    A procedure aimed at the lesion does not meet the skin around it. `change(table)` alters what reaches lesional skin
    (days, channels, lesions); with `unharmed` the lesional rows begin as the skin around, whatever lies in the past.
    """

    def watched(
        lesions: Sequence[Lesion],
        weeks: int,
        change: Callable[[NDArray[np.float32]], None] | None = None,
        *,
        unharmed: bool = False,
    ) -> Beside:
        past = histories(lesions)
        around = [each.parameters() for each in lesions]
        rows = [own | each.person.disease.lesion for own, each in zip(around, lesions, strict=True)] + around
        names = sorted(set().union(*rows))
        own = {name: np.array([row.get(name, value(name)) for row in rows]) for name in names}
        table = np.stack([each.exposure(7 * weeks).table for each in lesions], axis=-1)
        missed = table.copy()
        missed[:, AT_ONCE] *= table[:, [Channel.WHOLE]]
        missed[:, [Channel.TARGETED_UV, Channel.INJURY]] = 0
        if change is not None:
            change(table)
        start = np.concatenate([past[:, 0 if unharmed else -1], past[:, 0]])
        course = mixed.run(start, np.concatenate([table, missed], axis=-1), own, steps=2)
        count = len(lesions)
        return Beside(Rows(course, slice(count)), Rows(course, slice(count, None)), own["phi"][:count])

    return watched
