"""What trials of such products excluded: one rule of one trial on one answer."""

from dataclasses import dataclass
from functools import cache

from repigment.evidence.tables import rows
from repigment.safety.patient import NEVER

EVER = "ever"  # a rule on months: it must never have been


@dataclass(frozen=True, slots=True)
class Exclusion:
    """A rule: `key` of the patient, and what of it excludes.

    The rule is `true`, `false`, `< 18`, `> 20`, `ever`, or names parted by |. `need` is required or asked: what is
    required must be answered. Empty `conditions` stand for all. The reason is in our own words, the rule as far as the
    registration says it.
    """

    key: str
    item: str
    rule: str
    need: str
    conditions: tuple[str, ...]
    reason: str
    trial: str
    product: str
    source: str
    date: str
    identifier: str
    status: str

    def concerns(self, condition: str) -> bool:
        """Whether it is asked in this condition."""
        return not self.conditions or condition in self.conditions

    def excludes(self, said: bool | float | str) -> bool:
        """Whether that answer excludes; "never" is longer ago than any number of months.

        >>> exclusions()[0].rule, exclusions()[0].excludes(False)
        ('false', True)
        """
        if self.rule == EVER:
            return said != NEVER
        sign, _, bound = self.rule.partition(" ")
        if sign in ("<", ">"):
            if isinstance(said, str):
                return False
            return said < float(bound) if sign == "<" else said > float(bound)
        return str(said).lower() in self.rule.split("|")

    @property
    def told(self) -> str:
        """The rule as it is printed."""
        return {"true": "yes", "false": "no"}.get(self.rule, self.rule.replace("|", " or "))


@cache
def exclusions() -> tuple[Exclusion, ...]:
    """All rules of evidence/exclusions.csv.

    >>> len({each.trial for each in exclusions()}) >= 10
    True
    """
    return tuple(_read(row) for row in rows("exclusions"))


def _read(row: dict[str, str]) -> Exclusion:
    conditions = tuple(part for part in row["conditions"].split("|") if part)
    return Exclusion(conditions=conditions, **{key: text for key, text in row.items() if key != "conditions"})
