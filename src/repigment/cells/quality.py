"""What was measured of a lot before its release."""

from typing import Annotated, Literal

from pydantic import Field

from repigment.cells.record import Moment, Record, Share


class Identity(Record):
    """Marks of stromal cells (ISCT 2006): per cent of cells that carry each, three fates in a dish, hold on plastic.

    `hla_dr` is measured before any priming, because interferon turns it on in true stromal cells too.
    """

    cd73: Share | None = None
    cd90: Share | None = None
    cd105: Share | None = None
    cd45: Share | None = None
    cd34: Share | None = None
    cd14: Share | None = None
    cd11b: Share | None = None
    cd19: Share | None = None
    cd79a: Share | None = None
    hla_dr: Share | None = None
    bone: bool | None = None
    fat: bool | None = None
    cartilage: bool | None = None
    adherent: bool | None = None


class Quality(Record):
    """Release tests: viability % after thawing, endotoxin EU/mL, growth, mycoplasma, chromosomes, potency.

    `inhibition` is by how many per cent the cells hold back the division of stimulated T cells; negative if they
    drive it.
    """

    tested: Moment | None = None
    identity: Identity = Identity()
    viability: Share | None = None
    endotoxin: Annotated[float, Field(ge=0, le=1e9)] | None = None
    sterility: Literal["no growth", "growth"] | None = None
    sterility_method: Literal["USP 71", "automated"] | None = None
    sterility_days: Annotated[int, Field(ge=0, le=365)] | None = None
    mycoplasma: Literal["negative", "positive"] | None = None
    karyotype: Literal["normal", "abnormal"] | None = None
    inhibition: Annotated[float, Field(ge=-1000, le=100)] | None = None
    released: Moment | None = None
