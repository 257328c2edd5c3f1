"""The dose as it is given: a bag, thawed and made up for one patient, and the points it went to."""

from typing import Annotated

from pydantic import Field

from repigment.cells import moments
from repigment.cells.record import MOST, Code, Moment, Record
from repigment.cells.shipping import Shipping

Points = Annotated[tuple[Code, ...], Field(max_length=MOST, strict=False)]


class Bag(Record):
    """One bag of the lot: `of` the lot's name, for the patient of that code, into named points of the skin."""

    code: Code | None = None
    of: Code | None = None
    cells: Annotated[float, Field(gt=0, le=1e12)] | None = None
    ml: Annotated[float, Field(gt=0, le=10_000)] | None = None
    shipping: Shipping = Shipping()
    thawed: Moment | None = None
    prepared: Moment | None = None
    patient: Code | None = None
    kg: Annotated[float, Field(gt=0, le=500)] | None = None
    injected: Moment | None = None
    points: Points = ()

    def kept(self, harvested: Moment | None) -> float | None:
        """Hours that the cells lived in a bag: from the thaw, or from the harvest if they never froze, to the skin."""
        return moments.hours(self.thawed or harvested, self.injected)
