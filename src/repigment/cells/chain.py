"""Chain of identity: donor, donation, banks, passage, bag, patient, points, each naming what it came from."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from repigment.cells.judging import due
from repigment.cells.line import Line
from repigment.cells.lot import Lot

RULE = "chain of identity: traceable both ways (EU 2004/23 article 8; 21 CFR 1271.290), recalled"

NAME = re.compile(r"[^\W\d_]+[.,]?(?:[ '\u2019-]+[^\W\d_]+[.,]?)+")  # words of letters alone


def _is_name(code: str) -> bool:
    """Whether what should be a code reads as a person's name: words of letters and nothing else, a blank between.

    >>> _is_name("John Smith"), _is_name("P-021"), _is_name("P 021"), _is_name("DONOR")
    (True, False, False, False)
    """
    return " " in code.strip() and NAME.fullmatch(code.strip()) is not None


def _unnamed(code: str | None) -> str | None:
    """The code; of a person's name only that it is one."""
    return "a name" if code is not None and _is_name(code) else code


def judge_chain(lot: Lot) -> Iterator[Line]:
    """A line a link: its code is there, and it names the code of the link before it."""
    master, working = lot.bank.master, lot.bank.working
    before = [lot.donor.code, lot.donation.code, master.code, working.code, lot.name]
    yield _link("donor", "donor", lot.donor.code, person=True)
    yield _link("donation", "donation", lot.donation.code, lot.donation.of, lot.donor.code, taken=before[:1])
    yield _link("master bank", "bank.master", master.code, master.of, lot.donation.code, taken=before[:2])
    yield _link("working bank", "bank.working", working.code, working.of, master.code, taken=before[:3])
    yield _passages(lot)
    shipped, given = due(lot, "shipped"), due(lot, "given")
    if not lot.bag:
        yield _line("bags", "missing", "", "at least one", "bag", shipped)
    codes = Counter(bag.code for bag in lot.bag if bag.code)
    points = Counter((bag.patient, point) for bag in lot.bag for point in bag.points)
    for number, bag in enumerate(lot.bag, 1):
        where = f"bag[{number}]"
        taken = [*before, *(code for code, count in codes.items() if count > 1)]
        yield _link(f"bag {number}", where, bag.code, bag.of, lot.name, required=shipped, taken=taken)
        yield _link(f"bag {number}: patient", where, bag.patient, key="patient", required=given, person=True)
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
    taken: Sequence[str | None] = (),
    person: bool = False,
) -> Line:
    """One link; `kin` are the code that it names as its origin and that origin's own, `taken` codes of others."""
    if code is None:
        return _line(item, "missing", "", "a code", f"{where}.{key}", required)
    if person and _is_name(code):
        return _line(item, "fail", "what reads as a name", "a code, no name", f"{where}.{key}", required)
    if code in taken:
        return _line(item, "fail", f"{_unnamed(code)} twice", "a code of its own", f"{where}.{key}", required)
    if not kin:
        return _line(item, "pass", code, "a code", f"{where}.{key}", required)
    named, origin = map(_unnamed, kin)
    if named is None:
        return _line(item, "missing", f"{code} of -", "names what it came from", f"{where}.of", required)
    verdict = "fail" if kin[1] is not None and kin[0] != kin[1] else "pass"
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
