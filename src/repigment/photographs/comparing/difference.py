"""Pictures of a comparison: both photographs laid over each other, and what changed between them."""

from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from repigment.evidence.parameters import value
from repigment.optics.colour import encode
from repigment.photographs.comparing.compare import Comparison
from repigment.photographs.comparing.texture import Mask, Picture

PAPER, INK, UNSEEN = (255, 255, 255), (31, 36, 40), (205, 205, 200)
FIRST, SECOND = (0, 114, 178), (213, 94, 0)  # blue and vermilion of Okabe and Ito: told apart by colour-blind readers
LIGHTER, MIDDLE, DARKER = (84, 39, 136), (247, 247, 247), (179, 88, 6)  # ends and middle of ColorBrewer's PuOr
GAP, HEAD, FOOT, BAR = 12, 30, 28, 14  # px between pictures, for the title, a line of the caption, the colour bar
WIDEST = 1000  # px of one picture
Bytes = NDArray[np.uint8]


class _Frame(NamedTuple):
    """The part of the grid of BEFORE that is shown, and its size (width, height) on the sheet."""

    part: tuple[slice, slice]
    size: tuple[int, int]
    mm: float | None  # of a pixel of the sheet


def pair(before: Picture, found: Comparison, titles: tuple[str, str] = ("before", "after")) -> Image.Image:
    """BEFORE, linear RGB (h, w, 3), and AFTER laid on it, side by side, with outlines, figures and a bar of mm.

    Colours are as photographed. The outline of BEFORE is blue in both, that of AFTER vermilion.
    """
    frame = _frame(found)
    left, right = _shown(before, frame), _shown(found.aligned, frame)
    outlines = [_small(each, frame) for each in found.outline]
    _draw(left, outlines[0], FIRST)
    _draw(right, outlines[0], FIRST)
    _draw(right, outlines[1], SECOND)
    lines = _told(found)
    width, height = frame.size
    sheet = Image.new("RGB", (2 * width + GAP, HEAD + height + FOOT * (len(lines) + 1)), PAPER)
    draw = ImageDraw.Draw(sheet)
    for x, title, picture, colour in ((0, titles[0], left, FIRST), (width + GAP, titles[1], right, SECOND)):
        sheet.paste(Image.fromarray(picture), (x, HEAD))
        draw.text((x + 2, 4), f"{title} (outline in {'blue' if colour == FIRST else 'vermilion'})", colour, _font(17))
    _bar_of_mm(draw, frame, HEAD + height)
    for row, line in enumerate(lines):
        draw.text((2, HEAD + height + 6 + FOOT * row), line, INK, _font(17))
    return sheet


def difference(found: Comparison) -> Image.Image:
    """Where pigment was gained (orange) and lost (purple) since BEFORE, with a legend in the unit of the change.

    Each place is measured against own skin at its own visit: unchanged skin has the colour of the legend's 0. Grey is
    what could not be compared.
    """
    frame = _frame(found)
    change = cv2.resize(found.change[frame.part], frame.size, interpolation=cv2.INTER_NEAREST)
    known = np.isfinite(change)
    limit = _limit(found)
    paint = np.where(known[..., None], _diverging(np.where(known, change, 0) / limit), UNSEEN)
    picture: Bytes = np.ascontiguousarray(np.rint(paint).astype(np.uint8))
    for mask, colour in zip(found.outline, (FIRST, SECOND), strict=True):
        _draw(picture, _small(mask, frame), colour)
    width, height = frame.size
    sheet = Image.new("RGB", (max(width, 460), HEAD + height + 4 * FOOT), PAPER)
    sheet.paste(Image.fromarray(picture), (0, HEAD))
    draw = ImageDraw.Draw(sheet)
    draw.text((2, 4), "change since the first photograph", INK, _font(17))
    _bar_of_mm(draw, frame, HEAD + height)
    _legend(sheet, draw, limit, found.unit, HEAD + height + 8)
    return sheet


def _frame(found: Comparison) -> _Frame:
    """What both photographs show, with the lesion."""
    kept: Mask = np.asarray(np.isfinite(found.change) | found.outline[0] | found.outline[1], bool)
    rows, columns = np.nonzero(kept)
    part = (slice(int(rows.min()), int(rows.max()) + 1), slice(int(columns.min()), int(columns.max()) + 1))
    width, height = part[1].stop - part[1].start, part[0].stop - part[0].start
    shrink = min(1.0, WIDEST / width)
    size = (max(1, round(width * shrink)), max(1, round(height * shrink)))
    return _Frame(part, size, found.mm / shrink if found.mm else None)


def _shown(linear: Picture, frame: _Frame) -> Bytes:
    """Linear RGB as bytes of sRGB; grey where nothing is known."""
    cut = np.ascontiguousarray(linear[frame.part], np.float32)
    known = np.asarray(np.isfinite(cut).all(axis=-1))
    small = cv2.resize(np.where(known[..., None], cut, 0), frame.size, interpolation=cv2.INTER_AREA)
    encoded = encode(np.clip(small, 0, 1))
    seen = np.asarray(cv2.resize(known.astype(np.uint8), frame.size, interpolation=cv2.INTER_NEAREST)) > 0
    return np.ascontiguousarray(np.where(seen[..., None], np.rint(255 * encoded), UNSEEN).astype(np.uint8))


def _small(mask: Mask, frame: _Frame) -> Bytes:
    return np.asarray(cv2.resize(mask[frame.part].astype(np.uint8), frame.size, interpolation=cv2.INTER_AREA))


def _draw(picture: Bytes, mask: Bytes, colour: tuple[int, int, int]) -> None:
    """An outline with a pale rim, so that it reads on any skin."""
    contours, _ = cv2.findContours(mask, cv2.RETR_LIST, cv2.CHAIN_APPROX_NONE)
    cv2.drawContours(picture, contours, -1, PAPER, 4, cv2.LINE_AA)
    cv2.drawContours(picture, contours, -1, colour, 2, cv2.LINE_AA)


def _told(found: Comparison) -> list[str]:
    """The figures under a pair."""
    known = found.estimates()
    words = {
        "returned": "repigmented" if found.kind == "white" else "cleared",
        "restored": "pigment restored" if found.kind == "white" else "excess gone",
        "faded": "faded",
        "area_change": "area",
        "new_share": "new area",
    }
    shares = ", ".join(f"{words[name]} {known[name]}" for name in known if name in words)
    lines = [shares.replace(", area", "\narea")]
    if found.area_before and found.area_after:
        lines.append(f"area {found.area_before} before, {found.area_after} after")
    return [part for line in lines for part in line.split("\n")]


def _limit(found: Comparison) -> float:
    """The end of the colours: what hardly any place of the lesions exceeds, and enough of their depth to hide noise."""
    inside = np.abs(found.change[found.outline.any(axis=0) & np.isfinite(found.change)])
    most = max(float(np.quantile(inside, 0.98)) if inside.size else 0.0, found.depth * value("compare_paint"))
    step = 10.0 ** np.floor(np.log10(max(most, 1e-3)))
    return float(np.ceil(max(most, 1e-3) / step) * step)


def _diverging(share: NDArray[np.floating]) -> NDArray[np.float32]:
    """Colours (..., 3) of -1 (lighter) over 0 to 1 (darker)."""
    ends = np.array([LIGHTER, MIDDLE, DARKER], np.float32)
    return np.stack([np.interp(share, [-1, 0, 1], ends[:, c]) for c in range(3)], -1).astype(np.float32)


def _legend(sheet: Image.Image, draw: ImageDraw.ImageDraw, limit: float, unit: str, top: int) -> None:
    left, width = 8, min(440, sheet.width - 16)
    ramp = np.tile(_diverging(np.linspace(-1, 1, width)), (BAR, 1, 1))
    sheet.paste(Image.fromarray(np.rint(ramp).astype(np.uint8)), (left, top + 20))
    for share, text, anchor in (
        (0.0, f"-{limit:g}: pigment lost", "la"),
        (0.5, "0", "ma"),
        (1.0, f"+{limit:g}: gained", "ra"),
    ):
        draw.text((left + share * width, top), text, INK, _font(14), anchor=anchor)
    draw.text((left, top + 22 + BAR), f"{unit}, against own skin at each visit", INK, _font(14))
    draw.text((left, top + 42 + BAR), "outlines: before in blue, after in vermilion", INK, _font(14))


def _bar_of_mm(draw: ImageDraw.ImageDraw, frame: _Frame, bottom: int) -> None:
    """A bar of 1, 2, 5, 10 ... mm under a third of the width, low in the first picture."""
    if frame.mm is None:
        return
    room = frame.size[0] * frame.mm / 3
    power = 10.0 ** np.floor(np.log10(room))
    length = max(step * power for step in (1, 2, 5) if step * power <= room)
    end = 10 + round(length / frame.mm)
    draw.rectangle((9, bottom - 15, end + 1, bottom - 9), PAPER)
    draw.rectangle((10, bottom - 14, end, bottom - 10), INK)
    draw.text((10, bottom - 36), f"{length:g} mm", INK, _font(15), stroke_width=2, stroke_fill=PAPER)


def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size)
