"""The scores that a study may ask for, and whether its condition has them."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from repigment.conditions import conditions
from repigment.trials.protocol.fields import refusal
from repigment.trials.reading.closest import closest
from repigment.trials.reading.lines import KeyPath
from repigment.trials.reading.mistakes import Mistake

if TYPE_CHECKING:
    from repigment.trials.analysis.endpoints import Measure
    from repigment.trials.study import Study

MOST_NAMED = 5  # scores in one message


def measures(condition: str = "") -> "Mapping[str, Measure]":
    """How each score is made, by its name, of one condition or of all; late, because statistics are slow to import."""
    from repigment.trials.analysis.endpoints import MEASURES, measures_for

    return measures_for(conditions()[condition].scale) if condition else MEASURES


def listed(names: Iterable[str]) -> str:
    """Names of scores in a row, those that differ by a number behind them as one.

    >>> listed(["MASI", "MASI50", "MASI75", "fading"])
    'MASI, MASI50/75, fading'
    """
    levels: dict[str, list[str]] = {}
    for name in names:
        score = name.rstrip("0123456789")
        levels.setdefault(name if score == name else f"{score}*", []).append(name[len(score) :])
    return ", ".join(score.rstrip("*") + "/".join(numbers) for score, numbers in levels.items())


def known_score(score: str) -> str:
    """The score if it is one that endpoints can be made of; refused with the nearest name if not.

    >>> known_score("F-VASI75")
    'F-VASI75'
    """
    if score not in measures():
        near = closest(score, measures())
        what = f"the score '{score[:60]}' is not known"
        raise refusal(what, listed(measures()), f"write '{near}'" if near else "")
    return score


def scored_condition(study: "Study") -> Iterator[Mistake]:
    """Endpoints and published results are made of scores that the condition has; told once for all that are not."""
    asked: list[tuple[KeyPath, str]] = [
        *[(("endpoint", i, "score"), endpoint.score) for i, endpoint in enumerate(study.endpoints)],
        *[((*path, "endpoint"), row.endpoint) for path, row in study.published_paths()],
    ]
    condition, allowed = study.population.condition, measures(study.population.condition)
    wrong = {score: path for path, score in reversed(asked) if score not in allowed}
    if wrong:
        names = list(dict.fromkeys(score for _, score in asked if score in wrong))
        what = f"a study of {condition} has no {', '.join(names[:MOST_NAMED])}{', ...' if names[MOST_NAMED:] else ''}"
        near = closest(names[0], allowed) if len(names) == 1 else None
        remedy = f"write '{near}'" if near else f"choose scores of {condition}"
        yield Mistake(what, wrong[names[0]], listed(allowed), remedy)
