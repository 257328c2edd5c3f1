"""What a lot tells of an item: values at a key, or worked out of several."""

from typing import Any

from repigment.cells import moments
from repigment.cells.limits import Limit
from repigment.cells.lot import Lot
from repigment.cells.preparation import Bag


def at(record: Any, path: str) -> Any:
    """The value at a dotted key of a record; None where the lot does not say."""
    for step in path.split("."):
        record = getattr(record, step)
    return record


def day_of_sample(lot: Lot, _: Bag | None) -> float | None:
    """Days from the donation to the donor's blood sample; negative before it."""
    sampled, taken = lot.donor.eligibility.sampled, lot.donation.taken
    return None if sampled is None or taken is None else float((moments.day(sampled) - moments.day(taken)).days)


def endotoxin_a_kg(lot: Lot, bag: Bag | None) -> float | None:
    """Endotoxin of a whole bag per kg of the patient: E V / m, EU/kg."""
    if bag is None or lot.quality.endotoxin is None or bag.ml is None or bag.kg is None:
        return None
    return lot.quality.endotoxin * bag.ml / bag.kg


def hours_to_skin(lot: Lot, bag: Bag | None) -> float | None:
    """Hours from the thaw, or from the harvest of cells that never froze, to the injection."""
    return bag.kept(lot.culture.harvested if lot.fresh else None) if bag else None


def doublings_a_passage(lot: Lot, _: Bag | None) -> float | None:
    """Doublings for each passage, the first growth before any passage counted as one: n / (P + 1)."""
    doublings, passage = lot.culture.doublings, lot.culture.passage
    return None if doublings is None or passage is None else doublings / (passage + 1)


KEY = {
    "day of sample": "donor.eligibility.sampled",
    "endotoxin a kg": "bag.kg",
    "hours to skin": "bag.injected",
    "doublings a passage": "culture.doublings",
}
WORKED_OUT = {
    "day of sample": day_of_sample,
    "endotoxin a kg": endotoxin_a_kg,
    "hours to skin": hours_to_skin,
    "doublings a passage": doublings_a_passage,
}


def values(lot: Lot, limit: Limit, bag: Bag | None) -> list[Any]:
    """What the lot tells of the item of `limit`, of each of its keys that tells anything."""
    if limit.field in WORKED_OUT:
        found = [WORKED_OUT[limit.field](lot, bag)]
    else:
        found = [
            at(bag if field.startswith("bag.") else lot, field.removeprefix("bag.")) for field in limit.field.split("|")
        ]
    return [each for each in found if each is not None]


def holds(lot: Lot, limit: Limit, bag: Bag | None) -> bool:
    """Whether the row of the table concerns this lot, or this bag: its `when` (a=b, a!=b) is true or empty."""
    if not limit.when:
        return True
    field, _, wanted = limit.when.partition("=")
    told = at(bag if field.startswith("bag.") else lot, field.removeprefix("bag.").removesuffix("!"))
    return bool(told != wanted) if field.endswith("!") else bool(told == wanted)


def key(limit: Limit, number: int) -> str:
    """Where LOT.toml tells the item, for bag `number`."""
    return KEY.get(limit.field, limit.field).replace("bag.", f"bag[{number}].").replace("|", " or ")
