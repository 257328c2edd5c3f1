"""What is asked of the model to test a claim: which arm against which, judged how, when it holds."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from repigment.evidence.parameters import value
from repigment.evidence.tables import rows
from repigment.trials.analysis.endpoints import MEASURES

KINDS = ("difference", "ratio", "relapse", "kept", "lost", "what-if")


@dataclass(frozen=True)
class Question:
    """One comparison in one study: `outcome` of `arm` against `versus` at `week`.

    kind: "difference" of means; "ratio", the same in per cent of the second arm; "relapse", difference between the
    shares of responders who lose their response; "kept", what is left of the largest effect; "lost", the share of one
    arm's responders who lose their response; "what-if", a difference under an assumption that the prior excludes.

    `better` is lower, higher or either; it holds in a world where the effect is better by more than `margin` `unit`.
    `screen`: only persons who improve by less than claim_poor_response in that arm until `from_week`. For kinds
    relapse and lost `from_week` is the week at which responders are picked. `counts`: the claim depends on it.
    """

    claim: int
    study: str
    kind: str
    arm: str
    versus: str
    outcome: str
    week: int
    from_week: int
    screen: str
    better: str
    margin: float
    unit: str
    counts: bool

    @property
    def scores(self) -> tuple[str, ...]:
        """Names of the scores, or of the quantities of the skin, that it is made from.

        >>> questions(25)[0].scores
        ('irritation burden', 'injection-site burden')
        """
        parts = self.outcome.split(" + ")
        return tuple(MEASURES[part].score if part in MEASURES else part for part in parts)

    @property
    def criterion(self) -> str:
        """When it holds, in words.

        >>> questions(2)[0].criterion
        'F-VASI change at week 60: UC-MSC lower than sham by more than 10 percentage points'
        """
        beyond = f"by more than {self.margin:g} {self.unit}" if self.margin else "at all"
        if self.kind in ("lost", "relapse"):
            return self._losing(beyond)
        if self.kind == "kept":
            least = f"itself at least {value('claim_least_effect'):g} percentage points"
            largest = f"of the largest advantage of {self.arm} over {self.versus}, {least}"
            return f"{self.outcome}: {largest}, more than {self.margin:g} % is left at week {self.week}"
        how = {"either": "other"}.get(self.better, self.better)
        said = f"{self.outcome} at week {self.week}: {self.arm} {how} than {self.versus} {beyond}"
        if not self.screen:
            return said
        poor = f"less than {value('claim_poor_response'):g} %"
        return f"{said}, in those who gain {poor} in the arm {self.screen} by week {self.from_week}"

    def _losing(self, beyond: str) -> str:
        who = f"of those with {self.outcome} at week {self.from_week}"
        gone = f"have lost it at week {self.week}"
        if self.kind == "lost":
            return f"{who} in the arm {self.arm}, more than {self.margin:g} % {gone}"
        return f"{who} in both arms, the share who {gone} is lower with {self.arm} than with {self.versus} {beyond}"


@cache
def all_questions() -> tuple[Question, ...]:
    """The questions of all claims."""
    return tuple(_read(row) for row in rows("claim_questions"))


def _read(row: dict[str, str]) -> Question:
    words = {key: row[key] for key in ("study", "kind", "arm", "versus", "outcome", "screen", "better", "unit")}
    return Question(
        claim=int(row["claim"]),
        week=int(row["week"]),
        from_week=int(row["from_week"] or 0),
        margin=float(row["margin"]),
        counts=row["counts"] == "yes",
        **words,
    )


def questions(claim: int) -> tuple[Question, ...]:
    """The questions of one claim; none where the model cannot speak to it or needs no study.

    >>> [question.versus for question in questions(17)]
    ['sham', 'NB-UVB']
    """
    return tuple(question for question in all_questions() if question.claim == claim)


def studies_of(numbers: Iterable[int]) -> tuple[str, ...]:
    """Names of the studies that the claims of these numbers need, each once."""
    wanted = set(numbers)
    return tuple(dict.fromkeys(each.study for each in all_questions() if each.claim in wanted))
