"""A scene to be photographed: skin with its pigments and texture, and what lies on it."""

from dataclasses import dataclass, replace
from typing import Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from repigment.errors import RepigmentError
from repigment.optics.tissue import Pigments, Tissue
from repigment.pictures.card import Card
from repigment.pictures.lookup import Lookup, maps
from repigment.pictures.ruler import Ruler
from repigment.pictures.texture import texture

Single = NDArray[np.float32]
GAP = 0.04  # of the width of a scene: skin around a card or a ruler that is laid beside the map


def enlarged(field: Single, width: int, height: int) -> Single:
    """A map (rows, columns) that covers the same ground in `height` x `width` places, smoothly, and never below 0.

    >>> enlarged(np.ones((4, 4), np.float32), 8, 8).shape
    (8, 8)
    """
    import cv2

    least, most = float(field.min()), float(field.max())
    if least == most:
        return np.full((height, width), least, np.float32)
    how = cv2.INTER_CUBIC if width >= field.shape[1] else cv2.INTER_AREA
    found = np.asarray(cv2.resize(field, (width, height), interpolation=how), np.float32)
    return np.clip(found, least, most, out=found)


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """Maps of `pigments` (rows, columns) in pixels of `mm`, in skin whose `own` pigments are three numbers.

    `tissue` is the person's, else the typical one; `texture` the strength of furrows, pores and mottling, drawn from
    `seed`; `card` and `ruler` lie on the skin; `gloss` is the share of the surface's reflection that is seen, 0 through
    crossed polarisers and 1 in even light. Raises RepigmentError for maps that are none and
    pixels of no size.

    >>> scene = Scene(Pigments(np.full((20, 30), 3.0), 0.02), 2.0, Pigments(3.0, 0.02))
    >>> scene.width, scene.height
    (60.0, 40.0)
    """

    pigments: Pigments
    mm: float
    own: Pigments
    tissue: Tissue | None = None
    texture: float = 1.0
    seed: int = 0
    card: Card | None = None
    ruler: Ruler | None = None
    gloss: float = 0.0

    def __post_init__(self) -> None:
        object.__setattr__(self, "pigments", maps(self.pigments))
        if not self.mm > 0:
            raise RepigmentError(f"a pixel of a scene cannot be {self.mm:g} mm wide", allowed="more than 0 mm")
        if not self.texture >= 0:
            raise RepigmentError(f"the texture of skin cannot be {self.texture:g}", allowed="0 (smooth) or more")

    @property
    def width(self) -> float:
        """Its width in mm."""
        return float(self.pigments.melanin.shape[1] * self.mm)

    @property
    def height(self) -> float:
        """Its height in mm."""
        return float(self.pigments.melanin.shape[0] * self.mm)

    def with_card(self, width: float = 63.5, turn: float = 0.0) -> Self:
        """The scene with more of the own skin below, and a colour card on it, `width` mm wide or as wide as fits."""
        card = Card(min(width, (1 - 2 * GAP) * self.width), turn=turn)
        tall = float(np.ptp(card.placed.corners()[:, 1]))
        wider = self.longer(tall + 2 * GAP * self.width)
        return replace(wider, card=replace(card, x=self.width / 2, y=self.height + GAP * self.width + tall / 2))

    def with_ruler(self, length: float = 30.0) -> Self:
        """The scene with more of the own skin below, and a paper ruler on it, `length` mm long or as long as fits."""
        ruler = Ruler(float(np.floor(min(length, (1 - 2 * GAP) * self.width - 4))))
        wider = self.longer(ruler.height + GAP * self.width)
        return replace(wider, ruler=replace(ruler, x=self.width / 2, y=self.height + ruler.height / 2))

    def longer(self, more: float) -> Self:
        """The scene with `more` mm of the own skin below it."""
        rows = int(np.ceil(more / self.mm))
        held = (
            np.pad(np.asarray(each), ((0, rows), (0, 0)), constant_values=float(own))
            for each, own in zip(self.pigments, self.own, strict=True)
        )
        return replace(self, pigments=Pigments(*held))

    def rows(self, width: int) -> int:
        """Rows of a picture of the scene that is `width` pixels wide."""
        return max(1, round(width * self.height / self.width))


def paint(scene: Scene, weights: ArrayLike, width: int) -> Single:
    """The scene from straight above in so many channels, (rows, `width`, channels), float32 and linear in light.

    A channel is the sum of `weights` (31, channels) over the reflectance of what is seen.

    >>> from repigment.optics.colour import weights
    >>> scene = Scene(Pigments(np.full((20, 30), 3.0), 0.02), 2.0, Pigments(3.0, 0.02))
    >>> paint(scene, weights(), 90).shape
    (60, 90, 3)
    """
    height = scene.rows(width)
    melanin, blood, dermal = (enlarged(np.asarray(each), width, height) for each in scene.pigments)
    light = None
    if scene.texture > 0:
        drawn = texture(scene.width, scene.height, scene.texture, scene.seed)
        melanin *= enlarged(drawn.melanin, width, height)
        blood *= enlarged(drawn.blood, width, height)
        light = enlarged(drawn.light, width, height)
    picture = Lookup(weights, scene.tissue, scene.gloss)(Pigments(melanin, blood, dermal))
    if light is not None:
        picture *= light[..., None]
    for thing in (scene.card, scene.ruler):
        if thing is not None:
            thing.draw(picture, np.asarray(weights, float), width / scene.width)
    return picture
