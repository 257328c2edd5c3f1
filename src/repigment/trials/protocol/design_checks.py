"""What a design needs: arms to compare, and a second randomisation where patients are withdrawn."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from repigment.trials.protocol.scores import measures
from repigment.trials.reading.closest import closest
from repigment.trials.reading.mistakes import Mistake, shorten

if TYPE_CHECKING:
    from repigment.trials.study import Study


def few(weeks: Sequence[int]) -> str:
    """The first of the weeks, as a list in words."""
    return ", ".join(map(str, weeks[:15])) + (", ..." if len(weeks) > 15 else "")


def design(study: "Study") -> Iterator[Mistake]:
    """The design has what it needs."""
    if study.design == "randomised-withdrawal" and study.withdrawal is None:
        yield Mistake(
            "a randomised withdrawal does not say who is withdrawn, and when",
            (),
            "a section [withdrawal] with week and criterion, and two or more [[withdrawal.arm]]",
            "see `repigment studies show true-v-withdrawal`",
        )
    if study.design in ("delayed-start", "within-patient") and len(study.arms) < 2:
        yield Mistake(
            f"a {study.design} study has one arm only",
            ("arm",),
            "2 to 20 arms",
            "add the arm to compare with",
        )
    if study.withdrawal is not None:
        yield from _withdrawal(study)


def _withdrawal(study: "Study") -> Iterator[Mistake]:
    assert study.withdrawal is not None
    week, criterion = study.withdrawal.week, study.withdrawal.criterion
    if study.design != "randomised-withdrawal":
        yield Mistake(
            f"a {study.design} study has a section [withdrawal]",
            ("design",),
            "randomised-withdrawal",
            'write design = "randomised-withdrawal" or delete the section',
        )
    if week not in study.visits or not 0 < week < study.last_week:
        what = f"patients can't be withdrawn in week {week}, where there is no visit between the first and the last"
        allowed = f"weeks {few(study.visits[1:-1])}" if len(study.visits) > 2 else ""
        yield Mistake(what, ("withdrawal", "week"), allowed, f"add {week} to the visits or choose one of them")
    yield from _criterion(criterion, study.population.condition)


def _criterion(criterion: str, condition: str) -> Iterator[Mistake]:
    responses = [name for name, measure in measures(condition).items() if measure.kind == "responder"]
    if criterion not in responses:
        near = closest(criterion, responses)
        what = f"'{shorten(criterion)}' is no response that patients could be chosen by"
        yield Mistake(what, ("withdrawal", "criterion"), ", ".join(responses), f"write '{near}'" if near else "")
