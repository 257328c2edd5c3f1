"""All published values against the simulated ones, in one drawing a kind of number."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from repigment.trials.comparison.compared import Compared
from repigment.trials.report.agreement import CONTEXT, HIT, MISS, Pair
from repigment.trials.report.blocks import Figures, Prose, Section
from repigment.trials.report.chart import Chart, canvas, finish, styled
from repigment.trials.report.palette import ink
from repigment.trials.report.words import counted

SIDE = 440
LOOKS = {HIT: ("hit", "o"), MISS: ("miss", "X"), CONTEXT: ("muted", ".")}
OTHER = ("muted", "s")
KINDS: Mapping[str, Callable[[Pair], bool]] = {
    "shares of patients": lambda pair: pair.measure.scale == 100,
    "changes in per cent": lambda pair: pair.measure.name == "%" and pair.measure.scale == 1,
    "melanin index units": lambda pair: pair.measure.name == "MI units",
}


def section(studies: Sequence[Compared]) -> Section:
    """A drawing for each kind of number that there are three or more of."""
    found = [pair for study in studies for pair in study.pairs if np.isfinite(pair.simulated)]
    drawn = [
        _drawing([pair for pair in found if of(pair)], f"scatter-{i}", kind)
        for i, (kind, of) in enumerate(KINDS.items())
        if sum(map(of, found)) >= 3
    ]
    said = "On the line both are the same. Circles are hits, crosses misses, squares undecided, dots context."
    return Section("scatter", "All at once", [Prose([said]), Figures(drawn, size="medium")])


def _drawing(found: Sequence[Pair], key: str, kind: str) -> Chart:
    title = f"Published and simulated {kind}"
    across = np.array([pair.published * pair.measure.scale for pair in found])
    up = np.array([pair.simulated * pair.measure.scale for pair in found])
    low, high = min(0.0, across.min(), up.min()), max(0.0, across.max(), up.max())
    room = 0.04 * ((high - low) or 1.0)
    ends = (low - room, high + room)
    with styled():
        figure, axes = canvas(SIDE, SIDE, left=54, bottom=48)
        axes.plot(ends, ends, color=ink("rule"), lw=1.2, zorder=0)
        for x, y, pair in zip(across, up, found, strict=True):
            colour, marker = LOOKS.get(pair.verdict, OTHER)
            axes.plot(x, y, marker, color=ink(colour), ms=6, mew=0, alpha=0.85)
        axes.set(xlim=ends, ylim=ends, aspect="equal")
        axes.set_xlabel(f"published, {found[0].measure.name}")
        axes.set_ylabel(f"simulated, {found[0].measure.name}")
        apart = float(np.median(np.abs(up - across)))
        note = (
            f"{counted(len(found), 'result')}, half of them less than {apart:.1f} {found[0].measure.difference} apart"
        )
        return finish(figure, key, title, f"{title}: {note}", note)
