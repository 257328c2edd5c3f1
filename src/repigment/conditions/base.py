"""What every condition says: whom it meets, what it changes in the skin, where, and since when."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from repigment.conditions.luck import Luck
from repigment.conditions.seasons import lived
from repigment.engine.precision import Precision
from repigment.evidence.parameters import value
from repigment.skin.window import Window

State = NDArray[np.float64]


@dataclass(frozen=True)
class Who:
    """What is known of a patient before the disease is drawn; age and duration in years, `said` what a study says."""

    skin_type: int
    age: float
    female: bool
    duration: float
    stable: bool
    said: Mapping[str, float] = field(default_factory=dict)

    def says(self, name: str, assumed: float) -> float:
        """What the study says of its patients under this name, otherwise what is assumed."""
        return float(self.said.get(name, assumed))


@dataclass(frozen=True)
class Disease:
    """What the disease makes of a patient.

    `skin` are model parameters of all of the patient's skin, `lesion` those of lesional skin that differ from it;
    `form` is everything else that the condition needs to know: sizes, depth, times.
    """

    skin: dict[str, float] = field(default_factory=dict)
    lesion: dict[str, float] = field(default_factory=dict)
    form: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Region:
    """A region of a patient: its follicles per mm2 and the usable share, its lesional area in mm2, its disease."""

    site: str
    density: float
    usable: float
    area: float
    disease: Disease


class Condition:
    """One disease on the one model. Subclasses with a `name` are found by themselves."""

    name: ClassVar[str]
    title: ClassVar[str]
    lesion: ClassVar[str] = "lesion"
    sites: ClassVar[tuple[str, ...]] = ("face",)
    scale: ClassVar[str] = "spots"  # how its lesions are scored: as white patches, as those of a face, or as spots
    counted: ClassVar[bool] = False  # its lesions are counted in spots, otherwise measured in hand units
    drawn_to_scale: ClassVar[bool] = True  # a coarser grid shows the same skin; not so where single follicles count
    in_halves: ClassVar[bool] = False  # where two halves of a person are compared, they are halves of one window
    parts: ClassVar[int] = 0  # places of a window that are watched apart
    levels: ClassVar[tuple[float, ...]] = (0.0, 0.25, 0.5, 0.75, 1.0)  # how lesional skin is whose past is worked out
    watched: ClassVar[str] = "contrast"  # what is observed of a lesion that tells best how bad it is
    response: ClassVar[str] = "response_sd_dark"  # parameter: how much drug effects differ between patients, logit
    says: ClassVar[dict[str, str]] = {}  # what a study may say of its patients, by name: its meaning, 0 to 1
    exclusive: ClassVar[tuple[str, ...]] = ()  # those of `says` of which a patient has one at most
    local: ClassVar[tuple[str, ...]] = ()  # model parameters that differ between lesional and other skin

    def width(self, site: str, n: int, dx: float) -> float:
        """Width in mm of the window, where a study asks for n pixels of dx mm."""
        return n * dx

    def draw(self, who: Who, luck: Luck) -> Disease:
        """The disease of one patient; with `Median` luck, of the typical one."""
        raise NotImplementedError

    def amount(self, disease: Disease) -> float:
        """How much of it one region of a patient has if nobody says: hand units, or spots where they are counted."""
        return value(f"{self.name}.area")

    def hand_units(self, amount: float) -> float:
        """Area in hand units of so much of it in one region."""
        return amount

    def window(self, n: int, dx: float, region: Region, rng: np.random.Generator) -> Window:
        """The window of a region: n x n pixels of dx mm. The same random numbers show the same skin on any grid."""
        raise NotImplementedError

    def outline(self, n: int) -> NDArray[np.bool_] | None:
        """Which pixels (n, n) of a window are skin; None if all are."""
        return None

    def weeks_before(self) -> int:
        """How many weeks of a patient's life before enrolment the past needs to know."""
        return int(value(f"{self.name}.weeks"))

    def past(
        self,
        around: Mapping[str, Any],
        lesional: Mapping[str, Any],
        diseases: list[Disease],
        life: NDArray[np.float32],
        precision: Precision = "single",
    ) -> State:
        """Skin at enrolment (patches, levels, fields) for each of `levels`.

        `around` and `lesional` are parameters (patches,) of healthy-looking and fully lesional skin; `life`
        (weeks_before * 7, or 7, channels, patches) what reached the skin before. By default it lived through that.
        """
        return lived(around, lesional, life, self.levels, precision)

    def injury(self, disease: Disease, first: int, days: int) -> NDArray[np.float32]:
        """Inflammation a day (days,) of lesional skin from day `first` of the study on (negative: before it)."""
        return np.zeros(days, np.float32)


def between(share: NDArray[np.floating], levels: tuple[float, ...], states: NDArray[Any]) -> NDArray[np.float32]:
    """Skin (patches, fields, n, n) that is lesional by `share` (patches, n, n).

    Linear between the nearest of `levels`, whose `states` are (patches, levels, fields).

    >>> between(np.full((1, 1, 1), 0.25), (0.0, 1.0), np.array([[[0.0], [2.0]]])).item()
    0.5
    """
    known = np.asarray(states, np.float32)[..., None, None]
    skin = known[:, 0]
    for row, (low, high) in enumerate(pairwise(levels)):
        part = np.clip((share - low) / (high - low), 0, 1)[:, None].astype(np.float32)
        skin = skin + (known[:, row + 1] - known[:, row]) * part
    return np.asarray(skin, np.float32)


def of_part(
    around: Mapping[str, Any], lesional: Mapping[str, Any], share: NDArray[np.floating]
) -> dict[str, NDArray[np.floating]]:
    """Maps (patches, n, n) of the parameters in which lesional skin differs, where it is lesional by `share`.

    >>> of_part({"F_set": np.zeros(1)}, {"F_set": np.ones(1)}, np.full((1, 2, 2), 0.5))["F_set"].tolist()
    [[[0.5, 0.5], [0.5, 0.5]]]
    """
    maps = {}
    for name, inner in lesional.items():
        outer = np.asarray(around[name], float)[:, None, None]
        maps[name] = outer + (np.asarray(inner, float)[:, None, None] - outer) * share
    return maps
