"""Who took part: a row a characteristic, a column an arm."""

from collections.abc import Callable, Iterable, Sequence

import numpy as np
import pandas as pd

from repigment.optics.people import SKIN_TYPES, skin_type_name, type_shares
from repigment.trials.report.blocks import Cell, Prose, Section, Table
from repigment.trials.report.disease import Form, disease
from repigment.trials.report.reads import Trial, patients, take_over_arms, within_patient
from repigment.trials.report.words import NONE, THIN, counted, number

ITA = "Typology angle (ITA) of untanned skin, degrees"
SPOTS = "spots_"  # begins the names of the columns that count spots, one a region
Row = tuple[str, Callable[[pd.DataFrame], str]]


def section(trial: Trial) -> Section:
    """The table of baseline characteristics, arm by arm."""
    groups = _groups(trial)
    everyone = pd.concat(groups.values())
    rows: list[list[Cell]] = [
        [name, *(say(group) for group in groups.values())] for name, say in _rows(trial, everyone)
    ]
    lead = (
        f"{counted(patients(trial), 'patient')} drawn from the population that the study describes. Every arm enrols "
        "the same virtual people, so that arms differ by their treatments and not by chance at enrolment."
    )
    least = getattr(trial.study.population, "least_contrast", 0.0)
    if least > 0:
        lead += f" Only patients with a contrast of at least {number(least, 0)} MI were enrolled."
    if getattr(trial.study.population, "group", None):
        lead += _group_told(trial.study.population.group, _types(trial.people))
    table = Table(
        "Baseline, by arm",
        ["", *groups],
        rows,
        note="Mean ± standard deviation, or median with the middle half of patients in brackets, or count and share.",
    )
    return Section("enrolled", "Who was enrolled", [Prose([lead]), table])


def _group_told(group: str, types: Iterable[str]) -> str:
    """Whose skin the patients have, and who stands in for those whom the group has not."""
    told = f" Their skin is drawn from that measured in the group {group} of ISSA."
    missing = ", ".join(name for name in SKIN_TYPES if name in types and name not in type_shares(group))
    stand_in = f" It has nobody of skin type {missing}: people of that type from all groups stand in."
    return told + (stand_in if missing else "")


def _groups(trial: Trial) -> dict[str, pd.DataFrame]:
    """Patients of each arm as randomised; one group where every patient is in every arm."""
    areas = [name for name in trial.people.columns if name.startswith("area_")]
    people = trial.people.assign(area=trial.people[areas].sum(axis=1)).merge(_baseline(trial), on="patient", how="left")
    if within_patient(trial.study):
        return {"All patients": people.drop_duplicates("patient")}
    second = [arm for arm in take_over_arms(trial.study) if (people["arm"] == arm.name).any()]
    groups = {arm.name: people[people["arm"] == arm.name] for arm in [*trial.study.arms, *second]}
    return {**groups, "All": people.drop_duplicates("patient")} if len(groups) > 1 else groups


def _baseline(trial: Trial) -> pd.DataFrame:
    """Scores of each patient at week 0; the mean of lesions or halves that are followed apart."""
    wanted = [column for _, column, _ in disease(trial.study).scored]
    scores = trial.scores
    first = scores[(scores["week"] == 0) & (scores["world"] == 0) & scores["score"].isin(wanted)]
    wide = first.pivot_table(index="patient", columns="score", values="value", aggfunc="mean")
    return wide.reindex(columns=[name for name in wanted if name in wide]).reset_index()


def _rows(trial: Trial, people: pd.DataFrame) -> list[Row]:
    told, last = disease(trial.study), max(trial.study.visits)
    scored = [(name, column, digits) for name, column, digits in told.scored if _tells(people, column)]
    return [
        ("Patients", lambda group: number(len(group), 0)),
        ("Age, years", lambda group: _mean(group, "age")),
        ("Women", _has("female")),
        *((f"Skin type {name}", _skin(name)) for name in SKIN_TYPES if name in _types(trial.people)),
        *([(ITA, _measured("ita", 0))] if "ita" in people else []),
        *([("Stable disease", _has("stable"))] if told.staged else []),
        ("Sensitive skin", _has("sensitive")),
        *([(told.duration, _measured("duration", 1))] if told.duration else []),
        *_forms(told.forms, people),
        *_counted(told.lesions, people),
        *((name, _measured(column, digits)) for name, column, digits in scored),
        (f"Left before week {last:g}", lambda group: _share(group["dropout_week"].to_numpy(float) < last)),
    ]


def _forms(forms: Sequence[Form], people: pd.DataFrame) -> list[Row]:
    """The forms of the disease that any patient has."""
    there = [form for form in forms if form.column in people and (people[form.column] == form.value).any()]
    return [(form.name, _has(form.column, form.value)) for form in there]


def _counted(lesions: str, people: pd.DataFrame) -> list[Row]:
    """How many spots patients have in each region, of those who have any, and how many those are if not all."""
    found: list[Row] = []
    for column in (name for name in people.columns if name.startswith(SPOTS)):
        if (people[column] > 0).any():
            found.append((f"{lesions} on the {column.removeprefix(SPOTS)}", _of_some(column)))
    return found


def _of_some(column: str) -> Callable[[pd.DataFrame], str]:
    def say(group: pd.DataFrame) -> str:
        some = group[group[column] > 0]
        left = f", in {counted(len(some), 'patient')}" if len(some) < len(group) else ""
        return f"{_middle(some, column, 0)}{left}"

    return say


def _has(column: str, value: float = 1.0) -> Callable[[pd.DataFrame], str]:
    return lambda group: _share(group[column].to_numpy(float) == value if column in group else np.zeros(0, bool))


def _tells(people: pd.DataFrame, column: str) -> bool:
    """Whether a column is filled, and for the body whether it is more than the face."""
    face = {"area": "area_face", "T-VASI": "F-VASI"}.get(column)
    same = face in people and bool((people[column] - people[face]).abs().max() < 1e-9)
    return column in people and bool((people[column] > 0).any()) and not same


def _measured(column: str, digits: int) -> Callable[[pd.DataFrame], str]:
    return lambda group: _middle(group, column, digits)


def _skin(name: str) -> Callable[[pd.DataFrame], str]:
    return lambda group: _share(np.array([each == name for each in _types(group)], bool))


def _types(group: pd.DataFrame) -> list[str]:
    return [skin_type_name(each) for each in group["skin_type"]]


def _share(flags: np.ndarray) -> str:
    return f"{int(flags.sum())} ({100 * flags.mean():.0f}{THIN}%)" if len(flags) else NONE


def _mean(group: pd.DataFrame, column: str) -> str:
    values = group[column].dropna() if column in group else pd.Series(dtype=float)
    return f"{number(values.mean(), 1)} ± {number(values.std(ddof=0), 1)}" if len(values) else NONE


def _middle(group: pd.DataFrame, column: str, digits: int) -> str:
    values = group[column].dropna().to_numpy(float) if column in group else np.zeros(0)
    if not len(values):
        return NONE
    low, middle, high = np.quantile(values, [0.25, 0.5, 0.75])
    return f"{number(middle, digits)} ({number(low, digits)} to {number(high, digits)})"
