"""Pictures of typical and extreme patients at their visits."""

import base64
from typing import Any

import numpy as np

from repigment.optics.people import skin_type_name
from repigment.pictures.strip import Style, pictures, scale_bar, small_png
from repigment.trials.report.blocks import PatientStrip, Picture, Prose, Section, Strips
from repigment.trials.report.disease import disease
from repigment.trials.report.reads import Trial, all_arms, within_patient
from repigment.trials.report.words import capital

LEAD = (
    "Shown is {} in even daylight: melanin and blood of the model's skin, turned into colour by its "
    "optics. No photograph of anybody. Grey: the visit was missed."
)
HALVES = (
    "Each arm treats one half of the face and is scored on that half only; its pictures show the whole face treated."
)


def section(trial: Trial) -> Section:
    """A strip a patient of the result's gallery."""
    if not trial.gallery:
        return Section("pictures", "Pictures", [Prose(["The results hold no pictures."])])
    order = [arm.name for arm in all_arms(trial.study)]

    def turn(item: Any) -> int:
        return order.index(item.arm) if item.arm in order else len(order)

    told = disease(trial.study)
    said = [LEAD.format(told.shown), HALVES if told.halves and within_patient(trial.study) else ""]
    strips = Strips([_strip(item) for item in sorted(trial.gallery, key=turn)])
    return Section("pictures", "Pictures", [Prose(said), strips])


def _strip(item: Any) -> PatientStrip:
    kind = skin_type_name(item.skin_type)
    width = item.maps.shape[2] * item.dx_mm
    bar, skin = scale_bar(width), getattr(item, "skin", None)
    painted = pictures(item.pigments, item.tissue, style=Style(skin=skin))
    shown = [
        Picture(
            week=f"week {week:g}",
            alt=f"{item.arm}, skin type {kind}, week {week:g}: {_state(melanin, skin)}",
            data=base64.b64encode(small_png(picture, skin)).decode("ascii"),
            scale=f"{bar:g} mm" if i == 0 else "",
            scale_share=round(100 * bar / width, 2),
        )
        for i, (week, melanin, picture) in enumerate(zip(item.weeks, item.maps, painted, strict=True))
    ]
    known = [item.arm, f"patient {item.patient}"]
    detail = [f"skin type {kind}", *(each for each in known if str(each) not in item.caption)]
    return PatientStrip(capital(str(item.caption)), " · ".join(detail), shown)


def _state(melanin: Any, skin: Any) -> str:
    if skin is not None:
        places = ((np.arange(len(melanin)) + 0.5) * len(skin) / len(melanin)).astype(int)
        melanin = melanin[skin[np.ix_(places, places)]]
    mean = float(melanin.mean())
    return f"{100 * mean:.0f} % of the patch's own melanin" if mean == mean else "visit missed"
