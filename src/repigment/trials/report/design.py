"""The design drawn: arms as lanes over weeks, treatments as bars, sessions as ticks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import gcd
from textwrap import wrap
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from repigment.trials.report.blocks import Adaptive, Block, Cell, Prose, Section, Table
from repigment.trials.report.chart import Chart, canvas, finish, label, styled
from repigment.trials.report.disease import disease
from repigment.trials.report.lanes import Bar, Lane, events, lanes, summary
from repigment.trials.report.overtime import weeks_axis
from repigment.trials.report.palette import ink
from repigment.trials.report.reads import Trial, all_arms, patients, sizes, within_patient
from repigment.trials.report.treatment_words import details, treatment_name, when
from repigment.trials.report.words import capital, counted

NAMED = 10  # parts of a ratio from here on say nothing
LONGEST = 400  # letters of a step of a programme
LETTER = 7.2  # pixels that a letter is about wide
BAR, TEXT, GAP = 9, 19, 16  # heights in pixels: a bar, the line of text over it, the space between lanes
INDENT = 4 * "\u00a0"  # before the lines of what a treatment is made of

KEY = (
    "Bars are periods of treatment, triangles single sessions, open marks vehicle, placebo or sham; "
    "a dotted line is follow-up without that treatment, grey lines are visits."
)


@dataclass(frozen=True)
class Setting:
    """How wide the drawing is, how much of that the names of the arms take, and how long a label may be."""

    key: str
    width: int
    names: int
    longest: int


NO_ADVICE = (
    "By statements kept with source and date, which the command “repigment where” prints; some are recalled, as said. "
    "Never legal advice."
)
WIDE, NARROW = Setting("design-wide", 1120, 270, 90), Setting("design-narrow", 440, 0, 52)


def section(trial: Trial) -> Section:
    """The drawing, wide and narrow, and the same as a table."""
    study = trial.study
    blocks: list[Block] = [
        Prose([f"{randomisation(trial)} {again(study)}{summary(study)}", KEY]),
        Adaptive(drawing(trial, WIDE), drawing(trial, NARROW)),
        _table(study),
        *_where(trial),
    ]
    return Section("design", "The design", blocks)


def _where(trial: Trial) -> list[Block]:
    """What each arm with or beside cells is in each country; nothing for a study without cells."""
    if not trial.standings:
        return []
    countries = list(next(iter(trial.standings.values())))
    rows: list[list[Cell | None]] = [
        [arm, *(known[country] for country in countries)] for arm, known in trial.standings.items()
    ]
    heads = ["Arm", *(capital(country) for country in countries)]
    return [Table("Where this plan stands", heads, rows, note=NO_ADVICE, text=tuple(range(len(heads))))]


def drawing(trial: Trial, setting: Setting) -> Chart:
    """The whole design in one setting."""
    study, rows, marked = trial.study, lanes(trial), events(trial.study)
    head = 18 * len(marked) + 10
    tops, height = _tops(rows, setting)
    with styled():
        figure, axes = canvas(
            setting.width, head + round(height) + 46, left=setting.names + 12, right=16, top=head, bottom=46
        )
        axes.set_ylim(height, 0)
        axes.set_yticks([])
        axes.spines["left"].set_visible(False)
        weeks_axis(axes, sorted(study.visits), list(marked))
        _grid(axes, sorted(study.visits), marked)
        for lane, top in zip(rows, tops, strict=True):
            _lane(axes, lane, top, setting)
        if setting.names:
            _names(figure, trial, rows, tops, head, height)
        return finish(figure, setting.key, "Arms, treatments and visits", _alt(rows, marked))


def _tops(rows: Sequence[Lane], setting: Setting) -> tuple[list[float], float]:
    tops, top = [], 8.0
    for lane in rows:
        tops.append(top)
        top += _depth(lane, setting) + GAP
    return tops, top


def _depth(lane: Lane, setting: Setting) -> float:
    lines = sum(len(_lines(bar, setting)) for bar in lane.bars)
    return max(1, lines) * TEXT + max(1, len(lane.bars)) * (BAR + 4) + (0 if setting.names else TEXT + 2)


def _lines(bar: Bar, setting: Setting) -> list[str]:
    """What is written over a bar: its name and times, then what it is made of."""
    width = setting.longest - 2 * len(INDENT)
    notes = [line for note in bar.notes for line in wrap(label(note, LONGEST), width, subsequent_indent=INDENT)]
    return [label(bar.text, setting.longest), *(INDENT + line for line in notes)]


def _grid(axes: Axes, visits: Sequence[float], marked: Mapping[float, str]) -> None:
    for week in visits:
        axes.axvline(week, color=ink("rule"), lw=0.8, zorder=0)
    for i, (week, text) in enumerate(marked.items()):
        axes.axvline(week, color=ink("accent"), lw=1.4, zorder=0.5, ymax=1 + 0.001)
        left = week > 0.5 * max(visits)
        axes.annotate(
            label(text, 60),
            (week, 1),
            (-5 if left else 5, 7 + 18 * (len(marked) - 1 - i)),
            xycoords=("data", "axes fraction"),
            textcoords="offset points",
            ha="right" if left else "left",
            color=ink("accent"),
            annotation_clip=False,
        )


def _lane(axes: Axes, lane: Lane, top: float, setting: Setting) -> None:
    if not setting.names:
        _write(axes, label(f"{lane.name} · {lane.size}", 48), lane.start, top + 14, setting, weight="bold")
        top += TEXT + 2
    for bar in lane.bars:
        begin = bar.start if not bar.sessions else lane.start
        for line in _lines(bar, setting):
            _write(axes, line, begin, top + 14, setting)
            top += TEXT
        y = top + BAR / 2
        axes.plot([lane.start, lane.end], [y, y], color=lane.look.ink, lw=1, ls=(0, (1, 2.5)), zorder=1)
        _bar(axes, bar, y, lane)
        top += BAR + 4


def _write(axes: Axes, text: str, week: float, y: float, setting: Setting, **style: str) -> None:
    """Text from `week` on; where it would run over the edge, text that ends there."""
    low, high = axes.get_xlim()
    room = (high - week) / (high - low) * (setting.width - setting.names)
    if len(text) * LETTER > room:
        axes.text(high, y, text, ha="right", **style)
    else:
        axes.text(week, y, text, **style)


def _bar(axes: Axes, bar: Bar, y: float, lane: Lane) -> None:
    face = ink("paper") if bar.hollow else lane.look.ink
    if bar.sessions:
        axes.plot(bar.sessions, [y] * len(bar.sessions), "v", ms=9, mfc=face, mec=lane.look.ink, mew=1.4, zorder=3)
    elif bar.until > bar.start:
        box = Rectangle(
            (bar.start, y - BAR / 2), bar.until - bar.start, BAR, fc=face, ec=lane.look.ink, lw=1.4, zorder=2
        )
        axes.add_patch(box)


def _names(
    figure: Figure, trial: Trial, rows: Sequence[Lane], tops: Sequence[float], head: float, height: float
) -> None:
    """The column of arms at the left, with the branch of the randomisation."""
    total = head + height + 46
    side = figure.add_axes((0, 46 / total, WIDE.names / WIDE.width, height / total), facecolor="none")
    side.set_axis_off()
    side.set_xlim(0, WIDE.names)
    side.set_ylim(height, 0)
    first = [(lane, top) for lane, top in zip(rows, tops, strict=True) if lane.start == 0]
    middles = [top + _depth(lane, WIDE) / 2 for lane, top in first]
    root = (middles[0] + middles[-1]) / 2
    for lane, top in zip(rows, tops, strict=True):
        y = top + _depth(lane, WIDE) / 2
        side.text(78, y - 2, label(lane.name, 26), weight="bold", va="bottom")
        side.text(78, y + 2, label(lane.size, 30), color=ink("muted"), va="top")
        if lane.start == 0 and len(first) > 1:
            side.plot([34, 52, 52, 72], [root, root, y, y], color=ink("muted"), lw=1.1)
    if len(first) > 1:
        _circle(side, root)


def _circle(side: Axes, root: float) -> None:
    """The R of the randomisation."""
    side.plot(20, root, "o", ms=27, mfc=ink("card"), mec=ink("muted"), mew=1.1)
    side.text(20, root, "R", ha="center", va="center_baseline", weight="bold")


def _alt(rows: Sequence[Lane], marked: Mapping[float, str]) -> str:
    given = [", then ".join("; ".join([bar.text, *bar.notes]) for bar in lane.bars) for lane in rows]
    arms = [f"{lane.name} ({lane.size}): {told or 'nothing'}" for lane, told in zip(rows, given, strict=True)]
    return "Design. " + "; ".join([*arms, *(f"week {week:g}: {text}" for week, text in marked.items())])


def randomisation(trial: Trial) -> str:
    """How many patients go where, as a ratio where it is a short one."""
    if within_patient(trial.study):
        return f"{counted(patients(trial), 'patient')}, each with every treatment {disease(trial.study).apart}."
    people = list(sizes(trial).values())
    if len(people) == 1:
        return f"{counted(people[0], 'patient')}, all with the same treatment at first."
    return f"{counted(sum(people), 'patient')} randomised{_ratio(people)} (R)."


def again(study: Any) -> str:
    """Who is randomised a second time, as a sentence and a space; nothing where nobody is."""
    withdrawal = getattr(study, "withdrawal", None)
    if withdrawal is None:
        return ""
    return f"Who has {withdrawal.criterion} at week {withdrawal.week:g} is randomised again; all others stay. "


def _ratio(people: Sequence[int]) -> str:
    """`, 2 : 1` where the people are small multiples of each other, `, about 2 : 1` where they nearly are."""
    if min(people) == 0:
        return ""
    exact = [size // gcd(*people) for size in people]
    near = [round(size / min(people)) for size in people]
    ratio, about = (exact, "") if max(exact) < NAMED else (near, "about ")
    return f", {about}{' : '.join(map(str, ratio))}" if max(ratio) < NAMED else ""


def _table(study: Any) -> Table:
    rows: list[list[Cell | None]] = []
    for arm in all_arms(study):
        head: Cell | None = arm.name
        for each in arm.treatments:
            rows.append([head, treatment_name(each), when(each), details(each)])
            head = None
    return Table("Arms and treatments", ["Arm", "Treatment", "When", "As the study says"], rows, text=(1, 2, 3))
