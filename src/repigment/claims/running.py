"""Running claims: each study once, for all claims that it can answer."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from repigment.claims import keeping
from repigment.claims.answering import answer
from repigment.claims.answers import Answer, answered
from repigment.claims.catalogue import chosen, claims
from repigment.claims.effect import SCREENED_BY
from repigment.claims.finding import Finding
from repigment.claims.full import play_full, senses, with_cells
from repigment.claims.laboratory import LABORATORY
from repigment.claims.library import PATIENTS, WORLDS, check_size, study
from repigment.claims.played import play
from repigment.claims.question import Question, all_questions, studies_of
from repigment.errors import RepigmentError
from repigment.trials.enrol import unknown
from repigment.trials.study import Study

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Run:
    """How claims were run, and what came of it: an answer for each of all claims, whether it was run or not."""

    seed: int
    worlds: int
    patients: int
    answers: tuple[Answer, ...]

    def plain(self) -> dict[str, Any]:
        """As JSON has it."""
        told = {"seed": self.seed, "worlds": self.worlds, "patients": self.patients}
        return told | {"claims": [each.plain() for each in self.answers]}


def run(
    numbers: Sequence[int] = (),
    *,
    out: Path | None = None,
    seed: int = 1,
    worlds: int = WORLDS,
    patients: int = PATIENTS,
    workers: int = 1,
    resume: bool = False,
    progress: Progress = lambda done, total: None,
) -> Run:
    """Run the claims of these numbers, all without any, in `worlds` draws with `patients` in each arm with cells.

    `out` is a folder that findings are kept in study by study; with `resume` those that were kept under the same key
    are not run again, and claims that were run before stay on the page. Claims that the same studies answer, or the
    culture alone, come along. `progress(done, total)` counts lesion-weeks.
    RepigmentError for an unknown claim, sizes out of range, or a folder that cannot be used.
    """
    wanted = chosen(numbers)
    check_size(worlds, patients)
    if seed < 0:
        raise RepigmentError(f"the seed {seed} is negative", where="--seed", allowed="0 or more")
    if out is not None:
        keeping.check(out)
    found: dict[int, list[Finding]] = {n: [made(worlds, seed)] for n, made in LABORATORY.items()}
    needed = studies_of(claim.number for claim in wanted)
    plan = [study(name, worlds, patients) for name in studies_of(each.number for each in claims())]
    total, done = sum(_weight(each) for each in plan if each.name in needed), 0
    for each in plan:
        known = _kept(out, each, seed) if resume else None
        if known is None and each.name in needed:
            known = _played(each, seed, workers, _told(progress, done, _weight(each), total))
            if out is not None:
                keeping.keep(out, each.name, keeping.key(each, _questions(each), seed), known)
        done += _weight(each) if each.name in needed else 0
        for finding in known or ():
            found.setdefault(finding.claim, []).append(finding)
    progress(total, total)
    return Run(seed, worlds, patients, tuple(answered(each, _whole(found)) for each in claims()))


def _questions(of: Study) -> list[Question]:
    return [question for question in all_questions() if question.study == of.name]


def _whole(found: dict[int, list[Finding]]) -> dict[int, list[Finding]]:
    """The claims all of whose questions were answered, in the order of their questions."""
    order = {(each.claim, each.study, each.criterion): place for place, each in enumerate(all_questions())}
    count = {number: sum(each.claim == number for each in all_questions()) or 1 for number in found}
    return {
        number: sorted(each, key=lambda one: order.get((one.claim, one.study, one.criterion), 0))
        for number, each in found.items()
        if len(each) == count[number]
    }


def _weight(of: Study) -> int:
    """Lesion-weeks that a study takes, for the progress bar."""
    worlds = of.last_week * sum(
        arm.n * (of.uncertainty.prior_draws if unknown(arm.treatments) else 1) for arm in of.arms
    )
    return worlds + _weight_full(of)


def _weight_full(of: Study) -> int:
    """Those of them that full strength takes."""
    return of.last_week * sum(arm.n for arm in with_cells(of)) * len(senses(_questions(of)))


def _told(progress: Progress, before: int, weight: int, total: int) -> Progress:
    return lambda done, of: progress(before + weight * done // max(of, 1), total)


def _kept(out: Path | None, of: Study, seed: int) -> list[Finding] | None:
    return keeping.kept(out, of.name, keeping.key(of, _questions(of), seed)) if out is not None else None


def _played(of: Study, seed: int, workers: int, progress: Progress) -> list[Finding]:
    asked = _questions(of)
    names = {name for question in asked for name in question.scores}
    names |= {SCREENED_BY for question in asked if question.screen}
    strengths, weight = senses(asked), _weight(of)
    first = weight - _weight_full(of)
    played = play(of, seed, names, workers=workers, progress=_told(progress, 0, first, weight))
    told = _told(progress, first, weight - first, weight)
    full = play_full(played, seed, names, strengths, workers=workers, progress=told)
    return [answer(question, played, full) for question in asked]
