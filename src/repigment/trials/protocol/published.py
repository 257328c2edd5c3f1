"""Published results that a virtual trial is held against: a source, and what it reports."""

from collections.abc import Iterator
from typing import Annotated, Literal, Self

from pydantic import Field, field_validator, model_validator

from repigment.trials.protocol.fields import Name, Note, Part, Text, Week, refusal
from repigment.trials.protocol.scores import known_score, measures

Status = Literal["VERIFIED", "VERIFIED_SECONDARY", "DERIVED", "RECALLED"]
Role = Literal["calibration", "validation", "context"]


class Result(Part):
    """One result of an arm at a week, in the unit of its endpoint (shares of patients as fractions).

    `status` and `role` are those of its source unless it says otherwise.
    """

    arm: Name
    endpoint: str
    week: Week
    value: float
    ci_low: float | None = None
    ci_high: float | None = None
    n: Annotated[int | None, Field(ge=1, le=1_000_000, description="patients")] = None
    unit: str
    status: Status | None = None
    role: Role | None = None
    note: Note = ""

    _known = field_validator("endpoint")(known_score)

    @model_validator(mode="after")
    def _is_possible(self) -> Self:
        self._check_unit()
        values = [value for value in (self.ci_low, self.value, self.ci_high) if value is not None]
        if values != sorted(values):
            raise refusal(
                "the published interval does not contain its value",
                allowed="ci_low up to value, ci_high from value",
                remedy="exchange or correct the numbers",
            )
        wrong = next((value for value in values if not 0 <= value <= 1), None)
        if self.unit == "fraction" and wrong is not None:
            remedy = f"write {wrong / 100:.6g} for {wrong:g} %" if 1 < wrong <= 100 else ""
            raise refusal(f"{wrong:g} is no share of patients", "0 to 1", remedy)
        return self

    def _check_unit(self) -> None:
        unit = measures()[self.endpoint].unit
        if self.unit != unit:
            what = f"{self.endpoint} is not given in '{self.unit[:40]}'"
            raise refusal(what, unit, "convert the value and leave the unit out")


class Source(Part):
    """Results that were published together, how sure we are of them, and what they are used for."""

    source: Text
    identifier: Note = ""
    status: Status
    role: Role = "context"
    results: Annotated[tuple[Result, ...], Field(min_length=1, max_length=100)]

    def published(self) -> Iterator["Published"]:
        """Its results, one by one, each with its source."""
        for result in self.results:
            own = result.model_dump(exclude_none=True)
            shared = {
                "source": self.source,
                "identifier": self.identifier,
                "status": self.status,
                "role": self.role,
            }
            yield Published(**{**shared, **own})


class Published(Result):
    """A published result together with its source."""

    source: Text
    identifier: Note = ""
    status: Status
    role: Role
