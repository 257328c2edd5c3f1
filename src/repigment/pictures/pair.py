"""Before and after, side by side."""

from PIL import Image

from repigment.errors import RepigmentError
from repigment.pictures.strip import PAPER
from repigment.pictures.writing import captioned, with_bar

GAP = 0.02  # paper between the two, as a share of the width of one


def pair(
    before: Image.Image,
    after: Image.Image,
    captions: tuple[str, str] = ("before", "after"),
    mm: float | None = None,
) -> Image.Image:
    """Two pictures of one height side by side, each with its caption; a scale bar where `mm`, a pixel's size, is given.

    Raises RepigmentError where the heights differ: such pictures cannot be compared.

    >>> pair(Image.new("RGB", (100, 80)), Image.new("RGB", (100, 80)), ("week 0", "week 24")).size
    (202, 103)
    """
    if before.height != after.height:
        raise RepigmentError(
            f"a picture {before.height} pixels high does not stand beside one of {after.height}",
            remedy="make both of one height",
        )
    if mm is not None and not mm > 0:
        raise RepigmentError(f"a pixel cannot be {mm:g} mm wide", allowed="more than 0 mm")
    shown = [each.convert("RGB") if mm is None else with_bar(each.convert("RGB"), mm) for each in (before, after)]
    told = [captioned(each, text, before.width) for each, text in zip(shown, captions, strict=True)]
    gap = max(2, round(GAP * before.width))
    sheet = Image.new("RGB", (told[0].width + gap + told[1].width, told[0].height), PAPER)
    sheet.paste(told[0])
    sheet.paste(told[1], (told[0].width + gap, 0))
    return sheet
