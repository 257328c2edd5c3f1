"""From tissue to first cells: the donation, and how its cells were set free."""

from typing import Annotated, Literal

from pydantic import Field

from repigment.cells.record import Code, Moment, Record


class Donation(Record):
    """The tissue as it was taken: a cord, marrow or fat. `of` is the donor's code."""

    code: Code | None = None
    of: Code | None = None
    taken: Moment | None = None
    grams: Annotated[float, Field(gt=0, le=10_000)] | None = None


class Isolation(Record):
    """Explants let cells grow out of pieces of tissue; enzymes free them at once."""

    date: Moment | None = None
    method: Literal["explant", "enzyme", "density gradient"] | None = None
