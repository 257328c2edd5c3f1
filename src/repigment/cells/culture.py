"""How a lot was grown: passages, doublings, and whether interferon has primed it."""

from typing import Annotated

from pydantic import Field

from repigment.cells.record import Count, Moment, Record


class Culture(Record):
    """The last run of culture, from the working bank to the harvest."""

    passage: Count | None = None
    doublings: Annotated[float, Field(ge=0, le=200)] | None = None
    harvested: Moment | None = None
    primed: bool = False
