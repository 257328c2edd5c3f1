"""A patient against what trials excluded: each answer clear, excluded or not said."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from repigment.safety.exclusions import Exclusion, exclusions
from repigment.safety.patient import Patient

Verdict = Literal["clear", "excluded", "not said"]
NO_CLEARANCE = (
    "Clear means: not excluded by the trials named. It is no clearance for treatment. "
    "A research instrument, no medical device."
)


@dataclass(frozen=True)
class Line:
    """What comes of one answer. `rules` are those that exclude, or all that were asked where none does."""

    key: str
    item: str
    verdict: Verdict
    required: bool
    answer: str
    rules: tuple[Exclusion, ...]

    @property
    def stops(self) -> bool:
        """Whether the patient can't be taken as it stands: excluded, or a required answer missing."""
        return self.verdict == "excluded" or (self.verdict == "not said" and self.required)

    def limits(self, numbers: Mapping[str, int]) -> str:
        """What excludes, as it is printed, with the numbers of the trials that say so."""
        by: dict[str, list[int]] = {}
        for rule in self.rules:
            by.setdefault(rule.told, []).append(numbers[rule.trial])
        return "; ".join(f"{told} ({', '.join(map(str, sorted(trials)))})" for told, trials in by.items())

    @property
    def reason(self) -> str:
        """Why, in our own words."""
        return "; ".join(dict.fromkeys(rule.reason for rule in self.rules))

    def plain(self) -> dict[str, Any]:
        """As it is printed in JSON."""
        keys = ("rule", "trial", "product", "source", "date", "identifier", "status")
        return {
            "key": self.key,
            "item": self.item,
            "verdict": self.verdict,
            "required": self.required,
            "answer": self.answer or None,
            "reason": self.reason,
            "rules": [{key: getattr(rule, key) for key in keys} for rule in self.rules],
        }


def screen(patient: Patient) -> tuple[Line, ...]:
    """One line a question that concerns the patient's condition, in the order in which they are asked.

    >>> {line.verdict for line in screen(Patient(condition="melasma"))}
    {'not said'}
    """
    asked = [rule for rule in exclusions() if rule.concerns(patient.condition)]
    keys = dict.fromkeys(rule.key for rule in asked)
    return tuple(_line(patient, [rule for rule in asked if rule.key == key]) for key in keys)


def passes(lines: Sequence[Line]) -> bool:
    """Whether nothing excludes and no required answer is missing.

    >>> passes(screen(Patient(condition="melasma")))
    False
    """
    return not any(line.stops for line in lines)


def _line(patient: Patient, rules: list[Exclusion]) -> Line:
    key, item = rules[0].key, rules[0].item
    required = any(rule.need == "required" for rule in rules)
    said = patient.answer(key)
    if said is None:
        return Line(key, item, "not said", required, "", tuple(rules))
    against = tuple(rule for rule in rules if rule.excludes(said))
    return Line(key, item, "excluded" if against else "clear", required, _told(said), against or tuple(rules))


def _told(said: bool | float | str) -> str:
    """An answer as it is printed."""
    if isinstance(said, bool):
        return "yes" if said else "no"
    return said if isinstance(said, str) else f"{said:g}"
