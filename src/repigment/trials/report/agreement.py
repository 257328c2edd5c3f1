"""Published results beside the simulated ones: which fall inside which interval."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from repigment.trials.analysis import MEASURES
from repigment.trials.analysis.proportions import wilson
from repigment.trials.report.chart import Chart, canvas, finish, label, styled
from repigment.trials.report.palette import ink
from repigment.trials.report.reads import Trial, at, unit_names
from repigment.trials.report.words import Unit, quantity, shown, unit, with_interval

HIT, MISS, OPEN, ABSENT, CONTEXT = "hit", "miss", "undecided", "not simulated", "context"
CLOSE = 0.10  # of the scale (0 to 1, 0 to 100 %): an error of the simulation beyond which nothing can be judged
SCALES = {("%", "fraction"): 0.01, ("fraction", "%"): 100.0}
WIDTH, ROW = 440, 62
SIMULATED, PUBLISHED = "accent", "ink"
Interval = tuple[float, float]


@dataclass(frozen=True)
class Pair:
    """One published result (value, interval) with its simulated counterpart, both in the simulated one's unit."""

    row: Any
    measure: Unit
    published: float
    published_span: Interval
    from_n: bool  # the published interval was computed here from the number of patients
    simulated: float
    simulated_span: Interval
    mc_error: float

    @property
    def reach(self) -> Interval:
        """How far the published trial and the simulation's own error reach below and above the published value.

        Square-and-add of the published interval and 1.96 Monte Carlo errors. The simulated interval has no say: with
        fewer virtual patients it would be wider, and agreement must not be had by simulating less.
        """
        own = 1.96 * self.mc_error if np.isfinite(self.mc_error) else 0.0
        low, high = (abs(end - self.published) if np.isfinite(end) else 0.0 for end in self.published_span)
        return float(np.hypot(low, own)), float(np.hypot(high, own))

    @property
    def verdict(self) -> str:
        """Hit or miss by `reach`; undecided where a hit rests on a large Monte Carlo error."""
        if not np.isfinite(self.simulated):
            return ABSENT
        if self.row.role == CONTEXT:
            return CONTEXT
        low, high = self.reach
        if not -low <= self.simulated - self.published <= high:
            return MISS
        return OPEN if 1.96 * self.mc_error * self.measure.scale > 100 * CLOSE else HIT

    @property
    def seen(self) -> bool:
        """Whether anybody read the published number, or only remembers it."""
        return str(self.row.status) != "RECALLED"

    @property
    def name(self) -> str:
        """Arm, endpoint and week in one phrase."""
        return f"{self.row.arm}: {self.row.endpoint}, week {self.row.week:g}"


def pairs(trial: Trial) -> list[Pair]:
    """Every published result of the study with what was simulated for the same arm, endpoint and week."""
    return [_pair(row, trial) for row in trial.study.published]


def _pair(row: Any, trial: Trial) -> Pair:
    found = at(trial.estimates, row.endpoint, row.week)
    found = found[found["arm"] == row.arm]
    told = unit_names(trial).get(row.endpoint, row.unit)
    scale = SCALES.get((row.unit, told), 1.0)
    known, from_n = _published_span(row, float(trial.study.analysis.confidence))
    nothing = (np.nan, np.nan, np.nan, np.nan)
    value, low, high, error = found[["estimate", "ci_low", "ci_high", "mc_error"]].iloc[0] if len(found) else nothing
    own = (known[0] * scale, known[1] * scale)
    spans = own, from_n, float(value), (float(low), float(high))
    return Pair(row, unit(told), row.value * scale, *spans, float(error))


def _published_span(row: Any, confidence: float) -> tuple[Interval, bool]:
    """The printed interval; else Wilson's for a share of a known number of patients."""
    low, high, n = (getattr(row, name, None) for name in ("ci_low", "ci_high", "n"))
    if low is not None and high is not None and pd.notna(low) and pd.notna(high):
        return (float(low), float(high)), False
    whole = {"fraction": 1.0, "%": 100.0}.get(row.unit, 0.0)
    shares = row.endpoint in MEASURES and MEASURES[row.endpoint].is_share
    if n and 0 <= row.value <= whole and shares:
        low, high = wilson(row.value / whole, n, confidence)
        return (whole * low, whole * high), True
    return (np.nan, np.nan), False


def drawing(found: Sequence[Pair], key: str, title: str, note: str) -> Chart:
    """Open diamonds published, full circles simulated, with their intervals; all of one unit."""
    height = ROW * len(found) + 50
    with styled():
        figure, axes = canvas(WIDTH, height, left=2, right=2, top=4, bottom=46)
        axes.set_ylim(ROW * len(found), 0)
        axes.spines["left"].set_visible(False)
        axes.set_yticks([])
        axes.set_xlabel(found[0].measure.name)
        axes.set_xlim(*_limits(found))
        names = Counter(pair.name for pair in found)
        for i, pair in enumerate(found):
            which = getattr(pair.row, "note", "") if names[pair.name] > 1 else ""
            _draw(axes, pair, ROW * i, f"{pair.name} · {which}" if which else pair.name)
        alt = f"{title}: " + "; ".join(sentence(pair) for pair in found)
        return finish(figure, key, title, alt, note)


def _limits(found: Sequence[Pair]) -> tuple[float, float]:
    values = [v for p in found for v in (p.published, *p.published_span, p.simulated, *p.simulated_span)]
    known = np.array([v for v in values if np.isfinite(v)]) * found[0].measure.scale
    low, high = min(0.0, known.min()), max(0.0, known.max())
    room = 0.04 * ((high - low) or 1.0)
    return low - room, high + room


def _draw(axes: Axes, pair: Pair, top: float, name: str) -> None:
    across, scale = axes.get_yaxis_transform(), pair.measure.scale
    colour = {HIT: "hit", MISS: "miss"}.get(pair.verdict, "muted")
    axes.text(0, top + 16, label(name, 50), transform=across)
    axes.text(1, top + 16, pair.verdict, transform=across, ha="right", weight="bold", color=ink(colour))
    for value, ends, y, tint, marker, face in (
        (pair.published, pair.published_span, top + 31, PUBLISHED, "D", "paper"),
        (pair.simulated, pair.simulated_span, top + 44, SIMULATED, "o", SIMULATED),
    ):
        axes.plot([scale * end for end in ends], [y, y], color=ink(tint), lw=1.8, solid_capstyle="butt")
        axes.plot(scale * value, y, marker, ms=7, mfc=ink(face), mec=ink(tint), mew=1.6, clip_on=False)


def sentence(pair: Pair) -> str:
    """One published result and its simulation in words.

    Says by how much the simulation is too high or too low wherever it is not a hit.
    """
    said = f"{pair.name}: published {quantity(pair.published, pair.measure)}"
    if pair.verdict == ABSENT:
        return said
    said += f", simulated {with_interval(pair.simulated, *pair.simulated_span, pair.measure)}"
    if pair.verdict in (HIT, OPEN, CONTEXT):
        return said
    gap = pair.simulated - pair.published
    side = "high" if gap > 0 else "low"
    return f"{said}, too {side} by {shown(abs(gap), pair.measure)} {pair.measure.difference}"
