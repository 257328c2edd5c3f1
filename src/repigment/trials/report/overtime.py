"""Estimates over time: one small chart a score, an interval a visit and arm."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from repigment.trials.report.chart import Chart, canvas, finish, styled
from repigment.trials.report.endpoint_words import describe
from repigment.trials.report.palette import ArmMark, ink
from repigment.trials.report.words import capital, quantity, span, unit

WIDTH, HEIGHT = 400, 270
ASIDE = 0.008  # share of the axis between the marks of two arms
APART = 0.06  # tick labels nearer than this share of the axis would touch


def chart(
    rows: pd.DataFrame,
    key: str,
    visits: Sequence[float],
    looks: Mapping[str, ArmMark],
    asked: Sequence[float] = (),
) -> Chart:
    """One endpoint (rows of the estimates table) over the weeks of the study; `asked` weeks get a line."""
    name, measure = str(rows["endpoint"].iloc[0]), unit(str(rows["unit"].iloc[0]))
    title = capital(name) if name == measure.name else f"{capital(name)}, {measure.name}"
    with styled():
        figure, axes = canvas(WIDTH, HEIGHT)
        strong = asked or [float(rows["week"].max())]
        _lines(axes, rows, looks, strong, measure.scale)
        weeks_axis(axes, visits, asked)
        for week in asked:
            axes.axvline(week, color=ink("accent"), lw=1, ls=(0, (2, 3)), zorder=0)
        axes.margins(y=0.06)
        _value_axis(axes, shares=str(rows["unit"].iloc[0]) == "fraction")
        return finish(figure, key, title, _alt(rows, title), describe(name))


def weeks_axis(axes: Axes, visits: Sequence[float], wanted: Sequence[float] = ()) -> None:
    """Weeks along the bottom: a tick a visit, a number where there is room, first of all at the `wanted` weeks."""
    weeks = [float(week) for week in visits]
    last = max(weeks) or 1.0
    named: list[float] = []
    for week in [weeks[0], last, *wanted, *reversed(weeks)]:
        if week in weeks and all(abs(week - other) >= APART * last for other in named):
            named.append(week)
    axes.set_xticks(weeks, [f"{week:g}" if week in named else "" for week in weeks])
    axes.set_xlim(-0.03 * last, 1.03 * last)
    axes.set_xlabel("week")


def _value_axis(axes: Axes, shares: bool) -> None:
    if shares:
        axes.set_ylim(-3, max(axes.get_ylim()[1], 25))
    axes.yaxis.set_major_locator(MaxNLocator(5))
    axes.grid(axis="y", color=ink("rule"), lw=0.7)
    axes.set_axisbelow(True)
    low, high = axes.get_ylim()
    if low < 0 < high and not shares:
        axes.axhline(0, color=ink("muted"), lw=0.8)


def _lines(axes: Axes, rows: pd.DataFrame, looks: Mapping[str, ArmMark], strong: Sequence[float], scale: float) -> None:
    """Lines of the arms, each moved sideways a little so that intervals do not cover each other.

    Intervals stand out at the `strong` weeks and stay back at the others.
    """
    names = [name for name in looks if name in set(rows["arm"])]
    apart = ASIDE * (float(rows["week"].max()) or 1.0)
    for i, name in enumerate(names):
        mine, look = rows[(rows["arm"] == name) & rows["estimate"].notna()].sort_values("week"), looks[name]
        weeks = mine["week"].to_numpy(float) + apart * (i - (len(names) - 1) / 2)
        value, low, high = (scale * mine[column].to_numpy(float) for column in ("estimate", "ci_low", "ci_high"))
        loud = mine["week"].isin(strong).to_numpy()
        axes.vlines(weeks[loud], low[loud], high[loud], color=look.ink, lw=1.8)
        axes.vlines(weeks[~loud], low[~loud], high[~loud], color=look.ink, lw=1, alpha=0.35)
        face = look.ink if look.filled else ink("paper")
        axes.plot(weeks, value, color=look.ink, lw=1.4, marker=look.marker, ms=5, mfc=face, mec=look.ink, mew=1.3)


def _alt(rows: pd.DataFrame, title: str) -> str:
    last = rows[rows["week"] == rows["week"].max()]
    said = [
        f"{row.arm} {quantity(row.estimate, unit(row.unit))} ({span(row.ci_low, row.ci_high, unit(row.unit))})"
        for row in last.itertuples()
    ]
    return f"{title} over time; at week {np.max(rows['week']):g}: {'; '.join(said)}"
