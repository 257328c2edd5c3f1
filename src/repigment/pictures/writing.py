"""What is written on pictures: captions and scale bars, in the default font of Pillow."""

from PIL import Image, ImageDraw, ImageFont

from repigment.pictures.strip import INK, PAPER, scale_bar

LEAST_LETTERS = 13  # pixels
LETTERS = 0.028  # height of letters as a share of a picture's width


def letters(width: int) -> int:
    """Height of the letters in pixels that suits a picture `width` pixels wide."""
    return max(LEAST_LETTERS, round(LETTERS * width))


def with_bar(picture: Image.Image, mm: float, width: int | None = None) -> Image.Image:
    """The picture with a scale bar at its lower left; `mm` is the size of its pixels, `width` what it is to suit.

    Ink with a paper rim reads on any skin.

    >>> with_bar(Image.new("RGB", (200, 100)), 0.1).size
    (200, 100)
    """
    found = picture.copy()
    draw, size = ImageDraw.Draw(found), letters(width or picture.width)
    length = scale_bar((width or picture.width) * mm)
    thick, rim = max(4, size // 3), max(1, size // 12)
    left, low = size, picture.height - size
    right = left + round(length / mm)
    draw.rectangle((left - rim, low - thick - rim, right + rim - 1, low + rim - 1), PAPER)
    draw.rectangle((left, low - thick, right - 1, low - 1), INK)
    where = (left, low - thick - 2 * rim)
    draw.text(where, f"{length:g} mm", INK, ImageFont.load_default(size), "ls", stroke_width=2 * rim, stroke_fill=PAPER)
    return found


def captioned(picture: Image.Image, text: str, width: int | None = None) -> Image.Image:
    """The picture with a line of text on paper below it.

    >>> captioned(Image.new("RGB", (200, 100)), "week 4").size
    (200, 123)
    """
    size = letters(width or picture.width)
    sheet = Image.new("RGB", (picture.width, picture.height + round(1.8 * size)), PAPER)
    sheet.paste(picture)
    font = ImageFont.load_default(size)
    ImageDraw.Draw(sheet).text((size // 3, picture.height + round(0.9 * size)), text, INK, font, "lm")
    return sheet
