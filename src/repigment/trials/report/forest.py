"""Dots with intervals, one under the other: estimates of arms, and differences between them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from repigment.trials.report.chart import Chart, canvas, finish, label, styled
from repigment.trials.report.palette import ArmMark, ink
from repigment.trials.report.words import Unit, capital, shown, span, unit

WIDTH, ROW, HEADING = 440, 40, 26
LETTERS = 58  # that fit beside each other in a row


@dataclass(frozen=True)
class Dot:
    """One row of the drawing: a value with its interval, already in the scale of the axis."""

    text: str
    said: str
    value: float
    low: float
    high: float
    colour: str
    marker: str = "o"
    filled: bool = True
    heading: str = ""


def estimates(rows: pd.DataFrame, key: str, endpoint: Any, looks: Mapping[str, ArmMark]) -> Chart:
    """Every arm's estimate of one endpoint at one week (rows of the estimates table)."""
    measure = unit(str(rows["unit"].iloc[0]))
    dots = [_dot(row, row.arm, row.estimate, measure, looks[row.arm]) for row in rows.itertuples()]
    title = f"{capital(endpoint.score)} at week {endpoint.week:g}"
    alt = f"{title}: " + "; ".join(f"{dot.text} {dot.said}" for dot in dots)
    return draw(dots, key, title, alt, measure.name, False, measure)


def differences(rows: pd.DataFrame, key: str, measure: Unit, looks: Mapping[str, ArmMark], direction: str) -> Chart:
    """Differences between arms (rows of the comparisons table) with a line at no difference."""
    dots, last = [], ""
    for row in rows.itertuples():
        heading = f"week {row.week:g}"
        text = f"{row.arm} against {row.versus}"
        dots.append(_dot(row, text, row.difference, measure, looks[row.arm], "" if heading == last else heading))
        last = heading
    title = capital(str(rows["endpoint"].iloc[0]))
    said = "; ".join(f"{dot.heading} {dot.text} {dot.said}" for dot in dots)
    return draw(dots, key, title, f"Differences of {title} in {measure.difference}: {said}", direction, True, measure)


def _dot(row: Any, text: str, value: float, measure: Unit, look: ArmMark, heading: str = "") -> Dot:
    said = f"{shown(value, measure)} ({span(row.ci_low, row.ci_high, measure)})" if pd.notna(value) else "not estimable"
    low, high = row.ci_low * measure.scale, row.ci_high * measure.scale
    return Dot(text, said, value * measure.scale, low, high, look.ink, look.marker, look.filled, heading)


def draw(dots: Sequence[Dot], key: str, title: str, alt: str, axis: str, zero: bool, measure: Unit) -> Chart:
    """The drawing of rows from top to bottom; `axis` is said under it, `zero` draws the line of no difference."""
    height = sum(ROW + (HEADING if dot.heading else 0) for dot in dots) + 52
    with styled():
        figure, axes = canvas(WIDTH, height, left=2, right=2, top=6, bottom=46)
        axes.set_ylim(height - 52, 0)
        axes.set_xlim(*_limits(dots, zero))
        axes.spines["left"].set_visible(False)
        axes.set_yticks([])
        axes.set_xlabel(axis)
        top = 0.0
        for dot in dots:
            top = _row(axes, dot, top, zero)
        return finish(figure, key, title, alt, f"difference in {measure.difference}" if zero else "")


def _limits(dots: Sequence[Dot], zero: bool) -> tuple[float, float]:
    ends = np.array([[dot.low, dot.high, dot.value] for dot in dots], float)
    known = ends[np.isfinite(ends)]
    low, high = (float(known.min()), float(known.max())) if known.size else (0.0, 1.0)
    low, high = min(low, 0.0), max(high, 0.0)
    room = 0.04 * ((high - low) or 1.0)
    return low - (room if low < 0 or zero else 0), high + room


def _row(axes: Axes, dot: Dot, top: float, zero: bool) -> float:
    """Draw one row from `top` down; returns where the next begins."""
    across = axes.get_yaxis_transform()
    if dot.heading:
        axes.text(0, top + 18, label(dot.heading), transform=across, weight="bold", color=ink("ink"))
        top += HEADING
    axes.text(0, top + 14, label(dot.text, LETTERS - len(dot.said)), transform=across)
    axes.text(1, top + 14, dot.said, transform=across, ha="right", color=ink("muted"))
    middle = top + 27
    if zero:
        axes.plot([0, 0], [middle - 8, middle + 8], color=ink("muted"), lw=1, zorder=1)
    axes.plot([dot.low, dot.high], [middle, middle], color=dot.colour, lw=2, solid_capstyle="butt", zorder=2)
    face = dot.colour if dot.filled else ink("paper")
    axes.plot(dot.value, middle, dot.marker, ms=8, mfc=face, mec=dot.colour, mew=1.8, zorder=3, clip_on=False)
    return top + ROW
