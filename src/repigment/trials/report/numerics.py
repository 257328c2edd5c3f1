"""How exact the computation is: the distribution of the discretisation error over patients."""

import numpy as np
import pandas as pd

from repigment.trials.report.blocks import Block, Figures, Prose, Section
from repigment.trials.report.chart import Chart, canvas, finish, styled
from repigment.trials.report.disease import Disease, disease
from repigment.trials.report.palette import ink
from repigment.trials.report.reads import Trial
from repigment.trials.report.words import counted, number

BINS = 30
NAMES = ("error", "discretisation_error", "value")


def section(trial: Trial) -> Section:
    """A histogram of the errors and what it says in one sentence."""
    errors, told = np.abs(_values(trial.errors)), disease(trial.study)
    if not len(errors):
        return Section("numerics", "Numerical error", [Prose(["No discretisation error was estimated."])])
    half, most, worst = np.quantile(errors, [0.5, 0.95, 1.0])
    said = (
        f"A companion run on a coarser grid moves the {told.moved} of half of {counted(len(errors), 'course')} by "
        f"less than {number(half)} {told.error}, of 95\u202f% by less than {number(most)}, and of the worst by "
        f"{number(worst)}. It estimates the error that grid and time step leave: in the tests of "
        "the engine it covered the true error in nine cases of ten."
    )
    blocks: list[Block] = [Prose([said]), Figures([_histogram(errors, half, most, told)], size="medium")]
    return Section("numerics", "Numerical error", blocks)


def _values(table: pd.DataFrame) -> np.ndarray:
    """The column of errors, whatever it is called among the table's numbers."""
    numeric = [name for name in table.columns if pd.api.types.is_float_dtype(table[name])]
    named = [name for name in NAMES if name in table.columns] + numeric
    return table[named[0]].dropna().to_numpy(float) if named and len(table) else np.zeros(0)


def _histogram(errors: np.ndarray, half: float, most: float, told: Disease) -> Chart:
    with styled():
        figure, axes = canvas(440, 230, top=24)
        end = float(errors.max()) or 1.0
        axes.hist(errors, bins=np.linspace(0, end, BINS + 1), color=ink("accent"), alpha=0.75, lw=0)
        for value, name in ((half, "half below"), (most, "95 % below")):
            axes.axvline(value, color=ink("ink"), lw=1, ls=(0, (3, 3)))
            axes.annotate(name, (value, 1), (3, 6), xycoords=("data", "axes fraction"), textcoords="offset points")
        axes.set_xlabel(f"{told.moved}, {told.error}")
        axes.set_ylabel("courses")
        title = "Bound of the discretisation error of each course"
        alt = f"{title}: half below {number(half)}, 95 % below {number(most)}, worst {number(end)} {told.error}"
        return finish(figure, "numerics", title, alt)
