"""A simulated patient on paper: curves, a strip of pictures, and the numbers as a table."""

import io
from pathlib import Path

import pandas as pd

from repigment.optics.strip import strip
from repigment.patients.simulate import PatientCourse
from repigment.saving import save

PANELS = {
    "Pigment of the lesion": ("visible_melanin", "depigmented", "surround_melanin"),
    "Melanocytes": ("melanocytes", "melanoblasts", "reservoir"),
    "Immune system": ("effectors", "memory", "interferon", "regulation"),
    "Treatment": ("cells", "secretome", "inflammation", "uv_damage"),
}
FIRST = {
    "pigment": ("visible_melanin", 1),
    "white": ("depigmented", 100),
    "cells": ("melanocytes", 100),
    "T cells": ("effectors", 1),
    "memory": ("memory", 1),
    "IFN": ("interferon", 1),
    "irrit.": ("irritation", 1),
    "needles": ("injection_site", 1),
    "UVB": ("uvb_dose", 0.001),
}


def table(course: PatientCourse) -> pd.DataFrame:
    """Every quantity by week, one row a week."""
    return course.weekly.to_dataframe()


def visits_table(course: PatientCourse) -> pd.DataFrame:
    """The quantities that a reader looks at first, at the visits of the pictures."""
    shown = table(course).loc[list(course.maps["visit"].values)]
    return pd.DataFrame({heading: factor * shown[name] for heading, (name, factor) in FIRST.items()})


def bound(course: PatientCourse) -> float:
    """Estimate of the discretisation error of the depigmented share, percentage points."""
    return 100 * float(abs(course.weekly["error"]).max())


def picture_strip(course: PatientCourse) -> bytes:
    """The patch at the visits, as PNG."""
    across = course.maps["x"].values
    weeks = [float(week) for week in course.maps["visit"].values]
    return strip(course.maps.values, weeks, course.person.skin_type, float(across[1] - across[0]))


def curves(course: PatientCourse) -> bytes:
    """The course of pigment, cells, immune system and treatment, as PNG."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(10, 6), layout="constrained", dpi=110)
    weeks = course.weekly["week"].values
    for axes, (title, names) in zip(figure.subplots(2, 2).flat, PANELS.items(), strict=True):
        for name, style in zip(names, ("-", "--", "-.", ":"), strict=False):
            axes.plot(weeks, course.weekly[name].values, style, label=name.replace("_", " "))
        axes.set_title(title, loc="left", fontsize=11)
        axes.set_xlabel("weeks")
        axes.set_ylim(bottom=0)
        axes.legend(frameon=False, fontsize=8)
        axes.spines[["top", "right"]].set_visible(False)
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", metadata={"Software": None})
    return buffer.getvalue()


def write_portrait(course: PatientCourse, folder: Path) -> list[Path]:
    """Write course.csv, curves.png and strip.png into `folder`; RepigmentError if it cannot be written."""
    files: dict[str, str | bytes] = {
        "course.csv": table(course).to_csv(lineterminator="\n"),
        "curves.png": curves(course),
        "strip.png": picture_strip(course),
    }
    for name, content in files.items():
        save(content, folder / name, name)
    return [folder / name for name in files]
