"""What a label says against what the papers say: expiry, the Single European Code, ISBT 128."""

from collections.abc import Iterator
from datetime import date

from repigment.cells import european_code, moments
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
    used = [(f"bag {n}: before expiry", "used", bag.injected) for n, bag in enumerate(lot.bag, 1) if bag.injected]
    last: list[tuple[str, str, date | None]] = [*used] or [("not expired", "today", on)]
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
    text = lot.codes.sec
    verdict, found, limit = "missing", "", STRUCTURE
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
    yield Line(
        "Single European Code",
        verdict,  # type: ignore[arg-type]
        found,
        limit,
        SEC,
        required=False,
        group="codes",
        where="codes.sec",
        status="read",
    )
