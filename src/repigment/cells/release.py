"""Whether a lot may be given: every line pass, fail or missing, with its limit and whose limit it is."""

from collections.abc import Iterable, Iterator
from datetime import date

from repigment.cells.agreement import judge_agreement
from repigment.cells.chain import judge_chain
from repigment.cells.judging import judge
from repigment.cells.labels import judge_labels
from repigment.cells.limits import limits
from repigment.cells.line import Line
from repigment.cells.lot import Lot
from repigment.cells.steps import judge_steps

__all__ = ["Line", "check", "passes", "refusals"]


def check(lot: Lot, on: date | None = None) -> tuple[Line, ...]:
    """A line an item, for the limits of the lot's source; a step after the day `on` fails, if a day is given.

    >>> from repigment.cells.lot import reference
    >>> passes(check(reference()))
    True
    """
    return (*_limits(lot), *judge_steps(lot, on), *judge_agreement(lot), *judge_chain(lot), *judge_labels(lot, on))


def _limits(lot: Lot) -> Iterator[Line]:
    for limit in limits(lot.source).values():
        bags = enumerate(lot.bag, 1) if limit.group == "bag" else [(0, None)]
        for number, bag in bags:
            line = judge(lot, limit, bag, number)
            if line is not None:
                yield line


def refusals(lines: Iterable[Line]) -> list[Line]:
    """The lines for which a lot may not be given: what fails, and what is required and missing."""
    return [line for line in lines if line.refuses]


def passes(lines: Iterable[Line]) -> bool:
    """Whether nothing fails and nothing that is required is missing."""
    return not refusals(lines)
