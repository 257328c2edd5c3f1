"""What a label says against what the papers say: expiry, the Single European Code, ISBT 128."""

from collections.abc import Iterator
from datetime import date

from repigment.cells import european_code, moments
from repigment.cells.european_code import EuropeanCode
from repigment.cells.line import Line
from repigment.cells.lot import Lot
from repigment.errors import RepigmentError

SEC = "Directive 2006/86/EC annex VII, as amended by 2015/565"
STRUCTURE = "21 + 19 characters"


def judge_labels(lot: Lot, on: date | None) -> Iterator[Line]:
    """Expiry, and the codes."""
    yield from _expiry(lot, on)
    yield from _european_code(lot)
    codes = ", ".join(lot.codes.isbt128)
    yield Line(
        "ISBT 128",
        "pass" if codes else "missing",
        codes,
        "kept, not looked up",
        "ICCBBA: the table of products is licensed and is not here",
        required=False,
        group="codes",
        where="codes.isbt128",
        status="chosen",
    )


def _expiry(lot: Lot, on: date | None) -> Iterator[Line]:
    """Every bag is injected by the day of expiry; one that is not yet injected must not have expired on `on`."""
    expires = lot.freezing.expires
    last: list[tuple[str, str, date | None]] = [
        (f"bag {number}: before expiry", "used", bag.injected) for number, bag in enumerate(lot.bag, 1) if bag.injected
    ]
    if len(last) < len(lot.bag) or not lot.bag:
        last.append(("not expired", "today", on))
    for item, word, moment in last:
        over = expires is not None and moment is not None and moments.before(expires, moment)
        yield Line(
            item,
            "missing" if expires is None else "fail" if over else "pass",
            f"{word} {moments.told(moment)}" if moment else "",
            f"by {moments.told(expires)}" if expires else "a day of expiry",
            "the day that the lot itself states",
            group="steps",
            where="freezing.expires",
            status="chosen",
        )


def _european_code(lot: Lot) -> Iterator[Line]:
    """Its structure and its day of expiry, then the donation that it names."""
    text = lot.codes.sec
    verdict, found, limit, code = "missing", "", STRUCTURE, None
    if text is not None:
        try:
            code = european_code.read(text)
        except RepigmentError as error:
            verdict, found = "fail", f"{error.what.removeprefix('no Single European Code: ')}, {error.where}"
            limit = error.allowed
        else:
            expires = lot.freezing.expires
            off = code.expires and expires and code.expires != moments.day(expires)
            verdict = "fail" if off else "pass"
            found = f"{code.country}, expires {code.expires or 'never'}"
            limit = f"the lot's, {moments.told(expires)}" if off and expires else STRUCTURE
    yield _of_the_code("Single European Code", verdict, found, limit)
    yield _donation(lot, code)


def _donation(lot: Lot, code: EuropeanCode | None) -> Line:
    """Whether the code's donation number is the lot's code of the donation; missing where either is not told."""
    item, named = "Single European Code: donation", lot.donation.code
    if code is None or named is None:
        return _of_the_code(item, "missing", code.donation if code else "", f"of {named or 'the donation'}")
    return _of_the_code(item, "pass" if code.names(named) else "fail", code.donation, f"of {named}")


def _of_the_code(item: str, verdict: str, found: str, limit: str) -> Line:
    """A line on the code, which may be missing."""
    return Line(item, verdict, found, limit, SEC, False, "codes", "codes.sec", "read")  # type: ignore[arg-type]
