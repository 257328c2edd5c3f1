"""Charts of assurance: against the number of patients, effects over worlds, what they depend on."""

from dataclasses import replace
from typing import Any

import numpy as np
from matplotlib.axes import Axes

from repigment.trials.report import forest
from repigment.trials.report.chart import Chart, canvas, finish, styled
from repigment.trials.report.palette import ink
from repigment.trials.report.words import number, unit

WIDTH, HEIGHT = 400, 270
MOST_SHOWN = 8  # influences
BY_LUCK = 0.1  # of intervals that cover nine in ten
TICKS = (5, 10, 20, 50, 100, 200, 500, 1000, 2000)


def curve(each: Any, key: str) -> Chart:
    """Assurance and power at the mean effect against the patients of the smaller arm."""
    n = np.array([min(point.n) for point in each.curve])
    over, at = (100 * np.array([getattr(point, name) for point in each.curve]) for name in ("assurance", "power"))
    bound = 100 * each.benefit_worlds
    with styled():
        figure, axes = canvas(WIDTH, HEIGHT)
        axes.set_xscale("log")
        axes.set_xticks(TICKS, [str(tick) for tick in TICKS], minor=False)
        axes.minorticks_off()
        axes.set_xlim(n[0], n[-1])
        axes.set_ylim(-2, 104)
        axes.grid(axis="y", color=ink("rule"), lw=0.7)
        axes.axhline(bound, color=ink("miss"), lw=1, ls=(0, (2, 3)))
        axes.axvline(min(each.sizes), color=ink("muted"), lw=1, ls=(0, (2, 3)))
        axes.plot(n, at, color=ink("muted"), lw=1.6, ls=(0, (5, 2)))
        axes.plot(n, over, color=ink("accent"), lw=2.2)
        _names(axes, n, over, at, bound)
        axes.set_xlabel("patients in the smaller arm")
        axes.set_ylabel("chance of success, %")
        title = f"Chance of success by size: {each.arm} against {each.versus}"
        alt = f"{title}: " + "; ".join(
            f"{number(size, 0)} patients assurance {number(a, 0)} %, power {number(p, 0)} %"
            for size, a, p in list(zip(n, over, at, strict=True))[::4]
        )
        note = f"line across: {number(bound, 0)} % of worlds with benefit; upright: this study"
        return finish(figure, key, title, alt, note)


def _names(axes: Axes, n: np.ndarray, over: np.ndarray, at: np.ndarray, bound: float) -> None:
    """Words beside the curves, at the end where they lie further apart."""
    above = over[-1] >= at[-1]
    for values, name, colour, up in (
        (over, "assurance", "accent", above),
        (at, "power at the mean", "muted", not above),
    ):
        k = int(0.72 * n.size)
        axes.annotate(
            name,
            (n[k], values[k]),
            (-4, 9 if up else -16),
            textcoords="offset points",
            ha="right" if up else "left",
            color=ink(colour),
        )


def effects(each: Any, key: str) -> Chart:
    """The effect in every world, from the worst to the best."""
    of = unit(each.unit)
    values = np.sort(np.array(each.effects)) * of.scale
    rank = np.arange(1, values.size + 1)
    with styled():
        figure, axes = canvas(WIDTH, HEIGHT)
        axes.axvline(0, color=ink("muted"), lw=1)
        axes.axvline(each.mean * of.scale, color=ink("accent"), lw=1.4, ls=(0, (5, 2)))
        for good, colour, marker in ((values > 0, "hit", "o"), (values <= 0, "miss", "s")):
            axes.hlines(rank[good], 0, values[good], color=ink(colour), lw=1, alpha=0.5)
            axes.plot(values[good], rank[good], marker, ms=5, color=ink(colour), ls="none")
        axes.set_ylim(0, values.size + 1)
        axes.set_yticks([1, values.size])
        axes.set_ylabel("worlds, worst to best", labelpad=-6)
        axes.set_xlabel(f"benefit, {of.difference}")
        axes.margins(x=0.06)
        title = f"Effect in each world: {each.endpoint}, week {each.week:g}"
        told = f"{number(values[0])} to {number(values[-1])} {of.difference}, mean {number(each.mean * of.scale)}"
        note = f"dashed: mean; standard error of one trial of this size: {number(each.trial_error * of.scale)}"
        return finish(figure, key, title, f"{title}: {told}", note)


def influences(each: Any, key: str) -> Chart:
    """The drawn parameters on which the effect depends most, with their intervals."""
    found = each.more.sensitivity[:MOST_SHOWN]
    dots = [
        forest.Dot(
            one.parameter,
            f"{number(one.correlation, 2)} ({number(one.low, 2)} to {number(one.high, 2)})",
            one.correlation,
            one.low,
            one.high,
            ink("arm-1"),
        )
        for one in found
    ]
    kind = "partial rank correlation" if found[0].partial else "rank correlation; too few worlds to hold others"
    title = "What the effect depends on"
    alt = f"{title}, {kind}: " + "; ".join(f"{dot.text} {dot.said}" for dot in dots)
    chart = forest.draw(dots, key, title, alt, f"{kind} with benefit", True, unit("-"))
    drawn = len(each.more.sensitivity)
    note = f"{drawn} numbers were drawn; up to {max(round(BY_LUCK * drawn), 1)} would stand clear of zero by luck alone"
    return replace(chart, note=note)
