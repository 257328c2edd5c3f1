"""Pictures of a patch of skin at its visits, as PNG."""

import io
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray
from PIL import Image, ImageDraw, ImageFont

from repigment.errors import RepigmentError
from repigment.optics.tone import tone

DARKEST = 4.0  # relative melanin at the end of the palette: a sun spot in summer has about three
MISSED, BESIDE = 254, 255  # palette entries of a picture that was not taken, and of what is no skin
PAPER, INK, GREY = (255, 255, 255), (31, 36, 40), (205, 205, 200)
GREYS = 6  # colours of a strip kept for its writing
GAP, HEAD, FOOT = 6, 22, 24  # pixels between pictures, for a row's name over them, and under all of them


def _palette(skin_type: int | str) -> list[int]:
    """256 colours as flat RGB; levels are squared, so that the steps are small where the eye sees them: near zero."""
    levels = DARKEST * (np.arange(MISSED) / (MISSED - 1)) ** 2
    colours = np.rint(255 * tone(levels, skin_type)).astype(int)
    return [*colours.ravel().tolist(), *GREY, *PAPER]


def _indices(melanin: NDArray[np.float64], pixels: int, skin: NDArray[np.bool_]) -> Image.Image:
    known = np.isfinite(melanin)
    size = (pixels, max(1, round(pixels * melanin.shape[0] / melanin.shape[1])))
    smooth = Image.fromarray(np.where(known, melanin, 1.0).astype(np.float32)).resize(size, Image.Resampling.BICUBIC)
    levels = np.rint((MISSED - 1) * np.sqrt(np.clip(np.asarray(smooth) / DARKEST, 0, 1))).astype(np.uint8)
    seen = np.asarray(Image.fromarray(known).resize(size, Image.Resampling.NEAREST))
    inside = np.asarray(Image.fromarray(skin.astype(np.float32)).resize(size, Image.Resampling.BICUBIC)) > 0.5
    return Image.fromarray(np.where(inside, np.where(seen, levels, MISSED), BESIDE).astype(np.uint8))


def picture(
    melanin: ArrayLike, skin_type: int | str, pixels: int = 144, skin: NDArray[np.bool_] | None = None
) -> Image.Image:
    """One patch as a palette image `pixels` wide; `melanin` (rows, columns) is 1 for the person's own skin.

    Places without a value (NaN: the visit was missed) are grey; where `skin` is false, as beside a face, the paper
    shows. It covers the same square with any number of rows and columns.

    >>> picture(np.ones((8, 8)), "IV", pixels=32).size
    (32, 32)
    """
    values = np.asarray(melanin, float)
    if values.ndim != 2 or values.size == 0:
        raise RepigmentError(f"a picture needs a map of rows and columns, not of shape {values.shape}")
    image = _indices(values, pixels, np.ones(values.shape, bool) if skin is None else skin)
    image.putpalette(_palette(skin_type))
    return image


def png(image: Image.Image) -> bytes:
    """The image as PNG: the same image gives the same bytes."""
    buffer = io.BytesIO()
    image.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


def scale_bar(width_mm: float) -> float:
    """Length in mm of a scale bar for a picture `width_mm` wide: the largest of 1, 2, 5, 10 ... under a third of it.

    >>> scale_bar(9.6)
    2.0
    """
    power = 10.0 ** np.floor(np.log10(width_mm / 3))
    return float(max(step * power for step in (1, 2, 5) if step * power <= width_mm / 3))


def strip(
    maps: ArrayLike,
    weeks: Sequence[float],
    skin_type: int | str,
    dx_mm: float,
    pixels: int = 144,
    skin: NDArray[np.bool_] | None = None,
) -> bytes:
    """A row of pictures with their weeks and a scale bar, as PNG.

    `maps` is (visits, rows, columns) of relative visible melanin, `weeks` one a visit, `dx_mm` the grid's spacing
    in mm, `pixels` the width of one picture, `skin` as for `picture`. Raises RepigmentError when maps and weeks do not
    belong together.

    >>> strip(np.ones((2, 8, 8)), [0, 24], "III", 0.3)[1:4]
    b'PNG'
    """
    return strips({"": maps}, weeks, skin_type, dx_mm, pixels, skin)


def strips(
    rows: Mapping[str, ArrayLike],
    weeks: Sequence[float],
    skin_type: int | str,
    dx_mm: float,
    pixels: int = 144,
    skin: NDArray[np.bool_] | None = None,
    colours: int = 256,
) -> bytes:
    """Rows of pictures of the same weeks, each under its name, as one PNG of so many `colours`; else as for `strip`.

    >>> both = strips({"untreated": np.ones((2, 8, 8)), "treated": np.ones((2, 8, 8))}, [0, 24], "III", 0.3)
    >>> Image.open(io.BytesIO(both)).size
    (294, 356)
    """
    tiles = [_tiles(np.asarray(maps, float), weeks, skin_type, pixels, skin) for maps in rows.values()]
    height = tiles[0][0].height
    tops, bottom = [], 0
    for name in rows:
        tops.append(bottom + (HEAD if name else 0))
        bottom = tops[-1] + height
    sheet = Image.new("RGB", (len(weeks) * (pixels + GAP) - GAP, bottom + FOOT), PAPER)
    draw, font = ImageDraw.Draw(sheet), ImageFont.load_default(15)
    for name, top, row in zip(rows, tops, tiles, strict=True):
        draw.text((0, top - HEAD + 2), name, INK, font)
        for i, tile in enumerate(row):
            sheet.paste(tile, (i * (pixels + GAP), top))
    for i, week in enumerate(weeks):
        draw.text((i * (pixels + GAP), bottom + 4), f"week {week:g}", INK, font)
    across = np.shape(next(iter(rows.values())))[2]
    _draw_scale(draw, across * dx_mm, pixels, bottom)
    return png(_with_palette(sheet, colours))


def _with_palette(sheet: Image.Image, colours: int) -> Image.Image:
    """The sheet in so many colours, some of them kept for its writing."""
    skin = sheet.quantize(colours - GREYS, dither=Image.Dither.NONE).getpalette() or []
    writing = np.linspace(INK, PAPER, GREYS).round().astype(int).ravel().tolist()
    palette = Image.new("P", (1, 1))
    palette.putpalette([*skin[: 3 * (colours - GREYS)], *writing])
    return sheet.quantize(palette=palette, dither=Image.Dither.NONE)


def _tiles(
    maps: NDArray[np.float64],
    weeks: Sequence[float],
    skin_type: int | str,
    pixels: int,
    skin: NDArray[np.bool_] | None,
) -> list[Image.Image]:
    if maps.ndim != 3 or len(maps) != len(weeks) or not len(weeks):
        raise RepigmentError(f"{len(weeks)} weeks do not belong to maps of shape {maps.shape}")
    return [picture(each, skin_type, pixels, skin).convert("RGB") for each in maps]


def _draw_scale(draw: ImageDraw.ImageDraw, width_mm: float, pixels: int, height: int) -> None:
    """The scale bar with its length, low in the first picture; ink with a paper rim reads on any skin."""
    length = scale_bar(width_mm)
    end = 8 + round(pixels * length / width_mm)
    draw.rectangle((7, height - 11, end + 1, height - 7), PAPER)
    draw.rectangle((8, height - 10, end, height - 8), INK)
    font = ImageFont.load_default(13)
    draw.text((8, height - 30), f"{length:g} mm", INK, font, stroke_width=2, stroke_fill=PAPER)
