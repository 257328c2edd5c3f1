"""From the freezer to the clinic: how long, how cold."""

from typing import Annotated, Literal

from pydantic import Field

from repigment.cells import moments
from repigment.cells.record import Moment, Record

Celsius = Annotated[float, Field(ge=-274, le=100)]


class Shipping(Record):
    """A journey: frozen in the vapour of nitrogen, or cooled and not frozen; coldest and warmest, degrees Celsius."""

    state: Literal["frozen", "cooled"] | None = None
    sent: Moment | None = None
    arrived: Moment | None = None
    coldest: Celsius | None = None
    warmest: Celsius | None = None

    @property
    def hours(self) -> float | None:
        """Hours under way; None unless both ends tell the time of the day."""
        return moments.hours(self.sent, self.arrived)
