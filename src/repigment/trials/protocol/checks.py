"""What the parts of a study must have in common: weeks that are visits, scores that have a region."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from repigment.skin.sites import Site
from repigment.trials.protocol.arm_checks import (
    arm_names,
    known_arms,
    one_cell_product,
    sizes,
    treatment_times,
    whole_body,
)
from repigment.trials.protocol.design_checks import design, few
from repigment.trials.protocol.plan import Endpoint
from repigment.trials.protocol.scores import measures, scored_condition
from repigment.trials.reading.lines import KeyPath
from repigment.trials.reading.mistakes import Mistake

if TYPE_CHECKING:
    from repigment.trials.study import Study


def contradictions(study: "Study") -> list[Mistake]:
    """Everything in which the parts of a study contradict each other."""
    found = list(visits(study.visits))
    if not found:  # weeks can be judged only against visits that are in order
        found += [*treatment_times(study), *endpoint_weeks(study), *published_weeks(study)]
    return [
        *found,
        *arm_names(study),
        *sizes(study),
        *known_arms(study),
        *whole_body(study),
        *one_cell_product(study),
        *scored_condition(study),
        *scored_regions(study),
        *design(study),
    ]


def visits(weeks: Sequence[int]) -> Iterator[Mistake]:
    """Visits begin at week 0 and rise."""
    if weeks[0] != 0:
        yield Mistake(
            f"the first visit is in week {weeks[0]}",
            ("visits",),
            "week 0 first",
            "begin the visits with 0, the baseline",
        )
    for position, (before, after) in enumerate(pairwise(weeks), 1):
        if after <= before:
            yield Mistake(
                f"week {after} follows week {before}",
                ("visits", position),
                "weeks that rise and do not repeat",
                f"write visits = {sorted({0, *weeks})}" if len(weeks) <= 15 else "put the weeks in order",
            )
            return


def endpoint_weeks(study: "Study") -> Iterator[Mistake]:
    """Every endpoint has a visit, and stands once in the study."""
    seen: set[tuple[str, int]] = set()
    for position, endpoint in enumerate(study.endpoints):
        path: KeyPath = ("endpoint", position)
        if (endpoint.score, endpoint.week) in seen:
            what = f"the endpoint {endpoint.score} at week {endpoint.week} is written twice"
            yield Mistake(what, path, "each endpoint once", "delete one of them")
        seen.add((endpoint.score, endpoint.week))
        yield from _visited(study, endpoint.score, endpoint.week, (*path, "week"))


def published_weeks(study: "Study") -> Iterator[Mistake]:
    """Published results can be compared only where the virtual patients are seen."""
    for path, row in study.published_paths():
        yield from _visited(study, row.endpoint, row.week, (*path, "week"))


def _visited(study: "Study", score: str, week: int, path: KeyPath) -> Iterator[Mistake]:
    later = [visit for visit in study.visits if visit > 0]
    if week > study.last_week:
        what = f"week {week} is after the last visit, which is in week {study.last_week}"
        yield Mistake(what, path, f"week 1 to {study.last_week}", f"add {week} to the visits or choose an earlier week")
    elif week == 0:
        yield Mistake(f"{score} at week 0 is the baseline, not a result", path, f"week 1 to {study.last_week}")
    elif week not in study.visits and measures()[score].kind != "event":
        near = min(later, key=lambda visit: abs(visit - week))
        what = f"there is no visit in week {week}"
        yield Mistake(what, path, f"weeks {few(later)}", f"add {week} to the visits or write week = {near}")


def scored_regions(study: "Study") -> Iterator[Mistake]:
    """Scores of the face need a face, scores of the body need more than a face."""
    allowed = measures(study.population.condition)
    regions = {site for site, area in study.population.areas.items() if area.share > 0}
    for position, endpoint in enumerate(study.endpoints):
        if endpoint.score in allowed:
            yield from _scored(endpoint, regions, ("endpoint", position, "score"))


def _scored(endpoint: Endpoint, regions: set[Site], path: KeyPath) -> Iterator[Mistake]:
    made_of = measures()[endpoint.score].score
    if made_of in ("F-VASI", "repigmentation") and Site.FACE not in regions:
        what = f"{endpoint.score} is scored on the face, but nobody in this study has vitiligo there"
        yield Mistake(what, path, "T-VASI scores", "add face to [population.areas] or choose a score of the body")
    elif made_of == "T-VASI" and regions == {Site.FACE}:
        what = f"{endpoint.score} is scored on the whole body, but this study has the face only"
        yield Mistake(
            what,
            path,
            "F-VASI scores",
            "add other regions to [population.areas] or choose a score of the face",
        )
