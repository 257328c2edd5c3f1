"""The effect over all draws: a dot a draw, with the line of no effect and the margin."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes

from repigment.claims.finding import Finding
from repigment.claims.page.words import at_full
from repigment.claims.played import Bools, Floats
from repigment.trials.report.chart import Chart, canvas, finish, styled
from repigment.trials.report.palette import ArmMark, ink
from repigment.trials.report.words import counted, number

WIDTH, HEIGHT = 420, 196
TOP, BOTTOM = 24, 42
STRIP = 20  # above the dots, for what cells do at full strength
DOTS = HEIGHT - TOP - BOTTOM - STRIP
COLUMNS = 42  # of dots
LARGEST = 8.5  # a dot, in points
HOLDS, FAILS = ArmMark("a draw that holds", "hit", "o", True), ArmMark("a draw that does not", "arm-0", "o", True)
FULL = ArmMark("at full strength", "arm-4", "D", False)
DIRECTIONS = {"lower": "  ·  ← better", "higher": "  ·  better →"}


def distribution(finding: Finding, key: str, title: str) -> Chart:
    """The drawing of a finding; where no draw was made, its share with the interval of the patients."""
    values = np.array([np.nan if each is None else each for each in finding.values])
    known = np.isfinite(values)
    holds = np.array(finding.holds)[known]
    alt = f"{title}: {said(finding)}"
    with styled():
        figure, axes = canvas(WIDTH, HEIGHT, left=8, right=8, top=TOP, bottom=BOTTOM)
        axes.spines["left"].set_visible(False)
        axes.set_yticks([])
        low, high = _limits(finding, values[known])
        axes.set_xlim(low, high)
        axes.set_ylim(0, 1 + STRIP / DOTS)
        axes.set_xlabel(finding.unit + DIRECTIONS.get(finding.better, "") if finding.kind != "lost" else finding.unit)
        _lines(axes, finding)
        if values.size == 1:
            _interval(axes, finding, bool(holds.any()))
        else:
            _dots(axes, values[known], holds, (low, high))
        _full(axes, finding)
        return finish(figure, key, title, alt, said(finding))


def legend(findings: Sequence[Finding]) -> list[ArmMark]:
    """What the marks of the drawings of a claim are; none where a draw is not made."""
    if all(len(finding.values) == 1 for finding in findings):
        return []
    return [HOLDS, FAILS, *([FULL] if any(finding.full_strength is not None for finding in findings) else [])]


def said(finding: Finding) -> str:
    """Median, intervals and the effect at full strength in words."""
    return "; ".join(filter(None, (_spread(finding), at_full(finding))))


def _spread(finding: Finding) -> str:
    told = finding.quantiles
    if told.get("median") is None:
        return "no value in any draw"
    median = f"median {number(told['median'] or 0)}"
    if "low95" in told:
        return f"{number(told['median'] or 0)} {finding.unit}, 95 % interval {_span(told['low95'], told['high95'])}"
    if len(finding.values) == 1:
        return f"{number(told['median'] or 0)} {finding.unit}, from {counted(finding.persons, 'person')} in one world"
    known = sum(each is not None for each in finding.values)
    few = "" if known == len(finding.values) else f", in the {known} of {len(finding.values)} draws that have a value"
    return (
        f"{median} {finding.unit}; half of the draws {_span(told['low50'], told['high50'])}, "
        f"nine in ten {_span(told['low90'], told['high90'])}{few}"
    )


def _span(low: float | None, high: float | None) -> str:
    return f"{number(float('nan') if low is None else low)} to {number(float('nan') if high is None else high)}"


def _limits(finding: Finding, known: Floats) -> tuple[float, float]:
    ends = [finding.nothing, *finding.bar, *known]
    ends += [] if finding.full_strength is None else [finding.full_strength]
    ends += [end for name in ("low95", "high95") if (end := finding.quantiles.get(name)) is not None]
    low, high = float(min(ends)), float(max(ends))
    room = 0.06 * ((high - low) or 1.0)
    return low - room, high + room


def _lines(axes: Axes, finding: Finding) -> None:
    """The line of no effect, and the margin where it is another."""
    across = axes.get_xaxis_transform()
    at = [(finding.nothing, finding.names[0], "muted", "-")]
    at += [(bar, finding.names[1], "accent", "--") for bar in finding.bar if bar != finding.nothing]
    middle = float(np.mean(axes.get_xlim()))
    for position, name, colour, style in at:
        axes.plot(
            [position, position], [0, 1.04], style, color=ink(colour), lw=1.3, transform=across, clip_on=False, zorder=1
        )
        left = position > middle if len(at) < 3 or position != finding.nothing else None
        where = "center" if left is None else "right" if left else "left"
        axes.text(position, 1.08, name, transform=across, ha=where, color=ink(colour), size=11.5)


def _dots(axes: Axes, values: Floats, holds: Bools, limits: tuple[float, float]) -> None:
    """A dot a draw, stacked; those in which the claim holds in colour, the others grey."""
    low, high = limits
    column = np.clip(((values - low) / (high - low) * COLUMNS).astype(int), 0, COLUMNS - 1)
    stacks = np.bincount(column, minlength=COLUMNS)
    size = min(LARGEST, (WIDTH - 16) / COLUMNS - 0.6, DOTS / max(int(stacks.max(initial=1)), 1))
    step = size / DOTS
    height = np.zeros(COLUMNS)
    for each in np.argsort(values, kind="stable"):
        place = column[each]
        x = low + (place + 0.5) * (high - low) / COLUMNS
        colour = ink("hit") if holds[each] else ink("arm-0")
        axes.plot(x, (height[place] + 0.5) * step, "o", ms=size, mew=0, color=colour, clip_on=False, zorder=3)
        height[place] += 1


def _full(axes: Axes, finding: Finding) -> None:
    """What cells do at full strength, above the dots: an open mark of its own with its name."""
    if finding.full_strength is None:
        return
    x, y, (low, high) = finding.full_strength, 1 + 0.5 * STRIP / DOTS, axes.get_xlim()
    style = {"ms": 7.5, "mew": 2, "mec": FULL.ink, "mfc": "none"}
    axes.plot(x, y, FULL.marker, **style, clip_on=False, zorder=4)
    left = x > (low + high) / 2
    away = {"textcoords": "offset points", "xytext": (-10 if left else 10, 0), "ha": "right" if left else "left"}
    axes.annotate("full strength", (x, y), **away, va="center", color=FULL.ink, size=11.5)


def _interval(axes: Axes, finding: Finding, holds: bool) -> None:
    low, high = finding.quantiles.get("low95"), finding.quantiles.get("high95")
    colour = ink("hit") if holds else ink("arm-0")
    if low is not None and high is not None:
        axes.plot([low, high], [0.4, 0.4], color=colour, lw=2.2, zorder=2)
    if finding.values[0] is not None:
        axes.plot(finding.values[0], 0.4, "o", ms=10, mew=0, color=colour, zorder=3)
