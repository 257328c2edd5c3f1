"""A chart as part of the page: drawn by matplotlib, cleaned to inline SVG that takes the page's colours."""

import io
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from xml.etree import ElementTree

import matplotlib as mpl
from markupsafe import Markup
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from repigment.trials.report.palette import COLOURS, ink

POINTS = 72  # matplotlib writes SVG in points: 72 of its dots an inch make one unit of the view box a pixel
FONT = 12.5
STYLE = {
    "svg.fonttype": "none",
    "svg.hashsalt": "repigment",
    "text.parse_math": False,
    "font.family": "DejaVu Sans",
    "font.size": FONT,
    "axes.edgecolor": ink("muted"),
    "axes.labelcolor": ink("muted"),
    "axes.linewidth": 0.8,
    "text.color": ink("ink"),
    "xtick.color": ink("muted"),
    "ytick.color": ink("muted"),
    "axes.unicode_minus": True,
}
LONG_NUMBER = re.compile(r"-?\d+\.\d{2,}")
COLOUR = re.compile("#[0-9a-f]{6}")
PAGE_COLOURS = {light: f"var(--{name})" for name, (light, _) in COLOURS.items()}
SIZES = ("d", "x", "y", "width", "height", "transform", "points", "cx", "cy", "r", "x1", "x2", "y1", "y2")


@dataclass(frozen=True)
class Chart:
    """One chart: a heading, what it shows for those who do not see it, the drawing, and a line under it."""

    title: str
    alt: str
    svg: Markup
    note: str = ""


@contextmanager
def styled() -> Iterator[None]:
    """Matplotlib settings of the page, for as long as one chart is drawn."""
    with mpl.rc_context(STYLE), warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph .* missing")  # the reader's own fonts draw the text
        yield


def label(text: object, most: int = 44) -> str:
    """Text fit for a drawing: printable, on one line, cut at `most` characters."""
    clean = "".join(c if c.isprintable() else " " for c in str(text))
    return clean if len(clean) <= most else f"{clean[: most - 1].rstrip()}…"


def canvas(
    width: int, height: int, left: int = 46, right: int = 12, top: int = 10, bottom: int = 40
) -> tuple[Figure, Axes]:
    """A figure of `width` by `height` pixels with one plain axes inside the given margins."""
    figure = Figure(figsize=(width / POINTS, height / POINTS), dpi=POINTS)
    box = (left / width, bottom / height, (width - left - right) / width, (height - top - bottom) / height)
    axes = figure.add_axes(box, facecolor="none")
    axes.spines[["top", "right"]].set_visible(False)
    axes.tick_params(length=3, pad=3)
    return figure, axes


def finish(figure: Figure, key: str, title: str, alt: str, note: str = "") -> Chart:
    """The drawn figure as a chart; `key` makes its identifiers unique on the page."""
    buffer = io.StringIO()
    empty = {"Date": None, "Creator": None, "Format": None, "Type": None}
    figure.savefig(buffer, format="svg", transparent=True, metadata=empty)
    return Chart(title, alt, Markup(_inline(buffer.getvalue(), key, alt)), note)  # noqa: S704 - our own drawing


def _inline(text: str, key: str, alt: str) -> str:
    root = ElementTree.fromstring(text)
    _drop(root)
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2]
        element.attrib = {
            name.rpartition("}")[2]: _attribute(name.rpartition("}")[2], value, key)
            for name, value in element.attrib.items()
        }
    root.attrib = {"viewBox": root.attrib["viewBox"], "class": "chart", "role": "img", "aria-label": label(alt, 400)}
    return ElementTree.tostring(root, encoding="unicode")


def _drop(root: ElementTree.Element) -> None:
    """Take out what would leak into the page: the style sheet of the drawing and its empty metadata."""
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag.rpartition("}")[2] in ("style", "metadata"):
                parent.remove(child)


def _attribute(name: str, value: str, key: str) -> str:
    if name == "id":
        return f"{key}-{value}"
    if name in SIZES:
        return LONG_NUMBER.sub(lambda found: f"{float(found[0]):.2f}".rstrip("0").rstrip("."), value)
    if name == "style":
        value = COLOUR.sub(lambda found: PAGE_COLOURS.get(found[0], found[0]), value)
    return value.replace("url(#", f"url(#{key}-") if "url(#" in value else re.sub("^#", f"#{key}-", value)
