"""A simulated patient on paper: curves, a strip of pictures, and the numbers as a table."""

import calendar
import io
from pathlib import Path

import pandas as pd

from repigment.patients.simulate import PatientCourse
from repigment.pictures.strip import Style, strips
from repigment.saving import save
from repigment.skin.sun import YEAR

WHITE_PANELS = {
    "Pigment of the lesion": ("visible_melanin", "depigmented", "surround_melanin"),
    "Melanocytes": ("melanocytes", "melanoblasts", "reservoir"),
    "Immune system": ("effectors", "memory", "interferon", "regulation"),
    "Treatment": ("cells", "secretome", "inflammation", "uv_damage"),
}
DARK_PANELS = {
    "Pigment": ("visible_melanin", "surround_melanin", "contrast"),
    "Where the melanin is": ("melanin_viable", "melanin_corneum", "melanin_dermal"),
    "What drives it": ("melanogenesis", "niche", "inflammation", "uv_damage"),
    "Treatment": ("melanocytes", "cells", "secretome"),
}
PIXELS = 144  # a side of each picture
MONTHS = tuple(calendar.month_name[1:])
LEAST = 0.005  # what is shown as nothing
COSTS = {
    "irrit.": ("irritation", 1),
    "needles": ("injection_site", 1),
    "UVB": ("uvb_dose", 0.001),
}
WHITE_FIRST = {
    "pigment": ("visible_melanin", 1),
    "white": ("depigmented", 100),
    "cells": ("melanocytes", 100),
    "T cells": ("effectors", 1),
    "memory": ("memory", 1),
    "IFN": ("interferon", 1),
    **COSTS,
}
DARK_FIRST = {
    "lesion": ("visible_melanin", 1),
    "around": ("surround_melanin", 1),
    "contr.": ("contrast", 1),
    "darker": ("darker", 100),
    "dermal": ("melanin_dermal", 1),
    "niche": ("niche", 1),
    "infl.": ("inflammation", 1),
    **COSTS,
}
LEGEND = {
    True: "pigment: own untanned skin = 1; white: % of the lesion; cells: melanocytes, % of the site's capacity; "
    "IFN: interferon axis",
    False: "melanin of lesion and around: own untanned skin = 1; contr.: contrast, skin type III = 1; "
    "darker: % of the lesion that visibly is; dermal: melanin in the dermis; infl.: inflammation",
}


def short(number: float) -> str:
    """A number of a table: three figures, two decimals below 1, and 0 for what would be less.

    >>> short(12.345), short(-0.0888), short(3.2e-26)
    ('12.3', '-0.09', '0')
    """
    if abs(number) < LEAST:
        return "0"
    return f"{number:.2f}" if abs(number) < 1 else f"{number:.3g}"


def white(course: PatientCourse) -> bool:
    """Whether the lesions of the patient's condition are white; otherwise they are dark."""
    return course.lesion.condition.watched == "depigmented"


def heading(course: PatientCourse) -> str:
    """Who is followed, and from which part of the year on."""
    person, known = course.person, course.lesion.condition
    month = MONTHS[int(person.first_day % YEAR / YEAR * len(MONTHS))]
    where = "south" if person.latitude < 0 else "north"
    return (
        f"{known.title}, {course.lesion.site}, skin type {person.skin_type}, {person.age:.0f} years, "
        f"{person.sun_habit} life at {abs(person.latitude):.0f} degrees {where}; week 0 is in {month}"
    )


def legend(course: PatientCourse) -> str:
    """What the columns of `visits_table` mean."""
    return f"{LEGEND[white(course)]}; irrit. and needles: score-days; UVB: J/cm2"


def table(course: PatientCourse) -> pd.DataFrame:
    """Every quantity by week, one row a week."""
    return course.weekly.to_dataframe()


def visits_table(course: PatientCourse) -> pd.DataFrame:
    """The quantities that a reader looks at first, at the visits of the pictures."""
    shown = table(course).loc[list(course.maps["visit"].values)]
    first = WHITE_FIRST if white(course) else DARK_FIRST
    return pd.DataFrame({heading: factor * shown[name] for heading, (name, factor) in first.items()})


def bound(course: PatientCourse) -> str:
    """What a coarser run says of the discretisation error of the quantity that counts."""
    if white(course):
        return (
            f"white, estimated by a coarser run: {100 * float(abs(course.weekly['error']).max()):.1f} percentage points"
        )
    return f"contrast, estimated by a coarser run: {float(abs(course.weekly['contrast_error']).max()):.2g}"


def picture_strip(course: PatientCourse) -> bytes:
    """The patch at the visits, as PNG."""
    across = course.maps["x"].values
    weeks = [float(week) for week in course.maps["visit"].values]
    style = Style(PIXELS, course.lesion.condition.outline(PIXELS))
    return strips({"": course.pigments}, weeks, float(across[1] - across[0]), course.tissue, style)


def curves(course: PatientCourse) -> bytes:
    """The course of pigment, cells, immune system and treatment, as PNG."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(10, 6), layout="constrained", dpi=110)
    weeks = course.weekly["week"].values
    for axes, (title, names) in zip(
        figure.subplots(2, 2).flat, (WHITE_PANELS if white(course) else DARK_PANELS).items(), strict=True
    ):
        for name, style in zip(names, ("-", "--", "-.", ":"), strict=False):
            axes.plot(weeks, course.weekly[name].values, style, label=name.replace("_", " "))
        axes.set_title(title, loc="left", fontsize=11)
        axes.set_xlabel("weeks")
        axes.set_ylim(
            bottom=min(0.0, axes.get_ylim()[0]) if any(course.weekly[n].values.min() < 0 for n in names) else 0
        )
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
