"""The protocol of a study as what can be drawn: lanes of arms, bars of treatments, events."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from repigment.trials.report.palette import ArmMark, marks
from repigment.trials.report.reads import Trial, all_arms, control, sizes, take_over_arms
from repigment.trials.report.words import THIN, counted, listed, number

NAMES = {"uc-msc": "UC-MSC injection", "nb-uvb": "NB-UVB", "sham-injection": "sham injection"}
EMPTY = ("vehicle", "sham-injection")  # what is given without an active part is drawn open
MEASURED_IN = ("mm", "ml")
TIMING = ("give", "start", "until", "weeks")


@dataclass(frozen=True)
class Bar:
    """One treatment of one arm: a period in weeks, or single sessions."""

    text: str
    start: float
    until: float
    sessions: tuple[float, ...]
    hollow: bool


@dataclass(frozen=True)
class Lane:
    """One arm from its first week to its last."""

    name: str
    size: str
    start: float
    end: float
    bars: tuple[Bar, ...]
    look: ArmMark


def lanes(trial: Trial) -> list[Lane]:
    """Every arm with its treatments, in the order of the study; arms of a withdrawal begin at its week."""
    study, people = trial.study, sizes(trial)
    looks = marks([arm.name for arm in all_arms(study)], control(study))
    second, last = take_over_arms(study), float(max(study.visits))
    found = [_lane(arm, looks, _size(arm, people[arm.name]), 0.0, last) for arm in study.arms]
    begin = float(study.withdrawal.week) if second else 0.0
    return found + [_lane(arm, looks, f"from week {begin:g}", begin, last) for arm in second]


def _size(arm: Any, people: int) -> str:
    what = getattr(arm, "label", "") or getattr(arm, "lesion", "")
    return counted(people, "patient") + (f", {what}" if what else "")


def _lane(arm: Any, looks: Mapping[str, ArmMark], size: str, start: float, end: float) -> Lane:
    return Lane(arm.name, size, start, end, tuple(_bar(each, start, end) for each in arm.treatments), looks[arm.name])


def _bar(treatment: Any, start: float, end: float) -> Bar:
    sessions = tuple(float(week) for week in getattr(treatment, "weeks", None) or ())
    begin = max(start, float(getattr(treatment, "start", 0) or 0))
    until = getattr(treatment, "until", None)
    last = min(end, float(until)) if until is not None else end
    hollow = treatment.give in EMPTY
    return Bar(f"{treatment_name(treatment)}, {when(treatment)}", begin, last, sessions, hollow)


def treatment_name(treatment: Any) -> str:
    """A treatment's name as people say it."""
    return NAMES.get(treatment.give, str(treatment.give).replace("-", " "))


def when(treatment: Any) -> str:
    """The times of a treatment in words."""
    sessions = getattr(treatment, "weeks", None)
    if sessions:
        return f"week{'s' if len(sessions) > 1 else ''} {listed([f'{week:g}' for week in sessions])}"
    often = getattr(treatment, "sessions_per_week", None)
    times = f"{often:g} a week, " if often else ""
    start, until = float(getattr(treatment, "start", 0) or 0), getattr(treatment, "until", None)
    return f"{times}week {start:g} to {'the end' if until is None else f'{until:g}'}"


def details(treatment: Any) -> str:
    """Everything else that a study says of a treatment, as names and values."""
    fields = treatment.model_dump() if hasattr(treatment, "model_dump") else vars(treatment)
    told = {name: value for name, value in fields.items() if name not in TIMING and value is not None}
    return "; ".join(_said(name, value) for name, value in told.items())


def _said(name: str, value: object) -> str:
    """`spacing_mm` and 7 as 'spacing 7 mm'."""
    words, _, last = name.rpartition("_")
    if words and last in MEASURED_IN:
        return f"{words.replace('_', ' ')} {_value(value)} {last}"
    return f"{name.replace('_', ' ')} {_value(value)}"


def _value(value: object) -> str:
    if isinstance(value, float | int) and not isinstance(value, bool):
        return number(float(value), 0) if float(value).is_integer() else f"{value:g}"
    if isinstance(value, list | tuple):
        return listed([_value(each) for each in value]) or "none"
    return str(value)


def events(study: Any) -> dict[float, str]:
    """What happens at which week: primary endpoints, a withdrawal, a switch of treatment."""
    said: dict[float, list[str]] = {}
    for endpoint in study.endpoints:
        if getattr(endpoint, "primary", False):
            said.setdefault(float(endpoint.week), []).append(f"primary endpoint {endpoint.score}")
    withdrawal = getattr(study, "withdrawal", None)
    if withdrawal is not None:
        said.setdefault(float(withdrawal.week), []).append(f"re-randomised: who has {withdrawal.criterion}")
    for week in sorted(_switches(study)):
        said.setdefault(week, []).append("switch")
    return {week: " · ".join(dict.fromkeys(said[week])) for week in sorted(said)}


def _switches(study: Any) -> set[float]:
    """Weeks at which a treatment begins in an arm where another has just ended."""
    found = set()
    for arm in study.arms:
        ends = {float(t.until) for t in arm.treatments if getattr(t, "until", None) is not None}
        found |= {float(t.start) for t in arm.treatments if getattr(t, "start", 0) and float(t.start) in ends}
    return found


def summary(study: Any) -> str:
    """Design, visits, raters and losses in one line."""
    rater = str(getattr(study, "rater", "none"))
    seen = {"live": "a rater at the visit", "photograph": "a rater of photographs"}.get(rater, "exact areas, no rater")
    loss = float(getattr(getattr(study, "dropout", None), "per_year", 0) or 0)
    lost = f" Patients leave at a rate of {100 * loss:.0f}{THIN}% a year." if loss else " Nobody leaves."
    kind = str(study.design).replace("-", " ")
    return f"{kind.capitalize()} design; {len(study.visits)} visits; scores by {seen}.{lost}"
