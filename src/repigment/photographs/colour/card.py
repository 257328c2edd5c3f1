"""The colour card in a photograph: where it lies, and what its 24 patches read."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from repigment.errors import RepigmentError
from repigment.evidence.parameters import value
from repigment.optics.colour import decode
from repigment.photographs.colour.card_search import CENTRES, COLUMNS, ROWS, agreement, project, search, squares
from repigment.photographs.colour.skin_colours import can_be_skin
from repigment.photographs.refusal import Refusal

Floats = NDArray[np.float64]
REACH = np.array([[-0.5, -0.5], [COLUMNS - 0.5, -0.5], [COLUMNS - 0.5, ROWS - 0.5], [-0.5, ROWS - 0.5]])  # in pitches
GREYS = slice(18, 24)  # white to black, of the 24 patches row by row


@dataclass(frozen=True)
class Card:
    """A card that was found: `homography` (3, 3) from patches (column, row) to pixels, and the patches row by row.

    `readings` (24, 3) medians and `errors` (24, 3) their standard errors, in linear light; `ends` (24, 3) whether a
    channel of a patch is burnt or black, which says nothing of its other channels.
    """

    homography: Floats
    readings: Floats
    errors: Floats
    ends: NDArray[np.bool_]

    @property
    def corners(self) -> Floats:
        """Corners (4, 2) in pixels, half a pitch beyond the outer patches: at dark skin first, then clockwise."""
        return project(self.homography, REACH)

    def mask(self, shape: tuple[int, int], margin: float = 0.75) -> NDArray[np.bool_]:
        """Pixels (h, w) on the card and within `margin` pitches of it."""
        found = np.zeros(shape, np.uint8)
        middle = REACH.mean(axis=0)
        wider = project(self.homography, REACH + margin * np.sign(REACH - middle))
        cv2.fillConvexPoly(found, np.round(wider).astype(np.int32), 1)
        return found.astype(bool)


def find(
    picture: NDArray[np.float32], clipped: NDArray[np.bool_], reference: Floats, corners: Floats | None = None
) -> Card | None:
    """The card in a `picture` (h, w, 3) of linear light, or None; `clipped` (h, w) are pixels that cannot be trusted.

    `corners` (4, 2), where the user names them, are the outer corners of the corner patches in pixels: dark skin
    first, then bluish green, black, white. `reference` (24, 3) is how the patches look in linear light.
    """
    homography = search(picture, reference) if corners is None else _from_corners(corners)
    if homography is None:
        return None
    for _ in range(2):
        homography = _refined(picture, homography)
    return _read(picture, clipped, homography)


def _from_corners(corners: Floats) -> Floats:
    half = value("chart_patch") / (value("chart_patch") + value("chart_gap")) / 2
    ends = np.array([[-half, -half], [5 + half, -half], [5 + half, 3 + half], [-half, 3 + half]])
    found = cv2.getPerspectiveTransform(ends.astype(np.float32), np.asarray(corners, np.float32))
    if not np.isfinite(found).all() or abs(np.linalg.det(found)) < 1e-9:
        raise RepigmentError(
            "these four corners of the card make no rectangle",
            where="--card-corners",
            remedy="give x1,y1,...,x4,y4: the outer corners of dark skin, bluish green, black and white",
        )
    return np.asarray(found, float)


def _flat(picture: NDArray[np.float32], homography: Floats) -> tuple[NDArray[np.float32], int]:
    """The card seen from in front, and pixels a pitch."""
    ends = project(homography, np.array([[0.0, 0], [COLUMNS - 1, 0], [COLUMNS - 1, ROWS - 1], [0, ROWS - 1]]))
    pitch = int(np.clip(np.hypot(*(ends[1] - ends[0])) / (COLUMNS - 1), 8, 64))
    down = np.array([[1 / pitch, 0, 0.5 / pitch - 0.5], [0, 1 / pitch, 0.5 / pitch - 0.5], [0, 0, 1]])
    size = (COLUMNS * pitch, ROWS * pitch)
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    return np.asarray(cv2.warpPerspective(picture, homography @ down, size, flags=flags)), pitch


def _tiles(flat: NDArray[np.float32], pitch: int) -> NDArray[np.float32]:
    """The card seen from in front, cut into its patches: (24, pitch, pitch, ...)."""
    rest = flat.shape[2:]
    cut = flat.reshape(ROWS, pitch, COLUMNS, pitch, *rest)
    return np.swapaxes(cut, 1, 2).reshape(ROWS * COLUMNS, pitch, pitch, *rest)


def _refined(picture: NDArray[np.float32], homography: Floats) -> Floats:
    """The homography through the middles of the patches as they stand out from the border between them.

    The middle of a patch is the mean place of its light above the border's, so that blur does not move it.
    """
    flat, pitch = _flat(picture, homography)
    tiles = _tiles(flat, pitch).astype(float)
    edge = max(1, pitch // 12)
    frame = np.ones((pitch, pitch), bool)
    frame[edge:-edge, edge:-edge] = False
    border = np.median(tiles[:, frame], axis=(0, 1))
    third = slice(pitch // 3, pitch - pitch // 3)
    step = np.median(tiles[:, third, third], axis=(1, 2)) - border
    size = (step**2).sum(axis=1)
    share = np.einsum("kyxc,kc->kyx", tiles - border, step / np.maximum(size, 1e-12)[:, None])
    share = np.clip(share, 0, 1)
    places = (np.arange(pitch) + 0.5) / pitch - 0.5
    total = share.sum(axis=(1, 2))
    shift = np.stack([(share.sum(axis=1) @ places) / total, (share.sum(axis=2) @ places) / total], axis=-1)
    clear = (np.sqrt(size) > value("card_clear")) & (np.abs(shift).max(axis=1) < 0.25)
    if clear.sum() < COLUMNS + ROWS:
        return homography
    seen = project(homography, CENTRES + shift)
    found, _ = cv2.findHomography(CENTRES[clear], seen[clear], cv2.LMEDS)
    return homography if found is None else np.asarray(found, float)


def _read(picture: NDArray[np.float32], clipped: NDArray[np.bool_], homography: Floats) -> Card:
    flat, pitch = _flat(picture, homography)
    burnt, _ = _flat(clipped.astype(np.float32), homography)
    inner = slice(round(0.3 * pitch), max(round(0.7 * pitch), round(0.3 * pitch) + 1))
    middles = _tiles(flat, pitch)[:, inner, inner].reshape(len(CENTRES), -1, 3).astype(float)
    readings = np.median(middles, axis=1)
    spread = 1.4826 * np.median(np.abs(middles - readings[:, None]), axis=1)
    share = _tiles(burnt, pitch)[:, inner, inner].mean(axis=(1, 2))
    ends = _ends(readings, spread) & (share > value("card_clipped"))[:, None]
    ends[(share > value("card_clipped")) & ~ends.any(axis=1)] = True  # clipped, and none can be told to be the one
    return Card(homography, readings, spread / np.sqrt(middles.shape[1]), ends)


def _ends(readings: Floats, spread: Floats) -> NDArray[np.bool_]:
    """Channels (24, 3) whose pixels, of robust SD `spread` (24, 3) about the `readings`, reach an end of the range."""
    reach = value("card_reach") * spread
    low, high = decode(np.array([value("photo_bottom"), value("photo_top")]))
    return (readings - reach <= low) | (readings + reach >= high)


def placed(card: Card, reference: Floats) -> bool:
    """Whether its patches look like the chart's, so that it is a card and lies there."""
    return agreement(card.readings, reference) >= value("card_agreement")


def distrusted(card: Card, reference: Floats) -> Refusal | None:
    """Why the card's patches cannot be used for colour, or None where they can."""
    remedy = "Photograph the whole card beside the lesion, in the same light, without glare, exposed for the skin."
    burnt = int(card.ends.sum(axis=0).max())
    if burnt > value("card_burnt") or card.ends[GREYS].any(axis=1).sum() > value("card_greys_burnt"):
        return Refusal("colour", f"a channel of {burnt} of the card's 24 patches is burnt out or black.", remedy)
    if not placed(card, reference):
        agreed = agreement(card.readings, reference)
        return Refusal("colour", f"the card's patches do not look like the chart's (r {agreed:.2f}).", remedy)
    greys = card.readings[GREYS].mean(axis=1)
    if (np.diff(greys) >= 0).any():
        return Refusal("colour", "the six greys of the card do not fall from white to black.", remedy)
    return None


def patches(picture: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Places (h, w) of a `picture` (h, w, 3) in linear light that look like a part of a card, if none was found.

    They are the hull of even squares whose colour skin cannot have and of those beside them that are about as large,
    and a patch beyond it; nothing where there are fewer than `card_parts` such squares.
    """
    factor = min(1.0, value("card_search_side") / max(picture.shape[:2]))
    small = np.asarray(cv2.resize(picture, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA), np.float32)
    seen = squares(small)
    found: NDArray[np.uint8] = np.zeros(small.shape[:2], np.uint8)
    if len(seen.sides):
        x, y = np.round(seen.centres).astype(int).T
        strange = ~can_be_skin(cv2.blur(small, (5, 5))[y, x])
        if strange.sum() >= value("card_parts"):
            side = float(np.median(seen.sides[strange]))
            alike = np.abs(np.log(seen.sides / side)) < value("card_alike")
            points = _connected(seen.centres, strange & alike, alike, value("card_pitch_most") * side).astype(
                np.float32
            )
            cv2.fillConvexPoly(found, np.round(cv2.convexHull(points)).astype(np.int32), 1)
            reach = 2 * round(1.5 * side) + 1  # half a patch, the gap, and the patch beside it
            found = np.asarray(cv2.dilate(found, np.ones((reach, reach), np.uint8)), np.uint8)
    size = (picture.shape[1], picture.shape[0])
    return cv2.resize(found, size, interpolation=cv2.INTER_NEAREST) > 0


def _connected(
    places: Floats, first: NDArray[np.bool_], allowed: NDArray[np.bool_], reach: float
) -> NDArray[np.floating]:
    """Places (m, 2) of the `allowed` that are reached from the `first` in steps of at most `reach`."""
    near = np.hypot(*(places[:, None] - places[None]).transpose(2, 0, 1)) <= reach
    taken = first.copy()
    for _ in range(COLUMNS + ROWS):
        taken |= allowed & near[taken].any(axis=0)
    return places[taken]
