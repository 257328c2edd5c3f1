"""A lot: all the papers of one harvest of cells, from the donor to the points of injection."""

from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from repigment.cells.bank import Banks
from repigment.cells.codes import Codes
from repigment.cells.cryopreservation import Cryopreservation
from repigment.cells.culture import Culture
from repigment.cells.donor import Donor
from repigment.cells.isolation import Donation, Isolation
from repigment.cells.preparation import Bag
from repigment.cells.quality import Quality
from repigment.cells.record import MOST, Code, Record
from repigment.cells.sources import Source

State = Literal["released", "shipped", "given"]


class Lot(Record):
    """What LOT.toml says. `state` is how far the lot has come: what lies beyond may be missing."""

    name: Code
    source: Source
    state: State = "given"
    donor: Donor = Donor()
    donation: Donation = Donation()
    isolation: Isolation = Isolation()
    bank: Banks = Banks()
    culture: Culture = Culture()
    freezing: Cryopreservation = Cryopreservation()
    quality: Quality = Quality()
    bag: Annotated[tuple[Bag, ...], Field(max_length=MOST, strict=False)] = ()
    codes: Codes = Codes()

    @property
    def fresh(self) -> bool:
        """Whether the cells never froze after the harvest: no such day is told, and bags travel cooled."""
        cooled = bool(self.bag) and all(bag.shipping.state == "cooled" for bag in self.bag)
        return self.freezing.frozen is None and cooled

    @property
    def spent(self) -> bool:
        """Whether every bag was injected, so that nothing is left."""
        return self.state == "given" or (bool(self.bag) and all(bag.injected is not None for bag in self.bag))

    @model_validator(mode="after")
    def _one_clock(self) -> "Lot":
        zones = {moment.tzinfo is not None for moment in _moments(self) if isinstance(moment, datetime)}
        if len(zones) > 1:
            raise ValueError("some moments have an offset from UTC and some have none: give it to all or to none")
        return self


def _moments(record: Any) -> list[Any]:
    """All values of a record and of those in it."""
    if isinstance(record, Record):
        return [found for _, part in record for found in _moments(part)]
    if isinstance(record, tuple):
        return [found for part in record for found in _moments(part)]
    return [record]


def load(path: Path | str) -> Lot:
    """The lot in a TOML file; RepigmentError if it cannot be read as one."""
    from repigment.cells.lot_file import read_lot

    return read_lot(Path(path))


@cache
def reference() -> Lot:
    """The lot that all folds are against: the filled example, from cord.

    >>> reference().source
    'cord'
    """
    from repigment.cells.example import EXAMPLE
    from repigment.cells.lot_file import parse_lot

    return parse_lot(EXAMPLE, "the example")
