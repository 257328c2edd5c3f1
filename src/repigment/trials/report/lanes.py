"""The protocol of a study as what can be drawn: lanes of arms, bars of treatments, events."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from repigment.trials.report.disease import disease
from repigment.trials.report.palette import ArmMark, marks
from repigment.trials.report.reads import Trial, all_arms, control, sizes, take_over_arms
from repigment.trials.report.treatment_words import EMPTY, steps, treatment_name, when
from repigment.trials.report.words import THIN, counted


@dataclass(frozen=True)
class Bar:
    """One treatment of one arm: a period in weeks, or single sessions; `notes` are lines of what it is made of."""

    text: str
    start: float
    until: float
    sessions: tuple[float, ...]
    hollow: bool
    notes: tuple[str, ...] = ()


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
    notes = tuple(steps(treatment)) if getattr(treatment, "steps", None) else ()
    text = f"{treatment_name(treatment)}, {when(treatment)}"
    return Bar(text, begin, last, sessions, treatment.give in EMPTY, notes)


def events(study: Any) -> dict[float, str]:
    """What happens at which week: primary endpoints, a withdrawal, a switch of treatment."""
    said: dict[float, list[str]] = {}
    for endpoint in study.endpoints:
        if getattr(endpoint, "primary", False):
            here = said.setdefault(float(endpoint.week), [])
            here.append(endpoint.score if here else f"primary endpoint {endpoint.score}")
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
    raters = {"live": "a rater at the visit", "photograph": "a rater of photographs"}
    seen = raters.get(rater, disease(study).unrated)
    loss = float(getattr(getattr(study, "dropout", None), "per_year", 0) or 0)
    lost = f" Patients leave at a rate of {100 * loss:.0f}{THIN}% a year." if loss else " Nobody leaves."
    kind = str(study.design).replace("-", " ")
    return f"{kind.capitalize()} design; {len(study.visits)} visits; scores by {seen}.{lost}"
