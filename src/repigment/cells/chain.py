"""Chain of identity: donor, donation, banks, passage, bag, patient, points, each naming what it came from."""

from collections import Counter
from collections.abc import Iterator

from repigment.cells.judging import due
from repigment.cells.line import Line
from repigment.cells.lot import Lot

RULE = "chain of identity: traceable both ways (EU 2004/23 article 8; 21 CFR 1271.290), recalled"


def judge_chain(lot: Lot) -> Iterator[Line]:
    """A line a link: its code is there, and it names the code of the link before it."""
    master, working = lot.bank.master, lot.bank.working
    yield _link("donor", "donor", lot.donor.code)
    yield _link("donation", "donation", lot.donation.code, lot.donation.of, lot.donor.code)
    yield _link("master bank", "bank.master", master.code, master.of, lot.donation.code)
    yield _link("working bank", "bank.working", working.code, working.of, master.code)
    yield _passages(lot)
    shipped, given = due(lot, "shipped"), due(lot, "given")
    if not lot.bag:
        yield _line("bags", "missing", "", "at least one", "bag", shipped)
    codes = Counter(bag.code for bag in lot.bag if bag.code)
    points = Counter((bag.patient, point) for bag in lot.bag for point in bag.points)
    for number, bag in enumerate(lot.bag, 1):
        where = f"bag[{number}]"
        yield _link(f"bag {number}", where, bag.code, bag.of, lot.name, required=shipped, twice=codes)
        yield _link(f"bag {number}: patient", where, bag.patient, key="patient", required=given)
        again = [point for point in bag.points if points[bag.patient, point] > 1]
        found = f"{again[0]} twice in one patient" if again else f"{len(bag.points)} points" if bag.points else ""
        verdict = "fail" if again else "pass" if bag.points else "missing"
        yield _line(f"bag {number}: points", verdict, found, "named, each once", f"{where}.points", given)


def _link(
    item: str,
    where: str,
    code: str | None,
    *kin: str | None,
    key: str = "code",
    required: bool = True,
    twice: Counter[str] | None = None,
) -> Line:
    """One link; `kin` are the code that it names as its origin, and the code of that origin."""
    if code is None:
        return _line(item, "missing", "", "a code", f"{where}.{key}", required)
    if twice is not None and twice[code] > 1:
        return _line(item, "fail", f"{code} twice", "a code of its own", f"{where}.{key}", required)
    if not kin:
        return _line(item, "pass", code, "a code", f"{where}.{key}", required)
    named, origin = kin
    if named is None:
        return _line(item, "missing", f"{code} of -", "names what it came from", f"{where}.of", required)
    verdict = "fail" if origin is not None and named != origin else "pass"
    return _line(item, verdict, f"{code} of {named}", f"of {origin or 'a code'}", f"{where}.of", required)


def _passages(lot: Lot) -> Line:
    """Passages only grow: master bank, working bank, lot."""
    told = lot.bank.master.passage, lot.bank.working.passage, lot.culture.passage
    known = [passage for passage in told if passage is not None]
    found = ", ".join("-" if passage is None else str(passage) for passage in told)
    verdict = "fail" if known != sorted(known) else "pass" if len(known) == len(told) else "missing"
    return _line("passages", verdict, found, "master, working, lot: never lower", "bank.master.passage", True)


def _line(item: str, verdict: str, found: str, limit: str, where: str, required: bool) -> Line:
    return Line(f"chain: {item}", verdict, found, limit, RULE, required, "chain", where, "recalled")  # type: ignore[arg-type]
