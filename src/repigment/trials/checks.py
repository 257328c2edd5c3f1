"""What the parts of a study must have in common: weeks that are visits, arms that exist, a design that holds."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from repigment.skin.sites import Site
from repigment.treatments import Treatment
from repigment.trials.arms import Arm
from repigment.trials.closest import closest
from repigment.trials.fields import LONGEST, MOST_PATIENTS
from repigment.trials.mistakes import Mistake, Path, shorten
from repigment.trials.protocol import Endpoint
from repigment.trials.published import Result

if TYPE_CHECKING:
    from repigment.trials.analysis.endpoints import Measure
    from repigment.trials.study import Study


def mistakes(study: "Study") -> list[Mistake]:
    """Everything in which the parts of a study contradict each other."""
    found = list(visits(study.visits))
    if not found:  # weeks can be judged only against visits that are in order
        found += [*treatment_times(study), *endpoint_weeks(study), *published_weeks(study)]
    return [*found, *arm_names(study), *sizes(study), *known_arms(study), *scored_regions(study), *design(study)]


def visits(weeks: Sequence[int]) -> Iterator[Mistake]:
    """Visits begin at week 0 and rise."""
    if weeks[0] != 0:
        yield Mistake(
            f"the first visit is in week {weeks[0]}", ("visits",), "week 0 first", "begin the visits with 0, the baseline"
        )
    for position, (before, after) in enumerate(zip(weeks, weeks[1:], strict=False), 1):
        if after <= before:
            yield Mistake(
                f"week {after} follows week {before}",
                ("visits", position),
                "weeks that rise and do not repeat",
                f"write visits = {sorted({0, *weeks})}" if len(weeks) <= 15 else "put the weeks in order",
            )
            return


def all_arms(study: "Study") -> list[tuple[Path, Arm]]:
    """Every arm with its path, those of a second randomisation last."""
    first: list[tuple[Path, Arm]] = [(("arm", i), arm) for i, arm in enumerate(study.arms)]
    later = study.withdrawal.arms if study.withdrawal else ()
    return first + [(("withdrawal", "arm", i), arm) for i, arm in enumerate(later)]


def arm_names(study: "Study") -> Iterator[Mistake]:
    """No two arms go by the same name."""
    seen: dict[str, str] = {}
    for path, arm in all_arms(study):
        name = shorten(arm.name)
        other = seen.get(arm.name.casefold())
        if other is not None:
            unlike = f"'{other}' and '{name}' differ only in capitals"
            what = f"two arms are called '{name}'" if other == name else unlike
            yield Mistake(what, (*path, "name"), "a name of its own for each arm", "rename one of them")
        seen[arm.name.casefold()] = name


def sizes(study: "Study") -> Iterator[Mistake]:
    """Not more patients than can be run; where everybody is in every arm, as many in each."""
    if study.patients > MOST_PATIENTS:
        yield Mistake(f"the arms have {study.patients} patients together", ("arm",), f"1 to {MOST_PATIENTS} patients")
    counts = [arm.n for arm in study.arms]
    if study.design == "within-patient" and len(set(counts)) > 1:
        yield Mistake(
            f"the arms have {', '.join(map(str, counts))} patients, but every patient is in every arm",
            ("arm",),
            "the same n in all arms of a within-patient study",
            f"write n = {max(counts)} in each",
        )


def treatment_times(study: "Study") -> Iterator[Mistake]:
    """Every treatment begins within the study, and one that takes over not before it can."""
    for path, arm in all_arms(study):
        takes_over = path[0] == "withdrawal" and study.withdrawal is not None and study.withdrawal.week in study.visits
        earliest = study.withdrawal.week if takes_over and study.withdrawal else 0
        for position, treatment in enumerate(arm.treatments):
            yield from _in_time(treatment, (*path, "treatments", position), earliest, study.last_week)


def _in_time(treatment: Treatment, path: Path, earliest: int, last: int) -> Iterator[Mistake]:
    key = "weeks" if "weeks" in type(treatment).model_fields else "from"
    weeks = [start for start, _ in treatment.timeline(float(LONGEST))]
    late = next((week for week in weeks if week >= last), None)
    allowed = f"week {earliest} to before week {last}"
    if late is not None:
        what = f"{_give(treatment)} is given from week {late:g}, but the last visit is in week {last}"
        yield Mistake(what, (*path, key), allowed, "begin it earlier or add later visits")
    elif weeks[0] < earliest:
        what = f"{_give(treatment)} begins in week {weeks[0]:g}, but this arm only takes over in week {earliest}"
        yield Mistake(what, (*path, key), allowed, f"write {key} = {earliest if key == 'from' else [earliest]}")


def _give(treatment: Treatment) -> str:
    return str(getattr(treatment, "give", "a treatment"))


def endpoint_weeks(study: "Study") -> Iterator[Mistake]:
    """Every endpoint has a visit, and stands once in the study."""
    seen: set[tuple[str, int]] = set()
    for position, endpoint in enumerate(study.endpoints):
        path: Path = ("endpoint", position)
        if (endpoint.score, endpoint.week) in seen:
            what = f"the endpoint {endpoint.score} at week {endpoint.week} is written twice"
            yield Mistake(what, path, "each endpoint once", "delete one of them")
        seen.add((endpoint.score, endpoint.week))
        yield from _visited(study, endpoint.score, endpoint.week, (*path, "week"))


def published_weeks(study: "Study") -> Iterator[Mistake]:
    """Published results can be compared only where the virtual patients are seen."""
    for path, row in published(study):
        yield from _visited(study, row.endpoint, row.week, (*path, "week"))


def published(study: "Study") -> Iterator[tuple[Path, Result]]:
    """Every published result with its path."""
    for i, source in enumerate(study.sources):
        for j, result in enumerate(source.results):
            yield ("published", i, "results", j), result


def _visited(study: "Study", score: str, week: int, path: Path) -> Iterator[Mistake]:
    later = [visit for visit in study.visits if visit > 0]
    if week > study.last_week:
        what = f"week {week} is after the last visit, which is in week {study.last_week}"
        yield Mistake(what, path, f"week 1 to {study.last_week}", f"add {week} to the visits or choose an earlier week")
    elif week == 0:
        yield Mistake(f"{score} at week 0 is the baseline, not a result", path, f"week 1 to {study.last_week}")
    elif week not in study.visits and not is_event(score):
        near = min(later, key=lambda visit: abs(visit - week))
        what = f"there is no visit in week {week}"
        yield Mistake(what, path, f"weeks {_few(later)}", f"add {week} to the visits or write week = {near}")


def is_event(score: str) -> bool:
    """Whether a score is a time to an event, which may be asked for at any week."""
    return measured(score).kind == "event"


def measured(score: str) -> "Measure":
    """How a score is made; looked up late because statistics are slow to import."""
    from repigment.trials.analysis.endpoints import MEASURES

    return MEASURES[score]


def _few(weeks: Sequence[int]) -> str:
    return ", ".join(map(str, weeks[:15])) + (", ..." if len(weeks) > 15 else "")


def known_arms(study: "Study") -> Iterator[Mistake]:
    """Comparisons, published results and the control name arms that exist."""
    names = list(dict.fromkeys(arm.name for _, arm in all_arms(study)))
    asked: list[tuple[str, Path]] = [(study.analysis.control, ("analysis", "control"))]
    for i, pair in enumerate(study.comparisons):
        asked += [(name, ("comparison", i, "arms")) for name in pair.arms]
        if pair.arms[0] == pair.arms[1]:
            yield Mistake(f"'{shorten(pair.arms[0])}' is compared with itself", ("comparison", i, "arms"), "two different arms")
    asked += [(row.arm, (*path, "arm")) for path, row in published(study)]
    for name, path in asked:
        if name not in names:
            near = closest(name, names)
            told = ", ".join(f"'{shorten(each)}'" for each in names)
            yield Mistake(f"no arm is called '{shorten(name)}'", path, told, f"write '{near}'" if near else "")


def scored_regions(study: "Study") -> Iterator[Mistake]:
    """Scores of the face need a face, scores of the body need more than a face."""
    regions = {site for site, area in study.population.areas.items() if area.share > 0}
    for position, endpoint in enumerate(study.endpoints):
        yield from _scored(endpoint, regions, ("endpoint", position, "score"))


def _scored(endpoint: Endpoint, regions: set[Site], path: Path) -> Iterator[Mistake]:
    made_of = measured(endpoint.score).score
    if made_of in ("F-VASI", "repigmentation") and Site.FACE not in regions:
        what = f"{endpoint.score} is scored on the face, but nobody in this study has vitiligo there"
        yield Mistake(what, path, "T-VASI scores", "add face to [population.areas] or choose a score of the body")
    elif made_of == "T-VASI" and regions == {Site.FACE}:
        what = f"{endpoint.score} is scored on the whole body, but this study has the face only"
        yield Mistake(what, path, "F-VASI scores", "add other regions to [population.areas] or choose a score of the face")


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
        yield Mistake(f"a {study.design} study has one arm only", ("arm",), "2 to 20 arms", "add the arm to compare with")
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
        allowed = f"weeks {_few(study.visits[1:-1])}" if len(study.visits) > 2 else ""
        yield Mistake(what, ("withdrawal", "week"), allowed, f"add {week} to the visits or choose one of them")
    yield from _criterion(criterion)


def _criterion(criterion: str) -> Iterator[Mistake]:
    from repigment.trials.analysis.endpoints import MEASURES

    responses = [name for name, measure in MEASURES.items() if measure.kind == "responder"]
    if criterion not in responses:
        near = closest(criterion, responses)
        what = f"'{shorten(criterion)}' is no response that patients could be chosen by"
        yield Mistake(what, ("withdrawal", "criterion"), ", ".join(responses), f"write '{near}'" if near else "")
