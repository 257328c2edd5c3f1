"""The trade of passage against potency, drawn: doses rise, what a dose is worth falls, and senescence ends it."""

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from repigment.cells.expansion import Expansion, expand
from repigment.cells.limits import limits
from repigment.cells.numbers import brief, spoken
from repigment.cells.sources import SOURCES, TISSUE
from repigment.cells.unknown import Array
from repigment.evidence.parameters import parameter

INK, MUTED, GAIN, LOSS = "#1b1b1b", "#5c5c5c", "#1f5f99", "#a8441f"
STYLE = {
    "svg.fonttype": "none",
    "svg.hashsalt": "repigment",
    "font.family": "DejaVu Sans",
    "font.size": 11,
    "axes.edgecolor": MUTED,
    "axes.labelcolor": INK,
    "xtick.color": MUTED,
    "ytick.color": MUTED,
    "axes.spines.top": False,
    "axes.spines.right": False,
}
FURTHEST = 20  # passage to which it is drawn at least
EMPTY = {"Date": None, "Creator": None, "Format": None, "Type": None}


@contextmanager
def _styled() -> Iterator[None]:
    with mpl.rc_context(STYLE), warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph .* missing")
        yield


def draw(wanted: Expansion, *, draws: int, seed: int, amount: float | None) -> str:
    """The chart as SVG, for the donation of `wanted`, grown on to passage 20."""
    with _styled():
        buffer = io.StringIO()
        figure(wanted, draws, seed, amount).savefig(buffer, format="svg", metadata=EMPTY)
    return buffer.getvalue()


def figure(wanted: Expansion, draws: int, seed: int, amount: float | None) -> Figure:
    """Three panels over the passage: doses, what a dose is worth, where cells of each source senesce."""
    asked = wanted.passages[-1]
    drawn = expand(wanted.source, max(asked, FURTHEST), wanted.dose, amount=amount, draws=draws, seed=seed)
    figure = Figure(figsize=(8.4, 7.4), layout="constrained")
    doses, worth, end = figure.subplots(3, 1, sharex=True, height_ratios=(4, 4, 1.4))
    figure.suptitle(
        f"One donation of {TISSUE[wanted.source]}: how many doses, and what one is worth", x=0.01, ha="left"
    )
    _band(doses, drawn.doses, GAIN, "")
    doses.set_yscale("log")
    doses.set_ylabel(f"doses of {spoken(wanted.dose)} cells")
    _mark(doses, drawn, asked)
    _band(worth, drawn.potency, LOSS, "strength of a mechanism")
    _band(worth, 1 / drawn.clearance, GAIN, "time in the skin", "--")
    worth.set_ylabel("fold of passage 3")
    worth.set_ylim(0, None)
    worth.legend(loc="lower left", frameon=False, title="priors; bands hold 90 % of draws", alignment="left")
    _senescence(end, wanted.source)
    for axes in (doses, worth, end):
        _limit(axes, wanted.source, say=axes is doses)
    end.set_xlabel("passage")
    end.set_xticks(list(drawn.passages))
    return figure


def _band(axes: Axes, values: Array, colour: str, label: str, style: str = "-") -> None:
    low, median, high = np.quantile(values, (0.05, 0.5, 0.95), axis=0)
    at = np.arange(values.shape[1])
    axes.fill_between(at, low, high, color=colour, alpha=0.16, linewidth=0)
    axes.plot(at, median, color=colour, linewidth=2, linestyle=style, label=label)


def _mark(axes: Axes, drawn: Expansion, asked: int) -> None:
    low, median, high = drawn.middle("doses", asked)
    axes.plot([asked], [median], "o", color=GAIN)
    axes.annotate(
        f"passage {asked}: {brief(median)} ({brief(low)} to {brief(high)})",
        (asked, median),
        xytext=(10, -22),
        textcoords="offset points",
        color=INK,
    )


def _limit(axes: Axes, source: str, *, say: bool) -> None:
    most = float(limits(source)["passage"].limit)
    axes.axvline(most, color=MUTED, linewidth=1, linestyle=(0, (4, 3)))
    if say:
        axes.text(most + 0.15, 0.03, "advised limit", transform=axes.get_xaxis_transform(), color=MUTED)


def _senescence(axes: Axes, chosen: str) -> None:
    """Where cells of each source no longer divide: value and range."""
    for row, source in enumerate(reversed(SOURCES)):
        known = parameter(f"grow_senescence.{source}")
        colour = INK if source == chosen else MUTED
        axes.plot([known.low, known.high], [row, row], color=colour, linewidth=4, alpha=0.5, solid_capstyle="butt")
        axes.plot([known.value], [row], "|", color=INK, markersize=12, markeredgewidth=2)
    axes.set_yticks(range(len(SOURCES)), list(reversed(SOURCES)))
    axes.set_ylim(-0.6, len(SOURCES) - 0.4)
    axes.set_ylabel("senescence", color=INK)
