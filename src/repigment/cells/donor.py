"""The donor: a code and no name, an age, consent, and whether the law lets this person give."""

from typing import Annotated, Literal

from pydantic import Field

from repigment.cells.consent import Consent
from repigment.cells.infections import Infections
from repigment.cells.record import Code, Moment, Record


class Eligibility(Record):
    """The decision that a donor may give: on history, examination and a blood sample, under rules that are named."""

    rules: Literal["21 CFR 1271", "EU 2006/17", "EU 2024/1938", "other"] | None = None
    screened: bool | None = None
    sampled: Moment | None = None
    sample_of: Literal["mother", "donor"] | None = None
    determined: Moment | None = None
    eligible: bool | None = None


class Donor(Record):
    """Who gave the tissue; of a cord, the mother. `code` stands for the person and is kept apart from the name."""

    code: Code | None = None
    age: Annotated[float, Field(ge=0, le=120)] | None = None
    consent: Consent = Consent()
    eligibility: Eligibility = Eligibility()
    tests: Infections = Infections()
