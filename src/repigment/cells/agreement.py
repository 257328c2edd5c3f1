"""What the papers say, held against what they say elsewhere: days that fit, degrees in their order."""

from collections.abc import Iterator

from repigment.cells import moments
from repigment.cells.line import Line
from repigment.cells.lot import Lot
from repigment.cells.preparation import Bag

FITS = "a test that takes days cannot be over sooner"
ORDER = "the coldest of a journey is never above its warmest"


def judge_agreement(lot: Lot) -> Iterator[Line]:
    """Whether the days of the sterility test fit before the release, and each bag's degrees are in their order."""
    yield _sterility(lot)
    for number, bag in enumerate(lot.bag, 1):
        yield _degrees(bag, number)


def _sterility(lot: Lot) -> Line:
    """From the harvest to the release; of cells that never froze a culture may be tested, from the working bank on."""
    start = lot.bank.working.frozen if lot.fresh else lot.culture.harvested
    end, asked, since = lot.quality.released, lot.quality.sterility_days, "working bank" if lot.fresh else "harvest"
    if start is None or end is None or asked is None:
        return _line(
            "days for the sterility test", "missing", "", f"fit from {since} to release", FITS, "quality.released"
        )
    there = (moments.day(end) - moments.day(start)).days
    found = f"{there} d from {since} to release"
    verdict = "fail" if there < asked else "pass"
    return _line(
        "days for the sterility test", verdict, found, f"at least {asked} d, as told", FITS, "quality.sterility_days"
    )


def _degrees(bag: Bag, number: int) -> Line:
    """Coldest and warmest of a bag's journey."""
    item, where = f"bag {number}: coldest to warmest", f"bag[{number}].shipping"
    coldest, warmest = bag.shipping.coldest, bag.shipping.warmest
    if coldest is None or warmest is None:
        return _line(item, "missing", "", "both told", ORDER, f"{where}.{'coldest' if coldest is None else 'warmest'}")
    verdict = "fail" if warmest < coldest else "pass"
    return _line(item, verdict, f"{coldest:g} to {warmest:g} C", "coldest first", ORDER, f"{where}.warmest")


def _line(item: str, verdict: str, found: str, limit: str, rule: str, where: str) -> Line:
    return Line(item, verdict, found, limit, rule, False, "agreement", where, "chosen")  # type: ignore[arg-type]
