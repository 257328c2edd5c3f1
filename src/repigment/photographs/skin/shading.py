"""How the light falls over the skin, told from its pigments by colour: what lies in less light than the card is lit."""

from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from repigment.evidence.parameters import value
from repigment.optics.colour import rgb_of_xyz, xyz
from repigment.optics.instrument import Camera
from repigment.optics.skin import spectrum
from repigment.optics.tissue import Pigments
from repigment.photographs.colour.card import Card
from repigment.photographs.colour.card_search import CENTRES, project
from repigment.photographs.colour.correction import Correction, by_card
from repigment.photographs.files.reading import Photograph
from repigment.photographs.skin import own_skin, pigments

Floats = NDArray[np.float64]
Map = NDArray[np.float32]
Mask = NDArray[np.bool_]
STREAM = 2  # of draws, apart from those of noise
STEP = 0.05  # ln, of the differences that stand for slopes by pigment
WHOLE = 0.99  # share of a place from which all of it is skin


@dataclass(frozen=True, eq=False)
class Light:
    """ln of the light on places of a picture against that on its card: a surface by `terms`, of `slopes` (5,).

    `card` (5,) is the mean of the terms over the card, `box` (2, 2) the least and the most x and y of own skin, beyond
    which the light is taken to stay as it is there. `unsure` is the SD of ln of the light on own skin.
    """

    slopes: Floats
    card: Floats
    box: Floats
    unsure: float

    def at(self, x: NDArray[np.floating], y: NDArray[np.floating]) -> NDArray[np.floating]:
        """Fold of the light on places, -1 to 1 across and down the picture, against that on the card."""
        inside = terms(np.clip(x, *self.box[:, 0]), np.clip(y, *self.box[:, 1]))
        parts = zip(self.slopes, inside, self.card, strict=True)
        return np.asarray(np.exp(sum(slope * (term - there) for slope, term, there in parts)))

    def field(self, shape: tuple[int, int]) -> Map:
        """Fold of the light (h, w) of a picture against that on its card."""
        x, y = (np.asarray(2 * (np.arange(n) + 0.5) / n - 1, np.float32) for n in (shape[1], shape[0]))
        return np.asarray(self.at(x, y[:, None]), np.float32)


def evened(photograph: Photograph, card: Card, skin: Mask, known: Correction) -> tuple[Photograph, Correction]:
    """The photograph as if all of it were lit like its card, and the correction by a card that is lit evenly.

    `skin` (h, w) is where there may be skin, `known` the correction by the card as it is. Where no own skin is found
    the photograph stays as it is, and the light on it is as unsure as light is that nobody has seen.
    """
    fold = light(photograph, card, skin, known)
    if fold is None:
        return photograph, known.less_sure(value("shading_light_slope") ** 2 * np.ones((3, 3)), STREAM)
    curve = known.curve  # light falls before a camera bends its tones
    straight = np.asarray(curve.light(photograph.linear), np.float32)
    lit = replace(photograph, linear=straight / fold.field(photograph.shape)[..., None])
    readings = np.asarray(curve.light(card.readings))
    patches = fold.at(*_places(card, photograph.shape))[:, None]
    errors = card.errors * readings / np.maximum(card.readings, pigments.LEAST)
    even = by_card(replace(card, readings=readings / patches, errors=errors / patches), photograph.steps)
    return lit, even.less_sure(fold.unsure**2 * np.ones((3, 3)), STREAM)


def terms(x: NDArray[np.floating], y: NDArray[np.floating]) -> list[NDArray[np.floating]]:
    """Terms (5) of a second-order surface over places, -1 to 1 across and down, without the constant.

    >>> [float(each) for each in terms(np.array(0.5), np.array(-1.0))]
    [0.5, -1.0, 0.25, -0.5, 1.0]
    """
    return [x + 0 * y, y + 0 * x, x * x + 0 * y, x * y, y * y + 0 * x]


def light(photograph: Photograph, card: Card, skin: Mask, known: Correction) -> Light | None:
    """The light on the skin of a photograph, `skin` (h, w) being where there may be some; None where own is not found.

    ln of each channel of own skin is taken for a second-order surface, and its slopes for a sum of those of light,
    which moves all channels alike, and of melanin and blood, which do not (Tsumura 2003, 10.1145/882262.882344).
    """
    usable = skin & ~photograph.clipped
    factor = min(1.0, value("reference_side") / max(usable.shape))
    size = (max(8, round(usable.shape[1] * factor)), max(8, round(usable.shape[0] * factor)))
    small = known.picture(np.asarray(cv2.resize(photograph.linear, size, interpolation=cv2.INTER_AREA), np.float32))
    share = cv2.resize(usable.astype(np.float32), size, interpolation=cv2.INTER_AREA)
    found = pigments.maps(small, share < WHOLE, np.zeros(3))
    own = own_skin.around(found.index, found.valid)
    if own is None or (there := own.mask & found.valid).mean() < value("shading_least"):
        return None
    rows, columns = np.nonzero(there)
    x, y = 2 * (columns + 0.5) / size[0] - 1, 2 * (rows + 0.5) / size[1] - 1
    logs = np.log(np.maximum(small[there].astype(float), pigments.LEAST))
    melanin, blood = (float(np.median(each[there])) for each in (found.melanin, found.blood))
    weights, error = told(directions(melanin, blood))
    box = np.array([[x.min(), y.min()], [x.max(), y.max()]])
    on_card = _on_card(card, usable.shape, box)
    unsure = np.hypot(error * _apart((x, y), on_card[:2]), value("shading_light_slope") * _beyond(card, usable, box))
    return Light(_slopes(x, y, logs) @ weights, on_card, box, float(unsure))


def _apart(places: tuple[Floats, Floats], other: Floats) -> float:
    """How far the middle of `places` lies from another place (2,)."""
    return float(np.hypot(*(np.mean(each) - there for each, there in zip(places, other, strict=True))))


def _beyond(card: Card, usable: Mask, box: Floats) -> float:
    """How far the card lies outside of the `box` (2, 2) of own skin, where no skin tells its light."""
    there = _places(card, usable.shape)
    inside = [np.clip(each, *ends) for each, ends in zip(there, box.T, strict=True)]
    return float(np.mean(np.hypot(there[0] - inside[0], there[1] - inside[1])))


def _slopes(x: Floats, y: Floats, logs: Floats) -> Floats:
    """Slopes (5, 3) of the `logs` (n, 3) of channels by `terms`, the bent ones held back."""
    design = np.stack([np.ones_like(x), *terms(x, y)], axis=-1)
    ridge = len(x) * value("reference_ridge") * np.diag([0.0, 1, 1, 4, 4, 4])
    return np.asarray(np.linalg.solve(design.T @ design + ridge, design.T @ logs))[1:]


def _places(card: Card, shape: tuple[int, ...]) -> tuple[Floats, Floats]:
    """x and y (24,) of the patches, -1 to 1 across and down the picture."""
    across, down = project(card.homography, CENTRES).T
    return 2 * (across + 0.5) / shape[1] - 1, 2 * (down + 0.5) / shape[0] - 1


def _on_card(card: Card, shape: tuple[int, ...], box: Floats) -> Floats:
    """Mean terms (5,) of its patches, those beyond the `box` (2, 2) taken for its edge."""
    x, y = (np.clip(each, *ends) for each, ends in zip(_places(card, shape), box.T, strict=True))
    return np.array([float(each.mean()) for each in terms(x, y)])


def directions(melanin: float, blood: float) -> Floats:
    """d ln of linear sRGB (3, 3) by ln of light, melanin + OFFSET and blood, in rows, of skin with that much."""
    amounts = np.array([melanin + pigments.OFFSET, blood])
    folds = np.exp(STEP * np.array([[1, 0], [-1, 0], [0, 1], [0, -1]]))
    there = amounts * folds - [pigments.OFFSET, 0]
    seen = np.log(rgb_of_xyz(xyz(spectrum(Pigments(np.maximum(there[:, 0], 0), there[:, 1]), None, Camera()))))
    return np.stack([np.ones(3), (seen[0] - seen[1]) / (2 * STEP), (seen[2] - seen[3]) / (2 * STEP)])


def told(moved: Floats) -> tuple[Floats, float]:
    """What of slopes of ln channels (3,) is light: weights (3,), and the SD of the slope that is told.

    Slopes are s = D' a + e, with `directions` D and a ~ N(0, A), so that E[a | s] = A D (D' A D + E)^-1 s.

    >>> weights, error = told(np.array([[1.0, 1, 1], [-0.3, -0.6, -1], [0, -0.4, -0.2]]))
    >>> round(float(weights.sum()), 1), error < 0.1
    (1.0, True)
    """
    names = ("light_slope", "melanin_slope", "blood_slope")
    usual = np.diag([value(f"shading_{name}") ** 2 for name in names])
    gain = usual @ moved @ np.linalg.inv(moved.T @ usual @ moved + value("shading_left") ** 2 * np.eye(3))
    left = usual - gain @ moved.T @ usual
    return np.asarray(gain[0]), float(np.sqrt(left[0, 0]))
