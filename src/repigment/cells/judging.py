"""A value against a limit of the table."""

from datetime import date
from typing import Any

from repigment.cells import moments
from repigment.cells.findings import holds, key, values
from repigment.cells.limits import Limit
from repigment.cells.line import Line
from repigment.cells.lot import Lot
from repigment.cells.numbers import plain
from repigment.cells.preparation import Bag

SPEAK = {True: "yes", False: "no"}
DIGITS = range(4, 18)  # a number of 17 digits is exact
STATES = ("released", "shipped", "given")


def within(found: Any, limit: Limit) -> bool:
    """Whether one value keeps the limit."""
    match limit.how:
        case "told":
            return True
        case "is":
            return (
                {True: "true", False: "false"}.get(found, found) == limit.limit
                if isinstance(found, bool)
                else (found == limit.limit)
            )
        case "between":
            low, _, high = limit.limit.partition(" to ")
            return float(low) <= found <= float(high)
        case "from":
            return not moments.before(found, date.fromisoformat(limit.limit))
        case ">=":
            return bool(found >= float(limit.limit))
        case "<=":
            return bool(found <= float(limit.limit))
        case "<":
            return bool(found < float(limit.limit))
    raise ValueError(f"{limit.item}: no comparison is called {limit.how!r}")


def due(lot: Lot, state: str) -> bool:
    """Whether the lot has come as far as `state`."""
    return STATES.index(lot.state) >= STATES.index(state)


def judge(lot: Lot, limit: Limit, bag: Bag | None = None, number: int = 0) -> Line | None:
    """The line of one row of the table; None if the row does not concern this lot or this bag."""
    if not holds(lot, limit, bag):
        return None
    found = values(lot, limit, bag)
    of_bag = limit.group == "bag"
    return Line(
        item=f"bag {number}: {limit.item}" if of_bag else limit.item,
        verdict="missing" if not found else "pass" if all(within(each, limit) for each in found) else "fail",
        found=", ".join(spoken(each, limit) for each in found),
        limit=limit.said + (f" ({limit.note})" if limit.note else ""),
        source=limit.cited,
        required=limit.need == "required" and due(lot, limit.state),
        group=limit.group,
        where=key(limit, number),
        status=limit.status,
    )


def spoken(found: Any, limit: Limit) -> str:
    """A value with its unit, as it is printed: with enough digits that what fails is seen to fail."""
    if isinstance(found, bool):
        return SPEAK[found]
    if isinstance(found, date):
        return moments.told(found)
    text = _digits(found, limit) if isinstance(found, int | float) else str(found)
    return f"{text} {limit.unit}" if limit.unit != "-" else text


def _digits(found: float, limit: Limit) -> str:
    """A number rounded no further than to where it stands on the same side of the limit."""
    kept = within(found, limit)
    texts = (plain(found, digits) for digits in DIGITS)
    return next((text for text in texts if within(float(text.replace(",", "")), limit) == kept), repr(found))
