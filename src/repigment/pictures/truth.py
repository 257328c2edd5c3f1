"""What is true of a scene: sizes and colours that a photograph of it should be measured as."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from repigment.errors import RepigmentError
from repigment.evidence.parameters import value
from repigment.optics.colour import ita, lab, weights
from repigment.optics.tissue import Pigments
from repigment.pictures.lookup import Lookup
from repigment.pictures.scene import Scene, enlarged

LIGHT, OBSERVER = "D65", "2"  # in which colours are stated
ACROSS = 1200  # places across the scene at which it is measured
LEAST_AREA = 0.2  # mm2: what is smaller is no lesion
Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Colour:
    """Mean colour of a place: L*a*b* and ITA (degrees) of its mean XYZ, melanin (um) and blood (share)."""

    lab: tuple[float, float, float]
    ita: float
    melanin: float
    blood: float
    dermal: float


@dataclass(frozen=True, slots=True)
class Lesion:
    """One lesion: its area in mm2, its middle in mm of the scene, its mean colour, and whether it is darker."""

    area: float
    x: float
    y: float
    colour: Colour
    darker: bool
    outline: Bools

    @property
    def diameter(self) -> float:
        """Of the circle of its area, mm."""
        return float(2 * np.sqrt(self.area / np.pi))


@dataclass(frozen=True, slots=True)
class Truth:
    """The skin around and the lesions, the largest first. `mm` is the step of their outlines."""

    skin: Colour
    lesions: tuple[Lesion, ...]
    mm: float

    @property
    def area(self) -> float:
        """Area of all lesions, mm2."""
        return sum(lesion.area for lesion in self.lesions)


def truth(scene: Scene) -> Truth:
    """What is true of the scene in the plane of its skin: no camera and no texture in it, D65, 2 degrees.

    A lesion is what hangs together where melanin (of epidermis and dermis) differs by more than `lesion_least` from
    the own skin, in one direction. Its middle is its `lesion_middle` quantile of that contrast; its edge runs half way
    between its middle and the own skin. The skin around is what belongs to no such place. Colours are those of the
    mean XYZ, as a camera with diffuse light sees it. Raises RepigmentError where a card or a ruler lies on a lesion.

    >>> scene = Scene(Pigments(np.full((20, 30), 3.0), 0.02), 2.0, Pigments(3.0, 0.02))
    >>> truth(scene).area
    0
    """
    width = max(ACROSS, scene.pigments.melanin.shape[1])
    pigments = Pigments(*(enlarged(np.asarray(each), width, scene.rows(width)) for each in scene.pigments))
    xyz = Lookup(weights(LIGHT, OBSERVER), scene.tissue, scene.gloss)(pigments)
    mm = scene.width / width
    contrast = (pigments.melanin - scene.own.melanin) + (pigments.dermal - scene.own.dermal)
    least = value("lesion_least") * float(scene.own.melanin + scene.own.dermal)
    lesions = [
        _lesion(outline, sign > 0, mm, pigments, xyz)
        for sign in (1, -1)
        for outline in _outlines(sign * contrast, least)
    ]
    lesions = sorted((each for each in lesions if each.area >= LEAST_AREA), key=lambda each: -each.area)
    _check_free(scene, lesions, mm)
    around = np.abs(contrast) <= least
    if not around.any():
        raise RepigmentError("no place of the scene has the own skin's melanin", remedy="state the own skin's pigments")
    return Truth(_colour(around, pigments, xyz), tuple(lesions), mm)


def _outlines(contrast: NDArray[np.float32], least: float) -> list[Bools]:
    """Places (rows, columns) of each lesion."""
    labels, count = ndimage.label(contrast > least)
    found = []
    for i in range(1, count + 1):
        here = labels == i
        middle = np.quantile(contrast[here], value("lesion_middle"))
        found.append(here & (contrast > middle / 2))
    return found


def _lesion(outline: Bools, darker: bool, mm: float, pigments: Pigments, xyz: NDArray[np.float32]) -> Lesion:
    rows, columns = np.nonzero(outline)
    x, y = (float(each.mean() + 0.5) * mm for each in (columns, rows))
    return Lesion(len(rows) * mm**2, x, y, _colour(outline, pigments, xyz), darker, outline)


def _colour(place: Bools, pigments: Pigments, xyz: NDArray[np.float32]) -> Colour:
    seen = lab(xyz[place].mean(axis=0, dtype=float), LIGHT, OBSERVER)
    held = [float(each[place].mean(dtype=float)) for each in pigments]
    return Colour((float(seen[0]), float(seen[1]), float(seen[2])), float(ita(seen)), *held)


def _check_free(scene: Scene, lesions: list[Lesion], mm: float) -> None:
    for name, thing in (("colour card", scene.card), ("ruler", scene.ruler)):
        for lesion in lesions if thing is not None else ():
            blank = np.zeros((*lesion.outline.shape, 1), np.float32)
            if thing is not None and (thing.draw(blank, np.ones((31, 1)), 1 / mm)[lesion.outline] > 0).any():
                raise RepigmentError(
                    f"the {name} lies on a lesion at {lesion.x:.0f}, {lesion.y:.0f} mm", remedy="lay it beside"
                )
