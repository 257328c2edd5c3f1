"""Courses of the model's quantities: the middle patient of each arm, and the band of the middle half."""

from collections.abc import Mapping

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from repigment.trials.report.blocks import Block, Figures, Prose, Section
from repigment.trials.report.chart import Chart, canvas, finish, styled
from repigment.trials.report.overtime import HEIGHT, WIDTH, weeks_axis
from repigment.trials.report.palette import ArmMark, ink, marks
from repigment.trials.report.reads import Trial, all_arms, control, during
from repigment.trials.report.words import capital, listed, number

BAND = (0.25, 0.5, 0.75)
MARKS = 8  # about how many markers a line carries


def section(trial: Trial) -> Section:
    """One chart a quantity that is not zero throughout."""
    looks = marks([arm.name for arm in all_arms(trial.study)], control(trial.study))
    courses, drawn, idle = trial.courses, [], []
    for i, name in enumerate(map(str, courses.data_vars)):
        field = courses[name].transpose("arm", "week", "quantile")
        if np.any(np.nan_to_num(field.sel(quantile=list(BAND), method="nearest").values) != 0):
            drawn.append(_chart(trial, field, f"course-{i}", looks))
        else:
            idle.append(_name(field))
    said = [
        "Why the arms differ: lines are the median over patients (and draws of the cells), bands their middle half. "
        "These quantities are the model's own and nobody measures them in a trial."
    ]
    said += [f"Zero in at least three quarters of every arm, so not drawn: {listed(idle)}."] if idle else []
    blocks: list[Block] = [Prose(said), Figures(drawn, list(looks.values()))]
    return Section("mechanism", "What happens in the skin", blocks)


def _name(field: xr.DataArray) -> str:
    return str(field.attrs.get("long_name", field.name))


def _chart(trial: Trial, field: xr.DataArray, key: str, looks: Mapping[str, ArmMark]) -> Chart:
    units = str(field.attrs.get("units", "-"))
    title, note = capital(_name(field)), "" if units in ("-", "dimensionless") else f"unit: {units}"
    with styled():
        figure, axes = canvas(WIDTH, HEIGHT - 40)
        for name in map(str, field["arm"].values):
            if name in looks:
                weeks = [week for week in field["week"].values if name in during(trial.study, float(week))]
                _line(axes, field.sel(arm=name, week=weeks), looks[name])
        weeks_axis(axes, sorted(trial.study.visits))
        axes.set_ylim(bottom=min(0.0, axes.get_ylim()[0]))
        axes.yaxis.set_major_locator(MaxNLocator(4))
        axes.grid(axis="y", color=ink("rule"), lw=0.7)
        axes.set_axisbelow(True)
        return finish(figure, key, title, _alt(field, title), note)


def _line(axes: Axes, course: xr.DataArray, look: ArmMark) -> None:
    weeks = course["week"].values
    low, middle, high = (course.sel(quantile=q, method="nearest").values for q in BAND)
    axes.fill_between(weeks, low, high, color=look.ink, alpha=0.13, lw=0)
    face = look.ink if look.filled else ink("paper")
    every = max(1, len(weeks) // MARKS)
    axes.plot(
        weeks,
        middle,
        color=look.ink,
        lw=1.6,
        marker=look.marker,
        ms=5,
        mfc=face,
        mec=look.ink,
        mew=1.2,
        markevery=every,
    )


def _alt(field: xr.DataArray, title: str) -> str:
    last = field.isel(week=-1).sel(quantile=0.5, method="nearest")
    said = [f"{name} {number(float(last.sel(arm=name)))}" for name in map(str, field["arm"].values)]
    return f"{title}; median at week {float(field['week'][-1]):g}: {'; '.join(said)}"
