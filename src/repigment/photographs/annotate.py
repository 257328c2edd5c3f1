"""The photograph with what was measured drawn on it."""

import textwrap

import cv2
import numpy as np
from numpy.typing import NDArray

from repigment.errors import RepigmentError
from repigment.optics.colour import encode
from repigment.photographs.measure import Measurement
from repigment.photographs.measures import Measure
from repigment.photographs.seen import Seen

Picture = NDArray[np.uint8]
SIDE = 1400  # px of the longer side of the picture
LINE = {"darker": (90, 230, 60), "lighter": (255, 190, 40)}  # edges, in RGB
OWN, CARD, HATCH, INK, PAPER = (70, 160, 255), (255, 80, 220), (235, 40, 40), (20, 20, 20), (255, 255, 255)
BARS = (0.5, 1, 2, 5, 10, 20, 50, 100)  # mm that a scale bar may have
TOLD = ("area", "diameter", "own skin ITA", "lesion ITA", "contrast", "VASI", "MASI")
SUBPIXEL = 4  # bits of a pixel in OpenCV's lines
DASH = 8  # points of an outline


def annotate(measurement: Measurement) -> bytes:
    """A PNG without metadata: edges of lesions, own skin, the card, hatched skin that says nothing, scale bar, numbers.

    RepigmentError where nothing was measured.
    """
    seen = measurement.seen
    if seen is None:
        raise RepigmentError("nothing in this photograph was measured", remedy="read the reasons that were given")
    factor = min(1.0, SIDE / max(seen.photograph.shape))
    picture = _small(seen, factor)
    hatched = _hatch(picture, seen, factor)
    _lines(picture, seen, factor, LINE[measurement.lesion or "darker"])
    if seen.scale is not None:
        _bar(picture, seen, factor)
    whole = np.vstack([picture, _legend(measurement, picture.shape[1], hatched)])
    done, data = cv2.imencode(".png", np.ascontiguousarray(whole[..., ::-1]))
    assert done
    return bytes(data)


def _small(seen: Seen, factor: float) -> Picture:
    linear = cv2.resize(seen.photograph.linear, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    return np.round(255 * encode(linear)).astype(np.uint8)


def _hatch(picture: Picture, seen: Seen, factor: float) -> bool:
    """Diagonal lines over what is in the photograph but cannot be used, if anything; the card has its own frame."""
    bad = ~(seen.usable & (seen.maps.valid | (not seen.correction.trusted)))
    if seen.card is not None:
        bad &= ~seen.card.mask(seen.photograph.shape)
    size = (picture.shape[1], picture.shape[0])
    share = cv2.resize(bad.astype(np.float32), size, interpolation=cv2.INTER_AREA)
    rows, columns = np.indices(share.shape)
    stripes = ((rows + columns) % 9 < 2) & (share > 0.5)
    picture[stripes] = HATCH
    return bool(stripes.any())


def _lines(picture: Picture, seen: Seen, factor: float, colour: tuple[int, int, int]) -> None:
    def draw(points: NDArray[np.float64], line: tuple[int, int, int], width: int, closed: bool = True) -> None:
        placed = ((points + 0.5) * factor - 0.5) * 2**SUBPIXEL
        cv2.polylines(picture, [np.round(placed).astype(np.int32)], closed, line, width, cv2.LINE_AA, SUBPIXEL)

    if seen.own is not None and seen.own.box is not None:
        x, y, width, height = seen.own.box
        draw(np.array([[x, y], [x + width, y], [x + width, y + height], [x, y + height]], float), OWN, 2)
    if seen.card is not None:
        draw(seen.card.corners, CARD, 2)
    for lesion in seen.lesions:
        for line in lesion.contours:
            if not lesion.doubtful:
                draw(line, (0, 0, 0), 4)
                draw(line, colour, 2)
                continue
            for start in range(0, len(line), 2 * DASH):
                draw(line[start : start + DASH], colour, 2, False)


def _bar(picture: Picture, seen: Seen, factor: float) -> None:
    assert seen.scale is not None
    height, width = picture.shape[:2]
    at = np.array([0.1 * width, 0.95 * height]) / factor
    pixels = factor / seen.scale.mm_per_pixel(at)
    mm = max((bar for bar in BARS if bar * pixels <= 0.3 * width), default=BARS[0])
    left, bottom = round(0.03 * width), height - round(0.03 * height)
    right = left + round(mm * pixels)
    cv2.rectangle(picture, (left - 6, bottom - 34), (max(right, left + 70) + 6, bottom + 10), PAPER, -1)
    cv2.rectangle(picture, (left, bottom), (right, bottom + 5), INK, -1)
    cv2.putText(picture, f"{mm:g} mm", (left, bottom - 10), cv2.FONT_HERSHEY_SIMPLEX, 0.6, INK, 1, cv2.LINE_AA)


def _legend(measurement: Measurement, width: int, hatched: bool) -> Picture:
    """Numbers, what is withheld and what the lines mean, below the picture."""
    told = [each for name in TOLD if (each := measurement.get(name)) is not None]
    lines = [_said(each) for each in told]
    if measurement.lesion is None:
        lines.append("no lesion found")
    lines += [f"no {refusal.what}: {refusal.why}" for refusal in measurement.refusals]
    if measurement.seen is not None and any(each.doubtful for each in measurement.seen.lesions):
        lines.append("dashed: doubtful lesions, hardly darker or lighter than the texture of the skin")
    if hatched:
        lines.append("hatched in red: not measured, for it is burnt out, in shadow, blurred or no skin")
    size = float(np.clip(width / 1400, 0.4, 0.7))
    step = round(34 * size) + 4
    most = max(20, int(width / (18 * size)))
    rows = [row for line in lines for row in textwrap.wrap(line, most)]
    legend = np.full((step * (len(rows) + 1), width, 3), 255, np.uint8)
    for row, text in enumerate(rows):
        plain = text.encode("ascii", "replace").decode()
        cv2.putText(legend, plain, (10, step * (row + 1)), cv2.FONT_HERSHEY_SIMPLEX, size, INK, 1, cv2.LINE_AA)
    return legend


def _said(measure: Measure) -> str:
    unit = "" if measure.unit == "-" else f" {measure.unit}"
    return f"{measure.name} {measure.value:.4g}{unit} ({measure.low:.4g} to {measure.high:.4g})"
