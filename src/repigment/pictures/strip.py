"""Pictures of a patch of skin at its visits, beside each other, as PNG."""

import io
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from repigment.errors import RepigmentError
from repigment.optics.tissue import Pigments, Tissue
from repigment.pictures.developed import developed

PAPER, INK, GREY = (255, 255, 255), (31, 36, 40), (205, 205, 200)
COLOURS = 255  # of a picture; one entry of its palette is kept for what is no skin
GREYS = 6  # colours of a strip kept for its writing
GAP, HEAD, FOOT = 6, 22, 24  # pixels between pictures, for a row's name over them, and under all of them


class Style(NamedTuple):
    """How wide each picture is in pixels, where of its square there is skin, and how many colours a strip has."""

    pixels: int = 144
    skin: NDArray[np.bool_] | None = None
    colours: int = 256


PLAIN = Style()


def pictures(pigments: Pigments, tissue: Tissue | None = None, style: Style = PLAIN) -> list[Image.Image]:
    """Each visit's skin under daylight, RGB; `pigments` are maps (visits, rows, columns).

    Places without a value (NaN: the visit was missed) are grey; where the style's `skin` is false, as beside a face,
    the paper shows. They cover the same square with any number of rows and columns.

    >>> [each.size for each in pictures(Pigments(np.ones((2, 8, 8)), 0.01), style=Style(pixels=32))]
    [(32, 32), (32, 32)]
    """
    melanin, blood, dermal = np.broadcast_arrays(*(np.asarray(each, np.float32) for each in pigments))
    if melanin.ndim != 3 or melanin.size == 0:
        raise RepigmentError(f"pictures need maps of visits, rows and columns, not of shape {melanin.shape}")
    known = np.isfinite(melanin)
    size = style.pixels, max(1, round(style.pixels * melanin.shape[1] / melanin.shape[2]))
    smooth = (_smooth(np.where(known, each, 0.0), size) for each in (melanin, blood, dermal))
    colours = developed(Pigments(*smooth), tissue).reshape(-1, size[1], size[0], 3)
    colours[~_sharp(known, size)] = GREY
    if style.skin is not None:
        colours[:, beside(style.skin, size)] = PAPER
    return [Image.fromarray(each) for each in colours]


def _smooth(maps: NDArray[np.floating], size: tuple[int, int]) -> NDArray[np.float32]:
    """Maps (visits, rows, columns) on pixels of a picture, one under the other, without going below zero."""
    images = (Image.fromarray(np.float32(each)).resize(size, Image.Resampling.BICUBIC) for each in maps)
    return np.maximum(np.concatenate([np.asarray(each) for each in images]), 0)


def _sharp(masks: NDArray[np.bool_], size: tuple[int, int]) -> NDArray[np.bool_]:
    return np.stack([np.asarray(Image.fromarray(each).resize(size, Image.Resampling.NEAREST)) for each in masks])


def beside(skin: NDArray[np.bool_], size: tuple[int, int]) -> NDArray[np.bool_]:
    """Where of a picture of `size` (width, height) there is no skin, (height, width)."""
    return np.asarray(Image.fromarray(skin.astype(np.float32)).resize(size, Image.Resampling.BICUBIC)) <= 0.5


def png(image: Image.Image) -> bytes:
    """The image as PNG: the same image gives the same bytes."""
    buffer = io.BytesIO()
    image.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


def small_png(image: Image.Image, skin: NDArray[np.bool_] | None = None) -> bytes:
    """A picture as PNG with a palette; where `skin` is false it is transparent."""
    few = image.quantize(COLOURS, dither=Image.Dither.NONE)
    if skin is not None:
        known = (few.getpalette() or [])[: 3 * COLOURS]
        few.putpalette([*known, *(0 for _ in range(3 * COLOURS - len(known))), *PAPER])
        few.paste(COLOURS, mask=Image.fromarray(beside(skin, image.size)))
        few.info["transparency"] = COLOURS
    return png(few)


def scale_bar(width_mm: float) -> float:
    """Length in mm of a scale bar for a picture `width_mm` wide: the largest of 1, 2, 5, 10 ... under a third of it.

    >>> scale_bar(9.6)
    2.0
    """
    power = 10.0 ** np.floor(np.log10(width_mm / 3))
    return float(max(step * power for step in (1, 2, 5) if step * power <= width_mm / 3))


def strips(
    rows: Mapping[str, Pigments],
    weeks: Sequence[float],
    dx_mm: float,
    tissue: Tissue | None = None,
    style: Style = PLAIN,
) -> bytes:
    """Rows of pictures of the same weeks, each under its name, with their weeks and a scale bar, as one PNG.

    Each row holds maps (visits, rows, columns), `weeks` one a visit, `dx_mm` is the maps' spacing in mm. Raises
    RepigmentError when maps and weeks do not belong together.

    >>> skin = Pigments(np.ones((2, 8, 8)), np.full((2, 8, 8), 0.01))
    >>> Image.open(io.BytesIO(strips({"untreated": skin, "treated": skin}, [0, 24], 0.3))).size
    (294, 356)
    """
    for row in rows.values():
        if not len(weeks) or np.shape(row.melanin)[:1] != (len(weeks),):
            raise RepigmentError(f"{len(weeks)} weeks do not belong to maps of shape {np.shape(row.melanin)}")
    tiles = [pictures(row, tissue, style) for row in rows.values()]
    sheet, bottom = _sheet(dict(zip(rows, tiles, strict=True)), style.pixels)
    draw, font = ImageDraw.Draw(sheet), ImageFont.load_default(15)
    for i, week in enumerate(weeks):
        draw.text((i * (style.pixels + GAP), bottom + 4), f"week {week:g}", INK, font)
    across = np.shape(next(iter(rows.values())).melanin)[2]
    draw_scale(draw, across * dx_mm, style.pixels, bottom)
    return png(_with_palette(sheet, style.colours))


def _sheet(rows: Mapping[str, list[Image.Image]], pixels: int) -> tuple[Image.Image, int]:
    """The pictures with the names of their rows, and where they end."""
    height, columns = next(iter(rows.values()))[0].height, len(next(iter(rows.values())))
    bottom = sum(height + (HEAD if name else 0) for name in rows)
    sheet = Image.new("RGB", (columns * (pixels + GAP) - GAP, bottom + FOOT), PAPER)
    draw, font, top = ImageDraw.Draw(sheet), ImageFont.load_default(15), 0
    for name, row in rows.items():
        draw.text((0, top + 2), name, INK, font)
        top += HEAD if name else 0
        for i, tile in enumerate(row):
            sheet.paste(tile, (i * (pixels + GAP), top))
        top += height
    return sheet, bottom


def _with_palette(sheet: Image.Image, colours: int) -> Image.Image:
    """The sheet in so many colours, some of them kept for its writing."""
    skin = sheet.quantize(colours - GREYS, dither=Image.Dither.NONE).getpalette() or []
    writing = np.linspace(INK, PAPER, GREYS).round().astype(int).ravel().tolist()
    palette = Image.new("P", (1, 1))
    palette.putpalette([*skin[: 3 * (colours - GREYS)], *writing])
    return sheet.quantize(palette=palette, dither=Image.Dither.NONE)


def draw_scale(draw: ImageDraw.ImageDraw, width_mm: float, pixels: int, height: int) -> None:
    """The scale bar with its length, low in the first picture; ink with a paper rim reads on any skin."""
    length = scale_bar(width_mm)
    end = 8 + round(pixels * length / width_mm)
    draw.rectangle((7, height - 11, end + 1, height - 7), PAPER)
    draw.rectangle((8, height - 10, end, height - 8), INK)
    font = ImageFont.load_default(13)
    draw.text((8, height - 30), f"{length:g} mm", INK, font, stroke_width=2, stroke_fill=PAPER)
