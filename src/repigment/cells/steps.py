"""Every step of a lot dated, and in order: from consent to the point of injection."""

from collections.abc import Iterator
from datetime import date

from repigment.cells import moments
from repigment.cells.judging import due
from repigment.cells.line import Line
from repigment.cells.lot import Lot
from repigment.cells.preparation import Bag

RULE = "chain of identity: every step dated, none before the one that it follows"
FROZEN = ("sent", "arrived", "thawed", "prepared", "injected")
COOLED = ("thawed", "prepared", "sent", "arrived", "injected")
STATE = {"sent": "shipped", "arrived": "shipped", "thawed": "given", "prepared": "given", "injected": "given"}
Step = tuple[str, str, date | None, str]  # name, key, moment, state in which it is due


def lot_steps(lot: Lot) -> list[Step]:
    """The steps until release; a lot that never froze has no freezing."""
    donor, bank, quality = lot.donor, lot.bank, lot.quality
    steps: list[Step] = [
        ("consent", "donor.consent.date", donor.consent.date, "released"),
        ("donation", "donation.taken", lot.donation.taken, "released"),
        ("isolation", "isolation.date", lot.isolation.date, "released"),
        ("master bank", "bank.master.frozen", bank.master.frozen, "released"),
        ("working bank", "bank.working.frozen", bank.working.frozen, "released"),
        ("harvest", "culture.harvested", lot.culture.harvested, "released"),
        ("freezing", "freezing.frozen", lot.freezing.frozen, "released"),
        ("release tests", "quality.tested", quality.tested, "released"),
        ("release", "quality.released", quality.released, "released"),
    ]
    return [step for step in steps if not (lot.fresh and step[0] == "freezing")]


def bag_steps(lot: Lot, bag: Bag, number: int) -> list[Step]:
    """The steps of one bag after release; cooled bags are thawed and made up before they travel."""
    at = {
        "sent": ("shipping.sent", bag.shipping.sent),
        "arrived": ("shipping.arrived", bag.shipping.arrived),
        "thawed": ("thawed", bag.thawed),
        "prepared": ("prepared", bag.prepared),
        "injected": ("injected", bag.injected),
    }
    order = COOLED if bag.shipping.state == "cooled" else FROZEN
    return [
        (f"bag {number}: {name}", f"bag[{number}].{at[name][0]}", at[name][1], STATE[name])
        for name in order
        if not (lot.fresh and name == "thawed")
    ]


def judge_steps(lot: Lot, on: date | None) -> Iterator[Line]:
    """A line a step: dated, not before the last step that is dated, and not after `on`."""
    steps = lot_steps(lot)
    yield from _in_order(lot, steps, None, on)
    dated = [step for step in steps if step[2] is not None]
    for number, bag in enumerate(lot.bag, 1):
        yield from _in_order(lot, bag_steps(lot, bag, number), dated[-1] if dated else None, on)
    determined = lot.donor.eligibility.determined
    first = ("donation", "", lot.donation.taken, "")
    yield _line(lot, ("eligibility decided", "donor.eligibility.determined", determined, "released"), first, on)
    released = lot.quality.released
    known = determined is not None and released is not None
    early = known and moments.before(released, determined)  # type: ignore[arg-type]
    yield Line(
        "kept apart until eligible",
        "fail" if early else "pass" if known else "missing",
        f"released {moments.told(released)}" if released else "",
        f"from {moments.told(determined)}, the decision" if determined else "after the decision",
        "21 CFR 1271.45(c), 1271.60",
        required=False,
        group="steps",
        where="quality.released",
        status="read",
    )


def _in_order(lot: Lot, steps: list[Step], last: Step | None, on: date | None) -> Iterator[Line]:
    for step in steps:
        yield _line(lot, step, last, on)
        last = step if step[2] is not None else last


def _line(lot: Lot, step: Step, last: Step | None, on: date | None) -> Line:
    name, key, moment, state = step
    follows = last is not None and last[2] is not None
    late = moment is not None and on is not None and moments.before(on, moment)
    early = moment is not None and follows and moments.before(moment, last[2])  # type: ignore[index,arg-type]
    limit = f"from {moments.told(last[2])}" if follows else "dated"  # type: ignore[index,arg-type]
    limit = f"{limit}, {last[0]}" if early and last else limit
    return Line(
        name,
        "missing" if moment is None else "fail" if late or early else "pass",
        "" if moment is None else moments.told(moment),
        f"until {moments.told(on)}, the day of the check" if late and on else limit,
        RULE,
        required=due(lot, state),
        group="steps",
        where=key,
        status="chosen",
    )
