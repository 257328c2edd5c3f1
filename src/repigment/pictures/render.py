"""Pictures of skin for people: no camera, sRGB as the eye sees the skin under D65."""

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from repigment.errors import RepigmentError
from repigment.optics.tissue import Pigments, Tissue
from repigment.pictures.card import Card
from repigment.pictures.developed import SHINE, eye
from repigment.pictures.files import quantised
from repigment.pictures.lookup import maps
from repigment.pictures.scene import Scene, enlarged, paint
from repigment.pictures.strip import PAPER
from repigment.pictures.writing import with_bar

WIDTHS = (8, 16384)  # pixels
BESIDE = 0.3  # width of a colour card beside a picture, as a share of the picture's
TRIES = 12  # for the place of each copy in a region
Single = NDArray[np.float32]
Bools = NDArray[np.bool_]


def patch(
    pigments: Pigments,
    mm: float,
    width: int = 1024,
    tissue: Tissue | None = None,
    skin: Bools | None = None,
    texture: float = 1.0,
    seed: int = 0,
    bar: bool = True,
    card: bool = False,
) -> Image.Image:
    """Maps of pigments (rows, columns) in pixels of `mm` as a picture `width` pixels wide, with a scale bar.

    Where `skin` (rows, columns) is false the paper shows. `card` lays the colour chart at the side, not to scale.
    `texture` is the strength of furrows and mottling, drawn from `seed`; 0 is smooth. Raises RepigmentError for maps
    that are none, and for a width that is no width.

    >>> patch(Pigments(np.full((8, 8), 3.0), 0.02), 0.3, width=64).size
    (64, 64)
    """
    check_width(width)
    scene = Scene(pigments, mm, Pigments(0.0, 0.0), tissue, texture, seed, gloss=SHINE)
    linear = paint(scene, eye(), width)
    if skin is not None:
        if skin.shape != scene.pigments.melanin.shape:
            raise RepigmentError(
                f"a mask of shape {skin.shape} does not belong to maps of {scene.pigments.melanin.shape}"
            )
        share = enlarged(skin.astype(np.float32), linear.shape[1], linear.shape[0])[..., None]
        linear = linear * share + (1 - share)
    picture = Image.fromarray(quantised(linear))
    return finished(picture, scene.width / width, bar, card)


def region(
    pigments: Pigments,
    mm: float,
    own: Pigments,
    size: tuple[float, float],
    copies: int,
    width: int = 1024,
    tissue: Tissue | None = None,
    texture: float = 1.0,
    seed: int = 0,
    bar: bool = True,
    card: bool = False,
) -> Image.Image:
    """Skin of `size` (width, height) mm with `copies` of a window's lesion scattered on it at true scale.

    `pigments`, `mm`: the window as for `patch`, in skin of `own` pigments. Each copy is turned and mirrored by chance
    and lies apart from the others where there is room. The rim of a window that its lesion fills is faded into the
    skin. Raises RepigmentError for a field that is smaller than the window.

    >>> region(Pigments(np.full((8, 8), 3.0), 0.02), 1.0, Pigments(3.0, 0.02), (40, 30), 2, width=80).size
    (80, 60)
    """
    check_width(width)
    window = maps(pigments)
    shape = tuple(round(side / mm) for side in reversed(size))
    if min(shape) < max(window.melanin.shape):
        raise RepigmentError(
            f"a region of {size[0]:g} x {size[1]:g} mm is smaller than the window of "
            f"{window.melanin.shape[1] * mm:g} x {window.melanin.shape[0] * mm:g} mm"
        )
    field = [np.full(shape, float(each), np.float32) for each in own]
    fade = _fade(window.melanin.shape)
    rng = np.random.default_rng(seed)
    for row, column in _places(shape, window.melanin.shape, copies, rng):
        turn, mirror = int(rng.integers(4)), bool(rng.integers(2))
        for whole, each, plain in zip(field, window, own, strict=True):
            part = np.rot90((np.asarray(each) - float(plain)) * fade, turn)
            part = part[:, ::-1] if mirror else part
            here = whole[row : row + part.shape[0], column : column + part.shape[1]]
            np.copyto(here, float(plain) + part, where=np.abs(part) > np.abs(here - float(plain)))
    return patch(Pigments(*field), mm, width, tissue, None, texture, seed, bar, card)


def finished(picture: Image.Image, mm: float, bar: bool, card: bool) -> Image.Image:
    """The picture with what it is to carry: a scale bar for pixels of `mm`, a colour card at its right."""
    found = with_bar(picture, mm) if bar else picture
    return _beside(found) if card else found


def check_width(width: int) -> None:
    """RepigmentError for a picture that is too narrow or too wide."""
    if not WIDTHS[0] <= width <= WIDTHS[1]:
        raise RepigmentError(f"a picture cannot be {width} pixels wide", allowed=f"{WIDTHS[0]} to {WIDTHS[1]}")


def _beside(picture: Image.Image) -> Image.Image:
    wide = round(BESIDE * picture.width)
    gap = max(2, wide // 20)
    tall = round(Card(wide).height)
    canvas = np.ones((tall, wide, 3), np.float32)
    Card(wide, wide / 2, tall / 2).draw(canvas, eye(), 1.0)
    sheet = Image.new("RGB", (picture.width + 2 * gap + wide, max(picture.height, tall)), PAPER)
    sheet.paste(picture)
    sheet.paste(Image.fromarray(quantised(canvas)), (picture.width + gap, 0))
    return sheet


def _fade(shape: tuple[int, ...]) -> Single:
    """1 in the middle of a window, falling to 0 over the outer tenth of it."""
    down, across = (np.minimum(np.arange(n) + 0.5, n - np.arange(n) - 0.5) / (0.1 * n) for n in shape)
    rise = np.clip(down[:, None], 0, 1) * np.clip(across, 0, 1)
    return (rise**2 * (3 - 2 * rise)).astype(np.float32)


def _places(
    field: tuple[int, ...], window: tuple[int, ...], copies: int, rng: np.random.Generator
) -> list[tuple[int, int]]:
    """Upper left corners of the copies: of some tries each takes that which lies farthest from the others."""
    side = max(window)
    found: list[tuple[int, int]] = []
    for _ in range(copies):
        tries = [(int(rng.integers(field[0] - side + 1)), int(rng.integers(field[1] - side + 1))) for _ in range(TRIES)]
        found.append(max(tries, key=lambda place: min((np.hypot(*np.subtract(place, at)) for at in found), default=0)))
    return found
