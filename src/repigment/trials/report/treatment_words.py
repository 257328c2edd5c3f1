"""Treatments in words: their names with the dose, when they are given, and whatever else a study says of them."""

import re
from typing import Any

from repigment.trials.report.words import THIN, counted, listed, number

EMPTY = ("vehicle", "sham-injection", "placebo")  # what is given without an active part is drawn open
PERCENT = f"{{strength}}{THIN}%"
NAMES = {  # each with its dose in braces, by the field that a study writes it in; without one where that is not known
    "uc-msc": "{source}-MSC injection",
    "uc-msc-topical": "{source}-MSC {product} on {on} skin",
    "uc-msc-vesicles": "{source}-MSC vesicle injection",
    "uc-msc-intravenous": "UC-MSC by drip",
    "nb-uvb": "NB-UVB",
    "excimer": "excimer light",
    "sham-injection": "sham injection",
    "adapalene": f"adapalene {PERCENT}",
    "azelaic-acid": f"azelaic acid {PERCENT}",
    "cysteamine": f"cysteamine {PERCENT}",
    "hydroquinone": f"hydroquinone {PERCENT}",
    "niacinamide": f"niacinamide {PERCENT}",
    "tranexamic-acid-cream": f"tranexamic acid cream {PERCENT}",
    "tretinoin": f"tretinoin {PERCENT}",
    "vitamin-c": f"vitamin C {PERCENT}",
    "corticosteroid-cream": "{potency} corticosteroid cream",
    "sunscreen": "{tinted} sunscreen SPF {spf}",
    "oral-jak": "JAK inhibitor by mouth, {mg_per_day} mg a day",
    "oral-tranexamic-acid": "tranexamic acid by mouth, {mg_per_day} mg a day",
    "mini-pulse": "dexamethasone mini-pulse, {mg} mg on 2 days a week",
    "hormones": "hormones (contraceptive or pregnancy)",
    "hormone-stop": "hormones stopped",
    "laser": "{device} laser, {energy} energy",
    "ipl": "intense pulsed light, {energy} energy",
    "peel": "{depth} peel",
    "microneedling": "microneedling {depth_mm} mm",
    "graft": "graft of melanocytes",
}
WORDS = {"cord": "UC", "q-switched": "Q-switched", "very-potent": "very potent"}
SAID = {
    "amount": "{} of the tested layer",
    "days": "days of use from each session {}",
    "dose": "{} times the reference dose",
    "expansion": "covers {} times the donor's area",
}
MEASURED_IN = ("mm", "ml", "mg")
TIMING = ("give", "start", "until", "weeks", "days_per_week", "steps", "repeat", "check_weeks")
DOSE = re.compile(r"\{(\w+)\}")
DAILY = 7  # days a week
ENDS = {
    "clear": "until clear, {} at most",
    "relapse": "until it comes back, {} at most",
    "no better": "until it gets no better, {} at most",
}


def treatment_name(treatment: Any) -> str:
    """A treatment's name as people say it, with its dose."""
    name = NAMES.get(treatment.give, str(treatment.give).replace("-", " "))
    doses = DOSE.findall(name)
    if any(getattr(treatment, dose, None) is None for dose in doses):
        return str(treatment.give).replace("-", " ")
    for dose in doses:
        name = name.replace(f"{{{dose}}}", _dose(dose, getattr(treatment, dose)))
    return name.strip()


def _dose(field: str, value: object) -> str:
    """A dose inside of a name; what is true or not is said by the field's own name or not at all."""
    if isinstance(value, bool):
        return field if value else ""
    return WORDS.get(str(value), _value(value))


def when(treatment: Any) -> str:
    """The times of a treatment in words."""
    sessions = getattr(treatment, "weeks", None)
    if sessions:
        return _weeks(sessions)
    start, until = float(getattr(treatment, "start", 0) or 0), getattr(treatment, "until", None)
    return ", ".join([*_often(treatment), f"week {start:g} to {'the end' if until is None else f'{until:g}'}"])


def _weeks(sessions: Any) -> str:
    return f"week{'s' if len(sessions) > 1 else ''} {listed([f'{week:g}' for week in sessions])}"


def _often(treatment: Any) -> list[str]:
    """How often in a week, where that is not every day."""
    light, days = getattr(treatment, "sessions_per_week", None), getattr(treatment, "days_per_week", None)
    return ([f"{light:g} a week"] if light else []) + ([f"{days:g} days a week"] if days and days < DAILY else [])


def details(treatment: Any) -> str:
    """Everything else that a study says of a treatment, as names and values; of a programme its steps."""
    if getattr(treatment, "steps", None):
        return "; ".join(steps(treatment))
    fields = treatment.model_dump() if hasattr(treatment, "model_dump") else vars(treatment)
    named = DOSE.findall(NAMES.get(treatment.give, ""))
    told = {name: value for name, value in fields.items() if name not in (*TIMING, *named) and value is not None}
    if fields.get("loading_mg") is None:
        told.pop("loading_weeks", None)
    lot = told.pop("lot", None)
    return "; ".join([*(_said(name, value) for name, value in told.items()), *([f"lot {lot['name']}"] if lot else [])])


def steps(programme: Any) -> list[str]:
    """The steps of a programme in words, and when it begins again and is looked at."""
    told = [f"step {i}: {_step(step)}" for i, step in enumerate(programme.steps, start=1)]
    again = ["then again from step 1"] if getattr(programme, "repeat", False) else []
    looks = any(step.until != "time" for step in programme.steps)
    return told + again + ([f"a doctor looks every {programme.check_weeks:g} weeks"] if looks else [])


def _step(step: Any) -> str:
    given = listed([" ".join([treatment_name(each), *_inside(each)]) for each in step.treatments]) or "pause"
    season = f" in {listed(list(step.season))} only" if getattr(step, "season", None) else ""
    lasting = ENDS.get(step.until, "{}").format(counted(step.weeks, "week"))
    return f"{given}{season}, {lasting}"


def _inside(treatment: Any) -> list[str]:
    """The times of a treatment inside of its step, in brackets; nothing where it is given throughout, every day."""
    start, until = float(getattr(treatment, "start", 0) or 0), getattr(treatment, "until", None)
    often = _often(treatment)
    if getattr(treatment, "weeks", None):
        often.append(f"in its {_weeks(treatment.weeks)}")
    elif start or until is not None:
        often.append(f"from its week {start:g}" + ("" if until is None else f" to {until:g}"))
    return [f"({', '.join(often)})"] if often else []


def _said(name: str, value: object) -> str:
    """`spacing_mm` and 7 as 'spacing 7 mm'."""
    words, _, last = name.rpartition("_")
    if name in SAID:
        return SAID[name].format(_value(value))
    if words and last in MEASURED_IN:
        return f"{words.replace('_', ' ')} {_value(value)} {last}"
    return f"{name.replace('_', ' ')} {_value(value)}"


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float | int):
        return number(float(value), 0) if float(value).is_integer() else f"{value:g}"
    if isinstance(value, list | tuple):
        return listed([_value(each) for each in value]) or "none"
    return str(value)
